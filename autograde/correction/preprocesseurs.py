"""Nos étapes dans les chaînes de nbgrader : elles servent aussi bien à la commande ``nbgrader`` qu'au bouton de formgrader."""

from nbformat import from_dict
from nbgrader.preprocessors.base import NbGraderPreprocessor

from autograde.carnet.inscription import Inscription, inscrire
from autograde.carnet.sql import Base
from autograde.carnet.tables import preparer
from autograde.copie.greffe import est_reconnue, greffer, relire_greffe
from autograde.copie.triage import AUTRE_NOTEBOOK, lire_la_copie
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.notation.copie import copie_illisible, corriger_les_reponses
from grc_helpers.francais.typographie import insecables_du_markdown
from grc_helpers.reponses.cellule import lire_cellule


class PoserLesInsecables(NbGraderPreprocessor):
    """Pose les espaces insécables dans les cellules de texte : l'auteur tape des espaces ordinaires. Le code n'est pas touché.

    En premier : le carnet, les sommes de contrôle et le notebook distribué disent ainsi le même texte.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type == "markdown":
            cell.source = insecables_du_markdown(cell.source)
        return cell, resources


class ProtegerLaLecture(NbGraderPreprocessor):
    """Dans la version distribuée, seules les cellules de réponse se modifient ; rien ne s'efface par mégarde."""

    def preprocess_cell(self, cell, resources, cell_index):
        cell.metadata["deletable"] = False
        if lire_cellule(cell.source) is None:
            cell.metadata["editable"] = False
        return cell, resources


class Greffer(NbGraderPreprocessor):
    """Remplace la copie rendue par une copie neuve du devoir où seules les réponses sont reportées."""

    def preprocess(self, nb, resources):
        devoir = charger_devoir(Cours.courant(), resources["nbgrader"]["assignment"])
        return from_dict(greffer(lire_la_copie(nb, devoir), devoir)), resources


class Noter(NbGraderPreprocessor):
    """Note la copie greffée, sans noyau, et inscrit le résultat au carnet."""

    def preprocess(self, nb, resources):
        infos = resources["nbgrader"]
        devoir = charger_devoir(Cours.courant(), infos["assignment"])
        if est_reconnue(nb):
            correction = corriger_les_reponses(relire_greffe(nb, devoir), devoir, infos["student"])
        else:
            correction = copie_illisible(devoir, AUTRE_NOTEBOOK, infos["student"])
        with Base(infos["db_url"]) as base:
            preparer(base)
            inscrire(base, devoir, [Inscription(correction)])
        return nb, resources
