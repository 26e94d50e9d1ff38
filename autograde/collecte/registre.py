"""Le registre du ramassage : une ligne par fichier rangé, pour savoir d'où vient chaque copie. On n'y ajoute que des lignes."""

import csv
from dataclasses import asdict, dataclass, fields

from autograde.cours.dossiers import Cours
from autograde.fichiers.ecriture import ecriture_impossible
from autograde.fichiers.tableur import sans_formule, texte_d_origine


@dataclass(frozen=True)
class Ligne:
    """``quand`` : l'heure du rangement ; ``par`` : ce qui a permis de reconnaître ; ``participant`` : le numéro de Moodle ; ``copie`` :
    l'empreinte SHA-256 du fichier rendu."""

    quand: str
    stagiaire: str
    devoir: str
    origine: str
    par: str
    participant: str
    copie: str


class Registre:
    """Le fichier ``registre.csv`` du ramassage d'un cours."""

    def __init__(self, cours: Cours):
        self._fichier = fichier = cours.ramassage / "registre.csv"
        self._lignes: dict[tuple[str, str, str], Ligne] = {}
        self._participants: dict[tuple[str, str], str] = {}
        if fichier.is_file():
            with fichier.open(encoding="utf-8-sig", newline="") as lu:
                for ligne in csv.DictReader(lu, delimiter=";"):
                    ecrits = (ligne.get(champ.name) or "" for champ in fields(Ligne))
                    self._retenir(Ligne(*map(texte_d_origine, ecrits)))

    def ajouter(self, ligne: Ligne) -> None:
        """Ajoute une ligne. Lève ``ErreurFormateur`` si le fichier ne s'écrit pas."""
        try:
            self._ecrire(ligne)
        except OSError as erreur:
            raise ecriture_impossible(self._fichier, erreur) from erreur
        self._retenir(ligne)

    def _ecrire(self, ligne: Ligne) -> None:
        neuf = not self._fichier.is_file()
        self._fichier.parent.mkdir(parents=True, exist_ok=True)
        with self._fichier.open(
            "a", encoding="utf-8-sig" if neuf else "utf-8", newline=""
        ) as sortie:
            ecrivain = csv.DictWriter(
                sortie, [champ.name for champ in fields(Ligne)], delimiter=";"
            )
            if neuf:
                ecrivain.writeheader()
            ecrivain.writerow(
                {champ: sans_formule(valeur) for champ, valeur in asdict(ligne).items()}
            )

    def _retenir(self, ligne: Ligne) -> None:
        self._lignes[ligne.stagiaire, ligne.devoir, ligne.copie] = ligne
        if ligne.participant.isascii() and ligne.participant.isdecimal():
            self._participants[ligne.stagiaire, ligne.devoir] = ligne.participant

    def ligne(self, stagiaire: str, devoir: str, copie: str) -> Ligne | None:
        """D'où vient un fichier rangé, et ce qui l'a fait reconnaître ; None si on ne l'a pas rangé nous-mêmes."""
        return self._lignes.get((stagiaire, devoir, copie))

    def attribuees(self, devoir: str) -> set[str]:
        """Les stagiaires à qui le formateur a lui-même attribué une copie de ce devoir."""
        return {
            ligne.stagiaire
            for ligne in self._lignes.values()
            if ligne.devoir == devoir and ligne.par == "vous"
        }

    def participants(self, devoir: str) -> dict[str, str]:
        """Le numéro de participant de chaque stagiaire : il est propre à un devoir de Moodle, et la dernière archive l'emporte."""
        return {
            stagiaire: numero
            for (stagiaire, nom), numero in self._participants.items()
            if nom == devoir
        }
