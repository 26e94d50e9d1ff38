"""Corriger toute une classe, une fois : lire, noter, inscrire, garder ; puis relire ce qui est gardé."""
