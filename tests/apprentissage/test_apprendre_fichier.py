"""Écrire au barème : seule la formulation apprise change, ou rien du tout."""

import shutil
from pathlib import Path

import pytest

from autograde.apprentissage.changement import Changement
from autograde.apprentissage.fichier import changer_le_texte, ecrire_au_bareme
from autograde.baremes.lecture import charger_bareme
from autograde.erreurs import ErreurFormateur
from tests.apprentissage.classe import MODELE, QUESTION


@pytest.fixture
def bareme(tmp_path) -> Path:
    return Path(shutil.copy(MODELE / "bareme.yml", tmp_path))


STYLES = {
    "bloc": (
        "      formulations:\n        - a b  # garde\n        - c d\n\n    # suite\n",
        "        - c d\n        - neuf mot\n\n    # suite",
    ),
    "bloc serré": (
        "      formulations:\n      - a b\n      - c d\n",
        "      - c d\n      - neuf mot\n",
    ),
    "en ligne": ("      formulations: [a b, 'c d']  # garde\n", "[a b, 'c d', neuf mot]  # garde"),
    "guillemets": (
        '      formulations:\n        - "a b"\n        - "c d" # garde\n',
        '        - "c d" # garde\n        - neuf mot\n',
    ),
    "sans formulations": (
        "      nombres: [{valeur: 3}]\n",
        "      formulations: [neuf mot]\n      libelle: un\n",
    ),
    "sur plusieurs lignes": (
        "      formulations: [a b,\n        c d]\n",
        "        c d, neuf mot]\n",
    ),
}


@pytest.mark.parametrize("fin_de_ligne", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("style", STYLES)
def test_seule_la_ligne_apprise_change(tmp_path, style, fin_de_ligne):
    corps, attendu = STYLES[style]
    autre = "    - {id: e2, libelle: deux, formulations: [x y]}\n"
    avant = (
        f"# tête\nq1:\n  type: prose\n  elements:\n    - id: e1\n      libelle: un\n{corps}{autre}"
    )
    chemin = tmp_path / "bareme.yml"
    chemin.write_text(avant.replace("\n", fin_de_ligne), encoding="utf-8", newline="")
    ecrire_au_bareme(chemin, Changement("q1", "e1", "neuf mot"))
    apres = chemin.read_bytes().decode().replace(fin_de_ligne, "\n")
    assert (
        attendu in apres and charger_bareme(chemin)["q1"].elements[0].formulations[-1] == "neuf mot"
    )
    if style != "sans formulations":
        ecrire_au_bareme(chemin, Changement("q1", "e1", "autre chose", "neuf mot"))
        ecrire_au_bareme(chemin, Changement("q1", "e1", "a b", "a b"))
        assert charger_bareme(chemin)["q1"].elements[0].formulations == [
            "c d",
            "autre chose",
            "a b",
        ]
        assert "# tête" in chemin.read_text(encoding="utf-8")


def test_retirer_puis_remettre_rend_le_fichier_d_origine(bareme):
    avant = bareme.read_text(encoding="utf-8")
    for nom, ecrite, notion in (
        ("attente", "délai interminable", None),
        ("sourire", "regard", None),
        ("rayons", "étiquettes illisibles", 1),
    ):
        sans = changer_le_texte(avant, Changement(QUESTION, nom, retire=ecrite))
        assert (
            sans != avant
            and changer_le_texte(sans, Changement(QUESTION, nom, ecrite, notion=notion)) == avant
        )


def test_une_formulation_piege_est_mise_entre_guillemets(bareme):
    for texte in ("non", "prix: élevé", "a # b", "[x]", "54000", "l'accueil", "- tiret"):
        ecrire_au_bareme(bareme, Changement(QUESTION, "sourire", texte))
        assert charger_bareme(bareme)[QUESTION].elements[1].formulations[-1] == texte


def test_un_bareme_que_l_on_ne_sait_pas_changer_reste_intact(bareme):
    """Deux éléments partagent la même liste par une ancre YAML : la changer ici la changerait là."""
    texte = bareme.read_text(encoding="utf-8")
    texte = texte.replace("formulations: [personnel", "formulations: &liste [personnel").replace(
        "  relecture", "    - {id: bis, libelle: bis, formulations: *liste}\n  relecture"
    )
    bareme.write_text(texte, encoding="utf-8")
    with pytest.raises(ErreurFormateur, match="À faire à la main"):
        ecrire_au_bareme(bareme, Changement(QUESTION, "sourire", "vendeuse aboie"))
    assert bareme.read_text(encoding="utf-8") == texte
