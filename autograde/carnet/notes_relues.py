"""Ce que la relecture lit au carnet, et ce qu'elle y met : la note du formateur et son commentaire."""

from collections.abc import Mapping
from dataclasses import dataclass

from autograde.carnet.releve import CASES
from autograde.carnet.sql import Base, ecrivable
from autograde.cours.devoir import SUFFIXE_TEST
from autograde.notation.resultats import NoteQuestion


@dataclass(frozen=True)
class EtatAuCarnet:
    """La note d'un stagiaire à une question, en points : ``manuelle`` si le formateur l'a mise, ``a_relire`` s'il doit la voir.

    ``empreinte`` : celle de la réponse et du barème que la dernière correction a notés ; ``note`` et ``commentee`` : où s'écrivent au
    carnet la note et le commentaire.
    """

    manuelle: float | None
    a_relire: bool
    commentaire: str
    empreinte: str
    note: str
    commentee: str


_NOTES = (
    "select b.name, s.student_id, c.manual_score, c.needs_manual_grade, e.empreinte, c.id"
    + CASES.format(table="grade")
    + " left join grc_empreinte e on e.grade_id = c.id where a.name = ?"
)
_COMMENTAIRES = (
    "select b.name, s.student_id, c.manual_comment, c.id"
    + CASES.format(table="comment")
    + " where a.name = ?"
)


def lire_les_etats(
    base: Base, devoir: str, question: str = ""
) -> dict[str, dict[str, EtatAuCarnet]]:
    """Par question (une seule, si elle est dite), l'état de chaque stagiaire qui a une copie au carnet : deux lectures pour la classe."""
    notes: tuple[str, ...] = (devoir,)
    commentaires: tuple[str, ...] = (devoir,)
    seule = ""
    if question:
        seule = " and b.name = ?"
        notes, commentaires = (devoir, question + SUFFIXE_TEST), (devoir, question)
    commentes = {
        (nom, stagiaire): (texte or "", cle)
        for nom, stagiaire, texte, cle in base.lire(_COMMENTAIRES + seule, commentaires)
    }
    etats: dict[str, dict[str, EtatAuCarnet]] = {}
    for nom, stagiaire, manuelle, a_relire, empreinte, note in base.lire(_NOTES + seule, notes):
        nom = nom.removesuffix(SUFFIXE_TEST)
        commentaire, commentee = commentes.get((nom, stagiaire), ("", ""))
        etats.setdefault(nom, {})[stagiaire] = EtatAuCarnet(
            manuelle, bool(a_relire), commentaire, empreinte or "", note, commentee
        )
    return etats


def noter(
    base: Base,
    etats: Mapping[str, EtatAuCarnet],
    autos: Mapping[str, NoteQuestion],
    maximum: float,
    manuelle: float | None,
    relue: bool,
) -> None:
    """Donne la même note à des copies identiques. ``relue`` : le formateur en a fini ; sinon elle attend autant qu'avant.

    ``autos``, la note automatique de chaque stagiaire, s'écrit en même temps : une note manuelle qui lui est égale suit les décisions
    prises ensuite ailleurs.
    """
    base.ecrire(
        "update grade set auto_score = ?, manual_score = ?, needs_manual_grade = needs_manual_grade and ? where id = ?",
        [
            (auto.points(maximum), manuelle, not relue, etats[stagiaire].note)
            for stagiaire, auto in autos.items()
        ],
    )
    base.ecrire(
        "update comment set auto_comment = ? where id = ?",
        [
            (ecrivable(auto.resume()) or None, etats[stagiaire].commentee)
            for stagiaire, auto in autos.items()
        ],
    )


def commenter(base: Base, etats: Mapping[str, EtatAuCarnet], texte: str) -> None:
    """Le même commentaire pour des copies identiques ; un texte vide l'efface."""
    base.ecrire(
        "update comment set manual_comment = ? where id = ?",
        [(ecrivable(texte) or None, etat.commentee) for etat in etats.values()],
    )
