"""``python -m tests`` : installe tout ce qu'il faut, puis passe les tests. Les arguments vont à pytest."""

import os
import sys

from grc_helpers.installation import RACINE, lancer_dans_l_environnement

# Toute la suite : deux moitiés côte à côte, un fichier entier à la fois, dans l'ordre de ``conftest.py``.
TOUTE_LA_SUITE = ["--numprocesses=2", "--dist=loadfile", "--no-loadscope-reorder"]

if __name__ == "__main__":
    os.chdir(RACINE)
    arguments = sys.argv[1:] or TOUTE_LA_SUITE
    sys.exit(lancer_dans_l_environnement("formateur,dev", "pytest", arguments))
