"""Le reçu vu du formateur : une copie est-elle celle que le stagiaire a préparée, ou a-t-elle changé depuis ?"""

from enum import StrEnum

from grc_helpers.reponses.recu import calculer_le_code, lire_la_remise


class Recu(StrEnum):
    """Ce que dit le reçu d'une copie. Il n'enlève jamais de point : il informe le formateur."""

    CONFORME = "reçu conforme"
    MODIFIE = "modifié après la remise"
    AUTRE_DEVOIR = "reçu d'un autre devoir"
    ABSENT = "sans reçu"


def verifier_le_recu(notebook: dict | None, devoir: str) -> tuple[Recu, str]:
    """L'état du reçu, et le code que le stagiaire a noté (vide s'il n'y en a pas). Ne lève jamais d'erreur."""
    remise = lire_la_remise(notebook) if notebook else None
    if notebook is None or remise is None:
        return Recu.ABSENT, ""
    if remise.devoir != devoir:
        return Recu.AUTRE_DEVOIR, remise.code
    conforme = calculer_le_code(notebook, remise) == remise.code
    return (Recu.CONFORME if conforme else Recu.MODIFIE), remise.code
