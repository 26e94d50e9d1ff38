"""``python -m tests`` : installe tout ce qu'il faut, puis passe les tests. Les arguments vont à pytest."""

import os
import sys

from grc_helpers.installation import RACINE, lancer_dans_l_environnement

# Toute la suite, dans l'ordre de ``conftest.py`` : trois files pour deux cœurs, car une page qui attend son serveur ou son noyau laisse le
# sien à une autre ; la file qui a fini prend la moitié du reste d'une autre.
TOUTE_LA_SUITE = ["--numprocesses=3", "--dist=worksteal"]

if __name__ == "__main__":
    os.chdir(RACINE)
    # Comme sur tout poste, Python garde les modules compilés : les essais lancent nos commandes des dizaines de fois.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    arguments = sys.argv[1:] or TOUTE_LA_SUITE
    sys.exit(lancer_dans_l_environnement("formateur,dev", "pytest", arguments))
