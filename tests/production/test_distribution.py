"""Distribuer : le .zip du stagiaire contient de quoi travailler, rien de plus, et son contrôle sait échouer."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.production.distribution import (
    CONTROLE,
    DOSSIER,
    controler_le_paquet,
    distribuer,
    ecrire_le_paquet,
    textes_du_corrige,
    verifier_la_production,
)
from grc_helpers.commandes import principal
from grc_helpers.reponses.notebook import cellules, identifiant
from grc_helpers.seances.seances import seances
from tests.classe_fictive import DEPOT, DEVOIR, copie_parfaite


@pytest.fixture(scope="module")
def depot(tmp_path_factory) -> Cours:
    """Le dépôt, copié, avec ce que le poste y laisse quand on a ouvert le cours ici."""
    racine = tmp_path_factory.mktemp("depot")
    for dossier in ("course", "solutions", "grc_helpers", "binder"):
        shutil.copytree(DEPOT.racine / dossier, racine / dossier)
    for fichier in ("README.md", "pyproject.toml", "LICENSE.md", "LICENSE-textes.md"):
        shutil.copy(DEPOT.racine / fichier, racine / fichier)
    for reste in (
        ".grc/x/origine.ipynb",
        "a_rendre/Lea-s2_tp1_ltv.ipynb",
        ".ipynb_checkpoints/x-checkpoint.ipynb",
    ):
        (racine / "course" / DEVOIR / reste).parent.mkdir(parents=True)
        (racine / "course" / DEVOIR / reste).write_text("{}", encoding="utf-8")
    (racine / "grc_helpers" / "brouillon.yml").write_text("secret", encoding="utf-8")
    return Cours(racine, racine / "travail")


def contenu(chemin: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(chemin) as archive:
        return {nom.removeprefix(f"{DOSSIER}/"): archive.read(nom) for nom in archive.namelist()}


@pytest.mark.parametrize(
    "choisies", [[DEVOIR], ["s0_prise_en_main", DEVOIR, "s2_tp3_bertin", "tableaux_de_bord"]]
)
def test_le_paquet_a_tout_ce_qu_il_faut_et_rien_d_autre(depot, tmp_path, choisies):
    ecrire_le_paquet(depot, choisies, tmp_path / "cours.zip")
    assert controler_le_paquet(depot, tmp_path / "cours.zip") == []
    dedans = contenu(tmp_path / "cours.zip")
    distribues = {nom: octets for nom, octets in dedans.items() if nom.startswith("course/")}
    attendus = [
        f for nom in ["accueil", *choisies] for f in (DEPOT.distribue / nom).glob("*.ipynb")
    ]
    assert distribues == {f.relative_to(DEPOT.racine).as_posix(): f.read_bytes() for f in attendus}
    assert {nom.split("/")[0] for nom in dedans} == {
        "course", "grc_helpers", "binder", "pyproject.toml", "README.md", "LICENSE.md", "LICENSE-textes.md",
    }  # fmt: skip
    for utile in (
        "grc_helpers/donnees/torrefacteur.csv",
        "grc_helpers/poste/extension/grc-poste/static/cellule.js",
        "binder/versions.txt",
    ):
        assert utile in dedans
    lisez_moi = dedans["README.md"].decode()
    assert (
        "python -m grc_helpers" in lisez_moi
        and "formateur" not in lisez_moi
        and "solutions" not in lisez_moi
    )


def test_un_tp_se_decompresse_a_cote_des_precedents(depot, tmp_path):
    for nom in ("s0_prise_en_main", DEVOIR):
        ecrire_le_paquet(depot, [nom], tmp_path / "tp.zip")
        shutil.unpack_archive(tmp_path / "tp.zip", tmp_path / "stagiaire")
    cours = tmp_path / "stagiaire" / DOSSIER / "course"
    assert [seance.dossier for seance in seances(cours)] == ["s0_prise_en_main", DEVOIR] and (
        cours / "accueil"
    ).is_dir()


def avec_reponse(notebook: dict) -> None:
    notebook["cells"] = copie_parfaite()["cells"]


def avec_sortie(notebook: dict) -> None:
    notebook["cells"][4]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]


def avec_repere(notebook: dict) -> None:
    notebook["cells"][4]["source"] = "### BEGIN SOLUTION\nx\n### END SOLUTION"


def avec_metadonnee(notebook: dict) -> None:
    notebook["metadata"]["note"] = textes_du_corrige(DEPOT)[0]


def avec_test_cache(notebook: dict) -> None:
    next(c for c in cellules(notebook) if identifiant(c).endswith("_test"))["source"] = (
        'noter("s2_tp1_q0")'
    )


@pytest.mark.parametrize(
    ("abimer", "dit"),
    [
        (avec_reponse, "a déjà une réponse"),
        (avec_sortie, "sorties"),
        (avec_repere, "BEGIN SOLUTION"),
        (avec_metadonnee, "du corrigé"),
        (avec_test_cache, "noter("),
    ],
)
def test_le_controle_voit_ce_qui_reste_dans_un_notebook(depot, tmp_path, abimer, dit):
    ecrire_le_paquet(depot, ["s0_prise_en_main"], tmp_path / "cours.zip")
    notebook = json.loads(DEPOT.notebook_distribue(DEVOIR).read_text(encoding="utf-8"))
    abimer(notebook)
    with zipfile.ZipFile(tmp_path / "cours.zip", "a") as archive:
        archive.writestr(
            f"{DOSSIER}/course/{DEVOIR}/{DEVOIR}.ipynb", json.dumps(notebook, ensure_ascii=False)
        )
    assert dit in " ".join(controler_le_paquet(depot, tmp_path / "cours.zip"))


@pytest.mark.parametrize(
    "intrus",
    [
        f"solutions/{DEVOIR}/{DEVOIR}.ipynb",
        f"course/{DEVOIR}/bareme.yml",
        "autograde/devoir.py",
        "tests/notation/test_notation.py",
        "grc_helpers/essais.yml",
        ".git/config",
    ],
)
def test_le_controle_voit_un_intrus(depot, tmp_path, intrus):
    ecrire_le_paquet(depot, ["s0_prise_en_main"], tmp_path / "cours.zip")
    with zipfile.ZipFile(tmp_path / "cours.zip", "a") as archive:
        archive.writestr(f"{DOSSIER}/{intrus}", "x")
    assert controler_le_paquet(depot, tmp_path / "cours.zip") == [
        f"{intrus} n'a rien à faire chez le stagiaire."
    ]


def test_le_controle_voit_une_reponse_type_glissee_dans_un_outil(depot, tmp_path):
    ecrire_le_paquet(depot, ["s0_prise_en_main"], tmp_path / "cours.zip")
    with zipfile.ZipFile(tmp_path / "cours.zip", "a") as archive:
        archive.writestr(
            f"{DOSSIER}/grc_helpers/aide.py", f'"""{textes_du_corrige(DEPOT)[-1].upper()}"""'
        )
    assert (
        "grc_helpers/aide.py contient du corrigé"
        in controler_le_paquet(depot, tmp_path / "cours.zip")[0]
    )


def test_un_course_ou_l_on_a_travaille_ne_part_pas(depot, monkeypatch):
    # Ce que nbgrader produirait : le course/ du dépôt, à l'octet près (voir test_production).
    monkeypatch.setattr(
        "autograde.production.distribution.generer",
        lambda _, nom, vers: shutil.copytree(DEPOT.distribue / nom, vers / nom),
    )
    verifier_la_production(depot, ["s0_prise_en_main", DEVOIR])
    fichier = depot.notebook_distribue("s0_prise_en_main")
    avant = fichier.read_text(encoding="utf-8")
    fichier.write_text(
        avant.replace("%%reponse s0_q", "%%reponse s0_q vu ", 1) + " ", encoding="utf-8"
    )
    try:
        with pytest.raises(ErreurFormateur, match="grc produire s0_prise_en_main$"):
            verifier_la_production(depot, ["s0_prise_en_main"])
    finally:
        fichier.write_text(avant, encoding="utf-8")
    monkeypatch.setattr("autograde.production.distribution.verifier_la_production", lambda *_: None)
    monkeypatch.setattr(
        "autograde.production.distribution.controler_le_paquet",
        lambda *_: ["x contient du corrigé."],
    )
    with pytest.raises(ErreurFormateur, match="x contient du corrigé"):
        distribuer(depot, DEVOIR)
    assert not depot.distribution.exists(), "un paquet refusé n'est jamais écrit"


def test_la_commande_dit_ou_est_le_paquet(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GRC_TRAVAIL", str(tmp_path))
    assert principal(["distribuer", "s0_prise_en_main"]) == 0
    affiche = capsys.readouterr().out
    paquet = tmp_path / "a_distribuer" / "gestion_relation_client_s0_prise_en_main.zip"
    assert str(paquet) in affiche and CONTROLE in affiche and zipfile.is_zipfile(paquet)
    assert (
        principal(["distribuer", "s9_inconnu"]) == 1
        and "s0_prise_en_main" in capsys.readouterr().err
    )
