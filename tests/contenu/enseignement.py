"""Où chaque question notée a été enseignée (``enseigne.yml``), et ce qui y manque."""

from pathlib import Path

from ruamel.yaml import YAML

from tests.contenu.cahiers import COURS, CelluleLue, cahier, enonce, noms, textes_de
from tests.contenu.reponses_imprimees import racines

ENSEIGNE = Path(__file__).parent / "enseigne.yml"
QUESTIONS = {cellule.id: nom for nom in noms() for cellule in cahier(nom) if cellule.notee}


def lire(chemin: Path) -> dict:
    return YAML(typ="safe").load(chemin.read_text(encoding="utf-8"))


def defaut(question: str, citee: str) -> str:
    """Ce qui empêche la cellule citée d'avoir enseigné la question ; vide si rien."""
    nom, _, cellule = citee.partition("/")
    rang = {n: i for i, n in enumerate(noms())}
    ici = QUESTIONS[question]
    if nom not in rang or cellule not in (ids := [c.id for c in cahier(nom)]):
        return f"{citee} n'existe pas"
    if rang[nom] > rang[ici] or (nom == ici and ids.index(cellule) > ids.index(question)):
        return f"{citee} vient après"
    lue = cahier(nom)[ids.index(cellule)]
    if lue.reponse or cellule.endswith("_enonce") or cellule.startswith("glossaire"):
        return f"{citee} n'enseigne pas"
    return ""


def ce_qui_enseigne(citees: list[str]) -> set[str]:
    """Les mots pleins de toutes les cellules citées, exercices compris."""
    return set().union(*(racines(_texte(citee)) for citee in citees))


def _texte(citee: str) -> str:
    nom, _, cellule = citee.partition("/")
    lue: CelluleLue = next(c for c in cahier(nom) if c.id == cellule)
    return textes_de(lue.exercice) if lue.exercice else lue.texte


def elements(question: str) -> dict[str, str]:
    """Ce qui rapporte des points : le libellé de chaque élément d'une réponse rédigée, sinon l'énoncé et le corrigé."""
    nom = QUESTIONS[question]
    bareme = lire(COURS.solutions / nom / "bareme.yml")[question]
    if bareme["type"] in ("prose", "lettre"):
        return {e["id"]: e["libelle"] for e in bareme["elements"]}
    reponse = next(c for c in cahier(nom) if c.id == question)
    return {"énoncé": enonce(nom, question) + " " + reponse.corrige}


def manques(question: str) -> list[str]:
    """Les citations fausses, puis les éléments notés dont aucun mot n'est dans ce qui enseigne la question."""
    citees = lire(ENSEIGNE).get(question, [])
    fausses = [d for citee in citees if (d := defaut(question, citee))]
    if fausses or not citees:
        return fausses or ["rien ne l'enseigne"]
    mots = ce_qui_enseigne(citees)
    return [
        f"« {nom} » n'est pas enseigné"
        for nom, libelle in elements(question).items()
        if not racines(libelle) & mots
    ]
