"""La charte pédagogique, vérifiée sur tout le cours à la fois.

Une règle rend les écarts d'un cahier, nommés assez pour être corrigés. Les écarts connus sont dans ``ecarts_charte.yml`` : la liste y est
exacte, un écart neuf fait échouer l'essai, un écart réparé aussi tant qu'il n'en est pas sorti.
"""

import re
import statistics
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from grc_helpers.entrainement.exercices import Choix, Serie
from tests.contenu.cahiers import CelluleLue, cahier, enonce, est_un_tp, noms, sequence
from tests.contenu.enseignement import QUESTIONS, manques
from tests.contenu.prenoms import prenoms_de
from tests.contenu.reponses_imprimees import reponse_imprimee
from tests.contenu.test_duree import (
    SANS_TABLEAU,
    minutes_affichees,
    minutes_par_etape,
    mots,
    seance,
    temps_annonces,
)

# Un jeu qui commente lui-même chaque réponse n'a pas besoin d'un corrigé dessous.
SE_CORRIGE = "PlacerLesEvenements"
ECARTS = Path(__file__).parent / "ecarts_charte.yml"
MEDIANE, LE_PLUS = 60, 130


def ecarts_connus() -> dict[str, dict[str, list[str]]]:
    return YAML(typ="safe").load(ECARTS.read_text(encoding="utf-8")) or {}


# --- Les règles ------------------------------------------------------------------------------------------------------


def longueur(nom: str) -> list[str]:
    """10. Une idée par cellule : médiane de 60 mots, jamais plus de 130."""
    longueurs = {c.id: mots(c.texte) for c in cahier(nom) if c.est_texte}
    mediane = statistics.median(longueurs.values())
    trop = [f"{id_} : {n} mots" for id_, n in longueurs.items() if n > LE_PLUS]
    return trop + ([f"médiane : {mediane:g} mots"] if mediane > MEDIANE else [])


def durees(nom: str) -> list[str]:
    """10. Les durées annoncées tiennent, d'après la règle de ``test_duree`` : la séance, puis chaque étape."""
    distribue, corriges = seance(nom)
    par_etape = minutes_par_etape(distribue, corriges)
    annonces, affichees = temps_annonces(distribue), minutes_affichees(cahier(nom)[0].texte)
    ecarts = []
    if sum(par_etape.values()) > affichees:
        ecarts.append(f"séance : {sum(par_etape.values()):.0f} min pour {affichees}")
    if affichees > SANS_TABLEAU and sum(annonces.values()) != affichees:
        ecarts.append(f"étapes : {sum(annonces.values())} min annoncées pour {affichees}")
    for lesquelles, temps in annonces.items():
        besoin = sum(par_etape.get(etape, 0) for etape in lesquelles)
        if besoin > temps:
            ecarts.append(f"étape {', '.join(lesquelles)} : {besoin:.1f} min pour {temps}")
    return ecarts


def genre(cellule: CelluleLue) -> str | None:
    """Le genre d'un exercice non noté : la sorte écrite dans son fichier, ou la forme de la réponse libre."""
    exercice = cellule.exercice
    match exercice:
        case Choix(multiple=multiple):
            return "choix multiple" if multiple else "choix"
        case Serie(melange="lignes"):
            return "association"
        case Serie(melange="possibilites"):
            return "ordre"
        case Serie():
            return "vrai ou faux"
        case None:
            return cellule.reponse.type if cellule.reponse and not cellule.notee else None
    return "nombre"


def variete(nom: str) -> list[str]:
    """11. Pas plus d'un exercice sur trois du même genre (un seul de chaque, s'il y en a moins de trois)."""
    genres = Counter(g for c in cahier(nom) if (g := genre(c)))
    total = sum(genres.values())
    return [f"{g} : {n} sur {total}" for g, n in genres.items() if n > max(1, total / 3)]


def consignes(nom: str) -> list[str]:
    """7. Les consignes sont au-dessus du simulateur ; s'il faut y chercher des réponses, elles suivent, repliées."""
    ecarts, lues = [], cahier(nom)
    for rang, cellule in enumerate(lues):
        if not cellule.est_un_outil:
            continue
        dessus, dessous, suite = lues[rang - 1], lues[rang + 1], _jusqu_a_la_suite(lues, rang)
        if not (
            dessus.est_texte and re.search(r"« Commencer »|[Rr]egardez|[Ee]ssayez", dessus.texte)
        ):
            ecarts.append(f"{cellule.id} : rien au-dessus ne dit quoi faire")
        if re.match(r"\*\*(À essayer|À faire|Essayez)", dessous.texte):
            ecarts.append(f"{cellule.id} : les consignes sont dessous ({dessous.id})")
        elif SE_CORRIGE in cellule.texte or "?" not in dessus.texte:
            continue
        elif not any("Ce qu'il fallait voir" in c.texte for c in suite):
            ecarts.append(f"{cellule.id} : pas de « Ce qu'il fallait voir » replié")
    return ecarts


