"""Un libellé écrit autrement : rapproché s'il n'en désigne qu'un, signalé sinon ; jamais perdu, à la correction comme au poste."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.cours.devoir import charger_devoir
from autograde.production.essais_du_bareme import corriger_des_textes
from grc_helpers.noyau import magies
from grc_helpers.poste.sauvegardes import Sauvegardes
from grc_helpers.reponses.cellule import Cellule, lire_cellule
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.lettres import lire_lettres, lire_propositions
from grc_helpers.reponses.libelles import ajout, rapprocher_meme_abrege
from grc_helpers.reponses.tableaux import lire_tableau
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.association import lire_association
from grc_helpers.reponses.types.classement import lire_classement
from tests.classe_fictive import DEPOT

DEVOIRS = {
    nom: charger_devoir(DEPOT, nom)
    for nom in ("s0_prise_en_main", "s1_tp1_historique", "s1_tp2_multicanal", "s2_tp2_rimaldi")
}
ASSOCIATIONS = [
    (nom, question)
    for nom, devoir in DEVOIRS.items()
    for question, entree in devoir.questions.items()
    if entree.type == "association"
]
HABITS = ["- {}", "* {}", "• {}", "– {}", "1) {}", "2. {}", "(3) {}", "# {}", "**{}**", "*{}*", "« {} »", '"{}"', "“{}”", "- **{}**",
          "{} ", "  {}", "> {}"]  # fmt: skip
LIENS = ["{} : {}", "{}: {}", "{} :{}", "{} = {}", "{} -> {}", "{} → {}", "{} => {}", "{}\t{}", "{} | {}", "{} - {}"]  # fmt: skip
LETTRES = ["{}", "{}.", "({})", "« {} »", "**{}**", "la lettre {}", "réponse {}"]


def bonnes(devoir, question) -> dict[str, str]:
    attendu = devoir.bareme[question].attendu
    return {nom: bonne if isinstance(bonne, str) else bonne[0] for nom, bonne in attendu.items()}


@settings(max_examples=150)
@given(st.sampled_from(ASSOCIATIONS), st.data())
def test_un_libelle_habille_ne_change_ni_la_note_ni_le_reste(lieu, donnees):
    """Puce, numéro, guillemets, gras, autre lien, lettre entourée : lu pareil, sans rien demander à personne."""
    devoir, question = DEVOIRS[lieu[0]], lieu[1]
    lignes = [
        donnees.draw(st.sampled_from(LIENS)).format(
            donnees.draw(st.sampled_from(HABITS)).format(libelle),
            donnees.draw(st.sampled_from(LETTRES)).format(lettre),
        )
        for libelle, lettre in bonnes(devoir, question).items()
    ]
    note = corriger_des_textes(devoir, {question: "\n".join(lignes)}).notes[question]
    assert (note.fraction, note.a_verifier) == (1, []), lignes


@settings(max_examples=150)
@given(st.sampled_from(ASSOCIATIONS), st.data())
def test_une_faute_de_frappe_est_rapprochee_ou_signalee(lieu, donnees):
    """Une lettre ôtée, ajoutée, changée ou deux échangées, dans n'importe quel libellé : jamais un zéro sans un mot."""
    devoir, question = DEVOIRS[lieu[0]], lieu[1]
    paires = bonnes(devoir, question)
    libelle = donnees.draw(st.sampled_from(list(paires)))
    faute = abimer(libelle, donnees)
    texte = "\n".join(f"{faute if nom == libelle else nom} : {b}" for nom, b in paires.items())
    note = corriger_des_textes(devoir, {question: texte}).notes[question]
    ecrite = " ".join(faute.split())  # un message ne garde pas deux espaces de suite
    assert note.fraction == 1 or any(libelle in m or ecrite in m for m in note.a_verifier)


def abimer(mot: str, donnees) -> str:
    place = donnees.draw(st.integers(0, len(mot) - 2))
    lettre = donnees.draw(st.sampled_from(string.ascii_lowercase))
    return donnees.draw(
        st.sampled_from(
            [
                mot[:place] + mot[place + 1 :],
                mot[:place] + lettre + mot[place:],
                mot[:place] + lettre + mot[place + 1 :],
                mot[:place] + mot[place + 1] + mot[place] + mot[place + 2 :],
            ]
        )
    )


@settings(max_examples=150)
@given(st.sampled_from(ASSOCIATIONS), st.data())
def test_un_libelle_abrege_est_rapproche_ou_signale(lieu, donnees):
    devoir, question = DEVOIRS[lieu[0]], lieu[1]
    paires = bonnes(devoir, question)
    libelle = donnees.draw(st.sampled_from(list(paires)))
    mots = libelle.split()
    debut = donnees.draw(st.integers(0, len(mots) - 1))
    court = " ".join(mots[debut : donnees.draw(st.integers(debut + 1, len(mots)))])
    texte = "\n".join(f"{court if nom == libelle else nom} : {b}" for nom, b in paires.items())
    note = corriger_des_textes(devoir, {question: texte}).notes[question]
    assert note.fraction == 1 or any(court in motif for motif in note.a_verifier)


