"""Ce que la relecture lit au carnet, et ce qu'elle y met : la note du formateur et son commentaire."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from autograde.baremes.resultats import NoteQuestion
from autograde.carnet.releve import CASES
from autograde.carnet.sql import Base, ecrivable
from autograde.cours.devoir import SUFFIXE_TEST


@dataclass(frozen=True)
class EtatAuCarnet:
    """La note d'un stagiaire à une question, en points : ``automatique``, ``manuelle`` si le formateur l'a mise, ``a_relire`` s'il doit
    la voir ; ``tapee`` : il l'a écrite lui-même, aucun élément décidé ensuite ne la change.

    ``empreinte`` : celle de la réponse et du barème que la dernière correction a notés ; ``note`` et ``commentee`` : où s'écrivent au
    carnet la note et le commentaire.
    """

    automatique: float | None
    manuelle: float | None
    a_relire: bool
    tapee: bool
    commentaire: str
    empreinte: str
    note: str
    commentee: str


_NOTES = (
    "select b.name, s.student_id, c.auto_score, c.manual_score, c.needs_manual_grade, m.grade_id is not null, e.empreinte, c.id"
    + CASES.format(table="grade")
    + " left join grc_empreinte e on e.grade_id = c.id left join grc_a_la_main m on m.grade_id = c.id where a.name = ?"
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
    for nom, stagiaire, auto, manuelle, a_relire, tapee, empreinte, note in base.lire(
        _NOTES + seule, notes
    ):
        nom = nom.removesuffix(SUFFIXE_TEST)
        commentaire, commentee = commentes.get((nom, stagiaire), ("", ""))
        etats.setdefault(nom, {})[stagiaire] = EtatAuCarnet(
            auto,
            manuelle,
            bool(a_relire),
            bool(tapee),
            commentaire,
            empreinte or "",
            note,
            commentee,
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
    _ecrire_les_autos(base, etats, autos, maximum)
    base.ecrire(
        "update grade set manual_score = ?, needs_manual_grade = needs_manual_grade and ? where id = ?",
        [(manuelle, not relue, etats[stagiaire].note) for stagiaire in autos],
    )


def renoter(
    base: Base,
    etats: Mapping[str, EtatAuCarnet],
    autos: Mapping[str, NoteQuestion],
    maximum: float,
    suivies: Collection[str],
) -> None:
    """Écrit ce que des éléments décidés donnent à ces copies. Une note manuelle ne change pas, sauf de celles qui suivent les éléments
    (``suivies``) ; ce dont il n'y a plus à douter n'est plus à relire."""
    _ecrire_les_autos(base, etats, autos, maximum)
    points = {stagiaire: auto.points(maximum) for stagiaire, auto in autos.items()}
    doutes = {s: points[s] is None or bool(auto.a_verifier) for s, auto in autos.items()}
    base.ecrire(
        "update grade set needs_manual_grade = ? where id = ? and manual_score is null",
        [(doutes[stagiaire], etats[stagiaire].note) for stagiaire in autos],
    )
    base.ecrire(
        "update grade set manual_score = ?, needs_manual_grade = needs_manual_grade and ? where id = ? and manual_score is not null",
        [(points[s], doutes[s], etats[s].note) for s in autos if s in suivies],
    )


def remettre(base: Base, etats: Mapping[str, EtatAuCarnet]) -> None:
    """Remet ces notes et ces commentaires du formateur dans l'état où ils étaient ; la note automatique n'est pas touchée."""
    base.ecrire(
        "update grade set manual_score = ?, needs_manual_grade = ? where id = ?",
        [(etat.manuelle, etat.a_relire, etat.note) for etat in etats.values()],
    )
    retenir_qui_l_a_tapee(base, [e for e in etats.values() if e.tapee], tapee=True)
    retenir_qui_l_a_tapee(base, [e for e in etats.values() if not e.tapee], tapee=False)
    base.ecrire(
        "update comment set manual_comment = ? where id = ?",
        [(ecrivable(etat.commentaire) or None, etat.commentee) for etat in etats.values()],
    )


def retenir_qui_l_a_tapee(base: Base, etats: Collection[EtatAuCarnet], tapee: bool) -> None:
    """Retient si ces notes ont été écrites par le formateur, ou viennent des éléments."""
    base.ecrire(
        "insert into grc_a_la_main (grade_id) values (?) on conflict do nothing"
        if tapee
        else "delete from grc_a_la_main where grade_id = ?",
        [(etat.note,) for etat in etats],
    )


def _ecrire_les_autos(
    base: Base,
    etats: Mapping[str, EtatAuCarnet],
    autos: Mapping[str, NoteQuestion],
    maximum: float,
) -> None:
    base.ecrire(
        "update grade set auto_score = ? where id = ?",
        [(auto.points(maximum), etats[stagiaire].note) for stagiaire, auto in autos.items()],
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
