"""La commande ``grc``, lancée comme un module dans l'environnement du cours."""

import sys

from grc_helpers.commandes import principal

if __name__ == "__main__":
    sys.exit(principal())
