"""Les noms qui ont changé sous un même identifiant : tant que le formateur n'a pas dit « c'est bien la même personne », rien n'est envoyé.

Le fichier ``ramassage/noms_changes.csv`` garde une ligne par changement ; la dernière colonne est à compléter par « oui » ou « non ».
"""

import csv
import io
from collections.abc import Collection
from dataclasses import astuple, replace

from autograde.collecte.liste_de_classe.encodage import texte_du_fichier
from autograde.collecte.liste_de_classe.liste import Changement, ListeDeClasse
from autograde.collecte.liste_de_classe.noms import colle
from autograde.cours.dossiers import Cours
from autograde.fichiers.tableur import ecrire_csv, sans_formule, texte_d_origine

_TITRES = ["stagiaire", "avant", "maintenant", "pourquoi", "même personne"]


class NomsChanges:
    """Les changements de noms d'une classe, et ce que le formateur en a dit."""

    def __init__(self, cours: Cours):
        self.fichier = cours.ramassage / "noms_changes.csv"
        self._reponses: dict[Changement, str] = {}
        if self.fichier.is_file():
            texte = texte_du_fichier(self.fichier.read_bytes())
            separateur = max(";,\t", key=texte.split("\n", 1)[0].count)
            for ligne in list(csv.reader(io.StringIO(texte, newline=""), delimiter=separateur))[1:]:
                if len(ligne) >= len(_TITRES):
                    *champs, reponse = map(texte_d_origine, ligne[: len(_TITRES)])
                    self._reponses[Changement(*champs)] = colle(reponse)

    def __bool__(self) -> bool:
        """Vrai s'il y a eu des changements, confirmés ou non."""
        return bool(self._reponses)

    def reponse(self, identifiant: str, maintenant: str) -> bool | None:
        """Ce que le formateur a dit de ce nom pour cet identifiant ; None s'il n'a rien dit."""
        dits = (
            reponse
            for changement, reponse in self._reponses.items()
            if changement.identifiant == identifiant
            and colle(changement.maintenant) == colle(maintenant)
        )
        dit = next(filter(None, dits), "")
        return dit.startswith("o") if dit else None

    def a_confirmer(self, liste: ListeDeClasse, stagiaires: Collection[str]) -> list[Changement]:
        """Les changements de ces stagiaires que le formateur n'a ni acceptés (« oui »), ni défaits dans la liste."""
        actuels = {
            un.identifiant: {colle(un.nom_complet), colle(un.avec_ses_cles)}
            for un in liste.stagiaires
            if un.identifiant in stagiaires
        }
        return [
            changement
            for changement, reponse in self._reponses.items()
            if colle(changement.maintenant) in actuels.get(changement.identifiant, ())
            and not reponse.startswith("o")
        ]

    def ajouter(self, changement: Changement, accepte: bool = False) -> None:
        """Retient un changement, accepté ou à confirmer. Deux de suite n'en font qu'un ; un nom revenu n'en est plus un."""
        for autre, reponse in list(self._reponses.items()):
            if autre.identifiant == changement.identifiant and not reponse:
                del self._reponses[autre]
                changement = replace(changement, avant=autre.avant)
        if colle(changement.avant) != colle(changement.maintenant):
            self._reponses[changement] = "oui" if accepte else ""
        self._enregistrer()

    def repondre(self, changement: Changement, meme: bool) -> None:
        """Retient la réponse du formateur."""
        self._reponses[changement] = "oui" if meme else "non"
        self._enregistrer()

    def _enregistrer(self) -> None:
        """Réécrit le fichier. Lève ``ErreurFormateur`` s'il est ouvert ailleurs."""
        lignes = [
            [*map(sans_formule, astuple(changement)), reponse]
            for changement, reponse in self._reponses.items()
        ]
        ecrire_csv(self.fichier, [_TITRES, *lignes], separateur=";")
