"""Trouver et lire les fichiers remis. Le fichier d'origine n'est jamais modifié."""

from dataclasses import dataclass, field
from pathlib import Path

from autograde.cours.dossiers import Cours
from autograde.fichiers.notebook import lire_fichier

LIEN = "un lien vers un autre endroit ne se suit pas : copiez le fichier lui-même dans ce dossier."


@dataclass(frozen=True)
class CopieRemise:
    """Le fichier d'un stagiaire pour un devoir : son contenu, ou le ``motif`` qui empêche de le lire.

    ``remarques`` : son nom, ses autres versions ; ``reparations`` : ce qu'il a fallu réparer pour le lire.
    """

    stagiaire: str
    fichier: Path | None
    notebook: dict | None = None
    motif: str = ""
    remarques: list[str] = field(default_factory=list)
    reparations: list[str] = field(default_factory=list)


def dossiers_remis(cours: Cours, devoir: str) -> list[Path]:
    """Le dossier de chaque copie du devoir, ``submitted/<stagiaire>/<devoir>``, par ordre alphabétique des stagiaires."""
    return sorted(dossier for dossier in cours.remises.glob(f"*/{devoir}") if dossier.is_dir())


def fichiers_remis(dossier: Path) -> list[Path]:
    """Les notebooks d'un dossier de remise, quel que soit leur nom. Un lien vers un autre fichier n'est pas une copie rendue."""
    return [
        f
        for f in dossier.rglob("*")
        if f.is_file()
        and not f.is_symlink()
        and ".ipynb" in f.name.lower()
        and ".ipynb_checkpoints" not in f.parts
    ]


def lire_copie(stagiaire: str, dossier: Path, devoir: str) -> CopieRemise:
    """Lit la copie rangée dans un dossier, quel que soit le nom du fichier. Ne lève jamais d'erreur."""
    if any(chemin.is_symlink() for chemin in (dossier, dossier.parent)):
        return CopieRemise(stagiaire, None, motif=LIEN)
    fichiers = fichiers_remis(dossier)
    if not fichiers:
        liens = any(chemin.is_symlink() for chemin in dossier.iterdir())
        motif = LIEN if liens else "aucun notebook dans le dossier."
        return CopieRemise(stagiaire, None, motif=motif)
    fichier = max(
        fichiers, key=lambda f: (f.name == f"{devoir}.ipynb", f.stat().st_mtime_ns, f.name)
    )
    remarques = [] if fichier.name == f"{devoir}.ipynb" else [f"fichier nommé « {fichier.name} »."]
    if len(fichiers) > 1:
        remarques.append(
            f"{len(fichiers)} fichiers remis ; « {fichier.name} » est corrigé, les autres sont gardés."
        )
    notebook, motif, reparations = lire_fichier(fichier)
    return CopieRemise(stagiaire, fichier, notebook, motif, remarques, reparations)
