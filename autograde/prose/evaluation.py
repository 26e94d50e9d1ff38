"""L'évaluation d'une réponse rédigée : crédits, note proposée, et la décision de la montrer ou non au formateur."""

import re
from dataclasses import dataclass, field

from autograde.prose.bareme import BaremeRedige
from autograde.prose.gardes import TELEGRAPHIQUE, dedit, mots_pleins, refuser, revirement
from autograde.prose.moteur import Credit, affirme, contredit, crediter
from autograde.prose.obligatoires import moyenne, plafond
from autograde.prose.preparation import Texte, preparer_texte
from autograde.prose.recopie import recopie_du_cours
from autograde.prose.repli import suivre
from grc_helpers.francais.forme import Forme

# Au-delà de tant de mots qu'aucun élément n'explique, une idée juste dite autrement a pu échapper au moteur.
MOTS_INEXPLIQUES = 6
# Jusqu'à tant de mots pleins non compris, une réponse sans aucun point ne peut pas cacher beaucoup d'idées (« je ne sais plus »).
MOTS_D_UNE_ESQUISSE = 3
NOTE_SURE = 0.7
# À partir de tant de mots, un texte a plusieurs phrases : sans aucune ponctuation, le moteur ne les sépare pas sûrement.
MOTS_D_UN_SEUL_TENANT = 20
_SEPARATIONS = re.compile(r"[.,;:!?…\n•]|\s[-–—]\s")
DITE_AILLEURS = "idée fausse, mais dite ailleurs"
# À partir de tant d'idées attendues niées ou démenties, les autres ne sont plus sûres non plus.
IDEES_REFUSEES = 2


@dataclass(frozen=True)
class Evaluation:
    """``credits`` va d'un élément à son crédit ; ``fraction`` de 0 à 1 ; ``relire`` demande un regard, avec son ``motif``."""

    credits: dict[str, Credit]
    fraction: float
    relire: bool
    motif: str
    messages: list[str] = field(default_factory=list)


def evaluer(reponse: str, bareme: BaremeRedige, contexte: str = "") -> Evaluation:
    """Évalue une réponse rédigée. Ne lève jamais d'erreur pour cause de texte étrange ; la même réponse a toujours la même note."""
    return evaluer_en_forme(suivre(reponse, bareme), bareme, contexte)


def evaluer_en_forme(forme: Forme, bareme: BaremeRedige, contexte: str = "") -> Evaluation:
    """Évalue une réponse déjà mise en forme ; les passages cités sont ceux de la réponse telle qu'elle est écrite."""
    refus = refuser(forme.texte, bareme, contexte)
    if refus:
        rien = {element.id: Credit() for element in bareme.elements}
        a_lire = refus == TELEGRAPHIQUE or (refus != "sans réponse" and bareme.toujours_relue)
        return Evaluation(rien, 0.0, a_lire, motif=refus)
    texte = preparer_texte(forme, bareme)
    credits = {element.id: crediter(texte, element) for element in bareme.elements}
    messages = annuler_par_les_idees_fausses(texte, bareme, credits)
    doute = ce_qui_fait_douter(texte, credits)
    if doute:
        credits = {identifiant: credit.douteux() for identifiant, credit in credits.items()}
    fraction = ponderer(bareme, credits)
    motif = motif_de_relecture(texte, bareme, credits, fraction, messages, doute)
    motif = recopie_du_cours(forme, bareme.lecons) or hors_du_cadre(texte, bareme) or motif
    return Evaluation(credits, fraction, bool(motif), motif, messages)


def annuler_par_les_idees_fausses(
    texte: Texte, bareme: BaremeRedige, credits: dict[str, Credit]
) -> list[str]:
    messages = []
    for contre in bareme.contre_elements:
        trouve = contredit(texte, contre)
        if trouve.valeur:
            messages.append(contre.message)
            for identifiant in contre.annule:
                motif = (
                    DITE_AILLEURS
                    if _est_dite_ailleurs(texte, credits[identifiant], trouve)
                    else "idée fausse"
                )
                credits[identifiant] = Credit(0.0, trouve.passage, motif, trouve.places)
            _douter_des_voisines(texte, credits, trouve)
    return messages


def _est_dite_ailleurs(texte: Texte, credit: Credit, fausse: Credit) -> bool:
    """L'idée que l'on annule était reconnue dans une autre phrase : la réponse se contredit, ou l'idée fausse n'en est pas une."""
    phrases = {texte.mots[rang].phrase for rang in fausse.places}
    return credit.valeur > 0 and not {texte.mots[rang].phrase for rang in credit.places} & phrases


def _douter_des_voisines(texte: Texte, credits: dict[str, Credit], fausse: Credit) -> None:
    """Une idée juste dans la même phrase qu'une idée fausse ne vaut que la moitié, en attendant le formateur."""
    phrases = {texte.mots[rang].phrase for rang in fausse.places}
    for identifiant, credit in credits.items():
        if {texte.mots[rang].phrase for rang in credit.places} <= phrases:
            credits[identifiant] = credit.douteux()


