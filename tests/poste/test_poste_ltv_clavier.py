"""Le TP « valeur client » au clavier seul, de l'ouverture à la remise : le fichier rendu vaut la même copie tapée en texte brut."""

import pytest

from autograde.cours.devoir import charger_devoir
from autograde.fichiers.notebook import lire_fichier
from autograde.notation.copie import corriger_les_reponses
from grc_helpers.reponses.notebook import lire_reponses
from tests.classe_fictive import DEPOT, DEVOIR, copie_avec, notebook_distribue
from tests.poste.test_poste_formulaires import Clavier, champ
from tests.poste_ouvert import attendre_que

pytestmark = pytest.mark.navigateur

# Une copie moyenne : une case fausse et son report, une prose qui dit deux idées. Dans l'ordre de la page.
NOMBRES = {"s2_tp1_q0": "400", "s2_tp1_q2e": "140 676,44"}
TABLEAUX = {
    "s2_tp1_q1": {"Clients perdus": "100 60 36 20,4", "Clients restants": "300 240 204 190"},
    "s2_tp1_q2a": {
        "CA par client": "500 480 460,80 442,37",
        "CA global": "150000 115200 94003,20 84050,30",
    },
    "s2_tp1_q2b": {
        "Coût d'acquisition par client": "200 200 200 200",
        "Coût d'acquisition total": "60000 48000 40800 36720",
    },
    "s2_tp1_q2c": {
        "Coût de vie par client": "120 122,40 124,85 127,34",
        "Coût de vie total": "36000 29376 25468,99 23380,53",
    },
    "s2_tp1_q2d": {
        "Résultat": "54000 37824 27734,21 21118,23",
        "Résultat cumulé": "54000 91824 119558,21 140676,44",
    },
}
PROSE = "La première année rapporte le plus : 54 000 €. Ensuite des clients s'en vont."
ORDRE = [
    "s2_tp1_q0",
    "s2_tp1_q1",
    "s2_tp1_q2a",
    "s2_tp1_q2b",
    "s2_tp1_q2c",
    "s2_tp1_q2d",
    "s2_tp1_q2e",
    "s2_tp1_q3",
]


def en_texte() -> dict[str, str]:
    """Les mêmes réponses, telles qu'on les taperait sans formulaire."""
    tableaux = {
        question: "\n".join(
            " | ".join([libelle, *cases.split()]) for libelle, cases in lignes.items()
        )
        for question, lignes in TABLEAUX.items()
    }
    return NOMBRES | tableaux | {"s2_tp1_q3": PROSE}


def repondre(clavier: Clavier, question: str) -> None:
    if question in TABLEAUX:
        clavier.jusqu_a(champ(question, "input"))
        for case in " ".join(TABLEAUX[question].values()).split():
            clavier.texte(case)
            clavier.touche("Tab")
    elif question in NOMBRES:
        clavier.jusqu_a(champ(question, "input"))
        clavier.texte(NOMBRES[question])
    else:
        clavier.jusqu_a(champ(question, "textarea"))
        clavier.texte(PROSE)


@pytest.mark.parametrize("vue", ["lab/tree", "notebooks"], ids=["jupyterlab", "notebook7"])
def test_le_tp_de_l_ouverture_a_la_remise_au_clavier_seul(ouvrir, serveur, vue, dossier_captures):
    nom = f"{DEVOIR}_{vue.partition('/')[0]}.ipynb"
    page = ouvrir(nom, notebook_distribue(DEVOIR), vue)
    clavier = Clavier(page)
    for question in ORDRE:
        repondre(clavier, question)

    # Tab mène à « Rendre ma copie » ; le poste a enregistré tout seul.
    attendre_que(lambda: PROSE in "".join(texte for _, texte in serveur.sources(nom)), 30)
    clavier.jusqu_a(page.locator(".grc-remise").get_by_label("Nom et prénom"))
    clavier.texte("Léa Dupont")
    clavier.touche("Tab")
    clavier.texte("G2")
    clavier.jusqu_a(page.locator(".grc-remise").get_by_role("button"))
    clavier.touche("Enter")
    page.locator(".grc-recu").wait_for(timeout=60_000)
    page.locator(".grc-recu").scroll_into_view_if_needed()
    page.screenshot(path=dossier_captures / f"recu_clavier_{vue.partition('/')[0]}.png")

    rendus = list((serveur.dossier / DEVOIR / "a_rendre").glob(f"Lea_Dupont-G2-{DEVOIR}*.ipynb"))
    assert rendus, "le fichier à rendre est écrit à côté de la séance"
    devoir = charger_devoir(DEPOT, DEVOIR)
    copie, motif, _ = lire_fichier(max(rendus, key=lambda fichier: fichier.stat().st_mtime))
    assert motif == ""
    rendue = corriger_les_reponses(lire_reponses(copie, devoir.questions), devoir)
    tapee = corriger_les_reponses(
        lire_reponses(copie_avec(en_texte(), DEVOIR), devoir.questions), devoir
    )
    assert rendue.notes == tapee.notes
    assert rendue.points("s2_tp1_q1") == 3.5 and rendue.points("s2_tp1_q3") > 0, (
        "il y a de quoi comparer"
    )
