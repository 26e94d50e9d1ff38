"""Ramasser : de la source donnée par le formateur aux copies rangées, une à la fois, en mémoire constante."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograde.collecte.archives import Fichier, chemins_de_surface, parcourir
from autograde.collecte.bornes import envoi
from autograde.collecte.devoirs import Devoirs
from autograde.collecte.liste_de_classe.liste import ListeDeClasse
from autograde.collecte.liste_de_classe.noms import colle, mots
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire, nom_de_dossier
from autograde.collecte.precisions import DEVOIR, STAGIAIRE, Attente, Precisions, repere
from autograde.collecte.rangement import Rangeur, empreinte
from autograde.collecte.reconnaissance import (
    Reconnu,
    est_un_notebook,
    homonymes,
    participant,
    reconnaitre_le_stagiaire,
)
from autograde.collecte.registre import Ligne, Registre
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.nature import nature_du_nom
from autograde.fichiers.notebook import lire_notebook

PAS_UN_NOTEBOOK = "ce n'est pas un notebook."


@dataclass(frozen=True)
class Ecarte:
    """Un fichier laissé de côté ; ``stagiaire`` si l'on sait de qui il vient. ``autre_chose`` : ce n'est pas un cahier, et s'il est
    joint à une copie il ne fait que du bruit ; faux si c'en est peut-être un, qui n'a pas pu être lu."""

    chemin: str
    motif: str
    stagiaire: Stagiaire | None = None
    autre_chose: bool = False


@dataclass
class Bilan:
    """Ce qu'un ramassage a fait. ``rangees`` : (stagiaire, devoir) vers les remarques, une entrée par copie de la source ;
    ``autres_devoirs`` : par devoir, de qui sont les copies rendues en plus de celle qu'on attendait (elles ne sont pas rangées)."""

    liste: ListeDeClasse
    rangees: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    nouvelles: int = 0
    deja_la: int = 0
    ignorees: int = 0
    pages: int = (
        0  # les cahiers du cours sans réponse, ou qui ne se notent pas, rendus avec une copie
    )
    autres_devoirs: dict[str, list[str]] = field(default_factory=dict)
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
        # Les repères déjà traités cette fois, d'après ce que le formateur a écrit.
        self._decides: set[str] = set()
        self._envois_ranges: set[str] = set()
        self._cours_entiers: set[str] = set()  # les envois où se trouvent aussi les leçons
        self._remis_a_la_fin: set[str] = set()  # des chemins

    def ramasser(self, source: Path, demander: Demander | None = None) -> Bilan:
        """Range tout ce qui se reconnaît et met de côté le reste ; ``demander`` pose les questions qui restent, s'il y a quelqu'un."""
        try:
            self._relire_les_precisions()
            self.homonymes = homonymes(chemins_de_surface(source))
            for fichier in parcourir(source):
                self._traiter(fichier)
            self._traiter_la_fin(source)
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
        date = datetime.fromtimestamp(copie.stat().st_mtime)
        return self._appliquer(attente, Fichier(attente.fichier, date, copie.read_bytes()))

    def _traiter_la_fin(self, source: Path) -> None:
        """Relit les cahiers qui ne pouvaient se juger qu'une fois tout l'envoi connu : on n'en garde pas le contenu entre-temps."""
        if self._remis_a_la_fin:
            for fichier in parcourir(source):
                if fichier.chemin in self._remis_a_la_fin:
                    self._traiter(fichier, a_la_fin=True)

    def _traiter(self, fichier: Fichier, a_la_fin: bool = False) -> None:
        if motif := fichier.refus or _pas_un_cahier(fichier):
            self._ecarter(fichier, motif)
            return
        nom = repere(fichier.chemin, fichier.contenu)
        connue = self.precisions[nom]
        if nom in self._decides or (connue and self._appliquer(connue, fichier)):
            return
        notebook = lire_notebook(fichier.contenu)[0]
        devoir = self.devoirs.reconnaitre(notebook, fichier.chemin)
        reconnu = reconnaitre_le_stagiaire(fichier.chemin, notebook, self.liste, self.devoirs.noms)
        if notebook and self._en_plus(fichier.chemin, notebook, devoir, reconnu, a_la_fin):
            return
        manque, pourquoi = self._ce_qui_manque(fichier.chemin, reconnu, devoir)
        if not manque:
            assert reconnu.stagiaire  # sinon il manquerait
            self._ranger(reconnu.stagiaire, self.devoir or devoir, fichier, reconnu.par)
            for autre in reconnu.avec:
                self._ranger(autre, self.devoir or devoir, fichier, "la copie", seul=False)
            if connue:
                self.precisions.terminer(connue)
        elif not (connue and connue.completee):
            # Ce que le formateur a écrit, même faux, reste sous ses yeux.
            ecrit = connue or Attente(nom, fichier.chemin, manque, pourquoi)
            attente = self._question(ecrit, manque, pourquoi, reconnu, devoir)
            self.precisions.attendre(attente, fichier.contenu, fichier.date)

    def _question(
        self,
        ecrit: Attente,
        manque: tuple[str, ...],
        pourquoi: str,
        reconnu: Reconnu,
        devoir: str,
    ) -> Attente:
        connu = reconnu.stagiaire if STAGIAIRE not in manque else None
        return Attente(
            ecrit.repere,
            ecrit.fichier,
            manque,
            pourquoi,
            possibles=", ".join(f"{un.identifiant} ({un.nom_complet})" for un in reconnu.candidats),
            stagiaire=connu.identifiant if connu else ecrit.stagiaire,
            devoir=ecrit.devoir if DEVOIR in manque else self.devoir or devoir,
        )

    def _en_plus(
        self, chemin: str, notebook: dict, devoir: str, reconnu: Reconnu, a_la_fin: bool
    ) -> bool:
        """Vrai pour un cahier rendu avec la copie attendue, dans un cours entier par exemple, ou qui ne se juge qu'à la fin de l'envoi."""
        if not devoir:
            page = self.devoirs.est_une_page_du_cours(notebook)
            if page:
                self.bilan.pages += 1
                self._cours_entiers.add(envoi(chemin))
            return page
        vide = not self.devoirs.nombre_de_reponses(notebook, devoir)
        if devoir == self.devoir or not (self.devoir or vide):
            return False
        if not a_la_fin:
            self._remis_a_la_fin.add(chemin)
            return True
        stagiaire, de = reconnu.stagiaire, envoi(chemin)
        attendue = stagiaire and (stagiaire.identifiant, self.devoir) in self.bilan.rangees
        if self.devoir and not (attendue or de in self._envois_ranges):
            return False
        if not self.devoir and not (de in self._envois_ranges and de in self._cours_entiers):
            return False
        if vide:
            self.bilan.pages += 1
        else:
            qui = stagiaire.nom_complet if stagiaire else chemin
            self.bilan.autres_devoirs.setdefault(devoir, []).append(qui)
        return True

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

    def _appliquer(self, attente: Attente, fichier: Fichier) -> bool:
        """Range une copie d'après ce que le formateur a écrit ; faux s'il n'a rien écrit, ou si cela ne désigne personne."""
        if not attente.completee:
            return False
        if attente.ignoree:
            self.bilan.ignorees += 1
            self._terminer(attente)
            return True
        stagiaires = self._designes(attente.stagiaire)
        if not stagiaires:
            attente.pourquoi = f"« {attente.stagiaire} » n'est pas dans la liste de classe"
            return False
        if attente.devoir not in self.devoirs.noms:
            attente.pourquoi = f"« {attente.devoir} » n'est pas un devoir connu"
            return False
        for stagiaire in stagiaires:
            deposant = len(stagiaires) == 1 or stagiaire == self._deposant(fichier.chemin)
            self._ranger(stagiaire, attente.devoir, fichier, "vous", seul=deposant)
        self._terminer(attente)
        return True

    def _terminer(self, attente: Attente) -> None:
        self.precisions.terminer(attente)
        self._decides.add(attente.repere)

    def _designes(self, texte: str) -> list[Stagiaire]:
        """Ceux que le formateur a écrits : un identifiant ou un nom, ou plusieurs séparés par des virgules, pour un travail à plusieurs."""
        noms = [nom for nom in re.split(r"[,;]", texte) if nom.strip()]
        trouves = [stagiaire for nom in noms if (stagiaire := self._designe(nom))]
        if len(trouves) == len(noms):
            return list(dict.fromkeys(trouves))
        entier = self._designe(texte)  # « Martin, Hugo » : une seule personne, et rien de plus
        if entier and set(mots(texte)) <= set(mots(f"{entier.nom_complet} {entier.identifiant}")):
            return [entier]
        return []

    def _deposant(self, chemin: str) -> Stagiaire | None:
        """Celui que le chemin d'un fichier désigne, sans regarder ce qu'il contient."""
        return reconnaitre_le_stagiaire(chemin, None, self.liste, self.devoirs.noms).stagiaire

    def _designe(self, texte: str) -> Stagiaire | None:
        """Le stagiaire dont c'est l'identifiant, ou le nom s'il ne désigne que lui."""
        texte = texte.strip()
        if not self.liste.stagiaires:
            return None if re.search("[,;]", texte) else Stagiaire(nom_de_dossier(texte))
        nommes = [connu] if (connu := self.liste.d_identifiant(texte)) else self.liste.nommes(texte)
        return nommes[0] if len(nommes) == 1 else None

    def _ranger(
        self, stagiaire: Stagiaire, devoir: str, fichier: Fichier, par: str, seul: bool = True
    ) -> None:
        """``seul`` : faux d'un travail à plusieurs, où le numéro de Moodle n'est que celui de la personne qui l'a déposé."""
        identifiant = stagiaire.identifiant
        fait = self.rangeur.ranger(identifiant, fichier, devoir, par)
        copie = empreinte(fichier.contenu)
        if not self.registre.ligne(identifiant, devoir, copie):
            quand = datetime.now().isoformat(" ", "seconds")
            numero = participant(fichier.chemin) if seul else ""
            self.registre.ajouter(
                Ligne(quand, identifiant, devoir, fichier.chemin, par, numero, copie)
            )
        self.bilan.nouvelles += fait.nouvelle
        self.bilan.deja_la += not fait.nouvelle
        self.bilan.rangees[identifiant, devoir] = list(fait.doutes)
        self._envois_ranges.add(envoi(fichier.chemin))

    def _ecarter(self, fichier: Fichier, motif: str) -> None:
        stagiaire = self._deposant(fichier.chemin)
        self.bilan.ecartes.append(
            Ecarte(fichier.chemin, motif, stagiaire, autre_chose=not fichier.refus)
        )


def _pas_un_cahier(fichier: Fichier) -> str:
    """Ce qu'est le fichier, s'il ne peut pas être une copie : un raccourci vers elle, une page imprimée, autre chose ; rien sinon."""
    if nature := nature_du_nom(fichier.nom):
        return "" if est_un_notebook("", fichier.contenu) else nature
    return "" if est_un_notebook(fichier.chemin, fichier.contenu) else PAS_UN_NOTEBOOK
