"""Lire une lettre : où est l'en-tête, l'appel, le corps, la formule de politesse, ce qui la suit."""

from dataclasses import dataclass

from autograde.prose.lettre.appel import trouver_l_appel
from autograde.prose.lettre.lignes import (
    Ligne,
    Zone,
    decouper_en_lignes,
    est_une_phrase,
    lieu_et_date_dans,
)
from autograde.prose.lettre.politesse import trouver_la_politesse
from autograde.prose.lettre.vocabulaire import vocabulaire

# Sans formule de politesse, ce qui peut être une signature à la fin de la lettre.
MOTS_D_UNE_SIGNATURE = 6
LIGNES_D_UNE_SIGNATURE = 4


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
    appel = trouver_l_appel(lignes)
    debut_du_corps = appel.fin if appel else _debut_sans_appel(lignes)
    politesse = trouver_la_politesse(texte, debut_du_corps)
    en_tete = _entre(lignes, 0, appel.debut if appel else debut_du_corps)
    if politesse:
        apres, fin_du_corps = _entre(lignes, politesse.fin, len(texte)), politesse.debut
    else:
        apres = _dernieres_lignes(_entre(lignes, debut_du_corps, len(texte)))
        fin_du_corps = apres[0].debut if apres else len(texte)
    corps = Zone(debut_du_corps, max(debut_du_corps, fin_du_corps))
    return Lettre(
        texte, en_tete, appel, corps, _entre(lignes, corps.debut, corps.fin), politesse, apres
    )


def _entre(lignes: list[Ligne], debut: int, fin: int) -> list[Ligne]:
    """Les lignes, ou les morceaux de lignes, entre deux places du texte."""
    bouts = [
        ligne.couper(max(debut, ligne.debut), min(fin, ligne.fin))
        for ligne in lignes
        if ligne.debut < fin and ligne.fin > debut
    ]
    return [bout for bout in bouts if bout.mots]


def _debut_sans_appel(lignes: list[Ligne]) -> int:
    """Sans formule d'appel, le corps commence à la première phrase ; un lieu et une date peuvent la précéder sur sa ligne."""
    phrase = next((ligne for ligne in lignes if est_une_phrase(ligne)), None)
    if phrase is None:
        return lignes[-1].fin if lignes else 0
    date = lieu_et_date_dans(phrase)
    return (
        date[1] if date and phrase.mots[0] not in vocabulaire().debuts_de_phrase else phrase.debut
    )


def _dernieres_lignes(lignes: list[Ligne]) -> list[Ligne]:
    """Sans formule de politesse : les dernières lignes courtes, là où l'on signe."""
    dernieres: list[Ligne] = []
    for ligne in reversed(lignes[1:]):
        acheve_une_phrase = ligne.plat.endswith((".", "!", "?")) and len(ligne.mots) > 3
        if (
            est_une_phrase(ligne)
            or acheve_une_phrase
            or len(ligne.mots) > MOTS_D_UNE_SIGNATURE
            or not ligne.entiere
        ):
            break
        dernieres.insert(0, ligne)
    return dernieres[-LIGNES_D_UNE_SIGNATURE:]
