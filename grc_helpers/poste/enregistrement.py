"""Ce qui se passe à chaque enregistrement : le notebook est réparé, une copie est gardée, la page est prévenue.

Rien ici ne peut empêcher d'enregistrer : une panne devient un avertissement.
"""

import json
import logging
from dataclasses import dataclass, field
from pathlib import Path

from tornado.web import HTTPError

from grc_helpers.explications import expliquer
from grc_helpers.francais.affichable import affichable
from grc_helpers.poste.reconnaissance import remettre_a_leur_place, seance_de
from grc_helpers.poste.reparation import reparer
from grc_helpers.poste.sauvegardes import Sauvegardes, place_libre
from grc_helpers.seances.seances import est_une_page, lire_le_notebook, seances

DISQUE_PLEIN = (
    "Il n'y a presque plus de place sur le disque : plus aucune copie de sécurité n'est gardée. Prévenez le formateur, et téléchargez "
    "votre fichier avant de partir (bouton Terminer)."
)
PAS_DE_PLACE = (
    "Le disque de ce PC est plein : le fichier n'a pas pu être enregistré. Votre texte reste dans cette page et dans ce navigateur. "
    "Appelez le formateur."
)


@dataclass
class DernierEnregistrement:
    """Ce que la page doit apprendre de son dernier enregistrement. ``touchees`` : les cellules réparées, avec leur rang."""

    messages: list[str] = field(default_factory=list)
    touchees: list[dict] = field(default_factory=list)
    avertissement: str = ""


derniers: dict[str, DernierEnregistrement] = {}


@dataclass(frozen=True)
class DossierDeTravail:
    """Le dossier que le serveur montre. Le cours est ce dossier, ou son sous-dossier ``course`` (en ligne)."""

    racine: Path

    @property
    def prefixe(self) -> str:
        """Ce qui précède le chemin d'une séance dans les adresses de Jupyter."""
        en_ligne = (self.racine / "course" / "accueil").is_dir() and not (
            self.racine / "accueil"
        ).is_dir()
        return "course/" if en_ligne else ""

    @property
    def cours(self) -> Path:
        return self.racine / self.prefixe

    @property
    def sauvegardes(self) -> Sauvegardes:
        return Sauvegardes(self.cours)

    def relatif(self, chemin: str) -> str:
        """Le chemin dans le cours d'un notebook nommé par Jupyter. Lève ``ValueError`` s'il est ailleurs."""
        chemin = chemin.strip("/")
        if not chemin.startswith(self.prefixe):
            raise ValueError(f"« {chemin} » n'est pas dans le cours.")
        return chemin.removeprefix(self.prefixe)

    def preparer(self) -> None:
        """À l'ouverture : remet à leur place les fichiers renommés, relève ceux qui sont coupés net, et retient la version distribuée de
        chaque séance encore vierge."""
        _sans_arreter(lambda _: remettre_a_leur_place(self.sauvegardes, set()), "course")
        for chemin in self.sauvegardes.notebooks():
            _sans_arreter(self.sauvegardes.relever, chemin)
        for seance in seances(self.cours):
            _sans_arreter(self.sauvegardes.noter_l_origine, seance.chemin)


def _sans_arreter(action, chemin: str) -> None:
    try:
        action(chemin)
    except OSError as erreur:
        logging.getLogger(__name__).warning("%s", affichable(f"{chemin} : {expliquer(erreur)}"))


def avant_d_enregistrer(model, path, contents_manager, **_) -> None:
    """Le crochet de Jupyter : ``model["content"]`` est le notebook qui va être écrit à ``path``."""
    contenu = model.get("content")
    if model.get("type") != "notebook" or not isinstance(contenu, dict):
        return
    dossier = DossierDeTravail(Path(contents_manager.root_dir))
    try:
        chemin = dossier.relatif(path)
        fichier = dossier.sauvegardes.fichier(chemin)
    except ValueError:
        model["content"] = reparer(contenu).notebook
        return
    if est_une_page(chemin):
        return
    present = lire_le_notebook(fichier)
    seance = seance_de(dossier.sauvegardes, chemin, contenu)
    fait = reparer(contenu, present, dossier.sauvegardes.origine(seance))
    model["content"] = fait.notebook
    rangs = {id(cellule): rang for rang, cellule in enumerate(fait.notebook.get("cells", []))}
    dernier = DernierEnregistrement(
        fait.messages,
        [{"rang": rangs[id(cellule)], "cellule": cellule} for cellule in fait.touchees],
    )
    try:
        if present is not None:
            dossier.sauvegardes.garder(
                seance, present
            )  # une copie arrivée par clé USB n'a pas encore été gardée
        dossier.sauvegardes.garder(seance, fait.notebook)
    except OSError:
        dernier.avertissement = DISQUE_PLEIN
    derniers[path.strip("/")] = dernier
    # Jupyter écrit l'ancien fichier à côté, puis le nouveau. S'il n'a pas la place, il échouerait en anglais.
    if place_libre(dossier.cours) < 2 * len(json.dumps(fait.notebook)) + 8192:
        raise HTTPError(507, PAS_DE_PLACE, reason="Disque plein")
