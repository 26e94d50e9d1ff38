"""``python -m tests`` : installe tout ce qu'il faut, puis passe les tests. Les arguments vont à pytest."""

import os
import sys

from grc_helpers.installation import RACINE, lancer_dans_l_environnement

if __name__ == "__main__":
    os.chdir(RACINE)
    sys.exit(lancer_dans_l_environnement("formateur,dev", "pytest", sys.argv[1:]))
