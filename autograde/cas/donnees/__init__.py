"""Les données des cas notés : ce que l'énoncé en imprime, et ce qui sert à corriger. Décrites dans ``dictionnaire.md``."""
