"""Des cas tirés de rapports publics sur d’autres correcteurs : un texte écrit autrement, un nombre lu à moitié, un report sans calcul."""

import unicodedata

import pytest

from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.production.essais_du_bareme import corriger_des_textes
from autograde.prose import evaluer
from grc_helpers.francais.nombres import lire_nombre

HISTORIQUE = charger_devoir(Cours(), "s1_tp1_historique")
LTV = charger_devoir(Cours(), "s2_tp1_ltv")

COURTE = "Dans le relationnel on veut fidéliser le client. On écoute ses besoins."
LONGUE = (
    "Le marketing transactionnel vise la vente ponctuelle et le court terme : il faut conquérir sans cesse de nouveaux clients.\n"
    "Le marketing relationnel, lui, entretient la relation après l'achat : la vente n'est qu'un début. Il cherche à satisfaire le client"
    " et à le fidéliser. Il écoute attentivement ses besoins avant de proposer quoi que ce soit, puis lui fait des offres de plus en plus"
    " personnalisées. Le vendeur devient un conseiller, et chacun y gagne : le client repart avec ce qu'il lui faut, le vendeur avec"
    " quelqu'un qui reviendra."
)
A_SUIVRE = (
    "Il date des années 2000, surtout en B to B. On fait une offre différente pour chaque client, car on connaît ses habitudes"
    " grâce à la base de données."
)


def note(devoir, question: str, texte: str):
    correction = corriger_des_textes(devoir, {question: texte})
    return correction.points(question), correction.notes[question].a_verifier


# Tencent/teamai-cli #575, scott2000/answerset #26, vshulcz/deja-vu #1098
@pytest.mark.parametrize("texte", [COURTE, LONGUE])
def test_des_accents_decomposes(texte):
    decompose = unicodedata.normalize("NFD", texte)
    assert decompose != texte
    assert note(HISTORIQUE, "s1_tp1_q4", decompose) == note(HISTORIQUE, "s1_tp1_q4", texte)


# chamilo/chamilo-lms #7176
@pytest.mark.parametrize(
    "texte",
    [
        "140 676,44\u200b",
        "\u200b140 676,44",
        "140 676,44\u200f",
        "\ufeff140 676,44",
        "140\u00ad676,44",
        "\u202a140 676,44\u202c",
    ],
)
def test_un_caractere_qui_ne_se_voit_pas_ne_change_pas_un_nombre(texte):
    assert lire_nombre(texte, "€").valeur == 140676.44
    assert note(LTV, "s2_tp1_q2e", texte) == (1, [])


# Unstructured-IO/unstructured #3486, clulab/pdf2txt #52
@pytest.mark.parametrize(
    "texte",
    [
        "Il date des années 2000, surtout en B to\nB. On fait une offre différente pour\nchaque client, car on connaît ses\n"
        "habitudes grâce à la base de données.",
        "Il date des années 2000, surtout en B to B. On fait une\noffre différente pour chaque client, car on connaît ses\n"
        "habitudes grâce à la base de données.",
        "Il date des années 2000, surtout en B to B. On fait une\noffre diffé-\nrente pour chaque client, car on connaît ses\n"
        "habi-\ntudes grâce à la base de données.",
    ],
    ids=["repliée à 40", "repliée à 60", "mots coupés"],
)
def test_une_reponse_repliee(texte):
    assert note(HISTORIQUE, "s1_tp1_q5", texte) == note(HISTORIQUE, "s1_tp1_q5", A_SUIVRE)


@pytest.mark.parametrize(
    ("texte", "valeur"), [("12€50", 12.5), ("1 700€65", 1700.65), ("1700 €65", 1700.65), ("12 €50", 12.5)]
)  # fmt: skip
def test_un_prix_avec_l_unite_au_milieu(texte, valeur):
    assert lire_nombre(texte, "€").valeur == valeur


# numbas/Numbas #368
def test_multiplier_par_un_n_est_pas_un_calcul_a_suivre():
    annees = "Années | N1 | N2 | N3 | N4\n"
    textes = {
        "s2_tp1_q1": f"{annees}Clients perdus | 0 | 0 | 0 | 0\nClients restants | 1 | 1 | 1 | 1",
        "s2_tp1_q2a": f"{annees}CA par client | 500 | 480 | 460,80 | 442,37\nCA global | 500 | 480 | 460,80 | 442,37",
        "s2_tp1_q2b": f"{annees}Coût d'acquisition par client | 200 | 200 | 200 | 200\nCoût d'acquisition total | 200 | 200 | 200 | 200",
    }
    correction = corriger_des_textes(LTV, textes)
    assert [correction.points(question) for question in textes] == [0, 1.5, 0.5]


# empirical-org/Empirical-Core #4843, h5p/h5p-blanks #83
def test_apostrophes_et_majuscules_ne_changent_rien():
    typographique = LONGUE.replace("'", "’").replace(" :", "\u00a0:")
    nue = "".join(
        c for c in unicodedata.normalize("NFD", LONGUE.upper()) if not unicodedata.combining(c)
    )
    notes = {
        evaluer(texte, HISTORIQUE.bareme["s1_tp1_q4"], HISTORIQUE.contexte).fraction
        for texte in (LONGUE, typographique, nue)
    }
    assert len(notes) == 1
