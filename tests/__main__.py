"""``python -m tests`` : installe tout ce qu'il faut, puis passe les tests à deux ouvriers. Les arguments vont à pytest."""

import os
import sys

from grc_helpers.installation import RACINE, lancer_dans_l_environnement

# Deux ouvriers : pendant que l'un attend le navigateur, l'autre calcule. « loadgroup » : un serveur n'est lancé que par un seul.
A_DEUX = ["-n", "2", "--dist", "loadgroup"]

if __name__ == "__main__":
    os.chdir(RACINE)
    sys.exit(lancer_dans_l_environnement("formateur,dev", "pytest", [*A_DEUX, *sys.argv[1:]]))
