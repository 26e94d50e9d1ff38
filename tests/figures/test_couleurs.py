"""Une couleur s'écrit une fois : dans ``grc_helpers/couleurs.py``. Les feuilles que le navigateur charge seules en ont une copie."""

import re

import pytest

from grc_helpers import couleurs
from grc_helpers.poste import DOSSIER_POSTE
from tests.poste_ouvert import RACINE

STATIQUES = DOSSIER_POSTE / "extension/grc-poste/static"
FEUILLES = sorted(f for nom in ("grc_helpers", "autograde") for f in RACINE.glob(f"{nom}/**/*.css"))
(RETOUR,) = RACINE.glob("autograde/**/retour.html.j2")
(RELECTURE,) = RACINE.glob("autograde/**/relecture.css")
BLANC = "#FFFFFF"


def variables(texte: str) -> dict[str, str]:
    """Les variables d'une feuille de style qui valent une couleur, en capitales."""
    return {
        nom: couleur.upper()
        for nom, couleur in re.findall(r"(--[\w-]+):\s*(#[0-9a-fA-F]{6})\b", texte)
    }


def contraste(une: str, autre: str) -> float:
    """Le contraste de deux couleurs, selon les règles d'accessibilité du web (WCAG) : de 1 à 21."""

    def luminance(couleur: str) -> float:
        parts = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        rouge, vert, bleu = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu

    sombre, claire = sorted((luminance(une), luminance(autre)))
    return (claire + 0.05) / (sombre + 0.05)


def test_le_contraste_se_calcule_comme_la_norme():
    assert contraste("#000000", BLANC) == pytest.approx(21)
    assert contraste("#777777", BLANC) == pytest.approx(4.48, abs=0.01)


def test_la_palette_du_poste_est_celle_du_python():
    assert variables((STATIQUES / "palette.css").read_text(encoding="utf-8")) == couleurs.VARIABLES
    assert variables(couleurs.VARIABLES_CSS) == couleurs.VARIABLES


@pytest.mark.parametrize("page", [RETOUR, RELECTURE], ids=lambda page: page.name)
def test_les_pages_du_formateur_ont_les_memes_couleurs(page):
    siennes = variables(page.read_text(encoding="utf-8"))
    assert {
        nom: siennes[nom] for nom in ("--encre", "--gris", "--bleu", "--rouille", "--vert")
    } == {
        "--encre": couleurs.ENCRE,
        "--gris": couleurs.GRIS,
        "--bleu": couleurs.BLEU_FONCE,
        "--rouille": couleurs.VERMILLON_FONCE,
        "--vert": couleurs.VERT_FONCE,
    }


def test_chaque_variable_employee_est_definie_et_chaque_couleur_employee():
    textes = "".join(feuille.read_text(encoding="utf-8") for feuille in FEUILLES)
    employees = set(re.findall(r"var\((--grc-[\w-]+)", textes))
    assert employees <= set(re.findall(r"(--grc-[\w-]+):", textes)) | set(couleurs.VARIABLES)
    assert set(couleurs.VARIABLES) <= employees


def test_le_python_prend_ses_couleurs_dans_la_palette():
    ecrites = {
        fichier.relative_to(RACINE).as_posix(): trouvees
        for nom in ("grc_helpers", "autograde")
        for fichier in RACINE.glob(f"{nom}/**/*.py")
        if (trouvees := re.findall(r"#[0-9A-Fa-f]{6}\b", fichier.read_text(encoding="utf-8")))
    }
    assert list(ecrites) == ["grc_helpers/couleurs.py"]


@pytest.mark.parametrize("teinte", ["BLEU", "VERMILLON", "VERT"])
def test_chaque_teinte_se_voit_et_chaque_texte_se_lit(teinte):
    vive, foncee, pale = (getattr(couleurs, teinte + suite) for suite in ("", "_FONCE", "_PALE"))
    assert contraste(vive, BLANC) >= 3
    assert contraste(foncee, BLANC) >= 4.5 and contraste(foncee, pale) >= 4.5
    assert contraste(couleurs.ENCRE, pale) >= 7


@pytest.mark.parametrize("fond", [BLANC, couleurs.BLEU_CLAIR, couleurs.GRIS_CLAIR])
def test_les_textes_d_une_figure_se_lisent_sur_ses_surfaces(fond):
    assert contraste(couleurs.ENCRE, fond) >= 7
    assert contraste(couleurs.GRIS, fond) >= 4.5
