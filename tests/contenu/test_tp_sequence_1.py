"""Les deux TP de la séquence 1 : les chiffres du cas prouvent ce que la question suivante fait dire, et les exercices varient."""

import json
import re
from collections import Counter

import pytest

from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.prose.evaluation import evaluer
from grc_helpers.entrainement.fichier import charger, noms
from grc_helpers.reponses.notebook import cellules, source
from tests.classe_fictive import DEPOT
from tests.contenu.test_lecon_evolution import sorte

HISTORIQUE, CANAUX = "s1_tp1_historique", "s1_tp2_multicanal"


def texte(seance: str, cellule: str = "") -> str:
    notebook = json.loads(Cours().notebook_distribue(seance).read_text(encoding="utf-8"))
    lues = [source(c) for c in cellules(notebook) if cellule in ("", c["id"])]
    return re.sub("[\u00a0\u202f]", " ", "\n".join(lues))


def test_le_relationnel_passe_devant_en_trois_ans():
    carton = texte(HISTORIQUE, "carton_5") + texte(HISTORIQUE, "carton_5_suite")
    assert "**Hamid** conclut 11 ventes" in carton and "**Salma** en conclut 9." in carton
    assert "6 ont racheté" in carton and "34 ont racheté" in carton
    hamid, salma = 11 * 1.06, 9 * 1.34
    assert round(hamid, 2) == 11.66 and round(salma, 2) == 12.06
    assert "11 × 1,06 = 11,66 ; 9 × 1,34 = 12,06" in texte(HISTORIQUE, "a_retenir")
    assert charger(HISTORIQUE, "samedi_de_hamid").tirer(1).attendu == pytest.approx(hamid)
    assert charger(HISTORIQUE, "samedi_de_salma").tirer(1).attendu == pytest.approx(salma - hamid)


def test_la_maison_a_soixante_dix_ans():
    situation = texte(HISTORIQUE, "situation")
    assert "depuis 1956" in situation and "des 70 ans" in situation and 1956 + 70 == 2026
    assert "1955" not in texte(HISTORIQUE)


def test_ce_qui_departage_les_clienteles_est_ecrit_avant_la_question():
    fiche = texte(CANAUX, "etape_2")
    assert "| centre d'appels | tous les jours, dimanche compris" in fiche
    assert "| courriel | réponse dans la journée | un écrit, avec pièce jointe |" in fiche


@pytest.mark.parametrize(("seance", "combien"), [(HISTORIQUE, 8), (CANAUX, 9)])
def test_un_exercice_sur_trois_au_plus_est_du_meme_genre(seance, combien):
    genres = Counter(sorte(charger(seance, nom)) for nom in noms(seance))
    assert sum(genres.values()) == combien and max(genres.values()) <= combien / 3


def test_le_contresens_du_one_to_one_est_dit_et_le_prenom_refute_n_accuse_pas():
    devoir = charger_devoir(DEPOT, HISTORIQUE)
    bareme = devoir.bareme["s1_tp1_q5"]
    contresens = evaluer(
        "C'est un seul vendeur face au client au comptoir.", bareme, devoir.contexte
    )
    assert contresens.fraction == 0 and "à distance" in contresens.messages[0]
    juste = (
        "Le prénom, tout le monde le reçoit dans le même message. Depuis les années 2000, on traite chacun à part, avec une offre à lui. "
        "Il faut connaître ses achats et l'heure où il répond, rangés dans une base de données."
    )
    assert evaluer(juste, bareme, devoir.contexte).fraction == 1
