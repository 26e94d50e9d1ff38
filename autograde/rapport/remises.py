"""Où en est chaque stagiaire : rien rendu, copie illisible, copie à corriger, réponses à relire."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograde.rapport.donnees import Rapport

NON_REMIS, ILLISIBLE, A_CORRIGER, A_RELIRE = (
    "rien rendu",
    "copie illisible",
    "copie pas encore corrigée",
    "à relire",
)


@dataclass(frozen=True)
class EtatDeRemise:
    """Ce qui manque pour qu'un stagiaire ait sa note définitive, et le détail."""

    stagiaire: str
    devoir: str
    etat: str
    detail: str = ""


def etats_de_remise(rapports: Sequence[Rapport]) -> list[EtatDeRemise]:
    """Une ligne par stagiaire dont la note n'est pas définitive : d'abord qui n'a rien rendu, puis l'illisible, puis le reste."""
    etats = [etat for rapport in rapports for etat in _etats(rapport)]
    ordre = [NON_REMIS, ILLISIBLE, A_CORRIGER, A_RELIRE]
    return sorted(etats, key=lambda etat: ordre.index(etat.etat))


def _etats(rapport: Rapport) -> list[EtatDeRemise]:
    remis = {copie.stagiaire: copie for copie in rapport.copies}
    releves = {releve.stagiaire: releve for releve in rapport.releves}
    etats = []
    for stagiaire in rapport.classe:
        copie, releve = remis.get(stagiaire), releves.get(stagiaire)
        if copie is None and releve is None:
            etats.append(EtatDeRemise(stagiaire, rapport.titre, NON_REMIS))
        elif copie is not None and copie.motif:
            etats.append(EtatDeRemise(stagiaire, rapport.titre, ILLISIBLE, copie.motif))
        elif releve is None:
            etats.append(
                EtatDeRemise(
                    stagiaire,
                    rapport.titre,
                    A_CORRIGER,
                    f"lancez : grc corriger {rapport.devoir.nom}",
                )
            )
        elif releve.a_relire:
            questions = ", ".join(
                rapport.numero_de(question).removeprefix("Question ")
                for question in releve.a_relire
            )
            etats.append(
                EtatDeRemise(
                    stagiaire,
                    rapport.titre,
                    A_RELIRE,
                    f"question{'s' * (len(releve.a_relire) > 1)} {questions}",
                )
            )
    return etats


def phrase_des_remises(etats: Sequence[EtatDeRemise]) -> str:
    """Combien dans chaque état.

    >>> phrase_des_remises([EtatDeRemise("a", "TP", NON_REMIS), EtatDeRemise("b", "TP", A_RELIRE), EtatDeRemise("c", "TP", A_RELIRE)])
    'Rien rendu : 1. À relire : 2.'
    >>> phrase_des_remises([])
    'Tout est rendu, lu et relu.'
    """
    comptes = {
        etat: sum(ligne.etat == etat for ligne in etats)
        for etat in (NON_REMIS, ILLISIBLE, A_CORRIGER, A_RELIRE)
    }
    return (
        " ".join(
            f"{etat[0].upper()}{etat[1:]} : {combien}."
            for etat, combien in comptes.items()
            if combien
        )
        or "Tout est rendu, lu et relu."
    )
