"""Explorer un fichier sans écrire de code : ce qu'il contient, les gestes possibles, ce qu'ils donnent, et la phrase qui le dit.

``moteur`` est le seul module qui importe pandas ; il n'est chargé que par qui ouvre un fichier.
"""
