"""Lire une lettre : où est l'en-tête, l'appel, le corps, la formule de politesse, ce qui la suit."""

import re
from dataclasses import dataclass

from autograde.prose.lettre.lignes import (
    Ligne,
    commence_une_phrase,
    contenu_de_l_objet,
    decouper_en_lignes,
    est_une_adresse,
    est_une_phrase,
    lieu_et_date_dans,
    touche_aux_coordonnees,
)
from autograde.prose.lettre.vocabulaire import cherche, mots_de, tours_de
from autograde.prose.ressemblance import ressemblent
from autograde.prose.texte import Mot, lire

_SALUTATIONS = r"(?:bonjours?|bjr|bonsoir|salut|slt|coucou)"
_CIVILITE = r"(?:mad+am+e?s?|mesdam+es?|mademoiselle|m(?:on|o)s+ie?u?rs?|mes+ieurs?|mlle|mme|mrs?|mm?\.|m(?=\s[^\W\d]{2}))"
_DEBUT = re.compile(rf"(?:{_SALUTATIONS}|chere?s?|{_CIVILITE})(?![\w'])")
_DEBUT_DANS_LA_LIGNE = re.compile(rf"(?<![\w'])(?:{_SALUTATIONS}|{_CIVILITE})(?![\w'])")
_JETONS = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[,;:.!?/&]")
_NOM_MAXIMAL = 6
RETOUR_AU_VERBE = 25
SUITE_MAXIMALE = 40


@dataclass(frozen=True)
class Zone:
    """Un bout du texte, et ce qu'il vaut : ``reste`` dit ce qui lui manque."""

    debut: int
    fin: int
    valeur: float = 1.0
    reste: str = ""


@dataclass(frozen=True)
class Lettre:
    """Une lettre lue. ``corps`` va de la fin de l'appel à la politesse ; les lignes sont celles de l'en-tête et celles d'après."""

    texte: str
    en_tete: list[Ligne]
    appel: Zone | None
    corps: Zone
    lignes_du_corps: list[Ligne]
    politesse: Zone | None
    apres: list[Ligne]


def lire_lettre(texte: str) -> Lettre:
    """Lit une lettre dont les trous ont été effacés. Aucun texte ne fait d'erreur."""
    lignes = decouper_en_lignes(texte)
    appel = _trouver_l_appel(lignes)
    debut_du_corps = appel.fin if appel else _debut_sans_appel(lignes)
    politesse = _trouver_la_politesse(texte, debut_du_corps)
    en_tete = _entre(lignes, 0, appel.debut if appel else debut_du_corps)
    if politesse:
        apres, fin_du_corps = _entre(lignes, politesse.fin, len(texte)), politesse.debut
    else:
        apres = _dernieres_lignes(_entre(lignes, debut_du_corps, len(texte)))
        fin_du_corps = apres[0].debut if apres else len(texte)
    corps = Zone(debut_du_corps, max(debut_du_corps, fin_du_corps))
    return Lettre(texte, en_tete, appel, corps, _entre(lignes, corps.debut, corps.fin), politesse, apres)


def _entre(lignes: list[Ligne], debut: int, fin: int) -> list[Ligne]:
    """Les lignes, ou les morceaux de lignes, entre deux places du texte."""
    bouts = [ligne.couper(max(debut, ligne.debut), min(fin, ligne.fin)) for ligne in lignes if ligne.debut < fin and ligne.fin > debut]
    return [bout for bout in bouts if bout.mots]


def _debut_sans_appel(lignes: list[Ligne]) -> int:
    """Sans formule d'appel, le corps commence à la première phrase ; un lieu et une date peuvent la précéder sur sa ligne."""
    phrase = next((ligne for ligne in lignes if est_une_phrase(ligne)), None)
    if phrase is None:
        return lignes[-1].fin if lignes else 0
    date = lieu_et_date_dans(phrase)
    return date[1] if date and date[0] - phrase.debut < 40 else phrase.debut


def _trouver_l_appel(lignes: list[Ligne]) -> Zone | None:
    for rang, ligne in enumerate(lignes):
        if _DEBUT.match(ligne.plat) and (zone := _appel(ligne, 0, lignes[rang + 1 : rang + 3])):
            return zone
    for ligne in lignes:
        for trouve in _DEBUT_DANS_LA_LIGNE.finditer(ligne.plat):
            if trouve.start() and not _dans_une_politesse(ligne.plat[: trouve.start()]) and (zone := _appel(ligne, trouve.start(), None)):
                return zone
    return None


def _dans_une_politesse(avant: str) -> bool:
    return bool(re.search(r"\b(?:veuil|agre|recev|pri[eo]|croire)\w*[^.!?]{0,60}$", avant))


