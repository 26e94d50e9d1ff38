"""Ce que la page reçoit : des textes, jamais du HTML venu d'une copie, et jamais un nom de stagiaire."""

from itertools import pairwise

from autograde.cours.corrige import reponses_types
from autograde.cours.decisions import DECISIONS_PERIMEES
from autograde.cours.dossiers import Cours
from autograde.prose.credit import Credit
from autograde.prose.obligatoires import dire_le_plafond
from autograde.prose.passages import trouver_passage
from autograde.relecture.gestes_d_idee import les_idees
from autograde.relecture.groupe_relu import GroupeRelu
from autograde.relecture.groupes import Groupe
from autograde.relecture.idees import gestes_restants
from autograde.relecture.seance import SeanceDeRelecture
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.francais.textes import en_html


def montrer_les_questions(seance: SeanceDeRelecture) -> dict:
    """Le devoir et, pour chaque question, combien de réponses y attendent."""
    titres = seance.devoir.titres
    return {
        "devoir": titres.get("", seance.devoir.nom),
        "questions": [
            {
                "id": question,
                "titre": titres.get(question, question),
                "a_relire": (a_relire := sum(relu.a_relire for relu in relus)),
                "relues": sum(relu.relue for relu in relus),
                "total": len(relus),
                "par_idees": (redigee := seance.devoir.bareme[question].redigee),
                "gestes": gestes_restants(les_idees(seance, question, relus))
                if redigee
                else a_relire,
            }
            for question, relus in seance.relus().items()
        ],
    }


def montrer_une_question(seance: SeanceDeRelecture, question: str) -> dict:
    """L'énoncé, le corrigé et tous les groupes d'une question."""
    return {
        "id": question,
        "enonce": en_html(seance.devoir.questions[question].enonce),
        "corrige": montrer_le_corrige(seance.cours, seance, question),
        "groupes": [montrer(seance, relu) for relu in seance.relus(question)[question]],
    }


def montrer_le_corrige(cours: Cours, seance: SeanceDeRelecture, question: str) -> dict:
    """La réponse type : un texte, ou les cases d'un tableau."""
    texte = reponses_types(cours, seance.devoir).get(question, "")
    cases = seance.devoir.bareme[question].cases_du_corrige(
        seance.devoir.questions[question], texte
    )
    return {
        "texte": "" if cases else texte,
        "cases": [_case(cle, ecrit) for cle, ecrit in cases.items()],
    }


def montrer(seance: SeanceDeRelecture, relu: GroupeRelu) -> dict:
    """Un groupe : sa réponse, ses éléments ou ses cases, sa note, et pourquoi il attend."""
    groupe = relu.groupe
    points = None if relu.inconnue else relu.points
    return {
        "id": groupe.identifiant,
        "copies": len(relu.etats),
        "a_relire": relu.a_relire,
        "relue": relu.relue,
        "motifs": _motifs(seance, relu),
        "messages": _messages(relu) if relu.redige else groupe.note.commentaires,
        "reponse": segments(groupe.texte.strip(), _passages(relu)),
        "a_cote": groupe.a_cote,
        "elements": _elements(relu),
        "cases": []
        if relu.redige
        else [_case(case.cle, case.ecrit, str(case.statut)) for case in groupe.note.cases],
        "points": None if points is None else ecrire_nombre(points),
        "calculee": None
        if relu.calculee is None or relu.inconnue
        else ecrire_nombre(relu.calculee),
        "maximum": ecrire_nombre(relu.maximum),
        "commentaire": relu.commentaire,
    }


def _messages(relu: GroupeRelu) -> list[str]:
    """Les idées fausses reconnues, et ce qui plafonne la note."""
    plafonnee = dire_le_plafond(relu.bareme, relu.evaluation.credits)
    return relu.evaluation.messages + ([plafonnee] if plafonnee else [])


def _motifs(seance: SeanceDeRelecture, relu: GroupeRelu) -> list[str]:
    groupe = relu.groupe
    motifs = []
    if len(relu.manuelles) > 1:
        notes = " ; ".join(map(ecrire_nombre, sorted(relu.manuelles)))
        motifs.append(
            f"ces copies identiques ont des notes différentes au carnet ({notes}) : valider leur donne la même."
        )
    elif groupe.identifiant in seance.redemandes and relu.a_relire:
        motifs.append(
            "vous aviez déjà noté cette réponse ; elle ou son barème a changé depuis, ou vous ne l'aviez pas validée."
        )
    if relu.a_relire and _perimee(groupe, seance):
        motifs.append(DECISIONS_PERIMEES)
    if relu.proposee is not None:
        motifs += [f"{relu.proposee.motif}."] if relu.proposee.motif else []
        signales = (
            texte
            for correction in groupe.copies.values()
            for texte in correction.lues.signalements.get(groupe.question, [])
        )
        return [*motifs, *dict.fromkeys(signales)]
    return motifs + groupe.note.a_verifier


def _perimee(groupe: Groupe, seance: SeanceDeRelecture) -> bool:
    return any(
        seance.devoir.decisions.perimees(groupe.question, stagiaire, groupe.texte)
        for stagiaire in groupe.copies
    )


def _elements(relu: GroupeRelu) -> list[dict]:
    if not relu.redige:
        return []
    return [
        _element(nom, libelle, relu.evaluation.credits[nom], nom in relu.decisions, relu.a_relire)
        for nom, libelle in relu.bareme.criteres.items()
    ]


def _element(nom: str, libelle: str, credit: Credit, decide: bool, attend: bool) -> dict:
    """Un élément ; de ce qui attend, rien de reconnu n'est pas zéro : la machine n'en sait rien."""
    inconnu = attend and not decide and not (credit.valeur or credit.passage or credit.motif)
    return {
        "nom": nom,
        "libelle": libelle,
        "credit": None if inconnu else credit.valeur,
        "passage": " ".join(credit.passage.split()),
        "motif": credit.motif,
        "decide": decide,
    }


def _passages(relu: GroupeRelu) -> list[str]:
    """Par élément, les mots qui le justifient tels qu'ils sont écrits dans la réponse ; « » si aucun."""
    if not relu.redige:
        return []
    cites = [relu.evaluation.credits[nom].passage for nom in relu.bareme.criteres]
    return [
        cite if cite in relu.groupe.texte else trouver_passage(relu.groupe.texte, cite)
        for cite in cites
    ]


def _case(cle: Case, ecrit: str, statut: str = "") -> dict:
    return {**cle._asdict(), "ecrit": ecrit, "statut": statut}


def segments(texte: str, passages: list[str]) -> list[dict]:
    """Le texte découpé aux bords des passages ; chaque morceau dit les rangs (de 1 à n) des éléments qu'il justifie.

    >>> segments("Le client part vite.", ["client part", "", "part vite"])[1:4]
    [{'texte': 'client ', 'rangs': [1]}, {'texte': 'part', 'rangs': [1, 3]}, {'texte': ' vite', 'rangs': [3]}]
    """
    places = {}
    for rang, passage in enumerate(passages, start=1):
        debut = texte.find(passage)
        if passage and debut >= 0:
            places[rang] = (debut, debut + len(passage))
    bords = sorted({0, len(texte), *(bord for place in places.values() for bord in place)})
    return [
        {
            "texte": texte[debut:fin],
            "rangs": [
                rang for rang, place in places.items() if place[0] <= debut and fin <= place[1]
            ],
        }
        for debut, fin in pairwise(bords)
    ]
