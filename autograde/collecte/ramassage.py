"""Ramasser : de la source donnée par le formateur aux copies rangées, une à la fois, en mémoire constante."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograde.collecte.archives import Fichier, chemins_de_surface, parcourir
from autograde.collecte.liste import ListeDeClasse
from autograde.collecte.noms import colle
from autograde.collecte.precisions import DEVOIR, STAGIAIRE, Attente, Precisions, repere
from autograde.collecte.rangement import Rangeur, empreinte
from autograde.collecte.reconnaissance import (
    Devoirs,
    Reconnu,
    est_un_notebook,
    homonymes,
    participant,
    reconnaitre_le_stagiaire,
)
from autograde.collecte.registre import Ligne, Registre
from autograde.collecte.stagiaire import Stagiaire, nom_de_dossier
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.notebook import lire_notebook

PAS_UN_NOTEBOOK = "ce n'est pas un notebook."


@dataclass(frozen=True)
class Ecarte:
    """Un fichier qui n'est pas une copie, ou qui n'a pas pu être lu ; ``stagiaire`` si l'on sait de qui il vient."""

    chemin: str
    motif: str
    stagiaire: Stagiaire | None = None


@dataclass
class Bilan:
    """Ce qu'un ramassage a fait. ``rangees`` : (stagiaire, devoir) vers les remarques, une entrée par copie de la source."""

    liste: ListeDeClasse
    rangees: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    nouvelles: int = 0
    deja_la: int = 0
    ignorees: int = 0
    ecartes: list[Ecarte] = field(default_factory=list)
    a_preciser: list[Attente] = field(default_factory=list)

    @property
    def devoirs(self) -> list[str]:
        return sorted({devoir for _, devoir in self.rangees})


# Pose la question d'une copie (la ligne à compléter, le fichier mis de côté) ; faux si le formateur la laisse pour plus tard.
Demander = Callable[[Attente, Path | None], bool]


