"""Lancer le tricheur dans un dossier qui contient ``grc_helpers/`` (la roue) et ``course/``."""

import importlib.util
import json
import sys
from pathlib import Path

DOSSIER = Path(sys.argv[1])
# Ni les outils du formateur ni les corrigés : le tricheur n'a que le dossier.
sys.path[:] = [str(DOSSIER), *(c for c in sys.path if not (Path(c) / "autograde").is_dir())]
assert importlib.util.find_spec("autograde") is None

from matplotlib.figure import Figure  # noqa: E402

from .butin import fouiller  # noqa: E402
from .copie import Tricherie  # noqa: E402
from .textes import passages  # noqa: E402

# Il ne lit pas les images : les dessiner prendrait un temps qui ne lui apprend rien. Leur description, elle, reste.
Figure.savefig = lambda *_, **__: None

cahiers = sorted((DOSSIER / "course").glob("*/*.ipynb"))
butin, lus = fouiller(DOSSIER, cahiers), passages(DOSSIER, cahiers)
print(
    json.dumps(
        {
            chemin.parent.name: [
                Tricherie(chemin, butin, lus, avec_l_enonce).copie()
                for avec_l_enonce in (False, True)
            ]
            for chemin in cahiers
        },
        ensure_ascii=False,
    )
)
