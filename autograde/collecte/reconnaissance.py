"""Reconnaître de qui est une copie et de quel devoir elle est. Ce qui est ambigu se dit et se demande ; rien ne se devine.

Un fichier porte jusqu'à quatre indices : le dossier ou le préfixe que Moodle a posé, le dossier de nbgrader, le nom tapé par le
stagiaire au moment de « Rendre ma copie », et les noms de dossiers et de fichier. Ils doivent s'accorder.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from autograde.collecte.liste_de_classe.liste import ListeDeClasse
from autograde.collecte.liste_de_classe.noms import TEXTE_LU, colle, mots
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire, nom_de_dossier
from grc_helpers.francais.affichable import sur_une_ligne
from grc_helpers.reponses.recu import Remise, lire_la_remise

# « Prénom Nom_12345_assignsubmission_file_ » : un dossier par stagiaire, ou un préfixe quand tout est à plat. Les noms techniques
# sont les mêmes dans un Moodle en français et en anglais ; le nom est « Participant » quand la correction est anonyme.
_MOODLE = re.compile(
    r"^(?P<nom>.+?)_(?P<numero>\d+)_assignsubmission_(?P<sorte>[a-z]+)(?:_(?P<suite>.*))?$",
    re.IGNORECASE,
)
_ANONYMES = ("participant", "participante")
# L'exchange de nbgrader : « inbound/stagiaire+devoir+date » et « submitted/stagiaire/devoir/ ».
_INBOUND = re.compile(
    r"^(?P<stagiaire>[^+/]+)\+(?P<devoir>[^+/]+)\+(?P<date>\d{4}-\d\d-\d\d[^+/]*)"
)
_NUMERO_DE_COPIE = re.compile(r"(?:\s*\((\d+)\)|\s*- Copie(?: \((\d+)\))?)(?=\.|$)", re.IGNORECASE)
_ENTRE_SIGNATAIRES = re.compile(r"[,;&+/\n]|\bet\b", re.IGNORECASE)
_NOTEBOOK = re.compile(r"\.ipynb(?:[.\s(].*)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Reconnu:
    """De qui et de quoi est une copie, autant qu'on le sait.

    ``candidats`` : ceux qu'elle peut désigner quand ``stagiaire`` manque ; ``motif`` : ce qui empêche de trancher ; ``par`` : ce qui a
    permis de reconnaître ; ``moodle`` : le nom que Moodle lui donne ; ``avec`` : ceux qui l'ont signée aussi, pour un travail à
    plusieurs.
    """

    stagiaire: Stagiaire | None
    candidats: tuple[Stagiaire, ...] = ()
    motif: str = ""
    par: str = ""
    moodle: str = ""
    avec: tuple[Stagiaire, ...] = ()


@dataclass(frozen=True)
class _Indice:
    """``par`` : d'où il vient ; ``stagiaires`` : ceux qu'il peut désigner ; ``dit`` : ce qu'il dit, mot pour mot.

    ``exige`` : s'il ne désigne personne de connu, les autres ne suffisent pas. ``par_le_stagiaire`` : tapé par lui, faute comprise.
    ``ensemble`` : vrai s'il les désigne tous, et non l'un d'eux ; ``doute`` : ce qui empêche alors de savoir qui.
    """

    par: str
    stagiaires: list[Stagiaire]
    dit: str = ""
    exige: bool = False
    par_le_stagiaire: bool = False
    ensemble: bool = False
    doute: str = ""


def est_un_notebook(chemin: str, contenu: bytes) -> bool:
    """Vrai pour un .ipynb, même renommé (« M1.IPYNB », « m1.ipynb.txt »), ou pour un fichier qui en a le contenu.

    >>> [est_un_notebook(nom, b"") for nom in ("M1.IPYNB", "m1.ipynb.txt", "m1.ipynb (1)", "notes.txt", "ipynb.docx")]
    [True, True, True, False, False]
    >>> est_un_notebook("copie.txt", b'{"cells": [], "nbformat": 4}')
    True
    """
    if _NOTEBOOK.search(PurePosixPath(chemin).name):
        return True
    return (
        contenu.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{"
        and b'"nbformat"' in contenu
        and b'"cells"' in contenu
    )


def numero_de_copie(nom: str) -> int:
    """Le rang que le navigateur ou Windows ajoute à un fichier déjà présent.

    >>> [numero_de_copie(nom) for nom in ("m1.ipynb", "m1 (2).ipynb", "m1 - Copie.ipynb", "m1(3).ipynb.txt")]
    [0, 2, 1, 3]
    """
    trouve = _NUMERO_DE_COPIE.search(nom)
    return int(trouve[1] or trouve[2] or 1) if trouve else 0


def reconnaitre_le_stagiaire(
    chemin: str, notebook: dict | None, liste: ListeDeClasse, devoirs: list[str]
) -> Reconnu:
    """De qui est la copie trouvée à ce chemin. Sans liste de classe, ne comptent que les noms écrits pour cela (voir ``_explicites``)."""
    remise = lire_la_remise(notebook or {})
    moodle = _moodle(chemin)
    explicites = list(_explicites(chemin, moodle, remise, liste, devoirs))
    if not liste.stagiaires:
        indices = explicites[:1]
    else:
        pose = any(not indice.par_le_stagiaire for indice in explicites)
        indices = explicites + list(_noms_du_chemin(chemin, liste, devoirs, entiers=pose))
    accord = _accorder(indices, liste)
    return replace(accord, moodle=moodle["nom"]) if moodle else accord


def participant(chemin: str) -> str:
    """Le numéro que Moodle donne à celui qui a remis ce fichier ; rien si le fichier ne vient pas de Moodle.

    >>> participant("Ali Alami_11_assignsubmission_file/tp.ipynb")
    '11'
    """
    moodle = _moodle(chemin)
    return moodle["numero"] if moodle else ""


def lisible(chemin: str) -> str:
    """Un chemin, sans le nom technique de Moodle.

    >>> lisible("Ali Alami_11_assignsubmission_file/tp.ipynb"), lisible("Ali Alami_11_assignsubmission_file_tp.ipynb")
    ('Ali Alami (Moodle 11) / tp.ipynb', 'Ali Alami (Moodle 11) / tp.ipynb')
    """
    return re.sub(r"_(\d+)_assignsubmission_[a-z]+[_/]*", r" (Moodle \1) / ", chemin)


def homonymes(chemins: Iterable[str]) -> set[str]:
    """Les noms (collés) que Moodle donne à deux comptes différents : ils ne suffisent pas à reconnaître quelqu'un.

    >>> sorted(homonymes(["Ali Alami_11_assignsubmission_file/a.ipynb", "Ali Alami_12_assignsubmission_file/a.ipynb"]))
    ['alialami']
    """
    numeros: dict[str, set[str]] = {}
    for chemin in chemins:
        if moodle := _moodle(chemin):
            numeros.setdefault(colle(moodle["nom"]), set()).add(moodle["numero"])
    return {
        nom for nom, connus in numeros.items() if len(connus) > 1 and not nom.endswith(_ANONYMES)
    }


def _est_anonyme(nom: str) -> bool:
    """Vrai si Moodle cache le nom, même derrière celui d'un groupe.

    >>> _est_anonyme("Participant"), _est_anonyme("Com 2-Participant"), _est_anonyme("Léa Petit")
    (True, True, False)
    """
    return mots(nom)[-1:] in (["participant"], ["participante"])


def _moodle(chemin: str) -> re.Match | None:
    return next(
        (lu for morceau in PurePosixPath(chemin).parts if (lu := _MOODLE.match(morceau))), None
    )


def _accorder(indices: list[_Indice], liste: ListeDeClasse) -> Reconnu:
    """Le stagiaire sur qui tous les indices s'accordent, ou ce qui empêche de trancher."""
    parlants = [indice for indice in indices if indice.stagiaires]
    if doute := next((indice.doute for indice in indices if indice.doute), ""):
        nommes = [stagiaire for indice in parlants for stagiaire in indice.stagiaires]
        return Reconnu(None, tuple(dict.fromkeys(nommes)), doute)
    inconnus = [indice.dit for indice in indices if indice.exige and not indice.stagiaires]
    if not parlants:
        inconnus += [indice.dit for indice in indices if indice.dit]
    if inconnus:
        nommes_ailleurs = [stagiaire for indice in parlants for stagiaire in indice.stagiaires]
        return Reconnu(
            None,
            tuple(dict.fromkeys([*liste.ressemblants(inconnus[0]), *nommes_ailleurs])),
            f"« {inconnus[0]} » n'est pas dans la liste de classe",
        )
    if not parlants:
        return Reconnu(None, motif="personne n'y est nommé")
    tous = list(dict.fromkeys(stagiaire for indice in parlants for stagiaire in indice.stagiaires))
    communs = [
        stagiaire
        for stagiaire in tous
        if all(stagiaire in indice.stagiaires for indice in parlants)
    ]
    a_plusieurs = next((indice.stagiaires for indice in parlants if indice.ensemble), [])
    if len(communs) == 1 or (communs and communs == a_plusieurs):
        par = min(parlants, key=lambda indice: len(indice.stagiaires)).par
        avec = tuple(stagiaire for stagiaire in a_plusieurs if stagiaire != communs[0])
        return Reconnu(communs[0], par=par, avec=avec)
    if communs:
        return Reconnu(None, tuple(communs), "plusieurs stagiaires peuvent être nommés ainsi")
    dires = (
        f"{indice.par} dit {' ou '.join(stagiaire.nom_complet for stagiaire in indice.stagiaires)}"
        for indice in parlants
    )
    return Reconnu(None, tuple(tous), "les indices se contredisent : " + ", ".join(dires))