def _jusqu_a_la_suite(lues: tuple[CelluleLue, ...], rang: int) -> list[CelluleLue]:
    """Les cellules qui suivent un outil, jusqu'au titre ou à l'outil d'après."""
    suite = []
    for cellule in lues[rang + 1 :]:
        if cellule.est_un_outil or re.match(r"##", cellule.texte):
            break
        suite.append(cellule)
    return suite


# Ce qui, dans un énoncé, fait des boutons radio plutôt que des cases (``champ_choix.js``).
_UNE_SEULE = r"\b([Uu]ne seule|([Éé]crivez|[Dd]onnez|[Cc]hoisissez|[Cc]ochez|[Ii]ndiquez) une) (lettre|réponse)\b"
_VERBES = {
    "cochez": r"\b[Cc]ochez\b",
    "choisissez": r"\b[Cc]hoisissez\b",
    "écrivez": r"\b([ÉE]crivez|[éÉ]crivez|[Dd]onnez|[Ii]ndiquez)\b[^.?!]{0,40}\b(lettres?|numéros?)\b",
}


def _demande(texte: str) -> set[str]:
    return {verbe for verbe, motif in _VERBES.items() if re.search(motif, texte)}


def accord(nom: str) -> list[str]:
    """6. « Cochez » devant des cases, « choisissez » ailleurs ; jamais « écrivez une lettre », ni la couleur seule."""
    ecarts = []
    for cellule in cahier(nom):
        if cellule.notee and cellule.reponse:
            forme = cellule.reponse.type
            texte = enonce(nom, cellule.id)
            if forme == "choix":
                forme = "boutons" if re.search(_UNE_SEULE, texte.replace("*", "")) else "cases"
        elif isinstance(cellule.exercice, Choix):
            forme = "cases" if cellule.exercice.multiple else "boutons"
            texte = cellule.exercice.question
        elif isinstance(cellule.exercice, Serie):
            forme, texte = "listes", cellule.exercice.question
        else:
            continue
        demande = _demande(texte)
        if forme in ("association", "ordre", "listes", "boutons", "cases") and "écrivez" in demande:
            ecarts.append(f"{cellule.id} : on n'écrit pas de lettre")
        if forme == "cases" and "cochez" not in demande:
            ecarts.append(f"{cellule.id} : « cochez » manque devant des cases")
        if forme in ("association", "ordre", "listes", "boutons") and "cochez" in demande:
            ecarts.append(f"{cellule.id} : « cochez », mais il n'y a pas de case")
    for cellule in cahier(nom):
        if re.search(
            r"\b(cellules? gris|les gris|les blanch|en (rouge|vert|bleu)\b)", cellule.texte
        ):
            ecarts.append(f"{cellule.id} : une couleur seule")
    return ecarts


def reponses_a_cote(nom: str) -> list[str]:
    """8. La réponse d'un exercice n'est pas imprimée dans le texte qui le précède."""
    ecarts, dessus = [], ""
    for cellule in cahier(nom):
        if cellule.est_texte:
            dessus = cellule.texte
        elif (exercice := cellule.exercice) and (ou := reponse_imprimee(exercice, dessus)):
            ecarts.append(f"{cellule.id} : {ou}")
    return ecarts


def exemple_traite(nom: str) -> list[str]:
    """3. Avant la première réponse rédigée notée d'une séquence : un exemple traité, puis « laquelle de ces deux copies ? »."""
    redigees = [c for c in cahier(nom) if c.notee and c.reponse and c.reponse.type == "reponse"]
    if not redigees:
        return []
    avant: list[CelluleLue] = []
    for autre in (n for n in noms() if sequence(n) == sequence(nom)):
        if autre == nom:
            avant += cahier(nom)[: cahier(nom).index(redigees[0])]
            break
        avant += cahier(autre)
    exemples = [i for i, c in enumerate(avant) if c.est_texte and _est_un_exemple_traite(c.texte)]
    copies = [i for i, c in enumerate(avant) if c.exercice and c.exercice.nom == "deux_copies"]
    if not exemples:
        return [f"{redigees[0].id} : aucun exemple traité avant"]
    return [] if any(i > exemples[0] for i in copies) else [f"{redigees[0].id} : pas deux copies"]


