"""Les commandes du formateur, ajoutées à ``grc`` : un module par moment de son travail, dans l'ordre où l'aide les montre."""

from autograde.commandes import auteur, classe, correction, restitution


def inscrire(commandes) -> None:
    """Ajoute les commandes du formateur (appelé par ``grc_helpers.commandes``)."""
    for moment in (classe, auteur, correction, restitution):
        moment.inscrire(commandes)