class Ramassage:
    """Un ramassage dans un cours. ``devoir`` : celui qu'on attend ; vide, chaque copie va au sien."""

    def __init__(self, cours: Cours, devoir: str, liste: ListeDeClasse):
        self.cours, self.devoir, self.liste = cours, devoir, liste
        self.devoirs = Devoirs(cours)
        if devoir and devoir not in self.devoirs.noms:
            raise ErreurFormateur(
                f"Le devoir « {devoir} » n'existe pas. Devoirs connus : {', '.join(self.devoirs.noms)}."
            )
        self.registre = Registre(cours)
        self.precisions = Precisions(cours.ramassage)
        self.rangeur = Rangeur(cours, self.devoirs, self.registre)
        self.bilan = Bilan(liste)
        self.homonymes: set[str] = set()
        self._decides: set[str] = (
            set()
        )  # les repères déjà traités cette fois, d'après ce que le formateur a écrit

    def ramasser(self, source: Path, demander: Demander | None = None) -> Bilan:
        """Range tout ce qui se reconnaît et met de côté le reste ; ``demander`` pose les questions qui restent, s'il y a quelqu'un."""
        try:
            self._relire_les_precisions()
            self.homonymes = homonymes(chemins_de_surface(source))
            for fichier in parcourir(source):
                self._traiter(fichier)
            if demander:
                self._poser_les_questions(demander)
        finally:
            self.precisions.enregistrer()
        self.bilan.a_preciser = self.precisions.attentes
        return self.bilan

    def _relire_les_precisions(self) -> None:
        """Range les copies mises de côté dont la ligne a été complétée depuis."""
        for attente in self.precisions.attentes:
            self._appliquer_a_la_copie(attente)

    def _poser_les_questions(self, demander: Demander) -> None:
        for attente in self.precisions.attentes:
            copie = self.precisions.copie(attente)
            while demander(attente, copie):
                if self._appliquer_a_la_copie(attente):
                    break
            self.precisions.enregistrer()

    def _appliquer_a_la_copie(self, attente: Attente) -> bool:
        copie = self.precisions.copie(attente)
        assert copie  # les attentes sont celles dont la copie est là
        return self._appliquer(
            attente, copie.read_bytes(), datetime.fromtimestamp(copie.stat().st_mtime)
        )

    def _traiter(self, fichier: Fichier) -> None:
        if fichier.refus or not est_un_notebook(fichier.chemin, fichier.contenu):
            self._ecarter(fichier)
            return
        nom = repere(fichier.chemin, fichier.contenu)
        connue = self.precisions[nom]
        if nom in self._decides or (
            connue and self._appliquer(connue, fichier.contenu, fichier.date)
        ):
            return
        notebook = lire_notebook(fichier.contenu)[0]
        reconnu = reconnaitre_le_stagiaire(fichier.chemin, notebook, self.liste, self.devoirs.noms)
        devoir = self.devoirs.reconnaitre(notebook, fichier.chemin)
        manque, pourquoi = self._ce_qui_manque(fichier.chemin, reconnu, devoir)
        if not manque:
            assert reconnu.stagiaire  # sinon il manquerait
            self._ranger(
                reconnu.stagiaire,
                self.devoir or devoir,
                fichier.contenu,
                fichier.chemin,
                fichier.date,
                reconnu.par,
            )
            if connue:
                self.precisions.terminer(connue)
        elif not (
            connue and connue.completee
        ):  # ce que le formateur a écrit, même faux, reste sous ses yeux
            ecrit = connue or Attente(nom, fichier.chemin, manque, pourquoi)
            attente = Attente(
                nom,
                fichier.chemin,
                manque,
                pourquoi,
                possibles=", ".join(
                    f"{un.identifiant} ({un.nom_complet})" for un in reconnu.candidats
                ),
                stagiaire=reconnu.stagiaire.identifiant
                if reconnu.stagiaire and STAGIAIRE not in manque
                else ecrit.stagiaire,
                devoir=ecrit.devoir if DEVOIR in manque else self.devoir or devoir,
            )
            self.precisions.attendre(attente, fichier.contenu, fichier.date)

    def _ce_qui_manque(
        self, chemin: str, reconnu: Reconnu, devoir: str
    ) -> tuple[tuple[str, ...], str]:
        manque, pourquoi = [], []
        vise = self.devoir or devoir
        if reconnu.stagiaire is None:
            manque.append(STAGIAIRE)
            pourquoi.append(reconnu.motif)
        elif colle(
            reconnu.moodle
        ) in self.homonymes and reconnu.stagiaire.participant != participant(chemin):
            manque.append(STAGIAIRE)
            pourquoi.append(
                f"deux comptes Moodle portent le nom de {reconnu.stagiaire.nom_complet}"
            )
        if not vise:
            manque.append(DEVOIR)
            pourquoi.append("rien n'y dit de quel devoir elle est")
        elif devoir and devoir != vise:
            manque.append(DEVOIR)
            pourquoi.append(f"c'est une copie de {devoir}, pas de {vise}")
        return tuple(manque), " ; ".join(pourquoi)

    def _appliquer(self, attente: Attente, contenu: bytes, date: datetime | None) -> bool:
        """Range une copie d'après ce que le formateur a écrit ; faux s'il n'a rien écrit, ou si cela ne désigne personne."""
        if not attente.completee:
            return False
        if attente.ignoree:
            self.bilan.ignorees += 1
            self._terminer(attente)
            return True
        stagiaire = self._designe(attente.stagiaire)
        if stagiaire is None or attente.devoir not in self.devoirs.noms:
            inconnu = attente.stagiaire if stagiaire is None else attente.devoir
            attente.pourquoi = f"« {inconnu} » n'est pas {'dans la liste de classe' if stagiaire is None else 'un devoir connu'}"
            return False
        self._ranger(stagiaire, attente.devoir, contenu, attente.fichier, date, "vous")
        self._terminer(attente)
        return True

    def _terminer(self, attente: Attente) -> None:
        self.precisions.terminer(attente)
        self._decides.add(attente.repere)

    def _designe(self, texte: str) -> Stagiaire | None:
        """Le stagiaire que le formateur a écrit : son identifiant, ou son nom s'il ne désigne que lui."""
        if not self.liste.stagiaires:
            return Stagiaire(nom_de_dossier(texte))
        nommes = [connu] if (connu := self.liste.d_identifiant(texte)) else self.liste.nommes(texte)
        return nommes[0] if len(nommes) == 1 else None

    def _ranger(
        self,
        stagiaire: Stagiaire,
        devoir: str,
        contenu: bytes,
        chemin: str,
        date: datetime | None,
        par: str,
    ) -> None:
        fait = self.rangeur.ranger(stagiaire.identifiant, devoir, contenu, chemin, date)
        copie = empreinte(contenu)
        if not self.registre.origine(stagiaire.identifiant, devoir, copie):
            quand = datetime.now().isoformat(" ", "seconds")
            self.registre.ajouter(
                Ligne(quand, stagiaire.identifiant, devoir, chemin, par, participant(chemin), copie)
            )
        self.bilan.nouvelles += fait.nouvelle
        self.bilan.deja_la += not fait.nouvelle
        self.bilan.rangees[stagiaire.identifiant, devoir] = [fait.doute] if fait.doute else []

    def _ecarter(self, fichier: Fichier) -> None:
        stagiaire = reconnaitre_le_stagiaire(
            fichier.chemin, None, self.liste, self.devoirs.noms
        ).stagiaire
        self.bilan.ecartes.append(
            Ecarte(fichier.chemin, fichier.refus or PAS_UN_NOTEBOOK, stagiaire)
        )
