"""Le lexique de la prose : ce qu'il rapproche, ce qu'il sépare, et les fautes de saisie qu'un formateur pourrait y faire."""

from itertools import combinations
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import autograde.prose
from autograde.prose.lexique import decouper, lexique, sans_accents, variantes
from autograde.prose.ressemblance import contraire, ressemblent
from autograde.prose.texte import lire

BRUT = YAML(typ="safe").load(
    (Path(autograde.prose.__file__).parent / "lexique.yml").read_text(encoding="utf-8")
)
TOURS = {tour: valeur for tours in lexique().expressions.values() for tour, valeur in tours}

SYNONYMES = """
thune/argent bosser/travailler taf/travail pub/publicité rabais/remise ristourne/réduction sympa/aimable furieux/énervé galère/problème
bug/erreur plaignent/réclamation partent/quitter vendu/vente perdu/perdre choix/choisir résolu/solution reçu/accueil répondent/réponse
boss/directeur tract/dépliant texto/sms mail/courriel requête/demande doléance/plainte réactif/rapide sondage/enquête booster/augmenter
dégringoler/baisser désengorger/alléger attrition/départ achètent/commande gèrent/traiter passager/client
jéneral/généralement
"""
DISTINCTS = """
content/mécontent acheter/vendre achat/vente perdre/gagner attente/attentif conseil/conserver prix/produit fidèle/infidèle poli/impoli
cher/gratuit gratuit/payant rapide/lent long/court ouvert/fermé augmenter/baisser améliorer/dégrader partir/rester client/concurrent
vendeur/acheteur rentable/déficitaire coûter/rapporter promotion/fidélisation qualité/quantité qualitatif/quantitatif compagnie/campagne
faible/fiable réclame/publicité courrier/courriel internet/intranet internet/interne adapter/adopter attente/atteinte attrition/attribution
local/loyal marque/manque objectif/objection réduction/réaction rétention/récent verte/vente test/texte transport/transfert
satisfait/fidèle remise/remboursement recommander/commander information/formation responsable/responsabilité panier/papier
annuel/annuler annuel/annulation taisent/absent
"""
OPPOSES = """
content/déçu heureux/mécontent gratuit/payant cher/abordable vite/lent ouvert/fermé présent/absent possible/impossible poli/impoli
aimable/désagréable clair/confus long/court hausse/diminuer rentable/déficitaire améliorer/dégrader facile/difficile utile/inutile
reste/partir confiance/méfiance égaux/inégaux fidèle/volatil joignable/injoignable
"""
SANS_OPPOSITION = "content/ravi premier/dernier petit/grand entrant/sortant nouveau/ancien attentes/rapide qualité/incompétent"


def s_opposent(ecrit: str, attendu: str) -> bool:
    """L'un, nié, vaut-il l'autre ?"""
    return any(
        (oppose := contraire(mot)) and ressemblent(oppose, autre)
        for mot, autre in ((ecrit, attendu), (attendu, ecrit))
    )


def paires(texte: str) -> list[tuple[str, str]]:
    return [tuple(map(sans_accents, paire.split("/"))) for paire in texte.split()]


@pytest.mark.parametrize(("ecrit", "attendu"), paires(SYNONYMES))
def test_des_synonymes(ecrit, attendu):
    assert ressemblent(ecrit, attendu) and ressemblent(attendu, ecrit)


@pytest.mark.parametrize(("ecrit", "attendu"), paires(DISTINCTS))
def test_des_mots_qui_ne_se_valent_pas(ecrit, attendu):
    assert not ressemblent(ecrit, attendu) and not ressemblent(attendu, ecrit)


@pytest.mark.parametrize(("ecrit", "attendu"), paires(OPPOSES))
def test_des_contraires(ecrit, attendu):
    assert s_opposent(ecrit, attendu)


@pytest.mark.parametrize(("ecrit", "attendu"), paires(SANS_OPPOSITION))
def test_des_mots_qui_ne_sont_pas_contraires_par_negation(ecrit, attendu):
    assert not s_opposent(ecrit, attendu)


def test_aucun_anneau_ne_reunit_deux_contraires():
    for ligne in BRUT["anneaux"].splitlines():
        mots = decouper(ligne) if not ligne.strip().startswith("#") else []
        assert [paire for paire in combinations(mots, 2) if s_opposent(*paire)] == [], ligne


@pytest.mark.parametrize("rubrique", ["expressions", "contraires", "messages"])
def test_chaque_ligne_est_une_paire_ecrite_une_seule_fois(rubrique):
    lignes = [
        ligne.strip()
        for ligne in BRUT[rubrique].splitlines()
        if ligne.strip() and not ligne.strip().startswith("#")
    ]
    assert [
        ligne
        for ligne in lignes
        if ligne.count(":") != 1 or not all(map(str.strip, ligne.split(":")))
    ] == []
    ecrites = [variante for ligne in lignes for variante in variantes(ligne.split(":")[0])]
    lues = TOURS if rubrique == "expressions" else getattr(lexique(), rubrique)
    assert len(ecrites) == len(lues), "une entrée est écrite deux fois (aux accents près)"


def test_toutes_les_expressions_se_reconnaissent_dans_une_phrase():
    """Une abréviation ou une coupure de phrase qui défait l'expression la rendrait inutile."""
    manquees = [
        " ".join(tour)
        for tour, valeur in TOURS.items()
        if tuple(mot.forme for mot in lire(f"zut {' '.join(tour)} zut"))[1:-1] != valeur
    ]
    assert manquees == []


@pytest.mark.parametrize(
    ("phrase", "lus"),
    [
        ("sept clients sur dix", "sept clients sur dix"),
        ("un tel client", "un tel client"),
        ("de tels clients", "de tels clients"),
        ("par tél.", "telephone voix"),
        ("le tel du client", "telephone du client"),
        ("son numéro de tel", "son numero telephone"),
        ("un coup de tel", "un appel"),
        ("rappelez-nous svp", "rappelez nous ainsi"),
        ("rappelez-nous s'il vous plaît", "rappelez nous ainsi"),
        ("mrc de payer", "merci de payer"),
        ("tout 2 suite", "rapide"),
    ],
)
def test_une_abreviation_se_lit_selon_ce_qui_l_entoure(phrase, lus):
    """« sept » est un nombre, « un tel client » n'appelle personne, « svp » ne remercie pas."""
    assert " ".join(mot.forme for mot in lire(phrase)) == lus


def test_une_abreviation_n_est_jamais_un_mot_courant():
    """« sé » écrit sans accents serait « se » : tous les « se » d'une réponse deviendraient « c'est »."""
    assert set(lexique().messages) & (lexique().mots_outils - {"c"}) == set()
