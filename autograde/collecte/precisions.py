"""Ce que le formateur doit préciser : une ligne par copie dans ``a_preciser.csv``, qu'il complète et que la commande relit.

La copie attend à côté, octet pour octet, sous le repère de sa ligne : on peut l'ouvrir pour voir de qui elle est. Une ligne complétée
reste dans le fichier : la question n'est plus jamais posée pour ce fichier-là.
"""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograde.collecte.liste_de_classe.encodage import texte_du_fichier
from autograde.collecte.liste_de_classe.stagiaire import nom_de_dossier
from autograde.collecte.rangement import empreinte
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.fichiers.tableur import sans_formule, texte_d_origine

IGNORER = "ignorer"
STAGIAIRE, DEVOIR = "stagiaire", "devoir"
_TITRES = [
    "repère",
    "fichier",
    "ce qui manque",
    "pourquoi",
    "stagiaires possibles",
    STAGIAIRE,
    DEVOIR,
]


@dataclass
class Attente:
    """Une copie à préciser. ``manque`` : ce qu'il faut compléter (« stagiaire », « devoir ») ; ``stagiaire`` et ``devoir`` : ce que
    l'on sait déjà, puis ce que le formateur écrit."""

    repere: str
    fichier: str
    manque: tuple[str, ...]
    pourquoi: str
    possibles: str = ""
    stagiaire: str = ""
    devoir: str = ""

    @property
    def completee(self) -> bool:
        return all(getattr(self, champ) for champ in self.manque)

    @property
    def ignoree(self) -> bool:
        return IGNORER in (self.stagiaire.casefold(), self.devoir.casefold())


def repere(chemin: str, contenu: bytes) -> str:
    """Le nom court d'un fichier de la source : le même contenu au même endroit a toujours le même.

    La lettre en tête empêche un tableur d'y voir un nombre.
    """
    return "r" + empreinte(chemin.encode(errors="replace") + b"\0" + contenu)[:10]


class Precisions:
    """Les copies à préciser d'un cours : le fichier ``a_preciser.csv`` et le dossier ``a_preciser/``, dans ``dossier``."""

    def __init__(self, dossier: Path):
        self.fichier = dossier / "a_preciser.csv"
        self._copies = dossier / "a_preciser"
        self._lignes: dict[str, Attente] = {}
        if self.fichier.is_file():
            texte = texte_du_fichier(self.fichier.read_bytes())
            separateur = max(";,\t", key=texte.split("\n", 1)[0].count)
            for ligne in csv.DictReader(io.StringIO(texte, newline=""), delimiter=separateur):
                nom, fichier, manque, *suite = (
                    texte_d_origine((ligne.get(titre) or "").strip()) for titre in _TITRES
                )
                if nom:
                    champs = tuple(champ for champ in (STAGIAIRE, DEVOIR) if champ in manque)
                    self._lignes[nom] = Attente(nom, fichier, champs or (STAGIAIRE, DEVOIR), *suite)

    def __getitem__(self, nom: str) -> Attente | None:
        return self._lignes.get(nom)

    @property
    def attentes(self) -> list[Attente]:
        """Ce qui attend encore le formateur, dans l'ordre des fichiers."""
        en_attente = [ligne for ligne in self._lignes.values() if self.copie(ligne)]
        return sorted(en_attente, key=lambda ligne: ligne.fichier)

    def attendre(self, attente: Attente, contenu: bytes, date: datetime | None) -> None:
        """Met une copie de côté, à sa date, jusqu'à ce que le formateur ait dit de qui ou de quoi elle est."""
        self._lignes[attente.repere] = attente
        nom = nom_de_dossier(PurePosixPath(attente.fichier).name)
        chemin = self._copies / f"{attente.repere}_{nom}"
        if not chemin.is_file():
            ecrire_en_entier(chemin, contenu, date)

    def copie(self, attente: Attente) -> Path | None:
        """Le fichier mis de côté ; rien s'il a été rangé, ou laissé."""
        return next(iter(self._copies.glob(f"{attente.repere}_*")), None)

    def terminer(self, attente: Attente) -> None:
        """La copie est rangée (ou ignorée à la demande du formateur) : sa ligne reste, elle n'attend plus."""
        self._lignes[attente.repere] = attente
        if copie := self.copie(attente):
            copie.unlink()

    def enregistrer(self) -> None:
        """Réécrit le fichier : ce qui attend d'abord. Rien n'est écrit s'il n'y a jamais rien eu à préciser."""
        if not self._lignes:
            return
        sortie = io.StringIO()
        ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
        ecrivain.writerow(_TITRES)
        for ligne in sorted(
            self._lignes.values(), key=lambda ligne: (self.copie(ligne) is None, ligne.fichier)
        ):
            champs = [
                ligne.repere,
                ligne.fichier,
                " et ".join(ligne.manque),
                ligne.pourquoi,
                ligne.possibles,
            ]
            ecrivain.writerow(
                [sans_formule(case) for case in [*champs, ligne.stagiaire, ligne.devoir]]
            )
        ecrire_en_entier(self.fichier, "\ufeff" + sortie.getvalue())
