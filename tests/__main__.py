"""``python -m tests`` : installe tout ce qu'il faut, puis passe les tests. Les arguments vont à pytest."""

import os
import sys

from grc_helpers.installation import RACINE, lancer_dans_l_environnement

# Toute la suite, dans l'ordre de ``conftest.py`` : deux files pour deux cœurs ; celle qui a fini prend la moitié du reste de l'autre.
TOUTE_LA_SUITE = ["--numprocesses=2", "--dist=worksteal"]

if __name__ == "__main__":
    os.chdir(RACINE)
    # Comme sur tout poste, Python garde les modules compilés : les essais lancent nos commandes des dizaines de fois.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    arguments = sys.argv[1:] or TOUTE_LA_SUITE
    sys.exit(lancer_dans_l_environnement("formateur,dev", "pytest", arguments))
