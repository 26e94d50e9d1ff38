"""Noter les choix, les suites et les associations."""

from autograde.cours.bareme import BaremeAssociation, BaremeChoix, BaremeOrdre
from autograde.notation.resultats import CaseNotee, NoteQuestion, Statut, note_des_cases
from grc_helpers.case import Case
from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.lettres import lire_lettres
from grc_helpers.reponses.notebook import Reponse
from grc_helpers.reponses.types.association import lire_association


def noter_choix(reponse: Reponse, bareme: BaremeChoix) -> NoteQuestion:
    """Choix unique : tout ou rien. Choix multiple : une bonne lettre ajoute 1/n, une mauvaise retire 1/n, plancher 0."""
    lues = lire_lettres(reponse.cellule.corps, reponse.cellule.arguments)
    bonnes = [lettre for lettre in lues.lettres if lettre in bareme.attendu]
    mauvaises = [lettre for lettre in lues.lettres if lettre not in bareme.attendu]
    if len(bareme.attendu) == 1:
        fraction = float(lues.lettres == bareme.attendu)
    else:
        fraction = max(0.0, (len(bonnes) - len(mauvaises)) / len(bareme.attendu))
    cases = [
        CaseNotee(Case(lettre), lettre, Statut.JUSTE if lettre in bonnes else Statut.FAUSSE)
        for lettre in lues.lettres
    ]
    explications = [
        bareme.explications[lettre] for lettre in mauvaises if lettre in bareme.explications
    ]
    return NoteQuestion(fraction, cases, _doutes(lues.remarques, reponse), explications)


def noter_ordre(reponse: Reponse, bareme: BaremeOrdre) -> NoteQuestion:
    """La part des lettres à leur bonne place."""
    lues = lire_lettres(reponse.cellule.corps, reponse.cellule.arguments)
    places = [*lues.lettres, *[""] * len(bareme.attendu)][: len(bareme.attendu)]
    cases = [
        CaseNotee(Case(f"place {rang}"), ecrite, _statut(ecrite, [bonne]))
        for rang, (ecrite, bonne) in enumerate(zip(places, bareme.attendu, strict=True), start=1)
    ]
    return note_des_cases(cases, a_verifier=_doutes(lues.remarques, reponse))


def noter_association(reponse: Reponse, bareme: BaremeAssociation) -> NoteQuestion:
    """La part des libellés bien associés. Un libellé recopié autrement (accents, majuscules) est reconnu."""
    lue = lire_association(reponse.cellule.corps)
    ecrites = {sans_accents(libelle): lettre for libelle, lettre in lue.paires.items()}
    cases = []
    for libelle, bonnes in bareme.attendu.items():
        ecrite = ecrites.get(sans_accents(libelle), "")
        cases.append(
            CaseNotee(
                Case(libelle),
                ecrite,
                _statut(ecrite, bonnes if isinstance(bonnes, list) else [bonnes]),
            )
        )
    return note_des_cases(cases, a_verifier=_doutes(lue.remarques, reponse))


def _statut(ecrite: str, bonnes: list[str]) -> Statut:
    if not ecrite:
        return Statut.VIDE
    return Statut.JUSTE if ecrite in bonnes else Statut.FAUSSE


def _doutes(remarques: list[str], reponse: Reponse) -> list[str]:
    """Ce qu'on n'a pas su lire va au formateur : peut-être la réponse est-elle là, dite autrement."""
    return [] if reponse.vide else [f"réponse mal lue. {remarque}" for remarque in remarques]
