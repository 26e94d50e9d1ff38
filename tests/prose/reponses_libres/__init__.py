"""Nos réponses rédigées étiquetées à la main, leurs barèmes, et de quoi mesurer le moteur."""
