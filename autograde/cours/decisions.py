"""Ce que le formateur a décidé, réponse par réponse et élément par élément : ``decisions/<devoir>.yml``, chez la classe.

Une décision porte sur le texte d'une réponse. Deux copies qui disent la même chose reçoivent ainsi la même note, et une
réponse réécrite n'hérite de rien : ``stagiaires`` garde à qui elle était, pour le signaler.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.fichiers.yaml_valide import lire_yaml_valide
from grc_helpers.francais.forme import en_une_forme

DECISIONS_PERIMEES = (
    "vos décisions portaient sur une autre version de cette réponse ; elles ne s'appliquent plus."
)
# Une décision sur une idée fausse du barème porte ce mot et son identifiant : 1, elle en est une ; 0, la machine s'est trompée.
IDEE_FAUSSE = "idée fausse "
_CREDITS = {"0": 0.0, "0.0": 0.0, "0.5": 0.5, "½": 0.5, "1": 1.0, "1.0": 1.0}
_ENTETE = """\
# Les décisions du formateur, prises avec « grc decider ». Elles priment sur la notation automatique tant que la réponse est la même.
# credit : 0, 0.5 ou 1 ; passage (facultatif) : les mots de la réponse qui le justifient.
"""


def lire_credit(ecrit: Any) -> float:
    """Un crédit, écrit à la française ou non. Lève ``ValueError`` avec un message pour le formateur.

    >>> lire_credit("0,5"), lire_credit(1)
    (0.5, 1.0)
    """
    try:
        return _CREDITS[str(ecrit).strip().replace(",", ".")]
    except KeyError:
        raise ValueError(f"un crédit vaut 0, 0,5 ou 1, pas « {ecrit} »") from None


class Decision(BaseModel):
    """Le crédit qu'un formateur donne à un élément, et le passage de la réponse qu'il désigne."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    credit: Annotated[float, BeforeValidator(lire_credit)]
    passage: str = ""
    date: date


