"""Une séance de relecture : les gestes du formateur, chacun enregistré avant qu'on lui réponde.

Un élément décidé va dans ``decisions/<devoir>.yml``, comme avec « grc decider » ; la note qui en résulte va au carnet nbgrader.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from autograde.carnet.api import ouvrir
from autograde.copie.remises import CopieRemise
from autograde.cours.decisions import Decision, charger_decisions, enregistrer
from autograde.cours.devoir import Devoir
from autograde.cours.dossiers import Cours
from autograde.notation.decidees import appliquer
from autograde.notation.prose import noter_prose
from autograde.notation.resultats import NoteQuestion
from autograde.prose import Evaluation, evaluer
from autograde.prose.bareme import BaremeRedige
from autograde.prose.passages import trouver_passage
from autograde.relecture.groupes import Groupe, grouper
from autograde.relecture.notes import (
    EtatAuCarnet,
    NoteAutomatique,
    commenter,
    lire_les_etats,
    noter,
)
from grc_helpers.francais.nombres import ecrire_nombre, lire_nombre


class GesteRefuse(Exception):
    """Un geste qui ne s'enregistre pas tel quel ; le message dit au formateur quoi faire."""


@dataclass(frozen=True)
class GroupeRelu:
    """Un groupe tel qu'il est maintenant : ses décisions et l'état au carnet de chacune de ses copies."""

    groupe: Groupe
    devoir: Devoir
    etats: dict[str, EtatAuCarnet]

    @property
    def maximum(self) -> float:
        return self.devoir.points[self.groupe.question]

    @property
    def bareme(self):
        return self.devoir.bareme[self.groupe.question]

    @property
    def redige(self) -> bool:
        """La réponse se note-t-elle élément par élément ? Une réponse vide n'en a aucun à lire."""
        return isinstance(self.bareme, BaremeRedige) and not self.groupe.reponse.vide

    @property
    def decisions(self) -> dict[str, Decision]:
        return self.devoir.decisions.pour(self.groupe.question, self.groupe.texte)

    @cached_property
    def proposee(self) -> Evaluation:
        return evaluer(self.groupe.texte, self.bareme, self.devoir.contexte)

    @cached_property
    def evaluation(self) -> Evaluation:
        """L'évaluation, décisions du formateur comprises."""
        return appliquer(self.proposee, self.bareme, self.decisions)

    @property
    def calculee(self) -> float | None:
        """La note que donnent les éléments, ou les cases ; None si seul un humain peut noter."""
        if not self.redige:
            return self.groupe.note.points(self.maximum)
        return NoteQuestion(self.evaluation.fraction).points(self.maximum)

    @property
    def manuelles(self) -> set[float]:
        """Les notes mises à la main sur ces copies : aucune, une, ou plusieurs si elles n'étaient pas identiques jusqu'ici."""
        return {etat.manuelle for etat in self.etats.values() if etat.manuelle is not None}

    @property
    def points(self) -> float | None:
        return max(self.manuelles) if self.manuelles else self.calculee

    @property
    def a_relire(self) -> bool:
        return any(etat.a_relire for etat in self.etats.values())

    @property
    def commentaire(self) -> str:
        return next((etat.commentaire for etat in self.etats.values() if etat.commentaire), "")

    def autos(self) -> dict[str, NoteAutomatique]:
        """La note automatique de chaque copie, comme la prochaine correction l'inscrirait."""
        notes = {
            stagiaire: self.groupe.copies[stagiaire].notes[self.groupe.question]
            for stagiaire in self.etats
        }
        if self.redige:
            nouvelle = noter_prose(
                self.groupe.reponse, self.bareme, self.devoir.contexte, self.decisions
            )
            notes = {
                stagiaire: self._avec_ce_qui_est_signale(nouvelle, stagiaire) for stagiaire in notes
            }
        return {
            stagiaire: NoteAutomatique(note.points(self.maximum), note.resume())
            for stagiaire, note in notes.items()
        }

    def _avec_ce_qui_est_signale(self, note: NoteQuestion, stagiaire: str) -> NoteQuestion:
        signale = self.groupe.copies[stagiaire].lues.signalements.get(self.groupe.question, [])
        return replace(note, a_verifier=[*note.a_verifier, *signale])


