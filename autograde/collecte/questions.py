"""Les questions posées au clavier pour les copies à préciser, quand il y a quelqu'un devant l'écran."""

from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from autograde.collecte.liste_de_classe import ListeDeClasse
from autograde.collecte.precisions import IGNORER, STAGIAIRE, Attente
from autograde.collecte.reconnaissance import lisible
from autograde.console import demander


class Questions:
    """Une question par copie ; s'arrête pour de bon dès que le formateur le demande."""

    def __init__(self, console: Console, liste: ListeDeClasse):
        self._console, self._liste, self._fini = console, liste, False

    def __call__(self, attente: Attente, copie: Path | None) -> bool:
        """Complète la ligne ; faux si le formateur la laisse pour plus tard."""
        for champ in attente.manque:
            setattr(attente, champ, "")
        if self._fini:
            return False
        texte = Text(f"{lisible(attente.fichier)}\n{attente.pourquoi}\nla copie : {copie}")
        self._console.print(Panel(texte, title="À préciser", title_align="left"))
        for champ in attente.manque:
            reponse = self._demander(attente, champ)
            setattr(attente, champ, reponse)
            if not reponse:
                return False
            if attente.ignoree:
                attente.stagiaire = attente.devoir = IGNORER
                return True
        return True

    def _demander(self, attente: Attente, champ: str) -> str:
        proposes = attente.possibles.split(", ") if champ == STAGIAIRE and attente.possibles else []
        possibles = [propose.split(" (")[0] for propose in proposes]
        for rang, possible in enumerate(possibles, start=1):
            connu = self._liste.d_identifiant(possible)
            self._console.print(
                f"  {rang}. {connu.nom_complet if connu else possible}",
                markup=False,
                highlight=False,
            )
        invite = "Numéro ou nom du stagiaire" if champ == STAGIAIRE else "Nom du devoir"
        reponse = demander(
            self._console, f"{invite} (Entrée : plus tard, {IGNORER}, q : arrêter) : "
        )
        if reponse is None or reponse == "q":
            self._fini = True
            return ""
        if reponse.isdecimal() and 1 <= int(reponse) <= len(possibles):
            return possibles[int(reponse) - 1]
        return reponse
