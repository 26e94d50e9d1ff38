"""Corriger toute une classe : lire, noter, inscrire, recommencer, montrer."""