class Seance:
    """Un devoir, les groupes de sa classe, et les gestes possibles. Les copies doivent déjà être au carnet (``corriger_la_classe``)."""

    def __init__(self, cours: Cours, devoir: Devoir, copies: Iterable[CopieRemise]):
        self.cours, self.devoir = cours, devoir
        self._date_des_decisions = None
        self.groupes = grouper(devoir, copies)
        self._par_identifiant = {
            groupe.identifiant: groupe for groupes in self.groupes.values() for groupe in groupes
        }
        # Ce qui avait déjà une note à l'ouverture et attend pourtant : sa réponse ou son barème a changé, ou la relecture s'est arrêtée là.
        self.redemandes = {
            relu.groupe.identifiant
            for question in self.groupes
            for relu in self.relus(question)
            if relu.a_relire and relu.manuelles
        }

    @property
    def fichier_des_decisions(self) -> Path:
        return self.cours.decisions / f"{self.devoir.nom}.yml"

    def relus(self, question: str) -> list[GroupeRelu]:
        """Les groupes d'une question, lus au carnet maintenant."""
        self._rafraichir_les_decisions()
        with ouvrir(self.cours) as carnet:
            etats = lire_les_etats(carnet, self.devoir.nom, question)
        return [
            relu for groupe in self.groupes[question] if (relu := self._relu(groupe, etats)).etats
        ]

    def relu(self, identifiant: str) -> GroupeRelu:
        """Un groupe. Lève ``GesteRefuse`` s'il n'existe pas (la page date d'une autre séance)."""
        groupe = self._par_identifiant.get(identifiant)
        if groupe is None:
            raise GesteRefuse("Cette réponse n'est plus dans la séance : rechargez la page.")
        self._rafraichir_les_decisions()
        with ouvrir(self.cours) as carnet:
            relu = self._relu(groupe, lire_les_etats(carnet, self.devoir.nom, groupe.question))
        if not relu.etats:
            raise GesteRefuse(
                "La classe a été recorrigée et cette réponse ou son barème a changé : relancez « grc relire »."
            )
        return relu

    def _relu(self, groupe: Groupe, etats: dict[str, EtatAuCarnet]) -> GroupeRelu:
        """Le groupe, avec les seules copies dont le carnet a noté la réponse montrée, d'après le même barème."""
        siens = {
            stagiaire: etats[stagiaire]
            for stagiaire, correction in groupe.copies.items()
            if stagiaire in etats
            and etats[stagiaire].empreinte == correction.empreinte(groupe.question)
        }
        return GroupeRelu(groupe, self.devoir, siens)

    def decider(
        self, identifiant: str, element: str, credit: float, passage: str = ""
    ) -> GroupeRelu:
        """Donne un crédit à un élément ; ``passage`` : les mots de la réponse que le formateur a surlignés."""
        relu = self.relu(identifiant)
        if not relu.redige or element not in relu.bareme.criteres:
            raise GesteRefuse("Cet élément n'est pas au barème de la question : rechargez la page.")
        trouve = trouver_passage(relu.groupe.texte, passage)
        self._enregistrer(
            relu, {element: Decision(credit=credit, passage=trouve, date=date.today())}
        )
        decide = self._relu(relu.groupe, relu.etats)
        return self._noter(decide, decide.calculee, relue=False)

    def noter(self, identifiant: str, saisie: str) -> GroupeRelu:
        """Met une note à la main, écrite à la française ; une saisie vide rend la note calculée."""
        relu = self.relu(identifiant)
        points = lire_nombre(saisie).valeur if saisie.strip() else relu.calculee
        if saisie.strip() and (points is None or not 0 <= points <= relu.maximum):
            raise GesteRefuse(
                f"« {saisie} » n'est pas une note : écrivez un nombre de 0 à {ecrire_nombre(relu.maximum)}."
            )
        return self._noter(relu, points, relue=False)

    def commenter(self, identifiant: str, texte: str) -> GroupeRelu:
        """Écrit le commentaire que le stagiaire lira ; vide, il l'efface."""
        relu = self.relu(identifiant)
        with ouvrir(self.cours) as carnet:
            commenter(carnet, self.devoir.nom, relu.groupe.question, relu.etats, texte.strip())
        return self.relu(identifiant)

    def valider(self, identifiant: str) -> GroupeRelu:
        """La note affichée devient celle du formateur, et chaque élément affiché sa décision."""
        relu = self.relu(identifiant)
        if relu.points is None:
            raise GesteRefuse(
                "Cette réponse n'a pas encore de note : donnez-en une (touche N), puis validez."
            )
        if relu.redige:
            credits = relu.evaluation.credits
            gardes = {
                nom: Decision(credit=credits[nom].valeur, date=date.today())
                for nom in credits
                if nom not in relu.decisions
            }
            if gardes:
                self._enregistrer(relu, gardes)
        return self._noter(self._relu(relu.groupe, relu.etats), relu.points, relue=True)

    def _enregistrer(self, relu: GroupeRelu, elements: dict[str, Decision]) -> None:
        groupe = relu.groupe
        decisions = enregistrer(
            self.fichier_des_decisions, groupe.question, groupe.texte, list(relu.etats), elements
        )
        self.devoir = replace(self.devoir, decisions=decisions)
        self._date_des_decisions = self._date()

    def _rafraichir_les_decisions(self) -> None:
        """Ce qu'un autre formateur ou « grc decider » vient de décider compte aussi."""
        if self._date() != self._date_des_decisions:
            self._date_des_decisions = self._date()
            self.devoir = replace(
                self.devoir,
                decisions=charger_decisions(self.fichier_des_decisions, self.devoir.bareme),
            )

    def _date(self) -> int:
        return (
            self.fichier_des_decisions.stat().st_mtime_ns
            if self.fichier_des_decisions.is_file()
            else 0
        )

    def _noter(self, relu: GroupeRelu, points: float | None, relue: bool) -> GroupeRelu:
        with ouvrir(self.cours) as carnet:
            noter(carnet, self.devoir.nom, relu.groupe.question, relu.autos(), points, relue)
        return self.relu(relu.groupe.identifiant)
