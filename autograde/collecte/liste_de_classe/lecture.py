"""Lire une liste de classe telle que Moodle, un logiciel de scolarité ou un tableur l'exporte : qui y est, et ce qu'il faut en dire."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from autograde.collecte.liste_de_classe.cles import est_remplie
from autograde.collecte.liste_de_classe.feuilles import (
    Feuille,
    PasUneListe,
    accents_perdus,
    lire_les_feuilles,
)
from autograde.collecte.liste_de_classe.lignes import est_une_personne, est_une_phrase
from autograde.collecte.liste_de_classe.noms import lettres, mots
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire
from autograde.collecte.liste_de_classe.titres import (
    A_VOIR,
    champ_du_titre,
    colonnes,
    est_une_note,
    sens_des_valeurs,
)

_NOMS = ("nom", "prenom", "complet")
_LIGNES_AVANT_LES_TITRES = 30
_CITEES = 5
_PARTICIPANT = re.compile(r"\s*(?:participante?)?\s*(\d+)\s*", re.IGNORECASE)
_FEUILLE_SANS_NOM = re.compile(r"(feuille?|sheet)\s*\d*", re.IGNORECASE)
# Une lettre remplacée par « ? » à l'intérieur d'un mot, ou à la fin d'un nom.
_ACCENT_PERDU = re.compile(r"[^\W\d_]\?[^\W\d_]|[^\W\d_]\?$")


@dataclass(frozen=True)
class ListeLue:
    """Les personnes d'un fichier, dans l'ordre de ses lignes ; ``remarques`` : ce qui a été laissé de côté, ce qui manque."""

    personnes: tuple[Stagiaire, ...]
    remarques: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Stagiaire]:
        return iter(self.personnes)

    def __len__(self) -> int:
        return len(self.personnes)


@dataclass(frozen=True)
class _Entete:
    """Les titres d'une feuille, les colonnes de chaque champ, et le rang de la première ligne qui n'est plus un titre."""

    titres: list[str]
    champs: dict[str, list[int]]
    rang: int

    @property
    def suffit(self) -> bool:
        return bool({"nom", "complet"} & self.champs.keys()) or (
            {"identifiant", "courriel"} <= self.champs.keys()
        )


def lire_la_liste(fichier: Path) -> ListeLue:
    """Les personnes d'un export, identifiants compris seulement s'il les donne. Lève ``ErreurFormateur`` en disant la cause et la ligne."""
    feuilles = lire_les_feuilles(fichier, _valeur)
    remarques: list[str] = []
    personnes: list[Stagiaire] = []
    entetes = {feuille.nom: _entete(feuille) for feuille in feuilles if not feuille.cachee}
    lisibles = [feuille for feuille in feuilles if entetes.get(feuille.nom)]
    if not lisibles:
        raise PasUneListe(fichier.name, _sans_titres(feuilles))
    for feuille in feuilles:
        entete = entetes.get(feuille.nom)
        if entete is None:
            motif = "elle est masquée" if feuille.cachee else "pas de ligne de titres reconnue"
            remarques.append(f"Feuille « {feuille.nom} » non lue : {motif}.")
            continue
        lue = _lire_la_feuille(fichier.name, feuille, entete)
        remarques += lue.remarques
        if len(lue) > 1 and _deja_lues(lue.personnes, personnes):
            remarques.append(
                f"Feuille « {feuille.nom} » : les mêmes personnes que sur une autre, lues une fois."
            )
            continue
        personnes += _du_groupe(lue, feuille, plusieurs=len(lisibles) > 1)
    if not personnes:
        raise PasUneListe(fichier.name, "il n'y a personne sous les titres.")
    if len(lisibles) > 1:
        noms = ", ".join(f"« {feuille.nom} »" for feuille in lisibles)
        remarques.append(f"Feuilles lues : {noms}.")
    return ListeLue(tuple(personnes), tuple(remarques))


def _valeur(lignes: list[list[str]]) -> int:
    """Combien de champs reconnaissent les meilleurs titres de ces lignes ; 0 si ce n'est pas une liste."""
    numerotees = list(enumerate(lignes, start=1))
    entete = _entete(Feuille("", numerotees))
    return len(entete.champs) if entete else 0


