"""Lire et écrire des fichiers sans rien perdre ni rien exécuter : notebook remis, YAML de l'auteur, tableur."""