def ce_qui_fait_douter(texte: Texte, credits: dict[str, Credit]) -> str:
    """Ce qui fait douter de toute la réponse : une idée dite à l'envers, plusieurs refusées, un dédit (« enfin non ») ; « » si rien.

    Aucune idée n'y vaut plus de la moitié tant que le formateur ne l'a pas lue : créditer des mots justes qui disent l'inverse est
    l'erreur la plus chère, et un demi-crédit se relève d'un geste.
    """
    if any(credit.motif == "retourné" for credit in credits.values()):
        return "une idée attendue est dite à l'envers"
    if _idees_refusees(credits) >= IDEES_REFUSEES:
        return "plusieurs idées attendues y sont niées ou démenties"
    if any(credit.motif == DITE_AILLEURS for credit in credits.values()):
        return "une idée fausse annule une idée dite ailleurs"
    tournure = dedit(texte.brut)
    return f"la réponse revient sur ce qu'elle dit (« {tournure} »)" if tournure else ""


def _idees_refusees(credits: dict[str, Credit]) -> int:
    """Les éléments niés, et les idées fausses : une seule idée fausse peut annuler plusieurs éléments."""
    fausses = {
        credit.passage
        for credit in credits.values()
        if credit.motif in ("idée fausse", DITE_AILLEURS)
    }
    return sum(credit.motif == "nié" for credit in credits.values()) + len(fausses)


def ponderer(bareme: BaremeRedige, credits: dict[str, Credit]) -> float:
    """La moyenne pondérée, plafonnée s'il manque un élément obligatoire."""
    return min(moyenne(bareme, credits), plafond(bareme, credits))


def hors_du_cadre(texte: Texte, bareme: BaremeRedige) -> str:
    """Ce qui, dans la réponse, sort de l'époque ou du cadre imposés par la question, ou « »."""
    dehors = affirme(texte, bareme.hors_sujet) if bareme.hors_sujet else Credit()
    if not dehors.valeur:
        return ""
    dits = [texte.mots[rang] for rang in dehors.places]
    passage = texte.forme.ecrit(min(mot.debut for mot in dits), max(mot.fin for mot in dits))
    return f"se place hors de l'époque ou du cadre que la question impose (« {' '.join(passage.split())} »)"


def motif_de_relecture(
    texte: Texte, bareme: BaremeRedige, credits, fraction: float, messages: list[str], doute: str
) -> str:
    """Pourquoi un humain doit regarder, ou « » si la note proposée est sûre."""
    if bareme.toujours_relue:
        return "cette question se relit toujours"
    motifs = {credit.motif for credit in credits.values()}
    if "contredit" in motifs:
        return "la réponse affirme et nie la même idée"
    if DITE_AILLEURS in motifs:
        return doute
    if messages and fraction:
        return "une idée fausse côtoie des idées justes"
    if doute and (fraction or "retourné" in motifs):
        return doute
    if fraction and (tournure := revirement(texte.brut)):
        return f"la réponse nuance peut-être ce qu'elle dit (« {tournure} »)"
    if _d_un_seul_tenant(texte):
        return "aucune ponctuation : on ne voit pas où finit une phrase, ni ce que nie une négation"
    # Une idée essentielle dite autrement ferait plafonner à tort : une note plafonnée n'est sûre que si tout est compris.
    plafonnee = fraction < moyenne(bareme, credits)
    if (fraction >= NOTE_SURE and not plafonnee) or messages:
        return ""  # sans aucun point, les idées fausses reconnues disent pourquoi
    return _motif_d_une_note_basse(texte, credits, fraction, motifs)


def _d_un_seul_tenant(texte: Texte) -> bool:
    """Dictée, par exemple : beaucoup de mots, et rien qui les sépare."""
    return len(texte.brut.split()) >= MOTS_D_UN_SEUL_TENANT and not _SEPARATIONS.search(texte.brut)


def _motif_d_une_note_basse(texte: Texte, credits, fraction: float, motifs: set[str]) -> str:
    """Une note basse n'est sûre que si tout ce qui est écrit a été compris."""
    expliques = set().union(*(credit.places for credit in credits.values()))
    restants = mots_pleins(
        [mot for rang, mot in enumerate(texte.mots) if rang not in expliques], texte.brut
    )
    if not fraction and len(restants) > MOTS_D_UNE_ESQUISSE:
        return "aucune idée du barème reconnue : elle est peut-être dite autrement"
    if len(restants) > MOTS_INEXPLIQUES:
        return f"{len(restants)} mots sans correspondance dans le barème : une idée est peut-être dite autrement"
    return (
        "une partie de la réponse est dite à la forme négative"
        if "nié" in motifs and fraction
        else ""
    )
