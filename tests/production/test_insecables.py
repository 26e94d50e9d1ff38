"""Aucun signe ni aucune unité ne reste seul au bord d'une ligne, dans tout le cours produit et dans tous les exercices."""

import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.entrainement.ecran import saisie
from grc_helpers.entrainement.fichier import charger, noms, seances_avec_exercices
from grc_helpers.entrainement.rendu import page_fixe
from grc_helpers.francais.typographie import FINE, INSECABLE, insecables_du_markdown
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.notebook import cellules, source

COURS = Cours()
PRODUITS = sorted(COURS.distribue.glob("*/*.ipynb"))
EXERCICES = [(s, nom) for s in seances_avec_exercices() for nom in noms(s)]
# Écrit autrement que la règle elle-même : ce qu'un lecteur verrait mal coupé.
MAL_COUPE = re.compile(
    r" [;:!?»](?=\s|$)|« |\d (?:%|€|DH|km|min)(?!\w)|\d h(?!\w)|n° \d|\b\d{1,3} \d{3}\b"
)


def lire(chemin) -> list[dict]:
    return cellules(json.loads(chemin.read_text(encoding="utf-8")))


def texte_seul(markdown: str) -> str:
    """Sans code, adresses, balises, traits ni cases chiffrées d'un tableau."""
    texte = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]+>", "", markdown, flags=re.DOTALL)
    texte = re.sub(r"^[\s|:-]+$", "", texte, flags=re.MULTILINE)
    return re.sub(r"(?<=\|)[ *]*[-+−]?\d[\d ]*(,\d+)? ?(€|%|DH)?[ *]*(?=\|)", "", texte)


@pytest.mark.parametrize("chemin", PRODUITS, ids=lambda chemin: chemin.stem)
def test_rien_ne_se_coupe_dans_le_cours_produit(chemin):
    for cellule in lire(chemin):
        if cellule["cell_type"] == "markdown":
            assert MAL_COUPE.search(texte_seul(source(cellule))) is None, cellule["id"]
            assert insecables_du_markdown(source(cellule)) == source(cellule)


@pytest.mark.parametrize("chemin", PRODUITS, ids=lambda chemin: chemin.stem)
def test_le_code_les_liens_et_les_nombres_des_tableaux_sont_ceux_de_l_auteur(chemin):
    sources = {c["id"]: source(c) for c in lire(COURS.solutions / chemin.parent.name / chemin.name)}
    for cellule in lire(chemin):
        texte, ecrit = source(cellule), sources[cellule["id"]]
        if cellule["cell_type"] == "code":
            # Les espaces d'une magie, d'un libellé ou d'une case sont celles que l'auteur a tapées.
            assert set(re.findall("[\u00a0\u202f]", texte)) <= set(
                re.findall("[\u00a0\u202f]", ecrit)
            )
            continue
        for motif in (r"`[^`]*`", r"\]\([^)]*\)", r"<[^>]+>", r"(?<=\| )[\d ]+(?:,\d+)?(?= \|)"):
            assert re.findall(motif, texte) == re.findall(motif, ecrit)
        assert re.sub(f"[{FINE}{INSECABLE}]", " ", texte) == re.sub(
            f"[{FINE}{INSECABLE}]", " ", ecrit
        )


@pytest.mark.parametrize(("seance", "nom"), EXERCICES)
def test_rien_ne_se_coupe_dans_un_exercice(seance, nom):
    exercice = charger(seance, nom).tirer(1)
    # Un retrait de liste ou un saut de ligne du HTML n'est pas une espace du texte.
    lu = re.sub(r"<[^>]+>", "\n", unescape(str(page_fixe(exercice))))
    assert MAL_COUPE.search(re.sub(r"(?<=\n)[ \u202f\d−,€%]+(?=\n)", "", lu)) is None
    for commande in saisie(exercice).commandes:
        choix = [c[0] if isinstance(c, tuple) else c for c in getattr(commande, "options", ())]
        libelles = [commande.description, *choix]
        assert [texte for texte in libelles if MAL_COUPE.search(texte)] == []


def reponses_types(devoir: str) -> dict[str, str]:
    """Le corps du corrigé de chaque question notée."""
    lues = {c["id"]: lire_cellule(source(c)) for c in lire(COURS.notebook_source(devoir))}
    garde = {nom for nom in charger_devoir(COURS, devoir).questions}
    return {
        nom: re.sub(r"### (BEGIN|END) SOLUTION\n?", "", lue.corps)
        for nom, lue in lues.items()
        if nom in garde and lue
    }


@pytest.mark.parametrize("nom", COURS.devoirs_notes())
def test_une_reponse_se_lit_avec_ou_sans_insecables(nom):
    """Un libellé, une lettre, un nombre, une phrase : la note ne dépend pas de la sorte d'espace."""
    devoir, ordinaires = charger_devoir(COURS, nom), reponses_types(nom)
    posees = {q: re.sub("(?<=[^\\s|]) (?=[^\\s|])", INSECABLE, t) for q, t in ordinaires.items()}
    assert posees != ordinaires
    notes = [
        {q: corriger_des_textes(devoir, {q: t}).points(q) for q, t in textes.items()}
        for textes in (ordinaires, posees)
    ]
    assert notes[0] == notes[1] and any(notes[0].values())


@given(st.text(alphabet="a1 2345€%hn°«»:;!?,.|-*`<>[]()\n\u00a0\u202f", max_size=60))
def test_poser_deux_fois_ne_change_rien(texte):
    une = insecables_du_markdown(texte)
    assert insecables_du_markdown(une) == une
    assert re.sub(f"[{FINE}{INSECABLE}]", " ", une) == re.sub(f"[{FINE}{INSECABLE}]", " ", texte)
