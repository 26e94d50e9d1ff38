"""Le JavaScript du cours, sans navigateur : un seul style, et des types vérifiés (les outils et leurs réglages : ``tests/javascript``)."""

import json

import pytest

from tests.conftest import JAVASCRIPT
from tests.poste_ouvert import RACINE

SCRIPTS = sorted(f for nom in ("grc_helpers", "autograde") for f in RACINE.glob(f"{nom}/**/*.js"))


def test_le_javascript_est_mis_en_forme(npm):
    """Pour remettre en forme : ``npm run --prefix tests/javascript formater``."""
    vu = npm("forme")
    assert vu.returncode == 0, vu.stdout + vu.stderr


def test_les_types_du_javascript_sont_justes(npm):
    vu = npm("types")
    assert vu.returncode == 0, vu.stdout + vu.stderr


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_un_editeur_verifie_lui_aussi_les_types(script):
    """Les réglages de TypeScript sont loin du script : sans cette ligne, un éditeur ne les chercherait pas."""
    assert script.read_text(encoding="utf-8").startswith("// @ts-check\n")


def test_les_versions_des_outils_sont_fixees():
    outils = json.loads((JAVASCRIPT / "package.json").read_text(encoding="utf-8"))[
        "devDependencies"
    ]
    assert all(version.replace(".", "").isdigit() for version in outils.values()), outils
