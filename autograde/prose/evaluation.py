"""L'évaluation d'une réponse rédigée : crédits, note proposée, et la décision de la montrer ou non au formateur."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from autograde.prose.accusation import idee_fausse
from autograde.prose.bareme import BaremeRedige
from autograde.prose.certitude import A_PEU_PRES, estimer, modele
from autograde.prose.credit import Credit
from autograde.prose.gardes import dedit, mots_pleins, refuser, revirement
from autograde.prose.moteur import affirme, crediter
from autograde.prose.motifs import SANS_REPONSE, TELEGRAPHIQUE
from autograde.prose.obligatoires import moyenne, plafond
from autograde.prose.preparation import Texte, preparer_texte
from autograde.prose.recopie import recopie_du_cours
from autograde.prose.repli import suivre
from autograde.prose.signes import Lecture
from grc_helpers.francais.forme import Forme

# Au-delà de tant de mots pleins qu'aucun élément n'explique, une idée essentielle a pu être dite autrement, par une histoire ou une image.
MOTS_INEXPLIQUES = 5
# Une note assez haute, ou une réponse dont presque tous les mots sont compris, laisse moins de place au doute.
NOTE_HAUTE = 0.7
MOTS_D_UNE_REPONSE_BIEN_LUE = 6
MOTS_D_UNE_LONGUE_HISTOIRE = 20  # non compris : l'idée qui manque à une note haute y est sans doute
MOTS_D_UNE_REPONSE_COMPRISE = 4
BIEN_LUE, COMPRISE = 0.5, 0.35  # ce qu'il reste alors du doute
# Jusqu'à tant de mots pleins non compris, une réponse sans aucun point ne peut pas cacher beaucoup d'idées (« je ne sais plus »).
MOTS_D_UNE_ESQUISSE = 3
# À partir de tant de mots, un texte a plusieurs phrases : sans aucune ponctuation, le moteur ne les sépare pas sûrement.
MOTS_D_UN_SEUL_TENANT = 20
_SEPARATIONS = re.compile(r"[.,;:!?…\n•]|\s[-–—]\s|\s\d\)")
DITE_AILLEURS = "idée fausse, mais dite ailleurs"
# À partir de tant d'idées attendues niées ou démenties, les autres ne sont plus sûres non plus.
IDEES_REFUSEES = 2


@dataclass(frozen=True)
class Evaluation:
    """``credits`` va d'un élément à son crédit ; ``fraction`` de 0 à 1 ; ``relire`` demande un regard, avec son ``motif``.

    ``messages`` : les idées fausses sûrement affirmées, que l'on dit au stagiaire ; ``soupcons`` : celles qu'on ne lui dira que si le
    formateur les confirme. ``probabilite`` : que la note proposée soit à peu près juste, le doute compté pour ce que ``part_du_doute`` en
    garde ; None s'il n'y a rien à estimer.
    """

    credits: dict[str, Credit]
    fraction: float
    relire: bool
    motif: str
    messages: list[str] = field(default_factory=list)
    soupcons: list[str] = field(default_factory=list)
    probabilite: float | None = None

    @property
    def reconnu(self) -> bool:
        """Quelque chose du barème y a été reconnu, affirmé ou nié ; sinon, à relire, elle ne se propose pas à 0 mais à « ? »."""
        return any(credit.valeur or credit.motif for credit in self.credits.values())


@dataclass(frozen=True)
class Lue:
    """Une réponse lue : ses crédits, ce qu'on peut en dire au stagiaire et ce qu'on tait, et ce qui fait douter de tout."""

    texte: Texte
    credits: dict[str, Credit]
    messages: list[str]
    soupcons: list[str]
    doute: str

    @cached_property
    def inexpliques(self) -> Counter[int]:
        """Combien de mots pleins aucun élément n'explique, par proposition."""
        expliques = set().union(*(credit.places for credit in self.credits.values()))
        return Counter(
            self.texte.numeros[rang]
            for rang, mot in enumerate(self.texte.mots)
            if rang not in expliques and mots_pleins([mot], self.texte.brut)
        )

    def lecture(self, bareme: BaremeRedige) -> Lecture:
        return Lecture(self.texte, bareme, self.credits, len(self.messages), len(self.soupcons))


def evaluer(reponse: str, bareme: BaremeRedige, contexte: str = "") -> Evaluation:
    """Évalue une réponse rédigée. Ne lève jamais d'erreur pour cause de texte étrange ; la même réponse a toujours la même note."""
    return evaluer_en_forme(suivre(reponse, bareme), bareme, contexte)


def evaluer_en_forme(forme: Forme, bareme: BaremeRedige, contexte: str = "") -> Evaluation:
    """Évalue une réponse déjà mise en forme ; les passages cités sont ceux de la réponse telle qu'elle est écrite."""
    refus = refuser(forme.texte, bareme, contexte)
    if refus:
        rien = {element.id: Credit() for element in bareme.elements}
        a_lire = refus == TELEGRAPHIQUE or (refus != SANS_REPONSE and bareme.toujours_relue)
        return Evaluation(rien, 0.0, a_lire, refus)
    lue = lire_la_reponse(forme, bareme)
    fraction = ponderer(bareme, lue.credits)
    impose = (
        recopie_du_cours(forme, bareme.lecons)
        or hors_du_cadre(lue.texte, bareme)
        or motif_impose(lue, bareme, fraction)
    )
    if impose:
        return Evaluation(lue.credits, fraction, True, impose, lue.messages, lue.soupcons)
    certitude = estimer(lue.lecture(bareme), fraction, ponderer, part_du_doute(lue, fraction))
    relire = certitude.probabilite < modele().seuil
    motif = certitude.motif if relire else ""
    if relire and lue.soupcons:
        motif = f"peut-être une idée fausse, à confirmer : « {lue.soupcons[0].rstrip('.')} »"
    return Evaluation(
        lue.credits, fraction, relire, motif, lue.messages, lue.soupcons, certitude.probabilite
    )


