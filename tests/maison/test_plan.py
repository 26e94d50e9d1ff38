"""Le plan de la maison : un dossier n'importe que plus bas que lui. Personne n'a à lire en rond pour comprendre un dossier."""

import ast
from collections import defaultdict
from graphlib import TopologicalSorter

import pytest

from tests.poste_ouvert import RACINE


def imports(paquet: str) -> dict[str, set[str]]:
    """Pour chaque pièce (un dossier, ou un module de la racine), les autres pièces du paquet qu'elle importe, même tard."""
    trouves: dict[str, set[str]] = defaultdict(set)
    for fichier in (RACINE / paquet).rglob("*.py"):
        chemin = fichier.relative_to(RACINE / paquet)
        piece = chemin.parts[0].removesuffix(".py")
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            for module in modules(noeud):
                racine, _, reste = module.partition(".")
                autre = reste.partition(".")[0]
                if (
                    racine == paquet
                    and autre
                    and (RACINE / paquet / autre).exists()
                    | (RACINE / paquet / f"{autre}.py").exists()
                ):
                    trouves[piece].add(autre)
    return {piece: autres - {piece} for piece, autres in trouves.items()}


def modules(noeud: ast.AST) -> list[str]:
    """Les modules qu'une ligne importe ; « from autograde import rapport » peut en importer un aussi."""
    if isinstance(noeud, ast.Import):
        return [nom.name for nom in noeud.names]
    if isinstance(noeud, ast.ImportFrom) and noeud.module:
        return [noeud.module, *(f"{noeud.module}.{nom.name}" for nom in noeud.names)]
    return []


@pytest.mark.parametrize("paquet", ["autograde", "grc_helpers"])
def test_aucun_dossier_n_importe_en_rond(paquet):
    pieces = imports(paquet)
    assert len(pieces) > 15
    TopologicalSorter(pieces).prepare()  # lève CycleError, qui nomme le cercle


def test_la_carte_des_dossiers_suit_l_ordre_des_imports():
    """Dans CONTRIBUTING.md, chaque dossier d'``autograde`` vient après tous ceux qu'il importe."""
    texte = (RACINE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    carte = texte.split("\nautograde/ ")[1].split("\ngrc_helpers/ ")[0]
    ordre = [ligne.split("/")[0].strip() for ligne in carte.splitlines()[1:]]
    pieces = imports("autograde")
    dossiers = {p.name for p in (RACINE / "autograde").iterdir() if (p / "__init__.py").is_file()}
    assert dossiers <= set(ordre)
    for rang, dossier in enumerate(ordre):
        assert not (pieces.get(dossier, set()) & dossiers) - set(ordre[:rang]), dossier
