"""Réparer un notebook au moment de l'enregistrer : rien de ce qui compte pour la correction ne disparaît par mégarde.

Une fonction pure : un notebook et ses versions de référence entrent, un notebook réparé et la liste de ce qui a été
fait sortent. Le texte que le stagiaire a écrit n'est jamais changé ; écrit dans un texte verrouillé du cours, il est retenu à part.
"""

import copy
from dataclasses import dataclass, field

from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.libelles import ajout, citer
from grc_helpers.reponses.notebook import (
    HORS_REPONSE,
    SUITE,
    cellules,
    hors_reponse,
    identifiant,
    nbgrader,
    numero,
    source,
)
from grc_helpers.reponses.types.contrat import sans_espaces

COUPEE = (
    "votre cellule de réponse a été coupée en deux. Pour la recoller, recopiez la seconde partie sous la première, puis videz la seconde ; "
    "sinon, les deux seront lues ensemble."
)
COPIEE = "une cellule a été copiée. Répondez dans une seule des deux, et videz l'autre."
_PROTECTIONS = ("nbgrader", "deletable", "editable")


@dataclass
class Reparation:
    """``messages`` : ce qui a été réparé, pour le stagiaire ; ``touchees`` : les cellules changées ou remises, par leur rang."""

    notebook: dict
    messages: list[str] = field(default_factory=list)
    touchees: list[dict] = field(default_factory=list)

    def dire(self, message: str, cellule: dict) -> None:
        if message and message not in self.messages:
            self.messages.append(message)
        if not any(deja is cellule for deja in self.touchees):
            self.touchees.append(cellule)


def reparer(notebook: dict, *references: dict | None) -> Reparation:
    """Répare une copie du notebook ; l'original n'est pas touché. Ne lève jamais d'erreur.

    ``references`` : la version déjà enregistrée, puis la version distribuée, quand on les a. Une référence qui n'est pas
    du même devoir (aucun identifiant en commun) est laissée de côté.
    """
    fait = Reparation(copy.deepcopy(notebook))
    if not isinstance(fait.notebook, dict) or not isinstance(fait.notebook.get("cells"), list):
        return fait
    _rendre_ordinaires_les_copies(fait)
    textes = hors_reponse(fait.notebook)
    for reference in references:
        if (
            reference is not None
            and _par_identifiant(fait.notebook).keys() & _par_identifiant(reference).keys()
        ):
            _retrouver_les_identifiants(fait, reference)
            _remettre_les_cellules(fait, reference)
            textes = hors_reponse(reference) | textes | _ecrit_dans_le_cours(fait, reference)
            _remettre_les_protections(fait, reference)
            _remettre_les_magies(fait, reference)
    if textes:
        # La page ne le sait pas : d'un enregistrement à l'autre, le fichier le retient pour le formateur.
        metadonnees = fait.notebook.get("metadata")
        connues = metadonnees if isinstance(metadonnees, dict) else {}
        fait.notebook["metadata"] = connues | {HORS_REPONSE: textes}
    return fait


def _par_identifiant(notebook: dict) -> dict[str, dict]:
    return {identifiant(cellule): cellule for cellule in cellules(notebook) if identifiant(cellule)}


def _rendre_ordinaires_les_copies(fait: Reparation) -> None:
    """Une cellule copiée-collée redevient une cellule ordinaire : nbgrader refuse un identifiant présent deux fois. La seconde partie
    d'une cellule coupée aussi, mais elle garde le nom de sa question : elle sera lue avec la première."""
    originales: dict[str, dict] = {}
    marquees = [cellule for cellule in cellules(fait.notebook) if identifiant(cellule)]
    for cellule in marquees:
        connue = originales.get(identifiant(cellule))
        if connue is None or _originalite(cellule) > _originalite(connue):
            originales[identifiant(cellule)] = cellule
    for cellule in marquees:
        nom = identifiant(cellule)
        if cellule is originales[nom]:
            continue
        coupee = _est_une_suite(cellule, originales[nom])
        for cle in _PROTECTIONS:
            cellule["metadata"].pop(cle, None)
        if coupee:
            cellule["metadata"][SUITE] = nom
        fait.dire(f"Question {_numero(nom)} : {COUPEE if coupee else COPIEE}", cellule)


def _originalite(cellule: dict) -> tuple[bool, bool]:
    """JupyterLab retire `deletable` en collant : l'original se reconnaît, même si la copie est au-dessus ; coupée, à sa magie."""
    return _a_sa_magie(cellule), _protegee(cellule)


def _a_sa_magie(cellule: dict) -> bool:
    lue = lire_cellule(source(cellule))
    return lue is not None and lue.identifiant == identifiant(cellule)


def _est_une_suite(cellule: dict, originale: dict) -> bool:
    """Sans magie et d'un autre texte : ce n'est pas une copie, mais ce qui était au-dessous du curseur."""
    repond = bool(nbgrader(cellule).get("solution"))
    autre_texte = sans_espaces(source(cellule)) != sans_espaces(source(originale))
    return repond and autre_texte and not _a_sa_magie(cellule)


def _ecrit_dans_le_cours(fait: Reparation, reference: dict) -> dict[str, str]:
    """Ce que le stagiaire a écrit dans des textes verrouillés, qui vont être remis comme avant."""
    presents = _par_identifiant(fait.notebook)
    ecrits = {
        nom: ajout(source(presents[nom]), source(modele))
        for nom, modele in _par_identifiant(reference).items()
        if nom in presents
        and nbgrader(modele).get("locked")
        and source(presents[nom]) != source(modele)
    }
    return {nom: texte for nom, texte in ecrits.items() if texte.strip()}


