"""Les coquilles du manuel d'origine ne passent pas dans le cours (séquences 1 et 2) : l'énoncé affiche le bon chiffre.

Les réponses fausses que ces coquilles font naître ont leur explication dans les barèmes et leurs essais (``test_essais.py``,
``test_tp_rimaldi.py``, ``test_tp_bertin.py``). Ici, ce qu'un stagiaire lit.
"""

import json
import re

import pytest

from autograde.cas.verdanis import hypotheses
from autograde.cours.corrige import reponses_types
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from grc_helpers.calculs import valeur_client
from grc_helpers.reponses.notebook import cellules, source
from tests.contenu.cahiers import espaces
from tests.production.test_production import nombres_dans

COURS = Cours()
# Ce qu'un stagiaire ou un formateur peut lire ; les jeux de données n'ont pas de coordonnées.
LUS = sorted(
    [
        *COURS.solutions.glob("*/*.ipynb"),
        *COURS.solutions.glob("*/*.yml"),
        *COURS.racine.glob("grc_helpers/**/*.toml"),
    ]
)
TELEPHONE = re.compile(r"(?<![\d,.])0[1-9](?:[ .]?\d\d){4}(?!\d)")
COURRIEL = re.compile(r"[\w.-]+@[\w.-]*\w")
# 01 99 00 est réservé aux œuvres de fiction ; .example et .test ne mènent nulle part.
FICTIFS = re.compile(r"01 99 00 \d\d \d\d|.*\.(?:example|test)")


def enonce(devoir: str, cellule: str | None = None) -> str:
    """Ce que lit un stagiaire : la version distribuée, entière ou une seule cellule."""
    toutes = cellules(json.loads(COURS.notebook_distribue(devoir).read_text(encoding="utf-8")))
    return espaces("\n".join(source(c) for c in toutes if cellule in (None, c["id"])))


def coordonnees_reelles(texte: str) -> list[str]:
    return [
        trouve
        for trouve in TELEPHONE.findall(texte) + COURRIEL.findall(texte)
        if not FICTIFS.fullmatch(trouve)
    ]


@pytest.mark.parametrize(
    ("devoir", "coquille"),
    [
        (
            "s1_tp2_multicanal",
            r"en gras|soulign[ée]s dans",
        ),  # E-04 : les termes sont écrits, pas désignés par leur mise en forme
        ("s2_tp1_ltv", r"mailing|publipostage|marge moyenne"),  # E-10
        ("s2_tp2_rimaldi", r"538\s?524"),  # E-15
        ("s2_tp3_bertin", r"\$|USD"),  # E-21
        ("s2_tp3_bertin", r"(?<!5)97,52"),  # E-23
        ("s2_tp3_bertin", r"une est tirée|trait à|17 00,65|220 ,62"),  # E-28
        ("s2_tp3_bertin", r"30/05"),  # E-30 : la traite de mai est tirée le 31
    ],
)
def test_la_coquille_n_est_pas_dans_l_enonce(devoir, coquille):
    assert re.search(coquille, enonce(devoir), re.IGNORECASE) is None


@pytest.mark.parametrize(
    ("devoir", "cellule", "attendu"),
    [
        (
            "s1_evolution_grc",
            "module",
            "évolution de la GRC, modes de contact | 10 h | 2 × 2 h 30 |",
        ),  # E-02
        ("s1_tp1_historique", "s1_tp1_q3b_enonce", "*commodité* (on dit aussi *confort*)"),  # E-07
        ("s1_tp2_multicanal", "schema", "schema_du_multicanal()"),  # E-08
        ("s2_tp1_ltv", "donnees", "**chaque année**"),  # E-13
        ("s2_tp1_ltv", "plus_loin", "**Payer l'acquisition une seule fois ?**"),  # E-13
        ("s2_tp2_rimaldi", "donnees", "| client B | 85 500 | 538 425 |"),  # E-15
        ("s2_tp2_rimaldi", "donnees", "| client I | 5 700 | 251 265 |"),  # E-17
        ("s2_tp2_rimaldi", "s2_tp2_q2b_enonce", "**faiblement** rentable (CFR)"),  # E-18
        ("s2_tp2_rimaldi", "donnees", "chiffre d'affaires d'un mois moyen (€)"),  # E-20
        ("s2_tp2_rimaldi", "etape_3_vingt", "c'est un ordre de grandeur, pas une loi"),  # E-20
        ("s2_tp3_bertin", "dossier_suite", "environ 46 000 € par mois"),  # E-21
        (
            "s2_tp3_bertin",
            "s2_tp3_q2b_enonce",
            "de la première commande (7 avril) à la dernière",
        ),  # E-27
        ("s2_tp3_bertin", "s2_tp3_q2a_enonce", "avoirs non déduits"),  # E-29
        ("s2_tp3_bertin", "releve", "avant l'encaissement du jour"),  # E-30
        ("s2_tp3_bertin", "plus_loin", "Supposons une TVA de 20 %"),  # E-31
    ],
)
def test_l_enonce_dit_ce_que_le_manuel_oublie(devoir, cellule, attendu):
    assert attendu in enonce(devoir, cellule)


def test_l_enonce_ltv_affiche_les_quatre_taux_d_attrition():
    """E-09 : dans le manuel, la ligne est vide."""
    [ligne] = re.findall(r"^\| Taux d'attrition.*", enonce("s2_tp1_ltv", "donnees"), re.MULTILINE)
    assert [int(taux) / 100 for taux in re.findall(r"(\d+) %", ligne)] == list(
        hypotheses().attrition
    )


def test_le_corrige_ltv_montre_les_deux_conventions_d_arrondi():
    """E-12 : sans arrondi, et en clients entiers."""
    corrige = reponses_types(COURS, charger_devoir(COURS, "s2_tp1_ltv"))["s2_tp1_q3"]
    valeurs = [
        valeur_client.modele(hypotheses(), clients_entiers=arrondi).calculer()
        for arrondi in ("non", "superieur")
    ]
    assert {round(valeur[valeur_client.VALEUR_CLIENT]) for valeur in valeurs} <= nombres_dans(
        corrige
    )


def test_les_montants_faux_de_bertin_ne_sont_que_dans_le_releve_a_corriger():
    """E-22 et E-25 : ils y sont exprès, et le stagiaire les cherche."""
    reste = enonce("s2_tp3_bertin")
    for faux, cellule in (("219,17", "releve"), ("3 226,63", "releve_suite")):
        releve = enonce("s2_tp3_bertin", cellule)
        assert faux in releve and faux not in reste.replace(releve, "")


@pytest.mark.parametrize("chemin", LUS, ids=lambda chemin: chemin.name)
def test_aucune_coordonnee_reelle(chemin):
    """E-33 : téléphones et adresses électroniques sont fictifs, et se voient comme tels."""
    assert coordonnees_reelles(chemin.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("reel", ["06 11 22 33 44", "0522304050", "contact@societe.fr"])
def test_une_coordonnee_reelle_est_vue(reel):
    assert coordonnees_reelles(f"Écrivez-nous : {reel}.") == [reel]
