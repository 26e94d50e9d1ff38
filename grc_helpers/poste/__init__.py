"""Le poste de travail du stagiaire : JupyterLab en français, calme, où l'on peut écrire de la prose sans danger.

Rien n'est installé ni modifié dans l'environnement : les réglages vivent dans ce dossier et ne valent que pour le
serveur que l'on ouvre avec l'environnement de ``environnement_du_poste``. Ouvrir JupyterLab sans eux fait perdre du
confort, jamais une réponse.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

DOSSIER_POSTE = Path(__file__).resolve().parent
DOSSIER_CONFIG = DOSSIER_POSTE / "config"
DOSSIER_REGLAGES = DOSSIER_POSTE / "reglages"


def environnement_du_poste(base: Mapping[str, str]) -> dict[str, str]:
    """Les variables d'environnement du serveur : celles de ``base``, et nos réglages avant tous les autres.

    >>> environnement_du_poste({"JUPYTER_CONFIG_PATH": "ailleurs"})["JUPYTER_CONFIG_PATH"].endswith("ailleurs")
    True
    """
    anciens = [chemin for chemin in base.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep) if chemin]
    autres = [chemin for chemin in anciens if chemin != str(DOSSIER_CONFIG)]
    # PYTHONUTF8 : sous Windows, un fichier accentué se lirait sinon dans l'encodage du poste.
    return {
        **base,
        "JUPYTER_CONFIG_PATH": os.pathsep.join([str(DOSSIER_CONFIG), *autres]),
        "PYTHONUTF8": "1",
    }


def commande_jupyter(
    dossier: Path, accueil: str, navigateur: bool = True, port: int | None = None
) -> list[str]:
    """La commande qui ouvre ``accueil`` (chemin relatif à ``dossier``) dans JupyterLab, sur cette machine seulement.

    Sans ``port``, Jupyter prend le premier libre ; avec, il échoue plutôt que d'en prendre un autre.
    """
    adresse = f"/lab/tree/{quote(accueil.replace(os.sep, '/'))}"
    return commande_jupyterlab(dossier, navigateur, port, f"--LabApp.default_url={adresse}")


def commande_du_formateur(
    dossier: Path, navigateur: bool = True, port: int | None = None
) -> list[str]:
    """La commande qui ouvre un JupyterLab complet sur ``dossier`` : rien de caché ni d'éteint, mais en français."""
    return commande_jupyterlab(
        dossier, navigateur, port, f"--LabApp.app_settings_dir={DOSSIER_REGLAGES / 'formateur'}"
    )


def commande_jupyterlab(
    dossier: Path, navigateur: bool, port: int | None, *options: str
) -> list[str]:
    """La commande d'un JupyterLab quelconque du cours : sur cette machine seulement, avec le jeton que Jupyter tire lui-même.

    Elle ouvre aussi sous le compte ``root``, le seul d'un conteneur ou d'une machine de nuage neuve : Jupyter s'y refuse d'ordinaire,
    pour un serveur que d'autres machines pourraient atteindre.
    """
    commande = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={Path(dossier).resolve()}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.allow_root=True",
        # Ctrl + C arrête sans poser de question en anglais ; tout est déjà enregistré.
        "--ServerApp.answer_yes=True",
        *options,
    ]
    if port is not None:
        commande += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not navigateur:
        commande.append("--no-browser")
    return commande
