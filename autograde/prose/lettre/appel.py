"""La formule d'appel (« Madame, Monsieur, ») : la trouver sans la confondre avec le nom du destinataire."""

import re
from functools import cache

from autograde.prose.lettre.coordonnees import est_une_adresse
from autograde.prose.lettre.lignes import (
    Ligne,
    Zone,
    commence_une_phrase,
    est_une_phrase,
    lieu_et_date,
    mots_simples,
)
from autograde.prose.lettre.vocabulaire import vocabulaire

_JETONS = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[,;:.!?/&]")
_CARACTERES_LUS = 200  # pour chercher la fin de la formule
_POLITESSE_AVANT = 90  # caractères où chercher « veuillez agréer » avant un « Monsieur »
_NOM_MAXIMAL = 6  # mots


@cache
def civilite() -> re.Pattern:
    """« Madame », « M. »… au début d'une ligne."""
    return re.compile(rf"{vocabulaire().civilites.pattern}(?![\w'])")


@cache
def _titre() -> re.Pattern:
    return re.compile(rf"(?:{_titres_usuels()}|chere?s?)(?![\w'])")


@cache
def _titre_dans_la_ligne() -> re.Pattern:
    return re.compile(rf"(?<![\w']){_titres_usuels()}(?![\w'])")


def _titres_usuels() -> str:
    v = vocabulaire()
    usuels = (v.salutations, v.salutations_familieres, v.civilites)
    return f"(?:{'|'.join(motif.pattern for motif in usuels)})"


@cache
def _en_pleine_politesse() -> re.Pattern:
    return re.compile(rf"\b{vocabulaire().en_pleine_politesse.pattern}\w*[^.!?]*$")


def trouver_l_appel(lignes: list[Ligne]) -> Zone | None:
    """La formule d'appel : celle qui ouvre une ligne, sinon celle qui suit un en-tête écrit sur la même ligne."""
    for rang, ligne in enumerate(lignes):
        if _titre().match(ligne.plat) and (zone := _appel(ligne, 0, lignes[rang + 1 : rang + 3])):
            return zone
    for ligne in lignes:
        for trouve in _titre_dans_la_ligne().finditer(ligne.plat):
            place = trouve.start()
            if (
                place
                and not _en_pleine_politesse().search(
                    ligne.plat[max(0, place - _POLITESSE_AVANT) : place]
                )
                and (zone := _appel(ligne, place, None))
            ):
                return zone
    return None


def _appel(ligne: Ligne, debut: int, suivantes: list[Ligne] | None) -> Zone | None:
    """La formule d'appel qui s'ouvre là, ou None si c'est le nom du destinataire. ``suivantes`` vaut None au milieu d'une ligne."""
    fin, ponctuee, nommee = _etendue(ligne.plat, debut)
    reste = ligne.plat[fin:].strip(" ,;:!.")
    if not reste:
        accepte = suivantes is not None and _suivi_d_un_corps(suivantes, ponctuee, nommee)
    elif suivantes is None and not ponctuee:
        accepte = False
    else:
        accepte = commence_une_phrase(reste) and (
            ponctuee or mots_simples(reste)[0] in vocabulaire().debuts_de_phrase
        )
    return (
        Zone(ligne.debut + debut, ligne.debut + fin, *_valeur(ligne.plat[debut:fin]))
        if accepte
        else None
    )


def _suivi_d_un_corps(suivantes: list[Ligne], ponctuee: bool, nommee: bool) -> bool:
    """Après un appel vient une phrase (ou l'objet) ; après le nom du destinataire, son adresse ou la date."""
    if not suivantes:
        return True
    if lieu_et_date(suivantes[0]):
        return False
    if est_une_phrase(suivantes[0]) or commence_une_phrase(suivantes[0].plat):
        return True
    if est_une_adresse(suivantes[0].plat):
        return False
    suivi_d_une_adresse = any(
        est_une_adresse(ligne.plat) and not est_une_phrase(ligne) for ligne in suivantes
    )
    return not suivi_d_une_adresse and (ponctuee or not nommee)


def _etendue(plat: str, debut: int) -> tuple[int, bool, bool]:
    """Où finit la formule d'appel, si une ponctuation la ferme, si elle nomme quelqu'un."""
    jetons = list(_JETONS.finditer(plat, debut, debut + _CARACTERES_LUS))
    rang = _titres(jetons)
    fin = jetons[rang - 1].end() if rang else debut
    nom: list[re.Match[str]] = []
    for jeton in jetons[rang:]:
        if jeton.group() in ",;:.!?" or (
            not nom and jeton.group() in vocabulaire().debuts_de_phrase
        ):
            break
        nom.append(jeton)
    au_bout = rang + len(nom) == len(jetons)
    ferme = not au_bout and jetons[rang + len(nom)].group() in ",;:.!?"
    if (
        nom
        and len(nom) <= _NOM_MAXIMAL
        and (ferme or au_bout)
        and not any(jeton.group() in vocabulaire().parlent for jeton in nom)
    ):
        return nom[-1].end(), ferme, True
    if nom and nom[0].group() not in vocabulaire().articles:
        return nom[0].end(), False, True  # « bjr mr alami vs avez… »
    return fin, ferme and not nom, False


def _titres(jetons: list[re.Match]) -> int:
    """Combien de jetons font les titres : « bonjour », « cher monsieur », « Madame, Monsieur », « M. »."""
    rang = 0
    while rang < len(jetons):
        mot, suivant = (
            jetons[rang].group(),
            jetons[rang + 1].group() if rang + 1 < len(jetons) else "",
        )
        if _titre().fullmatch(mot) or mot == "m":
            rang += 2 if mot in vocabulaire().civilites_abregees and suivant == "." else 1
        elif mot in {",", "et", "ou", "/", "&"} and (_titre().fullmatch(suivant) or suivant == "m"):
            rang += 1
        else:
            break
    return rang


def _valeur(formule: str) -> tuple[float, str]:
    """Le crédit d'une formule d'appel, et ce qui lui manque."""
    if re.match(rf"{vocabulaire().salutations_familieres.pattern}\b", formule):
        return 0.0, "trop familière ; écrivez « Madame, Monsieur, » ou le titre du lecteur"
    if re.fullmatch(rf"{vocabulaire().salutations.pattern}[\s,!.]*", formule):
        return (
            0.5,
            "« Bonjour » seul convient à un message ; écrivez « Madame, Monsieur, » ou le titre du lecteur",
        )
    return 1.0, ""
