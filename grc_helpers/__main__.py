"""``python -m grc_helpers`` : installe le cours s'il ne l'est pas, puis l'ouvre. Les arguments vont à la commande ``grc``."""

import sys

from grc_helpers.installation import lancer_dans_l_environnement

if __name__ == "__main__":
    sys.exit(lancer_dans_l_environnement("", "grc_helpers.lancer", sys.argv[1:] or ["ouvrir"]))
