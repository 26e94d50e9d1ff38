"""Une séance de relecture : les gestes du formateur, chacun enregistré avant qu'on lui réponde.

Un élément décidé va dans ``decisions/<devoir>.yml``, comme avec « grc decider » ; la note qui en résulte va au carnet nbgrader.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from autograde.carnet.journal import NoteJournalisee, journaliser
from autograde.carnet.notes_relues import (
    EtatAuCarnet,
    commenter,
    lire_les_etats,
    noter,
    renoter,
    retenir_qui_l_a_tapee,
)
from autograde.carnet.ouverture import ouvrir_la_base
from autograde.carnet.sql import Base
from autograde.cours.decisions import Decision, Prise, charger_decisions, enregistrer_ensemble
from autograde.cours.devoir import Devoir
from autograde.cours.dossiers import Cours
from autograde.cours.seuils import fichier_des_seuils, garder_le_seuil
from autograde.notation.copie import CopieCorrigee
from autograde.notation.recalage import Recalage, decidee, recaler
from autograde.prose.passages import trouver_passage
from autograde.relecture.groupe_relu import GroupeRelu, gardee
from autograde.relecture.groupes import Groupe, grouper
from autograde.relecture.trace import Trace
from grc_helpers.francais.nombres import ecrire_nombre, lire_nombre

GESTES_ANNULABLES = 200
ATTENTE = 5  # secondes laissées à un autre programme qui écrit au carnet ; la page réessaie ensuite d'elle-même


class GesteRefuse(Exception):
    """Un geste qui ne s'enregistre pas tel quel ; le message dit au formateur quoi faire."""


