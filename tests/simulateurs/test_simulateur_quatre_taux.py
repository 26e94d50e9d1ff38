"""Le simulateur des quatre taux, sans navigateur : il part des tableaux du stagiaire, et dit ce qu'un taux changé rapporte."""

import pytest

from grc_helpers.calculs.valeur_client import VALEUR_CLIENT, Hypotheses, modele
from grc_helpers.noyau import magies
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.simulateurs.quatre_taux import SimulateurQuatreTaux

KIOSQUE = Hypotheses(500, 0.20, (0.4, 0.3, 0.2, 0.1), 90, -0.10, 10, 30, 0.10)


@pytest.fixture
def tableau():
    return modele(KIOSQUE).calculer()


@pytest.fixture
def simulateur(tableau):
    return SimulateurQuatreTaux(tableau, contacts=500)


def test_il_part_des_chiffres_du_stagiaire(simulateur, tableau):
    assert simulateur.valeurs[VALEUR_CLIENT] == pytest.approx(tableau[VALEUR_CLIENT])
    assert "Ce sont vos chiffres" in simulateur.phrase
    assert [r.champ.value for r in simulateur.attritions.values()] == [
        f"{taux}\u00a0%" for taux in (40, 30, 20, 10)
    ]


def test_chaque_taux_change_ce_qu_il_doit(simulateur):
    simulateur.attritions["N2"].curseur.value = 10
    attendue = modele(Hypotheses(500, 0.20, (0.4, 0.1, 0.2, 0.1), 90, -0.10, 10, 30, 0.10))
    assert simulateur.valeurs == pytest.approx(attendue.calculer())
    assert simulateur.ecart > 0 and "soit +" in simulateur.phrase
    simulateur.remise.click()
    assert abs(simulateur.ecart) < 0.01
    simulateur.conversion.curseur.value = 10
    assert simulateur.ecart == pytest.approx(-simulateur.depart[VALEUR_CLIENT] / 2)
    assert "soit −" in simulateur.phrase


@pytest.mark.parametrize("manquante", ["Clients perdus", "CA par client", "Résultat cumulé"])
def test_un_tableau_incomplet_ne_donne_aucun_chiffre(tableau, manquante):
    entame = {case: valeur for case, valeur in tableau.items() if case[0] != manquante}
    simulateur = SimulateurQuatreTaux(entame, contacts=500)
    simulateur.afficher()
    assert "Remplissez les tableaux" in simulateur.message and simulateur.figure == ""


def test_des_taux_impossibles_sont_dits_sans_erreur(tableau):
    simulateur = SimulateurQuatreTaux(tableau | {("Clients perdus", "N1"): -500.0}, contacts=500)
    simulateur.afficher()
    assert "ne sait pas régler" in simulateur.message


def test_sept_commandes_qui_ont_chacune_leur_nom(simulateur):
    noms = [reglage.champ.description for reglage in simulateur.reglages]
    assert len(set(noms)) == len(noms) == 7


def test_les_cellules_lancees_donnent_leurs_valeurs(monkeypatch):
    monkeypatch.setattr(magies, "_valeurs", {})
    magies.controler_et_retenir(
        lire_cellule("%%tableau q1 valeur_client\nAnnées | N1\nClients perdus | 12,5")
    )
    assert magies.mes_valeurs("valeur_client") == {("Clients perdus", "N1"): 12.5}
    assert magies.mes_valeurs("autre") == {}
