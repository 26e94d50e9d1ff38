"""Lire et écrire le français : nombres, unités, petits textes mis en forme."""