def lire_la_reponse(forme: Forme, bareme: BaremeRedige) -> Lue:
    """Les crédits d'une réponse, idées fausses et doutes compris."""
    texte = preparer_texte(forme, bareme)
    credits = {element.id: crediter(texte, element) for element in bareme.elements}
    messages, soupcons = annuler_par_les_idees_fausses(texte, bareme, credits)
    doute = ce_qui_fait_douter(texte, credits)
    if doute:
        credits = {identifiant: credit.douteux() for identifiant, credit in credits.items()}
    return Lue(texte, credits, messages, soupcons, doute)


def annuler_par_les_idees_fausses(
    texte: Texte, bareme: BaremeRedige, credits: dict[str, Credit]
) -> tuple[list[str], list[str]]:
    """Annule ce que démentent les idées fausses. Renvoie ce qu'on en dit : sûrement affirmées, et seulement soupçonnées."""
    messages: list[str] = []
    soupcons: list[str] = []
    for contre in bareme.contre_elements:
        trouve, sure = idee_fausse(texte, contre)
        if trouve.valeur:
            (messages if sure else soupcons).append(contre.message)
            for identifiant in contre.annule:
                motif = (
                    DITE_AILLEURS
                    if _est_dite_ailleurs(texte, credits[identifiant], trouve)
                    else "idée fausse"
                )
                credits[identifiant] = Credit(0.0, trouve.passage, motif, trouve.places)
            _douter_des_voisines(texte, credits, trouve)
    return messages, soupcons


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


def motif_impose(lue: Lue, bareme: BaremeRedige, fraction: float) -> str:
    """Pourquoi un humain doit regarder, quelle que soit la certitude ; « » si rien ne l'impose."""
    if bareme.toujours_relue:
        return "cette question se relit toujours"
    motifs = {credit.motif for credit in lue.credits.values()}
    if "contredit" in motifs:
        return "la réponse affirme et nie la même idée"
    if DITE_AILLEURS in motifs:
        return lue.doute
    if lue.messages and fraction:
        return "une idée fausse côtoie des idées justes"
    if lue.doute and (fraction or "retourné" in motifs):
        return lue.doute
    if fraction and (tournure := revirement(lue.texte.brut)):
        return f"la réponse nuance peut-être ce qu'elle dit (« {tournure} »)"
    if _d_un_seul_tenant(lue.texte):
        return "aucune ponctuation : on ne voit pas où finit une phrase, ni ce que nie une négation"
    # Une idée essentielle dite autrement ferait plafonner à tort : une note plafonnée n'est sûre que si tout est compris. Un plafond si
    # haut que l'écart resterait petit ne change rien.
    plafonnee = fraction < moyenne(bareme, lue.credits)
    sans_l_essentiel = any(
        element.obligatoire is not None
        and element.obligatoire < 1 - A_PEU_PRES
        and not lue.credits[element.id].valeur
        for element in bareme.elements
    )
    if (plafonnee and lue.inexpliques.total() > MOTS_INEXPLIQUES) or (
        fraction and sans_l_essentiel and not bien_lue(lue, fraction)
    ):
        return "l'essentiel manque, ou il est dit autrement"
    if (
        not fraction
        and not lue.messages + lue.soupcons
        and lue.inexpliques.total() > MOTS_D_UNE_ESQUISSE
    ):
        return "aucune idée du barème reconnue : elle est peut-être dite autrement"
    return ""


def part_du_doute(lue: Lue, fraction: float) -> float:
    """Ce qu'il faut garder du doute que donnent les signes : tout, sauf si la réponse est bien lue, et moins encore si elle est comprise.

    Une note nulle qu'expliquent des idées fausses sûrement affirmées n'en laisse aucun."""
    if lue.messages and not fraction:
        return 0.0
    restants = lue.inexpliques.total()
    if not bien_lue(lue, fraction):
        return 1.0
    return COMPRISE if restants <= MOTS_D_UNE_REPONSE_COMPRISE else BIEN_LUE


def bien_lue(lue: Lue, fraction: float) -> bool:
    """Peu de mots ne sont pas compris, davantage si la note est haute ; et rien n'y est soupçonné d'être une idée fausse."""
    if lue.soupcons and fraction:
        return False
    if fraction >= NOTE_HAUTE:
        return lue.inexpliques.total() <= MOTS_D_UNE_LONGUE_HISTOIRE
    admis = MOTS_D_UNE_REPONSE_BIEN_LUE if fraction else MOTS_D_UNE_ESQUISSE
    return lue.inexpliques.total() <= admis


def _d_un_seul_tenant(texte: Texte) -> bool:
    """Dictée, par exemple : beaucoup de mots, et rien qui les sépare."""
    ecrit = texte.brut.strip()  # une dernière ligne vide ne sépare rien
    return len(ecrit.split()) >= MOTS_D_UN_SEUL_TENANT and not _SEPARATIONS.search(ecrit)
