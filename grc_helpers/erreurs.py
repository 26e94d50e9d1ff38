"""L'erreur que toutes les commandes du cours savent montrer. N'importe rien : sert aussi avant toute installation."""


class ErreurExpliquee(Exception):
    """Une situation dite en français, avec ce qu'il faut faire ; ``grc`` la montre telle quelle, sans trace d'exécution."""
