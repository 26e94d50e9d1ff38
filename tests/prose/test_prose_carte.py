"""La carte du moteur de prose, en tête d'``autograde/prose`` : elle cite chaque module, rien d'autre, dans l'ordre où tout se passe."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

import autograde.prose
from autograde.baremes.lecture import charger_bareme
from autograde.prose import evaluer, lettre
from autograde.prose.bareme import BaremeReponse

DOSSIER = Path(autograde.prose.__file__).parent
MODULES = {
    ".".join(chemin.relative_to(DOSSIER).with_suffix("").parts)
    for chemin in DOSSIER.rglob("*.py")
    if chemin.name != "__init__.py"
}
# Une étape par ligne : quatre espaces, « module.fonction », puis ce qu'elle fait.
ETAPES = re.findall(r"^ {4}([\w.]+)\.(\w+) {2,}\S", autograde.prose.__doc__, re.MULTILINE)
DE_LA_PROSE, DES_OUTILS, DE_LA_LETTRE = (
    re.findall(r"^ *([\w.]+\.\w+) {2,}\S", bloc, re.MULTILINE)
    for bloc in autograde.prose.__doc__.split("\n\n    ")[1:]
)


def appels(evaluation) -> list[str]:
    """Les fonctions du moteur, dans l'ordre où elles sont appelées pour la première fois."""
    vues: dict[str, None] = {}

    def noter(cadre, evenement, _):
        fichier = Path(cadre.f_code.co_filename)
        if evenement == "call" and fichier.is_relative_to(DOSSIER):
            module = fichier.relative_to(DOSSIER).with_suffix("").parts
            nom = [*(part for part in module if part != "__init__"), cadre.f_code.co_name]
            vues.setdefault(".".join(nom))

    sys.setprofile(noter)
    try:
        evaluation()
    finally:
        sys.setprofile(None)
    return list(vues)


def test_la_carte_cite_chaque_module_et_rien_d_autre():
    cites = {module for module, _ in ETAPES} | {"__main__", "motifs"}
    assert all(nom in autograde.prose.__doc__ for nom in ("``__main__.main``", "``motifs``"))
    assert cites - {"lettre"} == MODULES


@pytest.mark.parametrize(("module", "fonction"), ETAPES, ids=".".join)
def test_chaque_etape_de_la_carte_existe(module, fonction):
    assert callable(getattr(import_module(f"autograde.prose.{module}"), fonction))


def test_la_carte_suit_l_ordre_reel_des_etapes():
    """Un mot que rien d'autre n'écrit : les étapes retenues d'une évaluation à l'autre se refont."""
    bareme = BaremeReponse(
        type="prose",
        enonce="Pourquoi ce client part-il vers la carte ?",
        elements=[
            {"id": "attente", "libelle": "une attente trop longue", "formulations": ["attend"]}
        ],
        contre_elements=[
            {"id": "inverse", "annule": ["attente"], "message": "", "formulations": ["court"]}
        ],
    )
    faites = appels(lambda: evaluer("Le client attend pck zigzaguant.", bareme))
    assert [etape for etape in faites if etape in DE_LA_PROSE] == DE_LA_PROSE


def test_la_carte_suit_l_ordre_reel_des_etapes_d_une_lettre():
    baremes = charger_bareme(Path(__file__).parent / "lettres" / "bareme.yml")
    texte = "Clair'Net\nRue des Cartes\n\nMonsieur,\n\nNous vous écrivons la carte.\n\nCordialement,\nSofia"
    faites = appels(lambda: lettre.evaluer_lettre(texte, baremes["relance"]))
    prevues = [etape for etape in DE_LA_LETTRE if etape != "lettre.vocabulaire.vocabulaire"]
    assert [etape for etape in faites if etape in prevues] == prevues
