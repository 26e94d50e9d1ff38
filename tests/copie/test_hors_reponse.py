"""Tout ce qu'un stagiaire écrit est lu : dans une réponse, ou cité dans un motif qui envoie sa question au formateur.

Les gestes sont ceux qu'on voit : une cellule ajoutée n'importe où, du texte dans l'énoncé ou le contrôle, une cellule coupée, deux
cellules fusionnées, une réponse mise en commentaire ou écrite à côté de sa cellule.
"""

import copy
import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.copie.greffe import greffer, relire_greffe
from autograde.copie.remises import CopieRemise
from autograde.copie.triage import lire_la_copie
from autograde.correction.affichage_copie import montrer_la_correction
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.notation.copie import CopieCorrigee, corriger_la_copie, corriger_les_reponses
from autograde.notation.gardee import ecrire_la_copie, relire_la_copie
from autograde.relecture.seance import SeanceDeRelecture
from autograde.relecture.vue import montrer_une_question
from autograde.rendu.pages import ecrire_les_retours
from grc_helpers.reponses.notebook import cellules, identifiant, source
from tests.classe_fictive import DEPOT, copie_parfaite, deposer, notebook_distribue

NOMS = ["s2_tp1_ltv", "s0_prise_en_main", "s2_tp2_rimaldi"]
DEVOIRS = {nom: charger_devoir(DEPOT, nom) for nom in NOMS}
PARFAITES = {nom: json.dumps(copie_parfaite(nom)) for nom in NOMS}
SORTES = ["code", "markdown", "raw"]
# Un mot qui n'est dans aucun cours, et ce qui peut l'entourer dans une cellule.
MARQUE = "zyxomarque"
TEXTES = st.builds(
    "{}{} {}".format,
    st.sampled_from(["", "# ", "- ", "**", "Réponse : ", "= ", "(", "\n\n", "%%reponse autre\n"]),
    st.just(MARQUE),
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="#%!"), max_size=30),
)


def corriger(notebook: dict, nom: str) -> CopieCorrigee:
    return corriger_la_copie(CopieRemise("léa", None, notebook), DEVOIRS[nom])


@cache
def parfaite_corrigee(nom: str) -> CopieCorrigee:
    return corriger(json.loads(PARFAITES[nom]), nom)


def rang(notebook: dict, nom: str) -> int:
    return next(r for r, c in enumerate(notebook["cells"]) if identifiant(c) == nom)


def ajoutee(texte: str, sorte: str = "code", **metadonnees) -> dict:
    return {"cell_type": sorte, "id": "ajoutee", "metadata": metadonnees, "source": texte}


def vider(notebook: dict, question: str, nom: str) -> str:
    """Remet la cellule de réponse comme distribuée ; rend ce qui y était écrit, sans la magie."""
    cellule = notebook["cells"][rang(notebook, question)]
    ecrit = source(cellule).split("\n", 1)[1]
    vierge = DEVOIRS[nom].questions[question].vierge
    cellule["source"] = vierge.source
    return ecrit.removeprefix(vierge.corps).strip("\n") if vierge.corps.strip() else ecrit


def zone(notebook: dict, place: int) -> str:
    """La question dont l'énoncé est le dernier avant ce rang."""
    enonces = [
        identifiant(c).removesuffix("_enonce")
        for c in notebook["cells"][:place]
        if identifiant(c).endswith("_enonce")
    ]
    return enonces[-1] if enonces else ""


def dit(corrigee: CopieCorrigee, question: str) -> str:
    """Tout ce que le formateur voit d'une question : ce qui est lu comme réponse, et les motifs."""
    motifs = corrigee.correction.notes[question].a_verifier
    return " ".join([corrigee.correction.texte(question), *motifs])


def est_vue(corrigee: CopieCorrigee, question: str) -> bool:
    """Le texte est dans la réponse lue, ou cité par un motif : la question est alors à vérifier."""
    note = corrigee.correction.notes[question]
    cite = any(MARQUE in motif for motif in note.a_verifier)
    return cite or MARQUE in corrigee.correction.texte(question)


