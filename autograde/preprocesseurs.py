"""Nos étapes dans les chaînes de nbgrader : elles servent aussi bien à la commande ``nbgrader`` qu'au bouton de formgrader."""

from nbformat import from_dict
from nbgrader.preprocessors.base import NbGraderPreprocessor

from autograde.base import Base
from autograde.correction import corriger
from autograde.cours import Cours
from autograde.devoir import charger_devoir
from autograde.greffe import greffer, relire_greffe
from autograde.inscription import Inscription, inscrire, preparer
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.notebook import lire_reponses


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
        return from_dict(greffer(lire_reponses(nb, devoir.questions), devoir)), resources


class Noter(NbGraderPreprocessor):
    """Note la copie greffée, sans noyau, et inscrit le résultat au carnet."""

    def preprocess(self, nb, resources):
        infos = resources["nbgrader"]
        devoir = charger_devoir(Cours.courant(), infos["assignment"])
        correction = corriger(relire_greffe(nb, devoir), devoir, infos["student"])
        with Base(infos["db_url"]) as base:
            preparer(base)
            inscrire(base, devoir, [Inscription(infos["student"], correction)])
        return nb, resources
