"""L'erreur que la commande explique au formateur."""


class ErreurFormateur(Exception):
    """Une situation à expliquer au formateur en une phrase ; la commande l'affiche sans trace d'exécution."""
