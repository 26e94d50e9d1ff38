"""``python -m tests`` : installe tout ce qu'il faut, puis passe les tests. Les arguments vont à pytest."""

import os
import sys

from grc_helpers.installation import RACINE, lancer_dans_l_environnement

# Toute la suite, dans l'ordre de ``conftest.py``. Un essai dans un navigateur attend autant qu'il calcule : trois files occupent deux
# cœurs. Celle qui a fini prend la moitié de ce qui reste à la plus longue ; aucune ne finit seule.
TOUTE_LA_SUITE = ["--numprocesses=3", "--dist=worksteal"]

if __name__ == "__main__":
    os.chdir(RACINE)
    # Comme sur tout poste, Python garde les modules compilés : les essais lancent nos commandes des dizaines de fois.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    arguments = sys.argv[1:] or TOUTE_LA_SUITE
    sys.exit(lancer_dans_l_environnement("formateur,dev", "pytest", arguments))
