"""Ce qui est réussi : par devoir, par question, par élément attendu. Toujours du moins réussi au mieux réussi."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pandas import DataFrame

from autograde.rapport.donnees import Rapport
from autograde.rapport.repartition import est_note


@dataclass(frozen=True)
class Reussite:
    """La part moyenne des points obtenus, de 0 à 1, sur ``copies`` copies, dont ``manques`` n'ont rien obtenu."""

    libelle: str
    part: float
    copies: int
    manques: int

    @property
    def pourcent(self) -> str:
        """
        >>> Reussite("", 0.414, 30, 3).pourcent
        '41\\xa0%'
        """
        return f"{round(100 * self.part)}\u00a0%"


def par_devoir(rapports: Sequence[Rapport]) -> list[Reussite]:
    """La note moyenne de chaque devoir, rapportée à son total."""
    return _ranger(
        (rapport.titre, releve.total / rapport.devoir.total)
        for rapport in rapports
        for releve in rapport.releves
        if est_note(releve)
    )


def par_question(rapport: Rapport) -> list[Reussite]:
    """La note moyenne de chaque question au carnet, rapportée à ses points. Une question que personne n'a notée n'y est pas."""
    return _ranger(
        (rapport.titre_de(question), note.points / note.maximum)
        for releve in rapport.releves
        for question, note in releve.questions.items()
        if note.points is not None and note.maximum
    )


def questions_detaillees(rapport: Rapport) -> list[str]:
    """Les questions faites de plusieurs éléments : un nombre ou un choix n'en a pas."""
    return [nom for nom in rapport.devoir.questions if rapport.devoir.bareme[nom].detaillee]


def par_element(rapport: Rapport, question: str) -> list[Reussite]:
    """Le crédit moyen de chaque élément d'une question : idée d'une réponse rédigée, case d'un tableau, libellé, place.

    Il vient de la notation automatique et des décisions du formateur, élément par élément. Une réponse que seul un humain peut noter n'y
    compte pas ; une réponse vide compte pour zéro.
    """
    return _ranger(_credits(rapport, question))


def par_element_partout(rapports: Sequence[Rapport]) -> list[Reussite]:
    """Les éléments de toutes les questions, chacun précédé de sa question (et de son devoir s'il y en a plusieurs)."""
    return _ranger(
        (f"{rapport.lieu(question, plusieurs=len(rapports) > 1)} · {element}", credit)
        for rapport in rapports
        for question in questions_detaillees(rapport)
        for element, credit in _credits(rapport, question)
    )


def _credits(rapport: Rapport, question: str) -> Iterator[tuple[str, float]]:
    """Chaque élément de la question, et le crédit qu'il a dans chaque copie."""
    notes = [
        note
        for copie in rapport.lisibles
        if (note := copie.correction.notes[question]).fraction is not None
    ]
    credits = [{case.cle: case.credit for case in note.cases} for note in notes]
    elements = rapport.devoir.bareme[question].elements_comptes(notes)
    for element in elements:
        yield from ((str(element), copie.get(element, 0.0)) for copie in credits)


def _ranger(parts: Iterable[tuple[str, float]]) -> list[Reussite]:
    """Réunit les parts qui ont le même libellé.

    >>> _ranger([("Question 1", 1.0), ("Question 2", 0.0), ("Question 2", 0.5)])
    [Reussite(libelle='Question 2', part=0.25, copies=2, manques=1), Reussite(libelle='Question 1', part=1.0, copies=1, manques=0)]
    """
    tableau = DataFrame(parts, columns=["libelle", "part"])
    resume = (
        tableau.assign(manque=tableau.part == 0)
        .groupby("libelle", sort=False)
        .agg(part=("part", "mean"), copies=("part", "size"), manques=("manque", "sum"))
        .sort_values("part", kind="stable")
    )
    return [Reussite(*ligne) for ligne in resume.itertuples()]


def phrase_des_questions(reussites: Sequence[Reussite], sorte: str = "question") -> str:
    """La moins réussie et la mieux réussie.

    >>> phrase_des_questions([Reussite("Question 3", 0.41, 30, 2), Reussite("Question 1", 0.9, 30, 0)]).replace("\\xa0", " ")
    'La question la moins réussie : « Question 3 », 41 %. La mieux réussie : « Question 1 », 90 %.'
    """
    article = "La" if sorte == "question" else "Le"
    accord = "e" if sorte == "question" else ""
    if not reussites:
        return f"Aucun{accord} {sorte} n'est encore noté{accord}."
    pire, meilleure = reussites[0], reussites[-1]
    if len(reussites) == 1:
        return f"« {pire.libelle} » : {pire.pourcent} des points."
    if pire.part == meilleure.part:
        return f"Tout est réussi pareil : {pire.pourcent} des points."
    return (
        f"{article} {sorte} {article.lower()} moins réussi{accord} : « {pire.libelle} », {pire.pourcent}. "
        f"{article} mieux réussi{accord} : « {meilleure.libelle} », {meilleure.pourcent}."
    )


def phrase_des_elements(reussites: Sequence[Reussite]) -> str:
    """L'élément qui manque le plus.

    >>> phrase_des_elements([Reussite("garder les clients", 0.4, 30, 18)])
    "L'élément le plus souvent manqué : « garder les clients », absent ou faux dans 18 copies sur 30."
    """
    if not reussites:
        return "Aucun élément à montrer : ces réponses attendent le formateur, ou la question n'en a qu'un."
    pire = max(reussites, key=lambda reussite: (reussite.manques / reussite.copies, -reussite.part))
    if not pire.manques:
        return "Aucun élément ne manque tout à fait à une copie."
    return f"L'élément le plus souvent manqué : « {pire.libelle} », absent ou faux dans {_copies(pire.manques)} sur {pire.copies}."


def _copies(combien: int) -> str:
    return f"{combien} copie{'s' * (combien > 1)}"
