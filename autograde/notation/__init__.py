"""Des réponses lues à leurs notes."""


def noter(identifiant: str) -> float:
    """Les points d'une question : ce qu'écrivent les cellules de test des notebooks, et qui ne doit donc pas changer de nom."""
    # Ici : la notation charge le cours, et le cours lit dans ce paquet les types de barème.
    from autograde.notation.sous_nbgrader import points

    return points(identifiant)