def _appel(ligne: Ligne, debut: int, suivantes: list[Ligne] | None) -> Zone | None:
    """La formule d'appel qui s'ouvre là, ou None si c'est le nom du destinataire. ``suivantes`` vaut None au milieu d'une ligne."""
    fin, ponctuee, nommee = _etendue(ligne.plat, debut)
    reste = ligne.plat[fin:].strip(" ,;:!.")
    if reste:
        ouverte = commence_une_phrase(reste) if suivantes is not None or ponctuee else False
        accepte = ouverte and (ponctuee or reste.split()[0] in mots_de("debuts_de_phrase") - {"le", "la", "les", "l", "de", "a"})
    else:
        accepte = suivantes is not None and _suivi_d_un_corps(suivantes, ponctuee, nommee)
    if not accepte:
        return None
    valeur, manque = _valeur_de_l_appel(ligne.plat[debut:fin])
    return Zone(ligne.debut + debut, ligne.debut + fin, valeur, manque)


def _suivi_d_un_corps(suivantes: list[Ligne], ponctuee: bool, nommee: bool) -> bool:
    if not suivantes:
        return True
    if touche_aux_coordonnees(suivantes[0].plat) and not est_une_phrase(suivantes[0]):
        return False
    if est_une_phrase(suivantes[0]) or commence_une_phrase(suivantes[0].plat):
        return True
    if not nommee:
        return not any(est_une_adresse(ligne.plat) and not est_une_phrase(ligne) for ligne in suivantes)
    return ponctuee and not any(est_une_adresse(ligne.plat) for ligne in suivantes)


def _etendue(plat: str, debut: int) -> tuple[int, bool, bool]:
    """Où finit la formule d'appel, si une ponctuation la ferme, si elle nomme quelqu'un."""
    jetons = [jeton for jeton in _JETONS.finditer(plat, debut)]
    fin, rang, nommee = debut, 0, False
    while rang < len(jetons):
        mot = jetons[rang].group()
        if _DEBUT.fullmatch(mot) or mot == "m":
            fin, rang = jetons[rang].end(), rang + 1
            if mot in {"m", "mm", "mr", "mme"} and rang < len(jetons) and jetons[rang].group() == ".":
                fin, rang = jetons[rang].end(), rang + 1
        elif mot in {",", "et", "ou", "/", "&"} and rang + 1 < len(jetons) and _DEBUT.fullmatch(jetons[rang + 1].group()):
            rang += 1
        else:
            break
    nom = []
    for jeton in jetons[rang:]:
        if jeton.group() in ",;:.!?" or (len(nom) == 0 and jeton.group() in mots_de("debuts_de_phrase") - {"le", "la", "les", "l"}):
            break
        nom.append(jeton)
    ferme = rang + len(nom) < len(jetons) and jetons[rang + len(nom)].group() in ",;:.!?"
    if nom and len(nom) <= _NOM_MAXIMAL and (ferme or rang + len(nom) == len(jetons)) and not _parle(nom):
        return nom[-1].end(), ferme, True
    if nom and nom[0].group() not in mots_de("debuts_de_phrase"):
        return nom[0].end(), False, True
    return fin, ferme and not nom, False


def _parle(nom: list[re.Match]) -> bool:
    """Une phrase, pas un nom : elle a un « nous », un « vous », un « je »."""
    return any(jeton.group() in {"nous", "vous", "je", "j", "vs", "ns", "on", "tu"} for jeton in nom)


def _valeur_de_l_appel(formule: str) -> tuple[float, str]:
    if re.match(r"(?:salut|slt|coucou)\b", formule):
        return 0.0, "trop familière ; écrivez « Madame, Monsieur, » ou le titre du lecteur"
    if re.fullmatch(r"(?:bonjours?|bjr|bonsoir)[\s,!.]*", formule):
        return 0.5, "« Bonjour » seul convient à un message ; écrivez « Madame, Monsieur, » ou le titre du lecteur"
    return 1.0, ""


def _trouver_la_politesse(texte: str, debut_du_corps: int) -> Zone | None:
    """La dernière formule de politesse du texte ; trop loin de la fin, elle est mal placée."""
    mots = lire(texte)
    zones = [zone for rang in range(len(mots)) if mots[rang].debut >= debut_du_corps and (zone := _politesse(texte, mots, rang))]
    if not zones:
        return None
    meilleure = max(zones, key=lambda zone: (zone.fin, -zone.debut, zone.valeur))
    if sum(mot.debut >= meilleure.fin for mot in mots) > SUITE_MAXIMALE:
        return Zone(meilleure.debut, meilleure.fin, 0.5, "elle se place à la fin de la lettre")
    return meilleure


