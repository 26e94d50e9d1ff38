"""Installer le cours sur une machine qui n'a que Python : un environnement à part (``.venv``), aux versions éprouvées.

N'utilise que la bibliothèque standard, puisque rien d'autre n'est encore installé.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
ENVIRONNEMENT = RACINE / ".venv"
VERSIONS = RACINE / "binder" / "versions.txt"


def lancer_dans_l_environnement(extras: str, module: str, arguments: list[str]) -> int:
    """Installe ce qu'il faut si besoin, puis lance ``python -m module`` dans l'environnement du cours.

    ``extras`` : ce qui s'ajoute à l'essentiel du stagiaire (« formateur », « formateur,dev » ou rien).
    """
    if sys.version_info < (3, 11):  # noqa: UP036 - rien n'est encore installé : c'est ici que l'on s'en aperçoit
        print(
            f"Ce cours demande Python 3.11 ou plus récent ; celui-ci est en {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        return 1
    try:
        python = installer(extras)
    except subprocess.CalledProcessError:
        print(
            "L'installation n'a pas abouti. Vérifiez la connexion à Internet, puis relancez la même commande.",
            file=sys.stderr,
        )
        return 1
    chemins = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    try:
        return subprocess.call(
            [str(python), "-m", module, *arguments], env=os.environ | {"PATH": chemins}
        )
    except KeyboardInterrupt:
        return 0


def installer(extras: str = "") -> Path:
    """Crée ou complète ``.venv`` ; ne fait rien si l'installation est déjà à jour. Renvoie l'interpréteur."""
    python = ENVIRONNEMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    temoin = ENVIRONNEMENT / f"installe-{extras.replace(',', '-') or 'stagiaire'}.txt"
    empreinte = hashlib.sha256(
        VERSIONS.read_bytes() + (RACINE / "pyproject.toml").read_bytes()
    ).hexdigest()
    if python.is_file() and temoin.is_file() and temoin.read_text() == empreinte:
        return python
    print(
        "Première ouverture : installation du cours, quelques minutes selon le réseau…", flush=True
    )
    if not python.is_file():
        venv.create(ENVIRONNEMENT, with_pip=True)
    cible = f"{RACINE}[{extras}]" if extras else str(RACINE)
    subprocess.run(
        [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--constraint",
            str(VERSIONS),
            "--editable",
            cible,
        ],
        check=True,
    )
    temoin.write_text(empreinte)
    return python