def _retrouver_les_identifiants(fait: Reparation, reference: dict) -> None:
    """Une cellule qui a perdu ses métadonnées se reconnaît à son ``id``, ou à sa première ligne."""
    presents = _par_identifiant(fait.notebook)
    for nom, modele in _par_identifiant(reference).items():
        if nom in presents:
            continue
        for cellule in cellules(fait.notebook):
            lue = lire_cellule(source(cellule))
            meme_magie = lue is not None and lue.identifiant == nom
            if not identifiant(cellule) and (
                meme_magie or (modele.get("id") and cellule.get("id") == modele["id"])
            ):
                cellule["metadata"] = {**_metadonnees(cellule), "nbgrader": nbgrader(modele)}
                fait.dire("", cellule)
                break


def _remettre_les_cellules(fait: Reparation, reference: dict) -> None:
    """Une cellule effacée revient à sa place : juste après celle qui la précédait dans la référence."""
    presents = _par_identifiant(fait.notebook)
    rang = 0
    for cellule in cellules(reference):
        nom = identifiant(cellule)
        if nom and nom not in presents:
            presents[nom] = _neuve(cellule)
            fait.notebook["cells"].insert(rang, presents[nom])
            repond = nbgrader(cellule).get("solution")
            sorte = "la cellule de réponse" if repond else "une cellule du cours"
            suite = ", avec le dernier texte enregistré" if repond else ""
            fait.dire(
                f"Question {_numero(nom)} : {sorte} avait été effacée ; elle est remise à sa place{suite}.",
                presents[nom],
            )
        rang = _rang_apres(fait.notebook, cellule, sinon=rang)


def _rang_apres(notebook: dict, cellule: dict, sinon: int) -> int:
    """Le rang qui suit cette cellule dans le notebook, reconnue à son identifiant nbgrader ou à son ``id``."""
    nom = identifiant(cellule)
    for rang, autre in enumerate(notebook["cells"]):
        if isinstance(autre, dict) and (
            identifiant(autre) == nom if nom else autre.get("id") == cellule.get("id")
        ):
            return rang + 1
    return sinon


def _remettre_les_protections(fait: Reparation, reference: dict) -> None:
    """Le type d'une cellule et ses protections viennent de la référence ; son texte aussi, si elle est verrouillée."""
    presents = _par_identifiant(fait.notebook)
    for nom, modele in _par_identifiant(reference).items():
        cellule = presents[nom]
        if cellule.get("cell_type") != modele.get("cell_type"):
            cellule["cell_type"] = modele.get("cell_type")
            cellule.pop("attachments", None)
            if cellule["cell_type"] == "code":
                cellule |= {"outputs": [], "execution_count": None}
            else:
                cellule.pop("outputs", None), cellule.pop("execution_count", None)
            fait.dire(
                f"Question {_numero(nom)} : une cellule avait changé de type ; elle est redevenue comme avant.",
                cellule,
            )
        attendues = {
            cle: modele["metadata"][cle] for cle in _PROTECTIONS if cle in _metadonnees(modele)
        }
        if {
            cle: _metadonnees(cellule)[cle] for cle in _PROTECTIONS if cle in _metadonnees(cellule)
        } != attendues:
            autres = {
                cle: valeur
                for cle, valeur in _metadonnees(cellule).items()
                if cle not in _PROTECTIONS
            }
            cellule["metadata"] = autres | copy.deepcopy(attendues)
            fait.dire("", cellule)
        if nbgrader(modele).get("locked") and source(cellule) != source(modele):
            ecrit = ajout(source(cellule), source(modele))
            suite = (
                f" Ce que vous y aviez écrit est gardé pour le formateur : « {citer(ecrit, 80)} »."
                if ecrit.strip()
                else ""
            )
            cellule["source"] = modele["source"]
            fait.dire(
                f"Question {_numero(nom)} : un texte du cours avait été modifié ; il est remis comme avant.{suite}",
                cellule,
            )


def _remettre_les_magies(fait: Reparation, reference: dict) -> None:
    """La première ligne d'une réponse dit à quelle question elle répond ; effacée, elle revient au-dessus du texte, qui ne change pas."""
    presents = _par_identifiant(fait.notebook)
    for nom, modele in _par_identifiant(reference).items():
        lue = lire_cellule(source(modele))
        if nbgrader(modele).get("solution") and lue and lire_cellule(source(presents[nom])) is None:
            premiere = lue.source.split("\n")[0]
            presents[nom]["source"] = f"{premiere}\n{source(presents[nom])}"
            fait.dire(
                f"Question {_numero(nom)} : la ligne qui la nomme avait été effacée ; elle est remise, et votre texte est intact.",
                presents[nom],
            )


def _neuve(cellule: dict) -> dict:
    neuve = copy.deepcopy(cellule)
    if neuve.get("cell_type") == "code":
        neuve |= {"outputs": [], "execution_count": None}
    return neuve


def _metadonnees(cellule: dict) -> dict:
    metadonnees = cellule.get("metadata")
    return metadonnees if isinstance(metadonnees, dict) else {}


def _protegee(cellule: dict) -> bool:
    return _metadonnees(cellule).get("deletable") is False


def _numero(nom: str) -> str:
    return numero(nom.removesuffix("_test").removesuffix("_enonce"))