class SeanceDeRelecture:
    """Un devoir, les groupes de sa classe, et les gestes possibles. ``copies`` : la classe, telle qu'elle est au carnet."""

    def __init__(self, cours: Cours, devoir: Devoir, copies: Iterable[CopieCorrigee]):
        self.cours, self.devoir = cours, devoir
        self._date_des_decisions: int | None = None
        self.traces: list[Trace] = []
        self.groupes = grouper(devoir, copies)
        self._par_identifiant = {
            groupe.identifiant: groupe for groupes in self.groupes.values() for groupe in groupes
        }
        # Ce qui avait déjà une note à l'ouverture et attend pourtant : sa réponse ou son barème a changé, ou la relecture s'est arrêtée là.
        self.redemandes = {
            relu.groupe.identifiant
            for relus in self.relus().values()
            for relu in relus
            if relu.a_relire and relu.manuelles
        }

    @property
    def fichier_des_decisions(self) -> Path:
        return self.cours.decisions / f"{self.devoir.nom}.yml"

    def relus(self, question: str = "") -> dict[str, list[GroupeRelu]]:
        """Les groupes de chaque question, ou d'une seule, lus au carnet maintenant."""
        self._rafraichir_les_decisions()
        with ouvrir_la_base(self.cours, ATTENTE) as base:
            etats = lire_les_etats(base, self.devoir.nom, question)
        relus = {
            nom: [self._relu(groupe, etats.get(nom, {})) for groupe in self.groupes[nom]]
            for nom in ([question] if question else self.groupes)
        }
        return {nom: [relu for relu in eux if relu.etats] for nom, eux in relus.items()}

    def decider(
        self, identifiant: str, element: str, credit: float, passage: str = ""
    ) -> GroupeRelu:
        """Donne un crédit à un élément ; ``passage`` : les mots de la réponse que le formateur a surlignés."""
        with self._geste(identifiant) as (base, relu, geste):
            if not relu.redige or element not in relu.bareme.criteres:
                raise GesteRefuse(
                    "Cet élément n'est pas au barème de la question : rechargez la page."
                )
            geste.dire(f"« {relu.bareme.criteres[element]} » : {ecrire_nombre(credit)}")
            trouve = trouver_passage(relu.groupe.texte, passage)
            return self._decider(
                base, relu, {element: Decision(credit=credit, passage=trouve, date=date.today())}
            )

    def decider_de_tout(self, identifiant: str, credit: float) -> GroupeRelu:
        """Donne le même crédit à tous les éléments ; ce que la machine citait à l'appui d'un élément qui l'avait déjà reste cité."""
        with self._geste(identifiant) as (base, relu, geste):
            if not relu.redige:
                raise GesteRefuse("Cette question n'a pas d'éléments : mettez une note (touche N).")
            geste.dire("tout acquis" if credit else "tout à zéro")
            elements = {
                nom: Decision(
                    credit=credit,
                    passage=actuel.passage if credit and actuel.valeur == credit else "",
                    date=date.today(),
                )
                for nom, actuel in relu.evaluation.credits.items()
            }
            return self._decider(base, relu, elements)

    def noter(self, identifiant: str, saisie: str) -> GroupeRelu:
        """Met une note à la main, écrite à la française ; une saisie vide rend la note calculée."""
        with self._geste(identifiant) as (base, relu, geste):
            points = lire_nombre(saisie, "points").valeur if saisie.strip() else relu.calculee
            if saisie.strip() and (points is None or not 0 <= points <= relu.maximum):
                raise GesteRefuse(
                    f"« {saisie} » n'est pas une note : écrivez un nombre de 0 à {ecrire_nombre(relu.maximum)}."
                )
            geste.dire(f"note à la main : {saisie.strip() or 'rendue au calcul'}")
            retenir_qui_l_a_tapee(base, relu.etats.values(), tapee=bool(saisie.strip()))
            return self._noter(base, relu, points, relue=False)

    def commenter(self, identifiant: str, texte: str) -> GroupeRelu:
        """Écrit le commentaire que le stagiaire lira ; vide, il l'efface."""
        with self._geste(identifiant) as (base, relu, geste):
            geste.dire("commentaire écrit" if texte.strip() else "commentaire effacé")
            commenter(base, relu.etats, texte.strip())
            return self._relire(base, relu.groupe)

    def valider(self, identifiant: str) -> GroupeRelu:
        """La note affichée devient celle du formateur, et chaque élément affiché sa décision."""
        with self._geste(identifiant) as (base, relu, geste):
            points = relu.points
            if points is None:
                raise GesteRefuse(
                    "Cette réponse n'a pas encore de note : donnez-en une (touche N), puis validez."
                )
            geste.dire(f"validée : {ecrire_nombre(points)}")
            if relu.redige:
                gardes = {
                    nom: gardee(credit)
                    for nom, credit in relu.evaluation.credits.items()
                    if nom not in relu.decisions
                }
                if gardes:
                    self.enregistrer([relu.prise(gardes)], relu.groupe.question)
            return self._noter(base, replace(relu, devoir=self.devoir), points, relue=True)

    @contextmanager
    def geste(self, groupes: Sequence[Groupe]) -> Iterator[tuple[Base, list[GroupeRelu], Trace]]:
        """Le carnet, ouvert une fois, et ces groupes d'une même question tels qu'ils y sont : jusqu'à la fin du geste, personne d'autre n'y
        écrit. Ce que le geste change est journalisé, et peut s'annuler."""
        trace = Trace()
        with ouvrir_la_base(self.cours, ATTENTE) as base, base.transaction():
            self._rafraichir_les_decisions()
            trace.avant = self.relire(base, groupes)
            yield base, trace.avant, trace
            trace.apres = self.relire(base, [relu.groupe for relu in trace.avant])
            journaliser(base, self._lignes_du_journal(trace))
        self._garder_le_seuil(groupes)
        self.traces = [*self.traces[1 - GESTES_ANNULABLES :], trace]

    @contextmanager
    def _geste(self, identifiant: str) -> Iterator[tuple[Base, GroupeRelu, Trace]]:
        """Un geste sur un seul groupe.

        Lève ``GesteRefuse`` si le groupe n'existe pas (la page date d'une autre séance) ou si le carnet en a noté une autre version.
        """
        groupe = self._par_identifiant.get(identifiant)
        if groupe is None:
            raise GesteRefuse("Cette réponse n'est plus dans la séance : rechargez la page.")
        with self.geste([groupe]) as (base, (relu,), trace):
            if not relu.etats:
                raise GesteRefuse(
                    "La classe a été recorrigée et cette réponse ou son barème a changé : relancez « grc relire »."
                )
            yield base, relu, trace

    def relire(self, base: Base, groupes: Sequence[Groupe]) -> list[GroupeRelu]:
        """Ces groupes, d'une même question, tels qu'ils sont au carnet et dans les décisions."""
        if not groupes:
            return []
        question = groupes[0].question
        etats = lire_les_etats(base, self.devoir.nom, question).get(question, {})
        return [self._relu(groupe, etats) for groupe in groupes]

    def renoter(self, base: Base, avant: Sequence[GroupeRelu]) -> None:
        """Écrit au carnet ce que les décisions donnent maintenant à ces groupes, pris tels qu'ils étaient avant d'en décider."""
        for relu in avant:
            apres = replace(relu, devoir=self.devoir)
            renoter(base, relu.etats, apres.autos, relu.maximum, relu.suivies)

    def enregistrer(self, prises: Sequence[Prise], question: str) -> None:
        """Écrit ce que l'on décide de plusieurs réponses d'une question."""
        if not prises:
            return
        decisions = enregistrer_ensemble(self.fichier_des_decisions, question, prises)
        self.devoir = replace(self.devoir, decisions=decisions)
        self._date_des_decisions = self._date()

    def recalage(self, question: str) -> Recalage:
        """Ce que les décisions prises sur la classe disent de la certitude de la machine à cette question."""
        bareme = self.devoir.bareme_redige(question)
        return recaler(
            decidee(proposee, bareme, self.devoir.decisions.pour(question, groupe.texte))
            for groupe in self.groupes[question]
            if (proposee := groupe.correction.proposees[question].evaluation)
        )

    def _garder_le_seuil(self, groupes: Sequence[Groupe]) -> None:
        """Le seuil de la question relue, pour la prochaine correction ; la séance ouverte garde le sien : rien n'y change sous les yeux."""
        for question in {groupe.question for groupe in groupes}:
            if self.devoir.bareme[question].redigee:
                fichier = fichier_des_seuils(self.cours.decisions, self.devoir.nom)
                garder_le_seuil(fichier, question, self.recalage(question).seuil)

    def _relire(self, base: Base, groupe: Groupe) -> GroupeRelu:
        return self.relire(base, [groupe])[0]

    def _relu(self, groupe: Groupe, etats: dict[str, EtatAuCarnet]) -> GroupeRelu:
        """Le groupe, avec les seules copies dont le carnet a noté la réponse montrée, d'après le même barème."""
        siens = {
            stagiaire: etats[stagiaire]
            for stagiaire, correction in groupe.copies.items()
            if stagiaire in etats
            and etats[stagiaire].empreinte == correction.empreinte(groupe.question)
        }
        return GroupeRelu(groupe, self.devoir, siens)

    def _decider(self, base: Base, relu: GroupeRelu, elements: dict[str, Decision]) -> GroupeRelu:
        self.enregistrer([relu.prise(elements)], relu.groupe.question)
        retenir_qui_l_a_tapee(base, relu.etats.values(), tapee=False)
        decide = replace(relu, devoir=self.devoir)
        return self._noter(base, decide, decide.calculee, relue=False)

    def _noter(self, base: Base, relu: GroupeRelu, points: float | None, relue: bool) -> GroupeRelu:
        noter(base, relu.etats, relu.autos, relu.maximum, points, relue)
        return self._relire(base, relu.groupe)

    def _lignes_du_journal(self, trace: Trace) -> list[NoteJournalisee]:
        return [
            NoteJournalisee(
                self.devoir.nom,
                stagiaire,
                relu.groupe.question,
                etat.automatique,
                etat.a_relire,
                etat.manuelle,
                trace.titre,
                etat.empreinte,
            )
            for relu in trace.apres
            for stagiaire, etat in relu.etats.items()
        ]

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
