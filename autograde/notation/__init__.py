"""Des réponses lues à leurs notes."""


def noter(identifiant: str) -> float:
    """Les points d'une question : ce qu'écrivent les cellules de test des notebooks, et qui ne doit donc pas changer de nom."""
    # Ici : tout ce qui lit une note n'a pas à charger ce que nbgrader demande.
    from autograde.notation.sous_nbgrader import points

    return points(identifiant)
