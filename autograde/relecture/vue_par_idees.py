"""Ce que la page reçoit d'une question vue par idées : des textes, jamais du HTML venu d'une copie, et jamais un nom de stagiaire."""

from autograde.relecture.gestes_d_idee import les_idees
from autograde.relecture.idees import GroupeDIdee, Idee, gestes_restants
from autograde.relecture.propositions import RESTE, Passage, place
from autograde.relecture.seance import SeanceDeRelecture


def montrer_les_idees(seance: SeanceDeRelecture, question: str, entre_temps: int = 0) -> dict:
    """Les idées d'une question. ``entre_temps`` : combien de propositions d'un geste avaient déjà été décidées par quelqu'un d'autre."""
    relus = seance.relus(question)[question]
    idees = les_idees(seance, question, relus)
    attendent = {relu.groupe.identifiant for relu in relus if relu.a_relire}
    passages = [p for idee in idees for groupe in idee.groupes for p in groupe.passages]
    vues = {p.reponse.identifiant for p in passages if p.attend}
    return {
        "question": question,
        "a_relire": len(attendent),
        "relues": sum(relu.relue for relu in relus),
        "gestes": gestes_restants(idees),
        "une_a_une": len(attendent - vues),
        "entre_temps": entre_temps,
        "reponses": {p.reponse.identifiant: p.reponse.texte for p in passages},
        "idees": [_idee(idee, rang) for rang, idee in enumerate(idees, start=1)],
    }


def _idee(idee: Idee, rang: int) -> dict:
    genre = "reste" if idee.nom == RESTE else "fausse" if idee.fausse else "element"
    return {
        "nom": idee.nom,
        "genre": genre,
        "rang": rang if genre == "element" else 0,
        "libelle": idee.libelle,
        "groupes": [_groupe(groupe) for groupe in idee.groupes],
    }


def _groupe(groupe: GroupeDIdee) -> dict:
    return {
        "id": groupe.identifiant,
        "copies": groupe.copies,
        "attend": groupe.attend,
        "propose": groupe.propose,
        "decide": groupe.decide,
        "motif": groupe.motif,
        "extraits": groupe.extraits,
        "passages": [_passage(passage) for passage in groupe.passages],
    }


def _passage(passage: Passage) -> dict:
    debut, fin = place(passage.reponse.texte, passage.texte) or (0, 0)
    return {
        "id": passage.identifiant,
        "reponse": passage.reponse.identifiant,
        "copies": passage.reponse.copies,
        "debut": debut,
        "fin": fin,
    }