def _entete(feuille: Feuille) -> _Entete | None:
    """La ligne (ou les deux lignes) dont les titres sont les mieux reconnus, parmi les premières."""
    lignes = [ligne for _, ligne in feuille.lignes]
    debut = lignes[:_LIGNES_AVANT_LES_TITRES]
    possibles = [(ligne, rang + 1) for rang, ligne in enumerate(debut)]
    possibles += [
        (_l_un_sous_l_autre(haut, bas), rang + 2)
        for rang, (haut, bas) in enumerate(pairwise(debut))
    ]
    entetes = [_Entete(titres, _champs(titres, lignes[rang:]), rang) for titres, rang in possibles]
    return max(
        (entete for entete in entetes if entete.suffit),
        key=lambda entete: len(entete.champs),
        default=None,
    )


def _l_un_sous_l_autre(haut: list[str], bas: list[str]) -> list[str]:
    largeur = max(len(haut), len(bas))
    haut, bas = (ligne + [""] * (largeur - len(ligne)) for ligne in (haut, bas))
    return [f"{un} {autre}" for un, autre in zip(haut, bas, strict=True)]


def _sans_titres(feuilles: list[Feuille]) -> str:
    premiere = next(
        ((numero, ligne) for feuille in feuilles for numero, ligne in feuille.lignes if any(ligne)),
        None,
    )
    if premiere is None:
        return "il est vide."
    numero, ligne = premiere
    lues = ", ".join(f"« {case[:40]} »" for case in ligne[:6] if case)
    return f"aucune ligne de titres n'y est reconnue ; la première ligne (ligne {numero}) dit : {lues}."


def _lire_la_feuille(nom: str, feuille: Feuille, entete: _Entete) -> ListeLue:
    lignes = [(numero, ligne) for numero, ligne in feuille.lignes[entete.rang :] if any(ligne)]
    _refuser_les_notes(nom, entete, [ligne for _, ligne in lignes])
    personnes: list[Stagiaire] = []
    ecartees: list[tuple[int, str]] = []
    phrases = 0
    for numero, ligne in lignes:
        cases = {champ: _case(champ, ligne, places) for champ, places in entete.champs.items()}
        if _est_l_entete(ligne, entete):
            continue
        if est_une_personne(cases):
            _refuser_un_accent_perdu(nom, numero, cases)
            personnes.append(_stagiaire(cases))
        elif any(signe.isalpha() for case in ligne for signe in case):
            phrases += est_une_phrase([cases.get(champ, "") for champ in _NOMS])
            ecartees.append((numero, " ".join(filter(None, ligne))[:60]))
    if phrases > len(personnes) or (ecartees and not personnes):
        numero, texte = ecartees[0]
        raise PasUneListe(
            nom,
            f"sous les titres, la plupart des lignes ne sont personne (ligne {numero} : « {texte} »).",
        )
    ou = f"Feuille « {feuille.nom} », ligne" if feuille.nom else "Ligne"
    remarques = [
        f"{ou} {numero} laissée, ce n'est personne : « {texte} »."
        for numero, texte in ecartees[:_CITEES]
    ]
    if ecartees[_CITEES:]:
        remarques.append(f"Et {len(ecartees) - _CITEES} autre(s) ligne(s) laissée(s).")
    return ListeLue(tuple(personnes), (*remarques, *_sans_prenoms(personnes, entete)))


def _champs(titres: list[str], lignes: list[list[str]]) -> dict[str, list[int]]:
    """Les colonnes de chaque champ, celles dont le titre ne dit pas tout étant jugées à leurs valeurs."""
    champs = colonnes(titres)
    for place in champs.pop(A_VOIR, []):
        valeurs = [ligne[place] for ligne in lignes if place < len(ligne)]
        champs.setdefault(sens_des_valeurs(titres[place], valeurs), []).append(place)
    return champs