LECTEURS = {
    "association": lambda t: lire_association(t, ["Client A", "Client B"]),
    "classement": lambda t: lire_classement(t, ("a", "b"), {}, ["Client A", "Client B"]),
    "tableau": lambda t: lire_tableau(
        t, lire_tableau("Clients | N1 | N2\nPerdus | |\nRestants | |")
    ),
}


@settings(max_examples=200)
@given(
    st.sampled_from(list(LECTEURS)),
    st.lists(
        st.text(st.sampled_from("Client AB perdus restant 0123 abz :|\t;-=>.é"), max_size=25),
        max_size=6,
    ),
)
def test_aucun_mot_d_une_reponse_en_lignes_n_est_perdu(genre, lignes):
    """Chaque mot est dans ce qui est lu, ou dans une remarque."""
    lu = LECTEURS[genre]("\n".join([*lignes, "mot_inconnu | 7 | 8 | 9 | mot_de_trop"]))
    garde = " ".join([*lu.remarques, *getattr(lu, "textes", {}).values()])
    assert "mot_inconnu" in garde and "mot_de_trop" in garde


@given(st.text(max_size=60))
def test_un_choix_dit_ses_lettres_ou_ce_qu_il_n_a_pas_lu(texte):
    lues = lire_lettres(texte, ("a", "b", "c"))
    assert lues.lettres or lues.remarques or not texte.strip() or _que_des_liaisons(texte)


def _que_des_liaisons(texte: str) -> bool:
    return any(mot in texte.lower() for mot in ("et", "la", "le", "puis", "choix", "ponse"))


@settings(max_examples=60)
@given(
    st.sampled_from(["nombre", "choix", "ordre", "association", "tableau", "classement"]),
    st.text(max_size=40),
)
def test_ce_qui_est_ecrit_dans_une_cellule_n_est_jamais_un_zero_muet(genre, texte):
    devoir = DEVOIRS["s0_prise_en_main"]
    question = next((q for q, entree in devoir.questions.items() if entree.type == genre), None)
    if question is None:
        return
    note = corriger_des_textes(devoir, {question: texte}).notes[question]
    lue = any(case.ecrit.strip() for case in note.cases)
    vide = not any(c.isalnum() for c in texte)
    assert note.fraction or note.a_verifier or lue or vide, repr(texte)


# --- Les tableaux collés ---------------------------------------------------------------------------------------------------------

CORPS_VIERGE = "Années | N1 | N2\nPerdus | |\nRestants | |"
VIERGE = lire_tableau(CORPS_VIERGE)
VALEURS = {"Perdus": ["10", "9,5"], "Restants": ["90", "80,5"]}
LUES = {(ligne, f"N{rang}"): texte for ligne, textes in VALEURS.items() for rang, texte in enumerate(textes, 1)}  # fmt: skip


@pytest.mark.parametrize(
    ("texte", "demande"),
    [
        ("\tAnnées\tN1\tN2\n\tPerdus\t10\t9,5\n\tRestants\t90\t80,5", False),
        ("\t\tAnnées\tN1\tN2\n\t\tPerdus\t10\t9,5\n\t\tRestants\t90\t80,5", False),
        ("Années\t\tN1\tN2\nPerdus\t\t10\t9,5\nRestants\t\t90\t80,5", False),
        ("\tPerdus\t10\t9,5\n\tRestants\t90\t80,5", False),
        ("# Années | N1 | N2\n# Perdus | 10 | 9,5\n# Restants | 90 | 80,5", False),
        ("- Perdus | 10 | 9,5\n- **Restants** | 90 | 80,5", False),
        ("\t10\t9,5\n\t90\t80,5", True),
        ("10\t9,5\n90\t80,5", True),
        ("| 10 | 9,5 |\n| 90 | 80,5 |", True),
        ("Années | N1 | N2\nPerdus | |\nRestants | |\n10 | 9,5\n90 | 80,5", True),
        ("Perdus | 10\n | 9,5\nRestants | 90\n | 80,5", True),
        ("Perdus | 10 |\n9,5\nRestants | 90\n80,5", True),
        ("Perdus |\n10 | 9,5\nRestants |\n90 | 80,5", True),
        ("Perdus | 10 |\n | | 9,5\nRestants | 90 | 80,5", True),
        ("Perdu | 10 | 9,5\nRestant | 90 | 80,5", True),
    ],
)
def test_un_tableau_colle_se_lit_et_se_signale_s_il_a_fallu_l_interpreter(texte, demande):
    lu = lire_tableau(texte, VIERGE)
    assert lu.textes == LUES
    assert bool(lu.remarques) == demande and not lu.non_lu


