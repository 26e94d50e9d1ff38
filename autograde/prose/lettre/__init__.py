"""Noter une lettre : les parties qu'on y trouve, les éléments de son texte, son ton ; un humain la relit toujours."""

from dataclasses import replace

from autograde.prose.bareme import BaremeLettre
from autograde.prose.credit import Credit
from autograde.prose.evaluation import Evaluation, evaluer_en_forme
from autograde.prose.lettre.gardes import refuser_la_lettre
from autograde.prose.lettre.lecture import Lettre, lire_lettre
from autograde.prose.lettre.lignes import contenu_de_l_objet, masquer_les_trous
from autograde.prose.lettre.parties import crediter_les_parties
from autograde.prose.lettre.ton import Maladresse, credit_du_ton, maladresses
from autograde.prose.motifs import SANS_REPONSE
from autograde.prose.obligatoires import moyenne, plafond
from autograde.prose.repli import suivre
from grc_helpers.francais.forme import Forme

RELECTURE = "une lettre se relit toujours"


def evaluer_lettre(reponse: str, bareme: BaremeLettre, contexte: str = "") -> Evaluation:
    """Évalue une lettre. Ne lève jamais d'erreur pour cause de texte étrange ; la même lettre a toujours la même note."""
    forme = suivre(reponse, bareme)
    masquee, trous = masquer_les_trous(forme.texte)
    lettre = lire_lettre(masquee)
    refus = refuser_la_lettre(lettre, bareme, contexte)
    if refus:
        return Evaluation(
            {nom: Credit() for nom in bareme.criteres},
            0.0,
            relire=refus != SANS_REPONSE,
            motif=refus,
        )
    maladroits = maladresses(masquee)
    # Le lecteur d'une lettre n'a pas lu l'énoncé : rien n'y reste sous-entendu.
    texte = evaluer_en_forme(
        forme.morceau(_debut_du_texte(lettre), len(forme.texte)),
        bareme.model_copy(update={"enonce": ""}),
    )
    parties = crediter_les_parties(lettre, [demande.partie for demande in bareme.structure])
    if bareme.ton:
        parties["ton"] = credit_du_ton(maladroits)
    credits = {nom: _tel_qu_ecrit(credit, forme) for nom, credit in parties.items()} | texte.credits
    return Evaluation(
        credits,
        ponderer_la_lettre(bareme, credits),
        True,
        _motif(trous, maladroits, texte.soupcons),
        texte.messages,
        texte.soupcons,
    )


def _tel_qu_ecrit(credit: Credit, forme: Forme) -> Credit:
    """Le même crédit, son passage tel que la personne l'a écrit."""
    debut = forme.texte.find(credit.passage)
    if debut < 0:
        return credit
    return replace(credit, passage=forme.ecrit(debut, debut + len(credit.passage)))


def _debut_du_texte(lettre: Lettre) -> int:
    """Là où commence ce que la lettre dit : à son objet, sinon à son corps."""
    objet = [ligne.debut for ligne in lettre.en_tete if contenu_de_l_objet(ligne) is not None]
    return min([*objet, lettre.corps.debut])


def ponderer_la_lettre(bareme: BaremeLettre, credits: dict[str, Credit]) -> float:
    """La moyenne pondérée de la forme et des éléments ; « n_sur » ne porte que sur les éléments, un plafond sur la lettre entière."""
    poids = sorted((element.poids for element in bareme.elements), reverse=True)
    poids_du_texte = sum(poids[: bareme.n_sur or len(poids)])
    acquis = sum(poids * credits[nom].valeur for nom, poids in bareme.poids_de_la_forme.items())
    acquis += moyenne(bareme, credits) * poids_du_texte
    note = round(acquis / (sum(bareme.poids_de_la_forme.values()) + poids_du_texte), 4)
    return min(note, plafond(bareme, credits))


def _motif(trous: list[str], maladroits: list[Maladresse], soupcons: list[str]) -> str:
    """Ce que le formateur doit regarder en premier."""
    modele = [f"modèle non rempli (« {' '.join(trous[0].split())} »)"] if trous else []
    ton = [
        f"{maladresse.motif} (« {' '.join(maladresse.passage.split())} »)"
        for maladresse in maladroits
    ]
    fausses = [f"peut-être une idée fausse, à confirmer (« {s.rstrip('.')} »)" for s in soupcons]
    return " ; ".join([RELECTURE, *modele, *ton, *fausses])


__all__ = ["evaluer_lettre", "ponderer_la_lettre"]
