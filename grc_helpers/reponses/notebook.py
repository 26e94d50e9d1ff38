"""Lire les réponses dans un fichier .ipynb, sans rien exécuter.

Le même lecteur sert au poste du stagiaire (« Rendre ma copie ») et à la correction. Il retrouve chaque réponse par
l'identifiant nbgrader de la cellule ou, s'il est perdu, par la ligne de magie.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from grc_helpers.reponses.cellule import Cellule, lire_cellule
from grc_helpers.reponses.libelles import ajout, citer_tout
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.contrat import sans_espaces

TAILLE_MAXIMALE = 100_000  # caractères d'une réponse : au-delà, on coupe et on le dit
TAILLE_A_COTE = 5000  # caractères gardés d'un texte écrit hors de la réponse
SUITE = "grc_suite"  # dans les métadonnées de la seconde partie d'une cellule coupée : l'identifiant de sa question
# Dans les métadonnées du fichier : ce que le stagiaire avait écrit dans un texte verrouillé, que le poste a remis comme avant.
HORS_REPONSE = "grc_hors_reponse"


@dataclass(frozen=True)
class Question:
    """Une question de la version distribuée : sa cellule encore vierge, et son énoncé."""

    identifiant: str
    vierge: Cellule
    enonce: str = ""

    @property
    def type(self) -> str:
        return self.vierge.type


@dataclass(frozen=True)
class Reponse:
    """La réponse trouvée à une question. ``presente`` est faux si la cellule a disparu de la copie."""

    question: Question
    cellule: Cellule
    presente: bool = True

    @cached_property
    def vide(self) -> bool:
        return TYPES[self.question.type].est_vide(self.cellule.corps, self.question.vierge.corps)


@dataclass
class ReponsesLues:
    """Toutes les réponses d'une copie, par identifiant de question.

    ``signalements`` : les doutes, question par question, que le formateur doit voir ; ``reparations`` : ce qui était abîmé
    et qu'on a su lire sans doute possible ; ``a_cote`` : ce que le stagiaire a écrit hors de la réponse, et qui n'y est pas lu.
    """

    reponses: dict[str, Reponse] = field(default_factory=dict)
    signalements: dict[str, list[str]] = field(default_factory=dict)
    reparations: list[str] = field(default_factory=list)
    a_cote: dict[str, list[str]] = field(default_factory=dict)

    @property
    def reconnue(self) -> bool:
        """Une question au moins a été trouvée : c'est bien une copie de ce devoir."""
        return any(reponse.presente for reponse in self.reponses.values())

    def signaler(self, identifiant: str, message: str) -> None:
        self.signalements.setdefault(identifiant, []).append(message)

    def mettre_a_cote(self, identifiant: str, texte: str) -> None:
        """Garde un texte qui n'est pas lu, pour que le formateur et le stagiaire le voient."""
        self.a_cote.setdefault(identifiant, []).append(texte[:TAILLE_A_COTE])


def source(cellule: dict) -> str:
    """La source d'une cellule, que le fichier l'écrive en une chaîne ou en une liste de lignes."""
    brut = cellule.get("source", "")
    if isinstance(brut, str):
        return brut
    return "".join(m for m in brut if isinstance(m, str)) if isinstance(brut, list) else ""


def nbgrader(cellule: dict) -> dict:
    """Les métadonnées nbgrader d'une cellule ({} si elle n'en a pas, ou si elles sont abîmées)."""
    metadonnees = cellule.get("metadata")
    metadonnees = metadonnees.get("nbgrader") if isinstance(metadonnees, dict) else None
    return metadonnees if isinstance(metadonnees, dict) else {}


def identifiant(cellule: dict) -> str:
    """L'identifiant nbgrader de la cellule, ou rien."""
    trouve = nbgrader(cellule).get("grade_id")
    return trouve if isinstance(trouve, str) else ""


def suite_de(cellule: dict) -> str:
    """La question dont la cellule est la seconde partie, d'après la marque que le poste y a mise ; rien sinon."""
    metadonnees = cellule.get("metadata")
    question = metadonnees.get(SUITE) if isinstance(metadonnees, dict) else None
    return question if isinstance(question, str) else ""