def test_des_valeurs_sous_plusieurs_lignes_vides_ne_vont_a_aucune():
    """Moins de lignes de valeurs que de libellés : les mettre sous le dernier serait les mettre au hasard."""
    trois = lire_tableau("Années | N1 | N2\nA | |\nB | |\nC | |")
    lu = lire_tableau("Années | N1 | N2\nA | |\nB | |\nC | |\n10 | 9,5\n90 | 80,5", trois)
    assert not any(lu.textes.values()) and len(lu.non_lu) == 2


@pytest.mark.parametrize(
    "texte",
    [
        "beaucoup | peu | rien",
        "Années | 2024 | 2025",
        "tout est perdu",
        "10 9,5 90 80,5",
        "Total | 100 | 90",
        "Années | N1 | N2 |\nPerdus | | | 12",
        "400 | N1 | N2",
        "\n".join(["Perdus | |"] * 200 + ["Perdus | 10 | 9,5"]),
    ],
)
def test_un_tableau_meconnaissable_n_est_jamais_sans_reponse(texte):
    lu = lire_tableau(texte, VIERGE)
    assert lu.non_lu, "dit au formateur"
    vierge = Cellule("tableau", "q", (), CORPS_VIERGE)
    au_poste = controler(Cellule("tableau", "q", (), texte), vierge=vierge)
    assert not au_poste.recevable, "et au stagiaire"


@pytest.mark.parametrize(
    ("texte", "vide"),
    [("| | |", True), ("Perdus | |\nPerdus | |", True), ("Restants | - |", False), ("?", False), ("Perdus | | ?", False)],
)  # fmt: skip
def test_un_tableau_vide_ne_dit_rien_de_plus_que_le_cours(texte, vide):
    assert TYPES["tableau"].est_vide(texte, CORPS_VIERGE) == vide


# --- Au poste -------------------------------------------------------------------------------------------------------------------


def test_le_poste_dit_le_libelle_qu_il_ne_reconnait_pas():
    vierge = lire_cellule("%%association q\nProduit :\nPrix :")
    juste = lire_cellule("%%association q\n- Produit : c\n1) Prix : a", vierge)
    assert controler(juste, vierge=vierge).recevable
    rapprochee = controler(lire_cellule("%%association q\nProdui : c\nPrix : a"), vierge=vierge)
    assert rapprochee.recevable and rapprochee.remarques == ["« Produi » est lu comme « Produit »."]
    fausse = controler(lire_cellule("%%association q\nMarque : c\nPrix : a"), vierge=vierge)
    assert (fausse.remplies, fausse.attendues, fausse.recevable) == (1, 2, False)
    assert "« Marque » ne fait pas partie" in fausse.a_reprendre[0]


def test_une_puce_se_lit_au_poste_meme_sans_la_version_distribuee():
    lue = lire_association("- Produit : c\n• **Prix** : a")
    assert lue.paires == {"Produit": "c", "Prix": "a"} and not lue.remarques


def test_le_noyau_connait_la_version_distribuee(tmp_path, monkeypatch):
    chemin = "s0_prise_en_main/s0_prise_en_main.ipynb"
    fichier = tmp_path / chemin
    fichier.parent.mkdir()
    fichier.write_bytes(DEPOT.notebook_distribue("s0_prise_en_main").read_bytes())
    Sauvegardes(tmp_path).noter_l_origine(chemin)
    monkeypatch.setenv("JPY_SESSION_NAME", str(fichier))
    controle = magies.controler_et_retenir(lire_cellule("%%association s0_q5\nBoutique : a"))
    assert "« Boutique » ne fait pas partie" in controle.a_reprendre[0]
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "ailleurs.ipynb"))
    assert magies.question_distribuee("s0_q5") is None


# --- Ce qu'un texte ajoute --------------------------------------------------------------------------------------------------------

MOTS = st.lists(st.sampled_from(["client", "perdu", "400", "l'année", "N1", "où"]), min_size=1, max_size=12)  # fmt: skip


@settings(max_examples=150)
@given(MOTS, st.data())
def test_ce_qui_est_ajoute_se_voit_ou_que_ce_soit_ce_qui_manque_non(mots, donnees):
    modele = " ".join(mots)
    place = donnees.draw(st.integers(0, len(mots)))
    nouveau = donnees.draw(st.sampled_from(["zut", "400", "client"]))
    assert nouveau in ajout(" ".join([*mots[:place], nouveau, *mots[place:]]), modele) or nouveau in mots  # fmt: skip
    assert ajout(" ".join([*mots[:place], nouveau, *mots[place:]]), modele)
    assert not ajout(" ".join(mots[:place]), modele)
    assert not ajout("\n".join(mots).upper().replace("'", "’"), modele)


def test_deux_libelles_aussi_proches_n_en_designent_aucun():
    connus = [f"case {n}" for n in range(1, 9)]
    for ecrit in ("case", "case 9", "case 0"):
        assert rapprocher_meme_abrege(ecrit, connus).nom == ""
    assert rapprocher_meme_abrege("cas 3", connus).nom == "case 3"
    assert lire_propositions("- **a** : oui") == {"a": "oui"}
