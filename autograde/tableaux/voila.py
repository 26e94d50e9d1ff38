"""Ouvrir les tableaux de bord d'une séance avec Voilà : en français, sans internet, sur ce seul poste.

Le gabarit ``grc`` (dossier ``gabarits/``) remplace celui de Voilà, qui appelle un service extérieur pour ses icônes.
"""

import os
import sys
from pathlib import Path

from grc_helpers.poste import DOSSIER_POSTE

GABARITS = Path(__file__).parent / "gabarits"

# Ce qu'il faut pour afficher des widgets. Toute autre extension de JupyterLab installée sur le poste (nbgrader,
# correcteur orthographique…) ralentirait la page et y lèverait des erreurs.
EXTENSIONS_UTILES = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]

# Un noyau sans page ouverte s'arrête au bout de dix minutes ; celui d'une page projetée ne s'arrête jamais.
INACTIVITE_MAXIMALE = 600

# Présente, cette variable dit au serveur de s'arrêter quand son entrée standard se ferme : la commande qui la tenait n'est plus là.
VARIABLE_SUIVRE = "GRC_SUIVRE_LA_COMMANDE"


def commande_voila(tableaux: Path, port: int) -> list[str]:
    """La commande qui sert un dossier de notebooks, ou un seul notebook, sur ce poste, au ``port`` donné.

    À lancer avec ``environnement_voila()`` ; ``projeter`` y ajoute le jeton et ouvre le navigateur, ce que Voilà ne fait pas à la fois.
    Lève ``FileNotFoundError`` si ``tableaux`` n'existe pas.
    """
    tableaux = Path(tableaux).resolve()
    if not tableaux.exists():
        raise FileNotFoundError(
            f"Ce tableau de bord, ou ce dossier de tableaux de bord, n'existe pas : {tableaux}"
        )
    return [
        sys.executable,
        "-m",
        "autograde.tableaux.serveur",
        str(tableaux),
        f"--port={port}",
        "--Voila.port_retries=0",
        "--Voila.ip=127.0.0.1",
        "--Voila.open_browser=False",
        "--Voila.auto_token=True",
        "--Voila.log_level=ERROR",
        "--template=grc",
        "--classic_tree=True",
        "--strip_sources=True",
        "--VoilaExporter.language_code=fr",
        *(f"--VoilaConfiguration.extension_allowlist={nom}" for nom in EXTENSIONS_UTILES),
        f"--MappingKernelManager.cull_idle_timeout={INACTIVITE_MAXIMALE}",
        "--MappingKernelManager.cull_interval=60",
    ]


def environnement_voila() -> dict[str, str]:
    """L'environnement du poste, où Voilà trouve en plus nos gabarits et le script qui nomme les commandes (``acces.js``).

    >>> environnement_voila()["JUPYTER_PATH"].split(os.pathsep)[0] == str(GABARITS)
    True
    """
    chemins = [str(GABARITS), str(DOSSIER_POSTE), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    return {**os.environ, "JUPYTER_PATH": os.pathsep.join(chemins)}