class ReponseDecidee(BaseModel):
    """Une réponse, les stagiaires qui l'ont rendue, et une décision par élément que le formateur a vu. ``ecartes`` : les passages
    qu'aucun élément n'explique, et qu'il a mis de côté."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    reponse: str
    stagiaires: list[str]
    elements: dict[str, Decision]
    ecartes: list[str] = []


@dataclass(frozen=True)
class Prise:
    """Ce qu'un geste change d'une réponse : des décisions, par élément (None : elle est retirée), et les passages mis de côté (None : ils
    ne changent pas)."""

    texte: str
    stagiaires: Sequence[str]
    elements: Mapping[str, Decision | None]
    ecartes: Sequence[str] | None = None


# Préparé au premier fichier de décisions : beaucoup de classes n'en ont pas encore.
_DECISIONS = TypeAdapter(dict[str, list[ReponseDecidee]], config=ConfigDict(defer_build=True))


def meme_texte(texte: str) -> str:
    """Ce qui identifie une réponse : son texte, aux espaces, aux retours à la ligne, aux majuscules et à ce qui ne se voit pas près.

    >>> meme_texte("Le client\\n part. ") == meme_texte("le CLIENT part.")
    True
    """
    return " ".join(en_une_forme(texte).split()).casefold()


@dataclass(frozen=True)
class Decisions:
    """Toutes les décisions d'un devoir, par question."""

    par_question: dict[str, list[ReponseDecidee]] = field(default_factory=dict)

    @cached_property
    def _par_texte(self) -> dict[tuple[str, str], dict[str, Decision]]:
        prises: dict[tuple[str, str], dict[str, Decision]] = {}
        for question, decidees in self.par_question.items():
            for decidee in decidees:
                cle = question, meme_texte(decidee.reponse)
                prises.setdefault(cle, {}).update(decidee.elements)
        return prises

    @cached_property
    def _ecartes(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {
            (question, meme_texte(decidee.reponse)): tuple(decidee.ecartes)
            for question, decidees in self.par_question.items()
            for decidee in decidees
        }

    @cached_property
    def _stagiaires(self) -> dict[str, set[str]]:
        """Par question, ceux dont le formateur a décidé d'une réponse."""
        return {
            question: {stagiaire for decidee in decidees for stagiaire in decidee.stagiaires}
            for question, decidees in self.par_question.items()
        }

    def pour(self, question: str, texte: str) -> Mapping[str, Decision]:
        """Les décisions prises pour cette réponse, par élément."""
        if question not in self.par_question:
            return {}
        return self._par_texte.get((question, meme_texte(texte)), {})

    def ecartes(self, question: str, texte: str) -> tuple[str, ...]:
        """Les passages de cette réponse que le formateur a mis de côté."""
        return self._ecartes.get((question, meme_texte(texte)), ())

    def perimees(self, question: str, stagiaire: str, texte: str) -> bool:
        """Le formateur avait-il décidé d'une autre réponse de ce stagiaire, et pas encore de celle-ci ?"""
        connu = stagiaire in self._stagiaires.get(question, ())
        return connu and (question, meme_texte(texte)) not in self._par_texte


def charger_decisions(chemin: Path, bareme: Mapping[str, Any]) -> Decisions:
    """Lit les décisions d'un devoir ; aucune si le fichier n'existe pas.

    Lève ``ErreurFormateur``, avec la ligne, si le fichier est mal écrit ou cite ce que le barème ne connaît pas.
    """
    if not chemin.is_file():
        return Decisions()
    par_question = lire_yaml_valide(chemin, _DECISIONS)
    lieu = f"{chemin.parent.name}/{chemin.name}"
    for question, decidees in par_question.items():
        connus = set(getattr(bareme.get(question), "criteres", ()))
        fausses = {IDEE_FAUSSE + c.id for c in getattr(bareme.get(question), "contre_elements", ())}
        if not connus:
            raise ErreurFormateur(
                f"{lieu} : « {question} » n'est pas une question rédigée de ce devoir ; corrigez ou supprimez-la."
            )
        cites = {element for decidee in decidees for element in decidee.elements}
        inconnus = cites - connus - fausses
        if inconnus:
            raise ErreurFormateur(
                f"{lieu} : le barème de {question} n'a pas d'élément « {' », « '.join(sorted(inconnus))} ». "
                f"Éléments connus : {', '.join(sorted(connus))}. Corrigez le nom, ou supprimez la ligne."
            )
    return Decisions(par_question)


# Le dernier document écrit et l'état du fichier alors : tant que personne d'autre n'y touche, le geste suivant ne le relit pas.
_ECRITS: dict[Path, tuple[tuple[int, int], CommentedMap]] = {}


def enregistrer(
    chemin: Path, question: str, texte: str, stagiaires: list[str], elements: Mapping[str, Decision]
) -> Decisions:
    """Ajoute ou remplace des décisions sur une réponse (voir ``enregistrer_ensemble``)."""
    return enregistrer_ensemble(chemin, question, [Prise(texte, stagiaires, elements)])


def enregistrer_ensemble(chemin: Path, question: str, prises: Sequence[Prise]) -> Decisions:
    """Enregistre ce qu'un geste décide de plusieurs réponses, tout ou rien ; le reste du fichier, commentaires compris, ne change pas.

    Le fichier existant est supposé valide (``charger_decisions``). Renvoie toutes les décisions qu'il contient maintenant. Deux
    formateurs qui décident au même instant passent l'un après l'autre : le second relit ce que le premier vient d'écrire.
    """
    from filelock import FileLock  # ici : corriger lit les décisions et n'en écrit pas

    chemin.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(chemin.with_name(f".{chemin.name}.verrou")):
        return _enregistrer(chemin, question, prises)


def _enregistrer(chemin: Path, question: str, prises: Sequence[Prise]) -> Decisions:
    yaml = YAML()
    yaml.width = 120
    brut = _lire_brut(chemin, yaml)
    brut.fa.set_block_style()
    decidees = brut.setdefault(question, CommentedSeq())
    entrees = {meme_texte(entree["reponse"]): entree for entree in decidees}
    for prise in prises:
        cle = meme_texte(prise.texte)
        if cle not in entrees:
            entrees[cle] = CommentedMap(
                reponse=_en_bloc(prise.texte.strip()), stagiaires=[], elements=CommentedMap()
            )
            decidees.append(entrees[cle])
        _inscrire(entrees[cle], prise)
    vides = [rang for rang, entree in enumerate(decidees) if _est_vide(entree)]
    for rang in reversed(vides):  # tout y a été annulé : personne n'en a rien décidé
        del decidees[rang]
    if not decidees:
        del brut[question]
    flux = StringIO()
    yaml.dump(brut, flux)
    ecrire_en_entier(chemin, flux.getvalue())
    _ECRITS[chemin] = (_etat(chemin), brut)
    return Decisions(_DECISIONS.validate_python(brut))


def _inscrire(entree: CommentedMap, prise: Prise) -> None:
    entree["stagiaires"] = CommentedSeq(sorted({*entree["stagiaires"], *prise.stagiaires}))
    entree["stagiaires"].fa.set_flow_style()
    for element, decision in prise.elements.items():
        if decision:
            entree["elements"][element] = _en_ligne(decision)
        else:
            entree["elements"].pop(element, None)
    if prise.ecartes:
        entree["ecartes"] = CommentedSeq(prise.ecartes)
    elif prise.ecartes is not None:
        entree.pop("ecartes", None)


def _est_vide(entree: CommentedMap) -> bool:
    return not entree["elements"] and not entree.get("ecartes")


def _lire_brut(chemin: Path, yaml: YAML) -> CommentedMap:
    if not chemin.is_file():
        return yaml.load(_ENTETE + "{}")
    ecrit = _ECRITS.pop(chemin, None)
    if ecrit and ecrit[0] == _etat(chemin):
        return ecrit[1]
    return yaml.load(chemin.read_text(encoding="utf-8")) or yaml.load(_ENTETE + "{}")


def _etat(chemin: Path) -> tuple[int, int]:
    lu = chemin.stat()
    return lu.st_mtime_ns, lu.st_size


def _en_bloc(texte: str) -> str:
    """Le texte sur plusieurs lignes, comme il se lit ; un caractère que YAML n'admet pas dans un bloc le garde entre guillemets."""
    lignes = texte.split("\n")
    return (
        LiteralScalarString(texte)
        if all(ligne.isprintable() and ligne == ligne.rstrip() for ligne in lignes)
        else texte
    )


def _en_ligne(decision: Decision) -> CommentedMap:
    credit = int(decision.credit) if decision.credit in (0, 1) else decision.credit
    ligne = CommentedMap(
        credit=credit,
        **({"passage": decision.passage} if decision.passage else {}),
        date=decision.date,
    )
    ligne.fa.set_flow_style()
    return ligne
