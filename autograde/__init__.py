"""Les outils du formateur : produire la version distribuée, corriger une classe, rendre les copies, sortir les notes.

Rien de ce qu'un stagiaire a écrit n'est exécuté : une réponse est une donnée, corriger c'est lire.
"""