@settings(max_examples=120)
@given(st.sampled_from(NOMS), st.data())
def test_une_cellule_ajoutee_n_importe_ou_est_vue(nom, donnees):
    notebook = json.loads(PARFAITES[nom])
    questions = list(DEVOIRS[nom].questions)
    for question in donnees.draw(st.sets(st.sampled_from(questions), max_size=3)):
        vider(notebook, question, nom)
    vides = {
        question
        for question, note in corriger(notebook, nom).correction.notes.items()
        if "Sans réponse." in note.commentaires
    }
    place = donnees.draw(st.integers(0, len(notebook["cells"])))
    texte, sorte = donnees.draw(TEXTES), donnees.draw(st.sampled_from(SORTES))
    notebook["cells"].insert(place, ajoutee(texte, sorte))
    corrigee = corriger(notebook, nom)
    vues = [question for question in questions if est_vue(corrigee, question)]
    assert vues, texte
    for question in vues:
        note = corrigee.correction.notes[question]
        assert note.a_verifier and "Sans réponse." not in note.commentaires
    siennes = zone(notebook, place)
    assert siennes not in vides or siennes in vues, "un zéro définitif à côté d'un texte"
    if sans_question_apres(notebook, place):
        sans = [question for question in questions if question in vides]
        assert vues == [sans[-1] if sans else questions[-1]]


def sans_question_apres(notebook: dict, place: int) -> bool:
    """Après le contrôle de la dernière question : la fin du cahier."""
    return not any(identifiant(cellule) for cellule in notebook["cells"][place + 1 :])


