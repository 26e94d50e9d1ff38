"""Un tricheur : avec ce que reçoit un stagiaire (la roue et ``course/``) et rien d'autre, il remplit ses copies sans lire un énoncé.

Il ne sait rien d'un TP en particulier : il fouille tout ce qui s'importe, rapproche des libellés, et fait taire les contrôles de l'écho.
``python -m tricheur DOSSIER`` écrit ses copies en JSON ; ``tests/surete/tricherie.py`` le lance à part et note ce qu'il rend.
"""