def _est_un_exemple_traite(texte: str) -> bool:
    """Une question, et la bonne copie en citation."""
    titre = re.match(r"### .*(exemple traité|réponse rédigée)", texte)
    return bool(titre and re.search(r"[Qq]uestion", texte) and re.search(r"^> ", texte, re.M))


def fin_de_tp(nom: str) -> list[str]:
    """4. Un TP finit par « À retenir » et par un cas nu : cellules ``cas_nu…``, deux questions non notées au moins, un corrigé replié."""
    if not est_un_tp(nom):
        return []
    lues = cahier(nom)
    derniere = max(i for i, c in enumerate(lues) if c.notee)
    apres = lues[derniere + 1 :]
    ecarts = []
    if not any(c.texte.startswith("## À retenir") for c in apres):
        ecarts.append("pas de « À retenir »")
    debut = next((i for i, c in enumerate(apres) if c.id.startswith("cas_nu")), None)
    if debut is None:
        return [*ecarts, "pas de cas nu"]
    cas = apres[debut:]
    questions = [c for c in cas if c.exercice or (c.reponse and not c.notee)]
    if not 2 <= len(questions) <= 3:
        ecarts.append(f"cas nu : {len(questions)} question(s)")
    if any(c.reponse for c in questions) and not any("<details>" in c.texte for c in cas):
        ecarts.append("cas nu : pas de corrigé replié")
    return ecarts


def enseigne(nom: str) -> list[str]:
    """1. Ce que l'on évalue a été enseigné : les cellules d'``enseigne.yml`` existent, viennent avant, et portent ce qui est noté."""
    return [
        f"{question} : {manque}"
        for question, ou in QUESTIONS.items()
        if ou == nom
        for manque in manques(question)
    ]


def prenoms(nom: str) -> list[str]:
    """19. Dans une séquence, un prénom ne désigne qu'une personne : celui d'un cahier ne revient pas dans le suivant."""
    avant = [n for n in noms()[: noms().index(nom)] if sequence(n) == sequence(nom)]
    return [
        f"{prenom} : déjà dans {autre}"
        for prenom in sorted(prenoms_de(nom))
        for autre in avant
        if prenom in prenoms_de(autre)
    ]


def note_d_auteur(nom: str) -> list[str]:
    """18. Le stagiaire ne lit pas les notes de l'auteur : d'où vient le cours, ce qui a été reconstitué."""
    motif = (
        r"[Mm]anuel d'origine|[Mm]anuel dont|reconstitu[ée]|reconstruite|d'après le programme dont"
    )
    return [c.id for c in cahier(nom) if c.est_texte and re.search(motif, c.texte)]


REGLES: dict[str, Callable[[str], list[str]]] = {
    regle.__name__: regle
    for regle in (
        enseigne,
        longueur,
        durees,
        variete,
        consignes,
        accord,
        reponses_a_cote,
        exemple_traite,
        fin_de_tp,
        prenoms,
        note_d_auteur,
    )
}


@pytest.mark.parametrize("nom", noms())
@pytest.mark.parametrize("regle", REGLES)
def test_la_charte(regle, nom):
    connus = ecarts_connus().get(regle, {}).get(nom, [])
    assert REGLES[regle](nom) == connus, REGLES[regle].__doc__


def test_les_ecarts_connus_sont_ranges_sous_une_regle_et_un_cahier():
    rangees = ecarts_connus()
    assert set(rangees) <= set(REGLES)
    assert {nom for regle in rangees.values() for nom in regle} <= {
        n for n in noms() if est_un_tp(n)
    }


def ecarts_d_aujourd_hui() -> dict[str, dict[str, list[str]]]:
    trouves = {r: {n: regle(n) for n in noms() if regle(n)} for r, regle in REGLES.items()}
    return {regle: cahiers for regle, cahiers in trouves.items() if cahiers}


if (
    __name__ == "__main__"
):  # ``python -m tests.contenu.test_charte`` : ce que le fichier devrait dire
    import sys

    ecrire = YAML()
    ecrire.width, ecrire.allow_unicode = 200, True
    ecrire.dump(ecarts_d_aujourd_hui(), sys.stdout)
