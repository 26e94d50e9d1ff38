"""La formule de politesse : de « Veuillez agréer… » à « Cordialement », après le corps de la lettre."""

from collections.abc import Iterable

from autograde.prose.lettre.lignes import Zone
from autograde.prose.lettre.vocabulaire import vocabulaire
from autograde.prose.ressemblance import ressemblent
from autograde.prose.texte import Mot, lire

RETOUR_AU_VERBE = 25  # mots entre « veuillez agréer » et « salutations »
SUITE_MAXIMALE = 40  # mots après la formule : la signature, un post-scriptum


def trouver_la_politesse(texte: str, debut_du_corps: int) -> Zone | None:
    """La dernière formule de politesse du texte ; trop loin de la fin, elle est mal placée."""
    mots = lire(texte)
    zones = [
        zone
        for rang in range(len(mots))
        if mots[rang].debut >= debut_du_corps and (zone := _politesse(texte, mots, rang))
    ]
    if not zones:
        return None
    meilleure = max(zones, key=lambda zone: (zone.fin, -zone.debut, zone.valeur))
    if sum(mot.debut >= meilleure.fin for mot in mots) > SUITE_MAXIMALE:
        return Zone(meilleure.debut, meilleure.fin, 0.5, "elle se place à la fin de la lettre")
    return meilleure


def _politesse(texte: str, mots: list[Mot], rang: int) -> Zone | None:
    """La formule dont ce mot est le cœur : « salutations », « cordialement », « agréer »…"""
    forme, v = mots[rang].forme, vocabulaire()
    if _vaut(forme, v.saluts):
        return _formule_longue(mots, rang, salutations=_vaut(forme, {"salutations"}))
    seule = _debut_de_ligne(texte, mots[rang].debut) or _debut_de_phrase(mots, rang)
    if _vaut(forme, v.adverbes_de_politesse):
        avant = rang - 1 if rang and mots[rang - 1].forme in v.devant_un_adverbe else rang
        debut = mots[avant].debut
        if (
            _debut_de_ligne(texte, debut) or _debut_de_phrase(mots, avant)
        ) and _finit_la_proposition(texte, mots, rang):
            return Zone(debut, mots[rang].fin)
        return None
    suite = [mot.forme for mot in mots[rang : rang + 4]]
    if seule and suite[:3] == ["bien", "a", "vous"]:
        return Zone(mots[rang].debut, mots[rang + 2].fin)
    if seule and forme in v.abreviations_de_politesse:
        return Zone(mots[rang].debut, mots[rang].fin, 0.5, "écrivez-la en entier")
    if _vaut(forme, {"agreer"}) and len(mots) - rang <= RETOUR_AU_VERBE:
        return Zone(
            _debut_de_la_formule(mots, rang), mots[rang].fin, 0.5, "la formule n'est pas finie"
        )
    aimable = next((tour for tour in v.fins_aimables if tuple(suite[: len(tour)]) == tour), ())
    fin = mots[rang + max(0, len(aimable) - 1)].fin
    if aimable and (seule or not texte[fin:].split("\n")[0].strip(" .,!")):
        return Zone(mots[rang].debut, fin, 0.5, "une formule complète est attendue")
    return None


def _formule_longue(mots: list[Mot], rang: int, salutations: bool) -> Zone | None:
    """« Veuillez agréer… mes salutations distinguées », ou « Sincères salutations » sans verbe."""
    verbe = next(
        (r for r in range(rang - 1, max(-1, rang - RETOUR_AU_VERBE), -1) if _agree(mots, r)), None
    )
    apres, avant = _voisins(mots, rang, 1), _voisins(mots, rang, -1)
    fin = mots[apres[-1] if apres else rang].fin
    if verbe is not None:
        return Zone(_debut_de_la_formule(mots, verbe), fin)
    if not salutations:
        return None
    debut = mots[avant[-1] if avant else rang].debut
    if any(_est_un_compliment(mots[r].forme) for r in avant + apres):
        return Zone(debut, fin)
    return Zone(debut, fin, 0.5, "une formule complète est attendue")


def _voisins(mots: list[Mot], rang: int, pas: int) -> list[int]:
    """Les rangs des mots qui complètent « salutations » d'un côté, dans la même phrase : « les plus distinguées », « nos sincères »."""
    rangs = []
    while 0 <= rang + pas < len(mots) and mots[rang + pas].phrase == mots[rang].phrase:
        forme = mots[rang + pas].forme
        if forme not in vocabulaire().liaisons_d_un_compliment and not _est_un_compliment(forme):
            break
        rang += pas
        rangs.append(rang)
    return rangs


def _agree(mots: list[Mot], rang: int) -> bool:
    """« agréer », ou « recevoir », « croire », « accepter » demandés : « veuillez recevoir », « je vous prie de croire », « recevez »."""
    if _vaut(mots[rang].forme, {"agreer", "agreez"}):
        return True
    if not _vaut(mots[rang].forme, vocabulaire().receptions):
        return False
    demande = mots[max(0, rang - 4) : rang]
    imperatif = mots[rang].forme.endswith("ez")
    return imperatif or any(_vaut(mot.forme, vocabulaire().demandes) for mot in demande)


def _debut_de_la_formule(mots: list[Mot], rang: int) -> int:
    """Le début de « je vous prie d'agréer », « veuillez agréer », quand le verbe est au rang donné."""
    for avant in range(rang - 1, max(-1, rang - 5), -1):
        if _vaut(mots[avant].forme, vocabulaire().demandes):
            while avant and mots[avant - 1].forme in vocabulaire().parlent:
                avant -= 1
            return mots[avant].debut
    return mots[rang].debut


def _est_un_compliment(forme: str) -> bool:
    return _vaut(forme, vocabulaire().compliments)


def _vaut(forme: str, modeles: Iterable[str]) -> bool:
    return any(
        forme == modele or (len(forme) >= 5 and ressemblent(forme, modele)) for modele in modeles
    )


def _debut_de_ligne(texte: str, place: int) -> bool:
    return not texte[:place].rsplit("\n", 1)[-1].strip(" \t\u00a0-")


def _debut_de_phrase(mots: list[Mot], rang: int) -> bool:
    return rang == 0 or mots[rang - 1].phrase != mots[rang].phrase


def _finit_la_proposition(texte: str, mots: list[Mot], rang: int) -> bool:
    """« Cordialement, » ou « Cordialement » avant un nom, pas « cordialement à notre stand »."""
    suivant = mots[rang + 1] if rang + 1 < len(mots) else None
    if (
        suivant is None
        or suivant.phrase != mots[rang].phrase
        or "," in texte[mots[rang].fin : suivant.debut]
    ):
        return True
    return suivant.forme not in vocabulaire().debuts_de_phrase
