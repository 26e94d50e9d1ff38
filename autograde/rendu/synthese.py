"""La synthèse de la classe : une colonne par TP, une moyenne par séquence. Ni un TP non rendu ni une note en attente ne valent zéro."""

from itertools import groupby
from pathlib import Path

from autograde.carnet.releve import Releve, devoirs_au_carnet, releves
from autograde.carnet.stagiaires import stagiaires_inscrits
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.fichiers.tableur import sans_formule
from autograde.rendu.notes import ATTENTE, ecrire_le_tableau
from grc_helpers.francais.nombres import arrondi
from grc_helpers.seances.seances import seances

NON_RENDU = "non rendu"
SUR = 20  # les moyennes sont sur 20, quel que soit le total des TP


def ecrire_la_synthese(cours: Cours) -> list[Path]:
    """Écrit ``notes/synthese.csv`` et ``.xlsx`` : toute la classe, tous les devoirs au carnet."""
    devoirs = {nom: charger_devoir(cours, nom) for nom in devoirs_au_carnet(cours)}
    rendus = {
        nom: {releve.stagiaire: releve for releve in releves(cours, devoir)}
        for nom, devoir in devoirs.items()
    }
    sequences = _sequences(cours, devoirs)
    entete = ["Identifiant", "Nom"]
    for sequence, noms in sequences:
        entete += [
            *(f"{nom} sur {devoirs[nom].total:g}" for nom in noms),
            f"Moyenne : {sequence}, sur {SUR}",
        ]
    lignes: list[list] = [entete]
    for stagiaire, inscrit in stagiaires_inscrits(cours).items():
        ligne: list[float | str] = [sans_formule(stagiaire), sans_formule(inscrit.nom)]
        for _, noms in sequences:
            notes = [note_definitive(rendus[nom].get(stagiaire)) for nom in noms]
            ligne += [
                *notes,
                moyenne_sur_20(
                    [(note, devoirs[nom].total) for note, nom in zip(notes, noms, strict=True)]
                ),
            ]
        lignes.append(ligne)
    return ecrire_le_tableau(cours, "synthese", lignes)


def note_definitive(releve: Releve | None) -> float | str:
    """Le total d'un TP ; « à relire » tant qu'une de ses questions attend le formateur ; « non rendu » sans copie."""
    if releve is None:
        return NON_RENDU
    en_attente = releve.a_relire or any(note.points is None for note in releve.questions.values())
    return ATTENTE if en_attente else releve.total


def moyenne_sur_20(notes: list[tuple[float | str, float]]) -> float | str:
    """La moyenne sur 20 des TP rendus, chaque note avec son total ; un TP compte autant qu'un autre.

    >>> moyenne_sur_20([(15.0, 20.0), (5.0, 10.0), (NON_RENDU, 20.0)])
    12.5
    >>> moyenne_sur_20([(15.0, 20.0), (ATTENTE, 20.0)]), moyenne_sur_20([(NON_RENDU, 20.0)])
    ('à relire', 'non rendu')
    """
    if any(note == ATTENTE for note, _ in notes):
        return ATTENTE
    sur_vingt = [note / total * SUR for note, total in notes if not isinstance(note, str)]
    return arrondi(sum(sur_vingt) / len(sur_vingt), 2) if sur_vingt else NON_RENDU


def _sequences(cours: Cours, devoirs: dict[str, Devoir]) -> list[tuple[str, list[str]]]:
    """Les devoirs groupés par séquence, telle que la dit leur première cellule."""
    titres = {
        seance.dossier: seance.sequence.partition(" — ")[0] for seance in seances(cours.distribue)
    }
    return [
        (sequence, list(noms))
        for sequence, noms in groupby(devoirs, key=lambda nom: titres.get(nom) or nom)
    ]