def _explicites(
    chemin: str, moodle, remise: Remise | None, liste: ListeDeClasse, devoirs: list[str]
) -> Iterator[_Indice]:
    """Les noms écrits pour dire de qui est la copie : par Moodle, par nbgrader, par « Rendre ma copie »."""
    avec_liste = bool(liste.stagiaires)
    if moodle:
        anonyme = _est_anonyme(moodle["nom"])
        du_numero = liste.du_participant(moodle["numero"])
        if anonyme:
            du_nom = du_numero
        elif avec_liste:
            du_nom = liste.en_toutes_lettres(moodle["nom"])
        else:
            du_nom = [_sans_liste(moodle["nom"])]
        yield _Indice("Moodle", du_nom, "" if anonyme else moodle["nom"], exige=not anonyme)
        if du_numero and not anonyme:
            # Il départage des homonymes, mais ne désigne personne contre son nom : il vient peut-être d'un autre Moodle.
            yield _Indice("le numéro de Moodle", du_numero)
    elif nomme := _de_nbgrader(chemin, devoirs):
        connu = liste.d_identifiant(nomme) if avec_liste else Stagiaire(nom_de_dossier(nomme))
        yield _Indice("nbgrader", [connu] if connu else [], nomme)
    nom = remise.nom[:TEXTE_LU] if remise else ""
    if colle(nom):
        yield _signature(nom, liste)


