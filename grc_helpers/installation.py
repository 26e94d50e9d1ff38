"""Installer le cours sur une machine qui n'a que Python : un environnement à part (``.venv``), aux versions éprouvées.

N'utilise que la bibliothèque standard, puisque rien d'autre n'est encore installé. Ce que disent les outils de Python, en anglais, va
dans un journal ; l'écran ne montre que l'avancement et, si cela échoue, la cause la plus probable.
"""

from __future__ import annotations  # un Python trop ancien doit aller jusqu'à la phrase qui le dit

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from grc_helpers.affichage import dire, prevenir
from grc_helpers.ecriture import remplacer
from grc_helpers.erreurs import ErreurExpliquee
from grc_helpers.processus import lancer_et_attendre

RACINE = Path(__file__).resolve().parent.parent
ENVIRONNEMENT = RACINE / ".venv"
VERSIONS = RACINE / "binder" / "versions.txt"
PYTHON_CONSEILLE = "3.12"  # celui de l'environnement en ligne, où tout est éprouvé
CADENCE = 2  # secondes entre deux points à l'écran
PLACE_MINIMALE = 50_000_000  # octets libres sous lesquels un disque est plein

# Ce que l'on reconnaît dans le journal, du plus sûr au moins sûr.
_CAUSES = [
    (r"Errno 28|No space left|WinError 112", "le disque est plein. Libérez de la place"),
    (
        r"ensurepip is not available|No module named '?(ensurepip|venv)",
        "il manque à Python de quoi créer un environnement. Sous Debian ou Ubuntu, installez le paquet python3-venv",
    ),
    (
        r"Errno (13|30)\b|Permission denied|Read-only file system|WinError 5\b",
        "le dossier du cours ne se laisse pas écrire. Copiez-le dans un dossier à vous",
    ),
    # « none » : aucune version vue, c'est le réseau qui manque.
    (
        r"from versions: (?!none)|requires a different Python|ResolutionImpossible|Failed (to build|building)|metadata-generation-failed",
        "une bibliothèque ne s'installe pas avec Python {version}. Essayez avec Python {conseillee}",
    ),
    (
        r"from versions: none|Connection|Timeout|timed out|SSL|Proxy|getaddrinfo|name resolution|Incomplete(Read|Download)|HTTP error",
        "le réseau ne répond pas. Vérifiez la connexion à Internet",
    ),
]


def lancer_dans_l_environnement(extras: str, module: str, arguments: list[str]) -> int:
    """Installe ce qu'il faut si besoin, puis lance ``python -m module`` dans l'environnement du cours.

    ``extras`` : ce qui s'ajoute à l'essentiel du stagiaire (« formateur », « formateur,dev » ou rien).
    """
    if sys.version_info < (3, 11):  # noqa: UP036 - rien n'est encore installé : c'est ici que l'on s'en aperçoit
        prevenir(f"Ce cours demande Python 3.11 ou plus récent ; celui-ci est en {_version()}.")
        return 1
    try:
        python = installer(extras)
    except ErreurExpliquee as erreur:
        prevenir(erreur)
        return 1
    except KeyboardInterrupt:
        prevenir("\nInstallation interrompue. Pour la finir, relancez la même commande.")
        return 1
    chemins = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    return lancer_et_attendre(
        [str(python), "-m", module, *arguments], {**os.environ, "PATH": chemins}
    )


def installer(extras: str = "") -> Path:
    """Crée ou complète ``.venv`` ; ne fait rien si l'installation est déjà à jour. Renvoie l'interpréteur.

    Lève ``ErreurExpliquee``, avec la cause la plus probable, si l'installation n'aboutit pas.
    """
    python = ENVIRONNEMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    temoin = ENVIRONNEMENT / f"installe-{extras.replace(',', '-') or 'stagiaire'}.txt"
    empreinte = hashlib.sha256(
        VERSIONS.read_bytes() + (RACINE / "pyproject.toml").read_bytes()
    ).hexdigest()
    if python.is_file() and temoin.is_file() and temoin.read_text() == empreinte:
        return python
    dire("Première ouverture : installation du cours, quelques minutes selon le réseau.")
    journal = ENVIRONNEMENT / "installation.log"
    try:
        ENVIRONNEMENT.mkdir(exist_ok=True)
        with journal.open("wb") as sortie:
            if not _sait_installer(python, sortie):
                _faire("Préparation", [sys.executable, "-m", "venv", str(ENVIRONNEMENT)], sortie)
            _faire("Téléchargement et installation", _commande_pip(python, extras), sortie)
        remplacer(temoin, empreinte)
    except subprocess.CalledProcessError:
        raise _echec(journal.read_text(encoding="utf-8", errors="replace"), journal) from None
    except OSError as erreur:
        raise _echec(str(erreur), journal) from erreur
    return python


def _sait_installer(python: Path, sortie) -> bool:
    """Faux si l'environnement n'existe pas, ou si sa création a été interrompue."""
    version = [str(python), "-m", "pip", "--version"]
    return python.is_file() and not subprocess.call(version, stdout=sortie, stderr=sortie)


def _commande_pip(python: Path, extras: str) -> list[str]:
    cible = f"{RACINE}[{extras}]" if extras else str(RACINE)
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    commande = [str(python), "-m", "pip", "install", *options]
    return [*commande, "--constraint", str(VERSIONS), "--editable", cible]


def _faire(etape: str, commande: list[str], sortie) -> None:
    """Lance la commande, qui n'écrit que dans ``sortie`` ; un point s'ajoute à l'écran tant qu'elle dure."""
    dire(etape, fin="")
    with subprocess.Popen(
        commande, stdin=subprocess.DEVNULL, stdout=sortie, stderr=sortie
    ) as programme:
        while programme.poll() is None:
            dire(".", fin="")
            with contextlib.suppress(subprocess.TimeoutExpired):
                programme.wait(CADENCE)
    dire("")
    if programme.returncode:
        raise subprocess.CalledProcessError(programme.returncode, commande)


def _echec(detail: str, journal: Path) -> ErreurExpliquee:
    """Ce qu'il faut dire d'une installation qui n'a pas abouti."""
    cause = _cause(detail)
    if shutil.disk_usage(RACINE).free < PLACE_MINIMALE:
        cause = _CAUSES[0][1]
    suite = f" : {cause}, puis relancez" if cause else ". Relancez"
    return ErreurExpliquee(
        f"L'installation n'a pas abouti{suite} la même commande.\nLe détail, en anglais, est dans {journal}"
    )


def _cause(detail: str) -> str:
    """La cause la plus probable d'après ce qu'a dit l'installation ; rien si on ne la reconnaît pas.

    >>> _cause("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device")
    'le disque est plein. Libérez de la place'
    """
    for motif, cause in _CAUSES:
        if re.search(motif, detail):
            return cause.format(version=_version(), conseillee=PYTHON_CONSEILLE)
    return ""


def _version() -> str:
    return ".".join(map(str, sys.version_info[:3]))
