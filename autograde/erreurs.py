"""L'erreur que la commande explique au formateur."""

from grc_helpers.erreurs import ErreurExpliquee


class ErreurFormateur(ErreurExpliquee):
    """Une situation à expliquer au formateur en une phrase."""