def _signature(nom: str, liste: ListeDeClasse) -> _Indice:
    """Le nom tapé dans « Rendre ma copie » : d'un stagiaire, ou de plusieurs, chacun de son nom entier (« Hugo Martin et Léa Dupont »)."""
    dit = sur_une_ligne(nom)
    if not liste.stagiaires:
        return _Indice("la copie", [_sans_liste(nom)], dit, par_le_stagiaire=True)
    designes = {un.strip(): liste.en_toutes_lettres(un) for un in _ENTRE_SIGNATAIRES.split(nom)}
    entiers = list(dict.fromkeys(d[0] for d in designes.values() if len(d) == 1))
    # « Hugo Martin, BTS 1 » : ce qui ne ressemble à personne de la classe n'est pas un second signataire.
    douteuse = next(
        (un for un, d in designes.items() if len(d) != 1 and _est_de_la_classe(un, liste)), ""
    )
    if not entiers or (len(entiers) == 1 and not douteuse):
        return _Indice("la copie", liste.nommes(nom), dit, par_le_stagiaire=True)
    doute = (
        f"signée à plusieurs, mais « {sur_une_ligne(douteuse)} » ne désigne pas une seule personne"
    )
    return _Indice(
        "la copie",
        entiers,
        dit,
        par_le_stagiaire=True,
        ensemble=True,
        doute=doute if douteuse else "",
    )


def _est_de_la_classe(signature: str, liste: ListeDeClasse) -> bool:
    return bool(liste.nommes(signature) or liste.ressemblants(signature))


def _de_nbgrader(chemin: str, devoirs: list[str]) -> str:
    """L'identifiant que donne l'exchange, ou un rangement ``<stagiaire>/<devoir>/<fichier>`` ; rien sinon.

    >>> _de_nbgrader("inbound/lea+s2_tp1_ltv+2026-11-24 10:42:05 UTC+aB3/s2_tp1_ltv.ipynb", [])
    'lea'
    >>> _de_nbgrader("submitted/lea/s2_tp1_ltv/m1.ipynb", ["s2_tp1_ltv"]), _de_nbgrader("lea/m1.ipynb", ["s2_tp1_ltv"])
    ('lea', '')
    """
    dossiers = PurePosixPath(chemin).parts[:-1]
    for rang, dossier in enumerate(dossiers):
        if exchange := _INBOUND.match(dossier):
            return exchange["stagiaire"]
        if rang and dossier in devoirs:
            return dossiers[rang - 1]
    return ""


def _noms_du_chemin(
    chemin: str, liste: ListeDeClasse, devoirs: list[str], entiers: bool
) -> Iterator[_Indice]:
    """Le nom du fichier et des dossiers. Un nom incomplet ne compte que tout près du fichier, et si rien d'officiel ne le nomme déjà.

    Les mots des noms de devoirs ne nomment personne : « TP3 Bertin » n'est pas la copie de M. Bertin.
    """
    *dossiers, fichier = PurePosixPath(chemin).parts
    moodle = _MOODLE.match(fichier)
    du_cours = frozenset(mot for devoir in devoirs for mot in mots(devoir))
    morceaux = [
        ("le nom du fichier", (moodle["suite"] or "") if moodle else _NOTEBOOK.sub("", fichier))
    ]
    morceaux += [
        (f"le dossier « {dossier} »", dossier)
        for dossier in reversed(dossiers)
        if not _est_officiel(dossier, devoirs)
    ]
    for rang, (par, texte) in enumerate(morceaux):
        trouves = (
            liste.en_toutes_lettres(texte)
            if entiers or rang > 1
            else liste.nommes(texte, sauf=du_cours)
        )
        yield _Indice(par, trouves)


def _est_officiel(dossier: str, devoirs: list[str]) -> bool:
    return bool(dossier in devoirs or _MOODLE.match(dossier) or _INBOUND.match(dossier))


def _sans_liste(nom: str) -> Stagiaire:
    """Un stagiaire connu par son seul nom."""
    propre = sur_une_ligne(" ".join(nom.split()))
    return Stagiaire(nom_de_dossier("_".join(mots(propre))), nom=propre)
