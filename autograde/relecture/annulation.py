"""Annuler un geste : remettre ce qu'il a changé dans l'état où c'était, et seulement si personne n'en a décidé autrement depuis."""

from dataclasses import replace

from autograde.carnet.notes_relues import EtatAuCarnet, remettre
from autograde.cours.decisions import Prise
from autograde.relecture.groupe_relu import GroupeRelu
from autograde.relecture.seance import SeanceDeRelecture
from autograde.relecture.trace import Trace


def annuler(seance: SeanceDeRelecture) -> Trace | None:
    """Annule le dernier geste de la séance ; rien s'il n'y en a plus. Ce qu'un autre formateur a décidé depuis reste tel quel."""
    if not seance.traces:
        return None
    faite = seance.traces[-1]
    groupes = [relu.groupe for relu in faite.avant]
    with seance.geste(groupes) as (base, actuels, trace):
        trace.dire(f"annulé, {faite.geste}")
        trios = list(zip(faite.avant, faite.apres, actuels, strict=True))
        prises = [_prise(avant, apres, actuel) for avant, apres, actuel in trios]
        seance.enregistrer([prise for prise in prises if prise], groupes[0].question)
        seance.renoter(base, actuels)
        for avant, apres, actuel in trios:
            remettre(base, _etats_a_remettre(avant, apres, actuel))
    # Ni le geste annulé, ni son annulation ne restent à annuler.
    seance.traces = seance.traces[:-2]
    return trace


def _prise(avant: GroupeRelu, apres: GroupeRelu, actuel: GroupeRelu) -> Prise | None:
    """Les décisions à remettre : celles que le geste a changées et qui sont restées comme il les a mises."""
    noms = avant.decisions.keys() | apres.decisions.keys()
    elements = {
        nom: avant.decisions.get(nom)
        for nom in noms
        if avant.decisions.get(nom) != apres.decisions.get(nom)
        and apres.decisions.get(nom) == actuel.decisions.get(nom)
    }
    ecartes = None
    if avant.ecartes != apres.ecartes:
        remis = set(apres.ecartes) - set(avant.ecartes)
        ecartes = [ecarte for ecarte in actuel.ecartes if ecarte not in remis]
    return actuel.prise(elements, ecartes) if elements or ecartes is not None else None


def _etats_a_remettre(
    avant: GroupeRelu, apres: GroupeRelu, actuel: GroupeRelu
) -> dict[str, EtatAuCarnet]:
    a_remettre = {}
    for stagiaire, etat in actuel.etats.items():
        ancien, laisse = avant.etats.get(stagiaire), apres.etats.get(stagiaire)
        if ancien and laisse and _du_formateur(laisse) == _du_formateur(etat):
            a_remettre[stagiaire] = replace(etat, **_du_formateur(ancien))
    return a_remettre


def _du_formateur(etat: EtatAuCarnet) -> dict:
    """Ce que le formateur a mis lui-même au carnet."""
    return {
        "manuelle": etat.manuelle,
        "a_relire": etat.a_relire,
        "tapee": etat.tapee,
        "commentaire": etat.commentaire,
    }
