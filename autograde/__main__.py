"""``python -m autograde`` : installe les outils du formateur s'ils manquent, puis lance la commande ``grc`` demandée."""

import sys

from grc_helpers.installation import lancer_dans_l_environnement

if __name__ == "__main__":
    sys.exit(
        lancer_dans_l_environnement("formateur", "grc_helpers.lancer", sys.argv[1:] or ["--aide"])
    )
