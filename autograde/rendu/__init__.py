"""Rendre : les pages de retour, les notes, la synthèse, les fichiers pour Moodle."""