def hors_reponse(notebook: dict) -> dict[str, str]:
    """Ce que le poste a retenu de textes écrits dans des cellules verrouillées, par identifiant nbgrader."""
    metadonnees = notebook.get("metadata")
    textes = metadonnees.get(HORS_REPONSE) if isinstance(metadonnees, dict) else None
    textes = textes if isinstance(textes, dict) else {}
    return {nom: texte for nom, texte in textes.items() if isinstance(texte, str) and texte.strip()}


def cellules(notebook: dict) -> list[dict]:
    trouvees = notebook.get("cells", []) if isinstance(notebook, dict) else []
    return [c for c in trouvees if isinstance(c, dict)] if isinstance(trouvees, list) else []


def questions(distribue: dict) -> dict[str, Question]:
    """Les questions de la version distribuée, dans l'ordre du notebook."""
    trouvees, toutes = {}, cellules(distribue)
    textes = {identifiant(cellule): source(cellule) for cellule in toutes}
    for cellule in toutes:
        lue = lire_cellule(source(cellule))
        if nbgrader(cellule).get("solution") and lue:
            enonce = textes.get(f"{lue.identifiant}_enonce", "")
            trouvees[lue.identifiant] = Question(lue.identifiant, lue, enonce)
    return trouvees


def lire_reponses(copie: dict, attendues: dict[str, Question]) -> ReponsesLues:
    """Retrouve la réponse à chaque question dans une copie, même abîmée. Ne lève jamais d'erreur."""
    lues = ReponsesLues()
    ecrites = [(identifiant(cellule), source(cellule)) for cellule in cellules(copie)]
    toutes = [(connu, texte, lire_cellule(texte)) for connu, texte in ecrites]
    connus = {connu for connu, _, _ in toutes}
    for nom, question in attendues.items():
        candidates = list(_candidates(toutes, question, attendues))
        remplies = [c for c in candidates if not Reponse(question, c).vide]
        if not candidates:
            lues.signaler(nom, "La cellule de réponse a disparu de la copie.")
        differentes = {sans_espaces(c.corps): c.corps for c in remplies}
        if len(differentes) > 1:
            differentes.pop(sans_espaces(remplies[-1].corps))
            vierge = question.vierge.corps
            ecartees = [ajout(texte, vierge) or texte for texte in differentes.values()]
            lues.signaler(
                nom,
                f"{len(remplies)} réponses différentes à cette question ; la dernière est retenue, et non : {citer_tout(ecartees)}.",
            )
            for texte in ecartees:
                lues.mettre_a_cote(nom, texte)
        retenue = (remplies or candidates or [question.vierge])[-1]
        if len(retenue.corps) > TAILLE_MAXIMALE:
            lues.signaler(
                nom,
                f"Réponse très longue : seuls les {TAILLE_MAXIMALE} premiers caractères sont lus.",
            )
            retenue = Cellule(
                retenue.type,
                retenue.identifiant,
                retenue.arguments,
                retenue.corps[:TAILLE_MAXIMALE],
            )
        lues.reponses[nom] = Reponse(question, retenue, presente=bool(candidates))
    perdues = [
        nom for nom, reponse in lues.reponses.items() if reponse.presente and nom not in connus
    ]
    if perdues:
        lues.reparations.append(
            f"{len(perdues)} cellule(s) sans identifiant, reconnue(s) à leur première ligne."
        )
    return lues


def _candidates(
    toutes: list[tuple[str, str, Cellule | None]], question: Question, attendues: Iterable[str]
):
    """Les cellules (identifiant, texte, lecture) qui répondent à la question : par leur magie, sinon par leur identifiant nbgrader."""
    for connu, texte, lue in toutes:
        par_magie = lue is not None and lue.identifiant == question.identifiant
        autre_question = lue is not None and lue.identifiant in attendues and not par_magie
        if par_magie or (connu == question.identifiant and not autre_question):
            yield lire_cellule(texte, modele=question.vierge)


def numero(identifiant: str) -> str:
    """Le numéro d'une question, comme le stagiaire le lit.

    >>> numero("s2_tp1_q2a"), numero("s2_tp3_q2b2")
    ('2a', '2b bis')
    """
    court = identifiant.rsplit("_", 1)[-1].removeprefix("q")
    return f"{court[:-1]} bis" if court.endswith("2") and court[:-1][-1:].isalpha() else court
