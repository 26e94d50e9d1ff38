"""Projeter les tableaux de bord d'une séance avec Voilà."""
