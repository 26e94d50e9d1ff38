"""Traiter des réclamations : sous quel délai répondre, dans quel ordre, et ce que disent les comptes.

Les délais du tri sont en heures. La règle de départ est une habitude de métier, pas une norme : 24 heures si c'est urgent et important, une
semaine si ce n'est ni l'un ni l'autre, et le délai demandé par le client dans les deux autres cas. Elle se règle.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

HEURES_PAR_SEMAINE = 7 * 24
# Les quatre cases de la matrice, dans l'ordre où elle se lit : (urgente, importante) et le nom de la case.
CASES = {
    (True, True): "urgente et importante",
    (True, False): "urgente, moins importante",
    (False, True): "importante, moins urgente",
    (False, False): "ni l'une ni l'autre",
}


@dataclass(frozen=True)
class Regle:
    """Les deux délais que la maison se donne, en heures ; les deux autres cases suivent la demande du client.

    Lève ``ValueError`` si un délai n'est pas plus grand que 0, ou si ce qui presse attendrait plus longtemps que le reste.
    """

    urgente_et_importante: float = 24
    ni_l_une_ni_l_autre: float = HEURES_PAR_SEMAINE

    def __post_init__(self) -> None:
        if self.urgente_et_importante <= 0:
            raise ValueError("Un délai est plus grand que 0 heure.")
        if self.urgente_et_importante > self.ni_l_une_ni_l_autre:
            raise ValueError(
                "Ce qui est urgent et important n'attend pas plus longtemps que le reste."
            )


REGLE = Regle()


@dataclass(frozen=True)
class Reclamation:
    """Une réclamation à trier. ``demande`` : sous combien d'heures le client veut une réponse, ``None`` s'il ne l'a pas dit."""

    nom: str
    urgente: bool
    importante: bool
    demande: float | None = None

    @property
    def case(self) -> str:
        """Le nom de sa case dans la matrice.

        >>> Reclamation("four en panne", urgente=True, importante=False, demande=6).case
        'urgente, moins importante'
        """
        return CASES[self.urgente, self.importante]


def delai_de_reponse(
    urgente: bool, importante: bool, demande: float | None = None, regle: Regle = REGLE
) -> float:
    """Le délai de réponse, en heures, d'une réclamation selon son urgence, son importance et ce que le client ``demande``.

    Lève ``ValueError`` si la case suit la demande du client et qu'on ne la connaît pas : il faut la lui poser.

    >>> delai_de_reponse(urgente=True, importante=True)
    24
    >>> delai_de_reponse(urgente=False, importante=True, demande=72)
    72
    >>> delai_de_reponse(urgente=False, importante=False, regle=Regle(8, 120))
    120
    """
    if urgente and importante:
        return regle.urgente_et_importante
    if not urgente and not importante:
        return regle.ni_l_une_ni_l_autre
    if demande is None or demande <= 0:
        raise ValueError("Demandez au client pour quand il attend une réponse.")
    return demande


def file_d_attente(
    reclamations: Iterable[Reclamation], regle: Regle = REGLE
) -> list[tuple[float, Reclamation]]:
    """Les réclamations reçues au même moment, la plus pressée d'abord, chacune avec son délai en heures.

    À délai égal, ce qui est urgent et important passe devant ; puis l'ordre d'arrivée.

    >>> recues = [Reclamation("rayure", False, False), Reclamation("gaz", True, True), Reclamation("notice", True, False, 9)]
    >>> [(delai, r.nom) for delai, r in file_d_attente(recues)]
    [(9, 'notice'), (24, 'gaz'), (168, 'rayure')]
    """
    datees = [
        (delai_de_reponse(r.urgente, r.importante, r.demande, regle), r) for r in reclamations
    ]
    return sorted(
        datees, key=lambda datee: (datee[0], not (datee[1].urgente and datee[1].importante))
    )


# --- Compter ---------------------------------------------------------------------------------------------------------


def pour_mille(reclamations: float, clients: float) -> float:
    """Réclamations pour 1 000 clients (ou livraisons, ou passagers) : le seul nombre qui compare deux secteurs de tailles différentes.

    Lève ``ValueError`` s'il n'y a pas de client.

    >>> pour_mille(reclamations=18, clients=900)
    20.0
    """
    if clients <= 0:
        raise ValueError(
            "Il faut au moins un client pour rapporter des réclamations à leur nombre."
        )
    return 1000 * reclamations / clients


def part_dans_le_delai(delais: Sequence[float], promis: float) -> float:
    """Part des réclamations répondues dans le délai ``promis``, celui-ci compris. Lève ``ValueError`` sans réclamation.

    >>> part_dans_le_delai([1, 2, 5, 12], promis=5)
    0.75
    """
    if not delais:
        raise ValueError("Il faut au moins une réclamation.")
    return sum(delai <= promis for delai in delais) / len(delais)


def delai_median(delais: Sequence[float]) -> float:
    """Le délai du milieu : la moitié des clients a attendu moins, l'autre plus. Quelques dossiers oubliés ne le tirent pas.

    >>> delai_median([1, 2, 3, 4, 40])
    3
    """
    if not delais:
        raise ValueError("Il faut au moins une réclamation.")
    return median(delais)