def _politesse(texte: str, mots: list[Mot], rang: int) -> Zone | None:
    """La formule dont ce mot est le cœur : « salutations », « cordialement », « agréer »…"""
    forme = mots[rang].forme
    if _vaut(forme, "salutations", "sentiments", "consideration", "respects", "expression", "assurance"):
        return _formule_longue(mots, rang, salutations=_vaut(forme, "salutations"))
    seule = _debut_de_ligne(texte, mots[rang].debut) or _debut_de_phrase(mots, rang)
    if _vaut(forme, "cordialement", "respectueusement", "sincerement"):
        avant = rang - 1 if rang and mots[rang - 1].forme in {"bien", "tres", "sincerement"} else rang
        debut = mots[avant].debut
        if (_debut_de_ligne(texte, debut) or _debut_de_phrase(mots, avant)) and _finit_la_proposition(texte, mots, rang):
            return Zone(debut, mots[rang].fin)
        return None
    suite = [mot.forme for mot in mots[rang : rang + 4]]
    if seule and suite[:3] == ["bien", "a", "vous"]:
        return Zone(mots[rang].debut, mots[rang + 2].fin)
    if seule and (forme,) in tours_de("abreviations_de_politesse"):
        return Zone(mots[rang].debut, mots[rang].fin, 0.5, "écrivez-la en entier")
    if _vaut(forme, "agreer") and len(mots) - rang <= RETOUR_AU_VERBE:
        return Zone(_debut_de_la_formule(mots, rang), mots[rang].fin, 0.5, "la formule n'est pas finie")
    if seule and cherche(suite, tours_de("fins_aimables"))[:1] == [0]:
        tour = next(tour for tour in tours_de("fins_aimables") if tuple(suite[: len(tour)]) == tour)
        return Zone(mots[rang].debut, mots[rang + len(tour) - 1].fin, 0.5, "une formule complète est attendue")
    return None


def _formule_longue(mots: list[Mot], rang: int, salutations: bool) -> Zone | None:
    verbe = next((r for r in range(rang - 1, max(-1, rang - RETOUR_AU_VERBE), -1) if _agree(mots, r)), None)
    fin = rang
    while fin + 1 < len(mots) and mots[fin + 1].phrase == mots[rang].phrase and _qualifie(mots[fin + 1].forme):
        fin += 1
    if verbe is not None:
        return Zone(_debut_de_la_formule(mots, verbe), mots[fin].fin)
    if not salutations:
        return None
    avant = rang
    while avant and mots[avant - 1].phrase == mots[rang].phrase and _qualifie(mots[avant - 1].forme):
        avant -= 1
    if fin > rang or avant < rang:
        return Zone(mots[avant].debut, mots[fin].fin)
    return Zone(mots[rang].debut, mots[rang].fin, 0.5, "une formule complète est attendue")


def _agree(mots: list[Mot], rang: int) -> bool:
    """« agréer », ou « recevoir », « croire », « accepter » demandés : « veuillez recevoir », « je vous prie de croire », « recevez »."""
    if _vaut(mots[rang].forme, "agreer", "agreez"):
        return True
    if not _vaut(mots[rang].forme, "recevoir", "recevez", "croire", "croyez", "accepter", "acceptez", "assurance"):
        return False
    demande = mots[max(0, rang - 4) : rang]
    imperatif = mots[rang].forme.endswith("ez")
    return imperatif or any(_vaut(mot.forme, "veuillez", "prie", "prions") for mot in demande)


def _debut_de_la_formule(mots: list[Mot], rang: int) -> int:
    """Le début de « je vous prie d'agréer », « veuillez agréer », quand le verbe est au rang donné."""
    for avant in range(rang - 1, max(-1, rang - 5), -1):
        if _vaut(mots[avant].forme, "veuillez", "prie", "prions"):
            while avant and mots[avant - 1].forme in {"je", "nous", "vous", "on", "vs"}:
                avant -= 1
            return mots[avant].debut
    return mots[rang].debut


def _qualifie(forme: str) -> bool:
    if forme in {"les", "plus", "nos", "mes", "tres", "bien", "de", "ma", "notre", "la", "et"}:
        return True
    adjectifs = ("distinguees", "distingues", "respectueuses", "respectueux", "sinceres", "cordiales", "meilleures", "meilleurs", "devoues")
    return _vaut(forme, *adjectifs, "hautes", "haute", "consideration", "sentiments", "salutations", "parfaite", "profond", "amicales")


def _vaut(forme: str, *modeles: str) -> bool:
    return any(forme == modele or (len(forme) >= 5 and ressemblent(forme, modele)) for modele in modeles)


def _debut_de_ligne(texte: str, place: int) -> bool:
    return not texte[:place].rsplit("\n", 1)[-1].strip(" \t\u00a0-")


def _debut_de_phrase(mots: list[Mot], rang: int) -> bool:
    return rang == 0 or mots[rang - 1].phrase != mots[rang].phrase


def _finit_la_proposition(texte: str, mots: list[Mot], rang: int) -> bool:
    """« Cordialement, » ou « Cordialement » avant un nom, pas « cordialement à notre stand »."""
    suivant = mots[rang + 1] if rang + 1 < len(mots) else None
    if suivant is None or suivant.phrase != mots[rang].phrase or "," in texte[mots[rang].fin : suivant.debut]:
        return True
    return suivant.forme not in mots_de("debuts_de_phrase")


def _dernieres_lignes(lignes: list[Ligne]) -> list[Ligne]:
    """Sans formule de politesse : les dernières lignes courtes, là où l'on signe."""
    dernieres: list[Ligne] = []
    for ligne in reversed(lignes[1:]):
        if est_une_phrase(ligne) or len(ligne.mots) > 6 or not ligne.entiere or contenu_de_l_objet(ligne) is not None:
            break
        dernieres.insert(0, ligne)
    return dernieres[-4:]
