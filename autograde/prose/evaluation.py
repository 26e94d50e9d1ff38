"""L'évaluation d'une réponse rédigée : crédits, note proposée, et la décision de la montrer ou non au formateur."""

from dataclasses import dataclass, field

from autograde.bareme import BaremeReponse
from autograde.prose.gardes import mots_pleins, refuser
from autograde.prose.moteur import Credit, Texte, contredit, crediter, preparer_texte

# Au-delà de tant de mots qu'aucun élément n'explique, une idée juste dite autrement a pu échapper au moteur.
MOTS_INEXPLIQUES = 6
NOTE_SURE = 0.6


@dataclass(frozen=True)
class Evaluation:
    """``credits`` va d'un élément à son crédit ; ``fraction`` de 0 à 1 ; ``relire`` demande un regard, avec son ``motif``."""

    credits: dict[str, Credit]
    fraction: float
    relire: bool
    motif: str
    messages: list[str] = field(default_factory=list)


def evaluer(reponse: str, bareme: BaremeReponse, contexte: str = "") -> Evaluation:
    """Évalue une réponse rédigée. Ne lève jamais d'erreur pour cause de texte étrange ; la même réponse a toujours la même note."""
    refus = refuser(reponse, bareme, contexte)
    if refus:
        rien = {element.id: Credit() for element in bareme.elements}
        return Evaluation(rien, 0.0, relire=refus != "sans réponse" and bareme.relecture == "toujours", motif=refus)
    texte = preparer_texte(reponse, bareme)
    credits = {element.id: crediter(texte, element) for element in bareme.elements}
    messages = _appliquer_les_contre_elements(texte, bareme, credits)
    fraction = ponderer(bareme, credits)
    motif = _motif_de_relecture(texte, bareme, credits, fraction, messages)
    return Evaluation(credits, fraction, bool(motif), motif, messages)


def _appliquer_les_contre_elements(texte: Texte, bareme: BaremeReponse, credits: dict[str, Credit]) -> list[str]:
    messages = []
    for contre in bareme.contre_elements:
        trouve = contredit(texte, contre)
        if trouve.valeur:
            messages.append(contre.message)
            for identifiant in contre.annule:
                credits[identifiant] = Credit(0.0, trouve.passage, "idée fausse", trouve.places)
    return messages


def ponderer(bareme: BaremeReponse, credits: dict[str, Credit]) -> float:
    """La moyenne pondérée ; avec « n_sur », les n meilleurs éléments suffisent pour le maximum."""
    acquis = sorted((element.poids * credits[element.id].valeur for element in bareme.elements), reverse=True)
    poids = sorted((element.poids for element in bareme.elements), reverse=True)
    combien = bareme.n_sur or len(acquis)
    return min(1.0, round(sum(acquis[:combien]) / sum(poids[:combien]), 4))


def _motif_de_relecture(texte: Texte, bareme: BaremeReponse, credits, fraction: float, messages: list[str]) -> str:
    """Pourquoi un humain doit regarder, ou « » si la note proposée est sûre."""
    if bareme.relecture == "toujours":
        return "cette question se relit toujours"
    if any(credit.motif == "contredit" for credit in credits.values()):
        return "la réponse affirme et nie la même idée"
    if messages and fraction > 0:
        return "une idée fausse côtoie des idées justes"
    expliques = set().union(*(credit.places for credit in credits.values()))
    restants = mots_pleins([mot for rang, mot in enumerate(texte.mots) if rang not in expliques])
    if fraction >= NOTE_SURE:
        return ""
    if len(restants) > MOTS_INEXPLIQUES:
        return f"{len(restants)} mots sans correspondance dans le barème : l'idée est peut-être dite autrement"
    if any(credit.motif == "nié" for credit in credits.values()) and fraction > 0:
        return "une partie de la réponse est dite à la forme négative"
    return ""