def _case(champ: str, ligne: list[str], places: list[int]) -> str:
    """La première case remplie de ces colonnes, sur une ligne. Quelqu'un peut s'appeler Null, pas son courriel."""
    cases = (ligne[place] for place in places if place < len(ligne))
    remplie = mots if champ in _NOMS else est_remplie
    return next(filter(remplie, cases), "")


def _est_l_entete(ligne: list[str], entete: _Entete) -> bool:
    """L'en-tête répété en haut d'une page : chaque case remplie est le titre de sa colonne."""
    remplies = [(place, case) for place, case in enumerate(ligne) if case]
    reconnues = [
        place
        for place, case in remplies
        if place < len(entete.titres)
        and (mots(case) == mots(entete.titres[place]) or champ_du_titre(case) is not None)
    ]
    return (
        len(reconnues) == len(remplies) or len(reconnues) > 1 and len(reconnues) > len(remplies) / 2
    )


def _refuser_les_notes(nom: str, entete: _Entete, lignes: list[list[str]]) -> None:
    """Un relevé de notes n'a pas forcément toute la classe ; les exports de Moodle, qui donnent courriel ou numéro, sont des listes."""
    if {"courriel", "participant"} & entete.champs.keys():
        return
    for place, titre in enumerate(entete.titres):
        valeurs = (ligne[place].replace(",", ".") for ligne in lignes if place < len(ligne))
        if est_une_note(titre) and any(re.fullmatch(r"\d+(\.\d+)?", valeur) for valeur in valeurs):
            raise PasUneListe(
                nom,
                f"c'est un relevé de notes (colonne « {titre[:40]} ») ; ôtez les notes si toute la classe y est.",
            )


def _refuser_un_accent_perdu(nom: str, numero: int, cases: dict[str, str]) -> None:
    for champ in _NOMS:
        if _ACCENT_PERDU.search(cases.get(champ, "")):
            raise accents_perdus(nom, numero, cases[champ])


def _sans_prenoms(personnes: list[Stagiaire], entete: _Entete) -> list[str]:
    seuls = [un for un in personnes if len(mots(un.nom_complet)) < 2]
    if not personnes or not seuls:
        return []
    if len(seuls) == len(personnes):
        titres = ", ".join(f"« {titre[:40]} »" for titre in entete.titres[:10] if titre)
        return [f"Aucun prénom n'a été lu. Les titres sont : {titres}."]
    cites = ", ".join(un.nom_complet for un in seuls[:_CITEES])
    return [f"Sans prénom, ou sans nom ({len(seuls)}) : {cites}."]


def _deja_lues(nouvelles: tuple[Stagiaire, ...], lues: list[Stagiaire]) -> bool:
    connus = {lettres(un.noms) for un in lues}
    return all(lettres(un.noms) in connus for un in nouvelles)


def _du_groupe(lue: ListeLue, feuille: Feuille, plusieurs: bool) -> list[Stagiaire]:
    """Une feuille par classe : son nom est le groupe de ceux qui n'en ont pas."""
    if not plusieurs or _FEUILLE_SANS_NOM.fullmatch(feuille.nom):
        return list(lue)
    return [replace(un, groupe=un.groupe or feuille.nom) for un in lue]


def _stagiaire(cases: dict[str, str]) -> Stagiaire:
    """Une ligne lue. Un « Nom complet » sert de nom s'il n'y a rien de mieux."""
    complet = cases.pop("complet", "")
    if not cases.get("nom") and not cases.get("prenom"):
        cases["nom"] = complet
    participant = _PARTICIPANT.fullmatch(cases.get("participant", ""))
    cases["participant"] = participant[1] if participant else ""
    return Stagiaire(**cases)
