"""Choisir, de plusieurs versions d'une même copie, celle qui se corrige, et dire tout ce qui rend ce choix douteux.

On écarte d'abord, l'une après l'autre, les versions plus faibles que les autres ; de celles qui restent, la plus récente l'emporte. Si une
version écartée était plus récente, ou si les preuves se contredisent, le formateur le lit : rien ne l'emporte en silence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from autograde.copie.recu import Recu

VERSIONS = "versions"  # le dossier des versions gardées, à côté de celle qui se corrige
# Une archive de Moodle date souvent tous ses fichiers du moment où on la télécharge : un si petit écart ne dit rien.
ECART_QUI_COMPTE = timedelta(minutes=10)
# Un reçu précède de peu le fichier qui le porte. Plus loin, c'est l'horloge d'un PC dont la pile est morte.
RECU_AU_PLUS_TOT, RECU_AU_PLUS_TARD = timedelta(days=366), timedelta(days=30)


@dataclass(frozen=True)
class Version:
    """Une version d'une copie, et les preuves qu'elle porte.

    ``date`` : celle du fichier ; ``qualite`` : 2 si c'est bien ce devoir, 1 si elle se lit, 0 sinon ; ``reponses`` : combien de questions
    ont une réponse ; ``officielle`` : vrai si Moodle, nbgrader ou le formateur ont dit de qui elle est, faux si c'est un nom tapé ;
    ``rendue``, ``code``, ``recu`` : la date, le code et l'état de son reçu ; ``fichiers`` : où elle est déjà rangée.
    """

    contenu: bytes = field(repr=False)
    nom: str
    date: datetime
    numero: int = 0
    qualite: int = 2
    reponses: int = 0
    officielle: bool = True
    rendue: datetime | None = None
    code: str = ""
    recu: Recu = Recu.ABSENT
    fichiers: tuple[Path, ...] = ()

    @property
    def de_secours(self) -> bool:
        """Une copie que Jupyter garde pour lui (« checkpoint »), plus ancienne que le cahier enregistré."""
        return "-checkpoint" in self.nom.lower()

    @property
    def recu_croyable(self) -> bool:
        """Le reçu a une date, et l'horloge qui l'a écrite ne se contredit pas avec la date du fichier."""
        if self.rendue is None:
            return False
        return -RECU_AU_PLUS_TARD <= self.date - self.rendue <= RECU_AU_PLUS_TOT


@dataclass(frozen=True)
class Choix:
    """La version qui se corrige, et ce que le formateur doit savoir de ce choix (rien le plus souvent)."""

    version: Version
    doutes: tuple[str, ...] = ()


# Ce qui fait écarter une version quand d'autres valent mieux, du plus fort au plus faible, et comment le dire.
_FAIBLESSES: tuple[tuple[Callable[[Version], float], Callable[[Version], str]], ...] = (
    (lambda v: v.qualite, lambda v: "n'est pas ce devoir" if v.qualite else "est illisible"),
    (lambda v: v.reponses > 0, lambda v: "ne contient aucune réponse"),
    (lambda v: not v.de_secours, lambda v: "est une copie de secours de Jupyter"),
    (lambda v: v.officielle, lambda v: "n'est attribué que par un nom tapé"),
)


def choisir(versions: list[Version]) -> Choix:
    """La version à corriger parmi une ou plusieurs.

    >>> lundi, mardi = datetime(2026, 11, 23), datetime(2026, 11, 24)
    >>> faite, vierge = Version(b"", "tp.ipynb", lundi, reponses=18), Version(b"", "tp (1).ipynb", mardi)
    >>> choix = choisir([faite, vierge])
    >>> choix.version.nom, choix.doutes
    ('tp.ipynb', ('le dernier fichier remis, « tp (1).ipynb », ne contient aucune réponse ; « tp.ipynb » sera corrigé.',))
    """
    restantes, ecartees = versions, []
    for valeur, dire in _FAIBLESSES:
        meilleure = max(map(valeur, restantes))
        ecartees += [(une, dire(une)) for une in restantes if valeur(une) < meilleure]
        restantes = [une for une in restantes if valeur(une) == meilleure]
    choisie, hesitation = _la_plus_recente(restantes)
    doutes = [*_ecartee_plus_recente(choisie, versions, ecartees)]
    doutes += [hesitation] if hesitation else []
    doutes += _moins_remplie(choisie, restantes) + list(_meme_recu(choisie, restantes))
    return Choix(choisie, tuple(doutes))


def _ecartee_plus_recente(
    choisie: Version, versions: list[Version], ecartees: list[tuple[Version, str]]
) -> Iterator[str]:
    derniere = _la_plus_recente(versions)[0]
    for une, defaut in ecartees:
        if une is derniere:
            sinon = (
                f" (si c'est l'autre, échangez-les : dossier {VERSIONS})" if une.reponses else ""
            )
            yield f"le dernier fichier remis, « {une.nom} », {defaut} ; « {choisie.nom} » sera corrigé{sinon}."


def _la_plus_recente(versions: list[Version]) -> tuple[Version, str]:
    """La dernière rendue, et l'hésitation s'il y en a une. Les dates des reçus font foi ; à défaut celles des fichiers, et le numéro
    « (1) » du navigateur quand elles sont trop proches."""
    par_recu = all(version.rendue for version in versions)
    if par_recu and all(version.recu_croyable for version in versions):
        choisie = max(versions, key=lambda v: (v.rendue, v.numero, v.recu is Recu.CONFORME))
        return choisie, _dates_contraires(choisie, versions)
    recente = max(version.date for version in versions)
    proches = [v for v in versions if recente - v.date < ECART_QUI_COMPTE]
    numero = max(version.numero for version in proches)
    finales = [version for version in proches if version.numero == numero]
    choisie = max(finales, key=lambda v: (v.reponses, v.rendue or datetime.min, v.date))
    if par_recu and len(versions) > 1:
        return choisie, (
            f"les reçus ne s'accordent pas avec les dates des fichiers (l'horloge d'un PC ?) : « {choisie.nom} », "
            f"du {_le(choisie.date)}, sera corrigé."
        )
    if len(finales) == 1:
        return choisie, ""
    noms = ", ".join(f"« {version.nom} »" for version in finales)
    return choisie, (
        f"dates trop proches pour savoir laquelle est la dernière : {noms}. « {choisie.nom} » sera corrigée ; "
        f"si c'est une autre, échangez-les (dossier {VERSIONS})."
    )


def _dates_contraires(choisie: Version, versions: list[Version]) -> str:
    """Le dernier reçu n'est pas sur le dernier fichier : l'un des deux se trompe de date."""
    dernier = max(versions, key=lambda version: version.date)
    if dernier.date - choisie.date < ECART_QUI_COMPTE:
        return ""
    return (
        f"« {dernier.nom} » a été remis le {_le(dernier.date)}, mais le reçu de « {choisie.nom} » est plus récent : "
        f"« {choisie.nom} » sera corrigé ; si c'est l'autre, échangez-les (dossier {VERSIONS})."
    )


def _moins_remplie(choisie: Version, versions: list[Version]) -> list[str]:
    pleine = max(versions, key=lambda version: version.reponses)
    if pleine.reponses <= choisie.reponses:
        return []
    return [
        f"« {choisie.nom} », plus récent, a {choisie.reponses} réponse{'s' * (choisie.reponses > 1)} ; « {pleine.nom} » en a "
        f"{pleine.reponses} (dossier {VERSIONS})."
    ]


def _meme_recu(choisie: Version, versions: list[Version]) -> Iterator[str]:
    """Deux fichiers du même reçu n'ont les mêmes réponses que si aucun n'a changé depuis la remise."""
    jumelles = [v for v in versions if choisie.code and v.code == choisie.code]
    if len({version.recu for version in jumelles}) > 1:
        noms = ", ".join(
            f"« {une.nom} » ({une.recu})" for une in sorted(jumelles, key=lambda v: v.nom)
        )
        yield f"même reçu {choisie.code} sur des fichiers différents : {noms} ; « {choisie.nom} » sera corrigé."


def _le(date: datetime) -> str:
    return f"{date:%d/%m/%Y à %H:%M}"
