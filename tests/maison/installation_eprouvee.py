"""L'installation en ligne est lente à rejouer : on ne le fait que si ce dont elle dépend a changé depuis la dernière réussie.

``installation_eprouvee.txt`` garde l'empreinte de ce qui a été éprouvé. Après l'avoir changé :

    python -m tests.maison.installation_eprouvee

rejoue l'installation et, si elle réussit, met l'empreinte à jour. Avant une version (un commit étiqueté), ``.ci/run`` la rejoue
toujours : il pose ``GRC_AVANT_VERSION``.
"""

import hashlib
import os
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
EPROUVEE = Path(__file__).with_suffix(".txt")
# Les versions et la recette de l'image, la liste des dépendances, et les réglages que l'image doit trouver en démarrant.
DONT_ELLE_DEPEND = (
    "binder/*",
    "pyproject.toml",
    "grc_helpers/poste/__init__.py",
    "grc_helpers/poste/config/*",
)


def empreinte() -> str:
    somme = hashlib.sha256()
    for motif in DONT_ELLE_DEPEND:
        for fichier in sorted(f for f in RACINE.glob(motif) if f.is_file()):
            somme.update(fichier.relative_to(RACINE).as_posix().encode() + fichier.read_bytes())
    return somme.hexdigest()


def est_eprouvee() -> bool:
    """Rien n'a changé depuis la dernière installation réussie, et l'on ne prépare pas une version."""
    if os.environ.get("GRC_AVANT_VERSION"):
        return False
    return EPROUVEE.is_file() and EPROUVEE.read_text(encoding="utf-8").strip() == empreinte()


if __name__ == "__main__":
    os.environ["GRC_AVANT_VERSION"] = "1"
    essais = RACINE / "tests/maison/test_binder.py"
    code = pytest.main([str(essais), "-k", "InstallationReelle", "-o", "addopts="])
    if code == 0:
        EPROUVEE.write_text(empreinte() + "\n", encoding="utf-8", newline="\n")
    sys.exit(code)
