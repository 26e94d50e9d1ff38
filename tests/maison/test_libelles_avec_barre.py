"""Quels que soient les libellés d'un tableau, ce qui est écrit dans une case est lu, noté et montré dans cette case."""

import json
import re
import tempfile
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from autograde.baremes.lecture import charger_bareme
from autograde.baremes.types.tableau import par_case
from autograde.carnet.releve import NoteRelevee, Releve
from autograde.cours.devoir import Devoir
from autograde.production.essais_du_bareme import corriger_des_textes
from autograde.rendu.contenu_des_pages import contenu_des_questions
from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import lire_nombre, sans_accents
from grc_helpers.reponses.cellule import Cellule
from grc_helpers.reponses.notebook import Question
from grc_helpers.reponses.tableaux import lire_tableau
from grc_helpers.reponses.types.tableau import lire_seul

# Un libellé tient sur une ligne et contient un mot ; un nom de colonne n'est pas un nombre : c'est la règle du lecteur.
MOTS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|"))
LIBELLES = (
    st.lists(MOTS, min_size=1, max_size=3)
    .map(lambda mots: " / ".join(mots).strip())
    .filter(lambda libelle: re.search(r"\w", libelle) and sans_accents(libelle.strip("* ")))
)
COLONNES = LIBELLES.filter(lambda nom: lire_nombre(nom).valeur is None)


def distincts(libelles) -> st.SearchStrategy[list[str]]:
    return st.lists(
        libelles, min_size=1, max_size=4, unique_by=lambda nom: sans_accents(nom.strip("* "))
    )


def tableau(lignes: list[str], colonnes: list[str], valeurs: list[list[str]]) -> str:
    rangees_ecrites = [["Coin du tableau", *colonnes]]
    rangees_ecrites += [
        [ligne, *(texte.replace("|", "\\|") for texte in textes)]
        for ligne, textes in zip(lignes, valeurs, strict=True)
    ]
    return "\n".join(" | ".join(rangee) for rangee in rangees_ecrites)


@given(distincts(LIBELLES), distincts(COLONNES), st.data())
def test_ce_qui_est_ecrit_dans_une_case_se_relit_dans_cette_case(lignes, colonnes, donnees):
    assume("coin du tableau" not in map(sans_accents, lignes))
    textes = [
        [donnees.draw(MOTS | st.sampled_from(["9,5", "80 | ou 90 \\|", "1/2"])) for _ in colonnes]
        for _ in lignes
    ]
    vierge = lire_tableau(tableau(lignes, colonnes, [[""] * len(colonnes) for _ in lignes]))
    assert (len(vierge.lignes), vierge.colonnes) == (len(lignes), colonnes)
    lu = lire_tableau(tableau(lignes, colonnes, textes), vierge)
    assert lu.textes == {
        Case(ligne, colonne): texte
        for ligne, rangee in zip(vierge.lignes, textes, strict=True)
        for colonne, texte in zip(colonnes, rangee, strict=True)
    }
    assert not lu.remarques


@given(distincts(LIBELLES), distincts(COLONNES))
def test_quels_que_soient_les_libelles_le_bareme_note_chaque_case_et_la_page_la_range(
    lignes, colonnes
):
    assume("coin du tableau" not in map(sans_accents, lignes))
    vides = [[""] * len(colonnes) for _ in lignes]
    question = Question("q", Cellule("tableau", "q", (), tableau(lignes, colonnes, vides)))
    vierge = lire_seul(question.vierge.corps)
    attendu = {
        ligne: {colonne: 10 * i + j for j, colonne in enumerate(colonnes)}
        for i, ligne in enumerate(vierge.lignes)
    }
    entree = {"type": "tableau", "attendu": attendu}
    with tempfile.TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "bareme.yml"
        # Du JSON est du YAML : chaque libellé y est entre guillemets.
        chemin.write_text(json.dumps({"q": entree}, ensure_ascii=False), "utf-8")
        bareme = charger_bareme(chemin)
    assert par_case(bareme["q"].attendu) == {
        Case(ligne, colonne): valeur
        for ligne, valeurs in attendu.items()
        for colonne, valeur in valeurs.items()
    }
    devoir = Devoir("d", {}, {"q": question}, {"q": 2.0}, bareme, {"": "d"}, "")
    ecrites = [[str(valeur) for valeur in valeurs.values()] for valeurs in attendu.values()]
    correction = corriger_des_textes(devoir, {"q": tableau(lignes, colonnes, ecrites)})
    assert correction.points("q") == 2
    releve = Releve("léa", "Léa", {"q": NoteRelevee(2.0, 2.0, False, "")})
    [montree] = contenu_des_questions(devoir, releve, correction, None)
    grille = montree["reponse"].tableau
    assert grille.colonnes == colonnes
    assert {ligne: [case.valeur for case in cases] for ligne, cases in grille.lignes.items()} == {
        ligne: list(valeurs.values()) for ligne, valeurs in attendu.items()
    }