@settings(max_examples=80)
@given(st.sampled_from(NOMS), st.data())
def test_un_texte_ecrit_dans_le_cours_est_vu(nom, donnees):
    """Au début, au milieu, à la fin, ou à la place d'un énoncé, d'un contrôle, d'un texte du cours."""
    notebook = json.loads(PARFAITES[nom])
    verrouillees = [
        c
        for c in notebook["cells"]
        if identifiant(c) not in DEVOIRS[nom].questions and "%%" not in source(c)
    ]
    cellule = donnees.draw(st.sampled_from(verrouillees))
    texte = source(cellule)
    coupe = donnees.draw(st.sampled_from([0, len(texte) // 2, len(texte)]))
    entier = donnees.draw(st.booleans())
    cellule["source"] = (
        f"{MARQUE} 400" if entier else f"{texte[:coupe]} {MARQUE} 400 {texte[coupe:]}"
    )
    corrigee = corriger(notebook, nom)
    vues = [question for question in DEVOIRS[nom].questions if est_vue(corrigee, question)]
    assert len(vues) == 1
    sienne = identifiant(cellule).removesuffix("_enonce").removesuffix("_test")
    assert vues == [sienne] or sienne not in DEVOIRS[nom].questions


@settings(max_examples=60)
@given(st.sampled_from(NOMS), st.data())
def test_une_reponse_ecrite_a_cote_de_sa_cellule_vide_est_lue(nom, donnees):
    """La réponse juste, dans une cellule ajoutée entre l'énoncé et le contrôle : tous ses points, et un mot au formateur."""
    notebook = json.loads(PARFAITES[nom])
    question = donnees.draw(st.sampled_from(list(DEVOIRS[nom].questions)))
    pleins = parfaite_corrigee(nom).correction.points(question)
    ecrit = vider(notebook, question, nom)
    place = rang(notebook, question) + donnees.draw(st.sampled_from([0, 1]))
    if donnees.draw(st.booleans()):
        ecrit = "\n".join(f"# {ligne}" for ligne in ecrit.split("\n"))
    sorte = donnees.draw(st.sampled_from(SORTES))
    notebook["cells"].insert(place, ajoutee(ecrit, sorte))
    corrigee = corriger(notebook, nom)
    assert corrigee.correction.points(question) == pleins
    assert any(
        "lue dans une cellule ajoutée" in motif
        for motif in corrigee.correction.notes[question].a_verifier
    )


@settings(max_examples=60)
@given(st.sampled_from(NOMS), st.data())
def test_les_deux_moities_d_une_cellule_coupee_sont_lues_ensemble(nom, donnees):
    """Coupée entre deux lignes, que l'outil laisse ses métadonnées à la seconde moitié, les perde ou lui laisse son ``id``."""
    notebook = json.loads(PARFAITES[nom])
    genres = {"reponse", "tableau", "association"}
    coupables = [
        question
        for question, entree in DEVOIRS[nom].questions.items()
        if entree.type in genres
        and source(notebook["cells"][rang(notebook, question)]).count("\n") > 1
    ]
    question = donnees.draw(st.sampled_from(coupables))
    place = rang(notebook, question)
    cellule = notebook["cells"][place]
    lignes = source(cellule).split("\n")
    coupe = donnees.draw(st.integers(1, len(lignes) - 1))
    haut, bas = "\n".join(lignes[:coupe]), "\n".join(lignes[coupe:])
    pleins = parfaite_corrigee(nom).correction.points(question)
    garde = donnees.draw(st.sampled_from(["rien", "identifiant", "id", "marque"]))
    seconde = ajoutee(bas)
    if garde == "identifiant":
        seconde["metadata"] = copy.deepcopy(cellule["metadata"])
    elif garde == "id":
        seconde["id"], cellule["id"] = cellule["id"], "neuf"
    elif garde == "marque":
        seconde["metadata"] = {"grc_suite": question}
    cellule["source"] = haut
    notebook["cells"].insert(place + 1, seconde)
    corrigee = corriger(notebook, nom)
    assert corrigee.correction.points(question) == pleins, (garde, haut, bas)
    assert corrigee.a_verifier == [question] or not bas.strip()


@settings(max_examples=40)
@given(st.sampled_from(NOMS), st.data())
def test_des_cellules_fusionnees_se_separent(nom, donnees):
    """Une réponse et les cellules qui la suivent, énoncé de la suivante et réponse comprises, collées en une seule."""
    notebook = json.loads(PARFAITES[nom])
    question = donnees.draw(st.sampled_from(list(DEVOIRS[nom].questions)))
    place, combien = rang(notebook, question), donnees.draw(st.integers(2, 5))
    fusionnees = notebook["cells"][place : place + combien]
    notebook["cells"][place : place + combien] = [
        fusionnees[0] | {"source": "\n\n".join(map(source, fusionnees))}
    ]
    corrigee, temoin = corriger(notebook, nom), parfaite_corrigee(nom)
    for autre in DEVOIRS[nom].questions:
        points = corrigee.correction.points(autre)
        assert points == temoin.correction.points(autre) or autre in corrigee.a_verifier


def test_une_reponse_en_commentaire_vaut_la_reponse():
    """Ctrl + / sur toute la cellule, magie comprise ou non."""
    for nom in NOMS:
        temoin = parfaite_corrigee(nom)
        for debut in (0, 1):
            notebook = json.loads(PARFAITES[nom])
            for cellule in notebook["cells"]:
                if identifiant(cellule) in DEVOIRS[nom].questions:
                    lignes = source(cellule).split("\n")
                    commentees = [f"# {ligne}" for ligne in lignes[debut:]]
                    cellule["source"] = "\n".join([*lignes[:debut], *commentees])
            assert corriger(notebook, nom).note == temoin.note


def test_une_reponse_non_vide_prend_ce_qui_est_ajoute_si_c_est_de_la_prose_sinon_le_formateur_le_voit():
    nom = "s2_tp1_ltv"
    notebook = json.loads(PARFAITES[nom])
    for question in ("s2_tp1_q3", "s2_tp1_q0"):
        notebook["cells"].insert(rang(notebook, question) + 1, ajoutee("Et 77 clients fâchés."))
    corrigee = corriger(notebook, nom)
    assert corrigee.correction.texte("s2_tp1_q3").endswith("Et 77 clients fâchés.")
    assert corrigee.correction.texte("s2_tp1_q0") == "400"
    assert corrigee.correction.a_cote("s2_tp1_q0") == ["Et 77 clients fâchés."]
    assert corrigee.a_verifier == ["s2_tp1_q0", "s2_tp1_q3"]


def test_une_commande_pour_la_machine_n_est_pas_une_reponse():
    notebook = notebook_distribue()
    notebook["cells"].insert(0, ajoutee("!pip install grc_helpers\n%load_ext grc_helpers"))
    notebook["cells"].append(ajoutee("import os"))
    assert corriger(notebook, "s2_tp1_ltv").a_verifier == []


@pytest.mark.parametrize("texte", ["% de conversion : 40", "! 400", "import export : 12 clients"])
def test_une_reponse_qui_ressemble_a_une_commande_est_vue(texte):
    notebook = notebook_distribue()
    notebook["cells"].append(ajoutee(texte))
    corrigee = corriger(notebook, "s2_tp1_ltv")
    assert corrigee.correction.a_cote("s2_tp1_q3") == [texte]


def test_la_copie_sans_ajout_n_a_aucun_motif():
    for nom in NOMS:
        assert corriger(notebook_distribue(nom), nom).a_verifier == []


# --- Qui le voit ------------------------------------------------------------------------------------------------------------------

LONG = f"{MARQUE} <b>" + "client " * 200 + "fin_du_texte"


@pytest.fixture(scope="module")
def cours(tmp_path_factory):
    cours = Cours(travail=tmp_path_factory.mktemp("hors_reponse"))
    notebook = notebook_distribue()
    notebook["cells"].insert(rang(notebook, "s2_tp1_q1_test") + 1, ajoutee(LONG, "markdown"))
    deposer(cours, "léa", notebook)
    deposer(cours, "tom", notebook_distribue())
    deposer(cours, "zoé", copie_parfaite())
    list(corriger_la_classe(cours, "s2_tp1_ltv"))
    return cours


def test_le_formateur_voit_le_texte_entier_dans_relire(cours):
    seance = SeanceDeRelecture(
        cours, DEVOIRS["s2_tp1_ltv"], corriger_la_classe(cours, "s2_tp1_ltv")
    )
    groupes = montrer_une_question(seance, "s2_tp1_q1")["groupes"]
    [a_voir] = [groupe for groupe in groupes if groupe["a_relire"]]
    assert a_voir["a_cote"] == [LONG] and a_voir["copies"] == 1, "la copie vide n'y est pas mêlée"
    assert MARQUE in a_voir["motifs"][0] and a_voir["points"] is None


def test_le_formateur_voit_le_texte_entier_dans_formgrader():
    devoir, notebook = DEVOIRS["s2_tp1_ltv"], notebook_distribue()
    notebook["cells"].insert(rang(notebook, "s2_tp1_q1_test") + 1, ajoutee(LONG))
    greffee = greffer(lire_la_copie(notebook, devoir), devoir)
    correction = corriger_les_reponses(relire_greffe(greffee, devoir), devoir)
    sorties = [c.get("outputs", []) for c in cellules(montrer_la_correction(greffee, correction))]
    montre = json.dumps(sorties, ensure_ascii=False)
    assert "fin_du_texte" in montre and f"{MARQUE} &lt;b&gt;" in montre
    assert f"{MARQUE} <b>" not in montre
    assert correction.points("s2_tp1_q1") is None


def test_le_stagiaire_voit_le_texte_entier_sur_sa_page(cours):
    pages = {p.stem: p.read_text(encoding="utf-8") for p in ecrire_les_retours(cours, "s2_tp1_ltv")}
    assert "fin_du_texte" in pages["léa"] and f"{MARQUE} <b>" not in pages["léa"]
    # Entre la question 1 et la 2a, vides toutes deux, le texte peut répondre à l'une ou à l'autre.
    assert pages["léa"].count("Vous n'avez pas répondu à cette question") == 6
    assert pages["tom"].count("Vous n'avez pas répondu à cette question") == 8


def test_une_copie_gardee_garde_ce_qui_est_a_cote():
    notebook = notebook_distribue()
    notebook["cells"].append(ajoutee(LONG))
    corrigee = corriger(notebook, "s2_tp1_ltv")
    assert corrigee.correction.a_cote("s2_tp1_q3") == [LONG]
    relue = relire_la_copie(ecrire_la_copie(corrigee), DEVOIRS["s2_tp1_ltv"], "léa")
    assert relue == corrigee


def test_la_note_manuelle_est_redemandee_si_le_texte_d_a_cote_change():
    empreintes = set()
    for texte in ("", "400", "500"):
        notebook = notebook_distribue()
        notebook["cells"].append(ajoutee(texte))
        empreintes.add(corriger(notebook, "s2_tp1_ltv").correction.empreinte("s2_tp1_q3"))
    assert len(empreintes) == 3
