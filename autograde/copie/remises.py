"""Trouver et lire les fichiers remis. Le fichier d'origine n'est jamais modifié."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from autograde.copie.budget import Budget
from autograde.cours.dossiers import Cours
from autograde.fichiers.notebook import lire_fichier
from grc_helpers.francais.affichable import sur_une_ligne

NOM_MAXIMAL = 100  # signes ; au-delà, un nom de fichier qui en est fait ne s'écrit plus partout

LIEN = "ce n'est qu'un lien vers un fichier d'ailleurs : demandez la copie elle-même."


@dataclass(frozen=True)
class CopieRemise:
    """Le fichier d'un stagiaire pour un devoir : son contenu, ou le ``motif`` qui empêche de le lire.

    ``remarques`` : son nom, ses autres versions ; ``reparations`` : ce qu'il a fallu réparer pour le lire ; ``budget`` : le temps qui lui
    reste, depuis que l'on a commencé à la lire ; ``autres`` : les autres fichiers du dossier.
    """

    stagiaire: str
    fichier: Path | None
    notebook: dict | None = None
    motif: str = ""
    remarques: list[str] = field(default_factory=list)
    reparations: list[str] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget, compare=False)
    autres: list[Path] = field(default_factory=list)


def dossiers_remis(cours: Cours, devoir: str) -> list[Path]:
    """Le dossier de chaque copie du devoir, ``submitted/<stagiaire>/<devoir>``, par ordre alphabétique des stagiaires."""
    return sorted(dossier for dossier in cours.remises.glob(f"*/{devoir}") if dossier.is_dir())


def stagiaire_de(dossier: Path) -> str:
    """L'identifiant du stagiaire dont c'est le dossier de remise : le nom du dossier qui le contient.

    Un nom qui ne s'écrit pas partout (octets d'un autre système, signes invisibles, très long) y devient lisible ; six signes de son
    empreinte le suivent, pour que deux dossiers restent deux stagiaires.

    >>> stagiaire_de(Path("submitted/Léa/tp")), stagiaire_de(Path("submitted/L\\udce9a/tp"))
    ('Léa', 'Léa (2E43A0)')
    """
    nom = dossier.parent.name
    lisible = sur_une_ligne(nom)
    if lisible == nom and len(nom) <= NOM_MAXIMAL:
        return nom
    empreinte = hashlib.sha256(nom.encode("utf-8", "surrogatepass")).hexdigest()[:6].upper()
    return f"{lisible[:NOM_MAXIMAL].replace('?', '_')} ({empreinte})"


def fichiers_remis(dossier: Path) -> list[Path]:
    """Les notebooks d'un dossier de remise, quel que soit leur nom. Un lien, venu d'une archive, n'est la copie de personne."""
    remises = dossier.parents[1]
    vraies = remises.resolve()
    return [f for f in _notebooks(dossier) if f.resolve() == vraies / f.relative_to(remises)]


def _notebooks(dossier: Path) -> list[Path]:
    return [
        f
        for f in dossier.rglob("*")
        if ".ipynb" in f.name.lower() and ".ipynb_checkpoints" not in f.parts and _est_un_fichier(f)
    ]


def _est_un_fichier(chemin: Path) -> bool:
    """Faux aussi d'un chemin qui ne se laisse pas regarder."""
    try:
        return chemin.is_file()
    except OSError:
        return False


def lire_copie(stagiaire: str, dossier: Path, devoir: str) -> CopieRemise:
    """Lit la copie rangée dans un dossier, quel que soit le nom du fichier. Ne lève jamais d'erreur."""
    budget = Budget()
    fichiers = fichiers_remis(dossier)
    if not fichiers:
        motif = LIEN if _notebooks(dossier) else "aucun notebook dans le dossier."
        return CopieRemise(stagiaire, None, motif=motif)
    fichier = max(
        fichiers, key=lambda f: (f.name == f"{devoir}.ipynb", f.stat().st_mtime_ns, f.name)
    )
    nom = sur_une_ligne(fichier.name)
    remarques = [] if nom == f"{devoir}.ipynb" else [f"fichier nommé « {nom} »."]
    if stagiaire != dossier.parent.name:
        remarques.insert(0, "le nom de son dossier ne s'écrit pas partout : il est récrit.")
    if len(fichiers) > 1:
        remarques.append(
            f"{len(fichiers)} fichiers remis ; « {nom} » est corrigé, les autres sont gardés."
        )
    notebook, motif, reparations = lire_fichier(fichier)
    autres = [autre for autre in fichiers if autre != fichier]
    return CopieRemise(stagiaire, fichier, notebook, motif, remarques, reparations, budget, autres)
