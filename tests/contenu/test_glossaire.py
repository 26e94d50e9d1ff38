"""Le glossaire : un mot, un sens, un exemple ; chaque cahier montre les siens, et la page les cherche."""

import json

import pytest

from autograde.cours.dossiers import Cours
from autograde.production.sommaire import ecrire_les_emplois
from grc_helpers.francais.forme import sans_accents
from grc_helpers.glossaire.ecran import Page
from grc_helpers.glossaire.entrees import (
    SENS_LE_PLUS_LONG,
    chercher,
    du_cahier,
    emplois,
    toutes,
)
from grc_helpers.glossaire.rendu import mots_du_cahier
from tests.contenu.cahiers import cahier, espaces, noms


@pytest.mark.parametrize("entree", toutes(), ids=lambda entree: entree.terme)
def test_une_entree_est_courte_et_complete(entree):
    assert 0 < len(entree.sens.split()) <= SENS_LE_PLUS_LONG
    assert entree.exemple and entree.sens.endswith((".", "»"))
    assert entree.exemple.endswith((".", "?", "!", "»"))
    assert {entree.introduit, *entree.demande} <= set(noms())


def test_un_mot_n_a_qu_une_entree():
    ecrits = [sans_accents(nom) for e in toutes() for nom in {e.terme, *e.variantes}]
    assert sorted(e for e in set(ecrits) if ecrits.count(e) > 1) == []


@pytest.mark.parametrize("entree", toutes(), ids=lambda entree: entree.terme)
def test_le_cahier_qui_introduit_un_mot_l_ecrit_dans_son_texte(entree):
    textes = [c.texte for c in cahier(entree.introduit) if c.est_texte]
    ecrits = [
        sans_accents(nom) for nom in (entree.terme, *entree.variantes, *(entree.reconnu or ()))
    ]
    lu = sans_accents("\n".join(textes).replace("*", ""))
    assert any(ecrit in lu for ecrit in ecrits)


@pytest.mark.parametrize("nom", noms())
def test_chaque_cahier_montre_les_siens_par_une_ligne(nom):
    lignes = [c.texte for c in cahier(nom) if c.id == "glossaire_mots"]
    assert lignes == [f'glossaire("{nom}")']
    assert not any("| terme |" in c.texte or "| mot |" in c.texte for c in cahier(nom))
    introduits, repris = du_cahier(nom)
    montre = espaces(str(mots_du_cahier(nom, introduits, repris)))
    assert introduits or repris
    assert [
        e.terme for e in (*introduits, *repris) if e.terme not in montre.replace("&#39;", "'")
    ] == []


def test_un_cahier_ne_donne_pas_le_sens_qu_il_demande():
    demandes = [entree for entree in toutes() if entree.demande]
    assert demandes
    for entree in demandes:
        for demandeur in entree.demande:
            introduits, repris = du_cahier(demandeur)
            assert entree not in introduits + repris


def test_les_emplois_sont_ceux_que_grc_produire_ecrit(tmp_path):
    cours = Cours()
    liste = cours.racine / "grc_helpers" / "glossaire" / "emplois.json"
    avant = liste.read_bytes()
    ecrire_les_emplois(cours)
    assert liste.read_bytes() == avant, "Lancez « grc produire »"
    assert json.loads(avant) == emplois() and list(emplois()) == list(noms())


@pytest.mark.parametrize(
    ("ecrit", "premier"),
    [("echeance", "Échéance"), ("LTV", "Valeur client"), ("bases de d", "Base de données")],
)
def test_la_recherche_ignore_accents_et_majuscules(ecrit, premier):
    assert premier in [entree.terme for entree in chercher(ecrit)]


def test_la_recherche_se_rabat_sur_le_sens():
    assert [entree.terme for entree in chercher("rayon")] != []
    assert chercher("xyzw") == []


def test_la_page_reagit_a_chaque_lettre_et_dit_quand_rien_ne_repond():
    page = Page(toutes())
    assert page.tableau.value.count("<tr>") == len(toutes()) + 1 and page.compte.value == ""
    page.champ.value = "encours"
    assert page.tableau.value.count("<tr>") == 2 and "1 mot trouvé" in espaces(page.compte.value)
    page.champ.value = "<b>zzz"
    assert page.tableau.value == "" and "&lt;b&gt;zzz" in page.compte.value
    page.effacer()
    assert page.tableau.value.count("<tr>") == len(toutes()) + 1


def test_l_accueil_mene_au_glossaire():
    textes = json.loads(Cours().notebook_distribue("accueil").read_text(encoding="utf-8"))
    assert "(../glossaire/glossaire.ipynb)" in json.dumps(textes, ensure_ascii=False)
