"""Ce que donnent les gestes : la somme des groupes fait le total, un filtre garde ce qu'il dit, un fichier abîmé est expliqué."""

import csv
import sys
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc_helpers.donnees import lire
from grc_helpers.exploration import moteur
from grc_helpers.exploration.fichier import Colonne, FichierIllisible, decrire
from grc_helpers.exploration.gestes import Calcul, Croisement, Etat, Filtre, Tri, lire_valeur
from grc_helpers.exploration.moteur import Table
from tests.donnees import clients_fleur_d_atlas

FICHIERS = ("clients_fleur_d_atlas", "cdnow")
TABLES = {nom: Table(decrire(nom)) for nom in FICHIERS}
ATLAS, LIGNES = TABLES["clients_fleur_d_atlas"], lire("clients_fleur_d_atlas")
COLONNE = {colonne.nom: colonne for colonne in ATLAS.fichier.colonnes}


def gardees(*filtres: Filtre) -> list[list]:
    etat = Etat(filtres)
    return ATLAS.page(etat, 0, len(ATLAS.lignes(etat)))


# --- Filtrer et trier ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signe", ["≥", "≤", ">", "<", "=", "≠"])
@given(seuil=st.integers(0, 120))
def test_un_filtre_de_nombre_garde_exactement_les_lignes_qu_il_dit(signe, seuil):
    compare = {
        "≥": lambda n: n >= seuil,
        "≤": lambda n: n <= seuil,
        ">": lambda n: n > seuil,
        "<": lambda n: n < seuil,
        "=": lambda n: n == seuil,
        "≠": lambda n: n != seuil,
    }[signe]
    attendues = [ligne["client"] for ligne in LIGNES if compare(int(ligne["panier"]))]
    filtre = Filtre(COLONNE["panier"], signe, float(seuil))
    assert [ligne[0] for ligne in gardees(filtre)] == attendues


def test_les_filtres_s_ajoutent_et_leur_ordre_ne_change_rien():
    filtres = (
        Filtre(COLONNE["quartier"], "=", "Port"),
        Filtre(COLONNE["accord"], "≠", "non"),
        Filtre(COLONNE["dernier"], "≥", date(2026, 9, 1)),
    )
    attendues = [
        ligne["client"]
        for ligne in LIGNES
        if (ligne["quartier"], ligne["accord"]) == ("Port", "oui")
        and ligne["dernier"] >= "2026-09-01"
    ]
    assert [ligne[0] for ligne in gardees(*filtres)] == attendues
    assert gardees(*filtres) == gardees(*reversed(filtres))
    jour = date.fromisoformat(LIGNES[0]["dernier"])
    ce_jour = [ligne["client"] for ligne in LIGNES if ligne["dernier"] == str(jour)]
    assert [ligne[0] for ligne in gardees(Filtre(COLONNE["dernier"], "=", jour))] == ce_jour
    assert [ligne[0] for ligne in gardees(Filtre(COLONNE["client"], "contient", "c00"))] == [
        f"C00{rang}" for rang in range(1, 10)
    ]


@pytest.mark.parametrize("croissant", [True, False])
@pytest.mark.parametrize("colonne", ATLAS.fichier.colonnes, ids=lambda colonne: colonne.nom)
def test_trier_range_sans_rien_perdre(colonne, croissant):
    etat = Etat(tri=Tri(colonne, croissant))
    rangees = ATLAS.page(etat, 0, 600)
    rang = ATLAS.fichier.colonnes.index(colonne)
    valeurs = [ligne[rang] for ligne in rangees]
    assert valeurs == sorted(valeurs, reverse=not croissant)
    assert sorted(ligne[0] for ligne in rangees) == [ligne["client"] for ligne in LIGNES]


def test_les_pages_mises_bout_a_bout_font_le_fichier():
    pages = [ligne for debut in range(0, 600, 8) for ligne in ATLAS.page(Etat(), debut, 8)]
    assert [ligne[0] for ligne in pages] == [ligne["client"] for ligne in LIGNES]
    assert ATLAS.page(Etat(), 600, 8) == []


# --- Calculer et croiser ---------------------------------------------------------------------------------------------


def tous_les_groupes():
    return [
        pytest.param(table, groupe, id=f"{nom}-{groupe.nom}")
        for nom, table in TABLES.items()
        for groupe in table.fichier.groupables
    ]


@pytest.mark.parametrize(("table", "groupe"), tous_les_groupes())
def test_la_somme_des_groupes_fait_l_ensemble(table, groupe):
    sommables = [c for c in table.fichier.de_genre("nombre") if c.sommable]
    for operation, mesure in [("nombre", None), *(("total", mesure) for mesure in sommables)]:
        lus = table.grouper(Etat(), Calcul(operation, mesure, groupe))
        assert sum(lus.valeurs.values()) == pytest.approx(lus.ensemble), operation
    assert moteur.VIDE not in lus.valeurs, "toute ligne est dans une tranche"


@pytest.mark.parametrize(("table", "groupe"), tous_les_groupes())
def test_minimum_moyenne_maximum_se_rangent(table, groupe):
    mesure = table.fichier.de_genre("nombre")[0]
    bas, moyen, haut = (
        table.grouper(Etat(), Calcul(operation, mesure, groupe))
        for operation in ("minimum", "moyenne", "maximum")
    )
    for nom in bas.valeurs:
        assert bas.valeurs[nom] <= moyen.valeurs[nom] <= haut.valeurs[nom], nom
    assert bas.ensemble == min(bas.valeurs.values())
    assert haut.ensemble == max(haut.valeurs.values())


def test_le_total_par_quartier_se_refait_a_la_main_du_plus_grand_au_plus_petit():
    attendus = defaultdict(float)
    for ligne in LIGNES:
        attendus[ligne["quartier"]] += float(ligne["total"])
    lus = ATLAS.grouper(Etat(), Calcul("total", COLONNE["total"], COLONNE["quartier"]))
    assert lus.valeurs == dict(attendus)
    assert list(lus.valeurs) == sorted(attendus, key=lambda nom: -attendus[nom])
    assert not lus.ranges


def test_les_mois_et_les_tranches_restent_dans_leur_ordre():
    mois = ATLAS.grouper(Etat(), Calcul("nombre", None, COLONNE["dernier"]))
    assert list(mois.valeurs)[0] == "décembre 2025" and list(mois.valeurs)[-1] == "novembre 2026"
    ages = ATLAS.grouper(Etat(), Calcul("nombre", None, COLONNE["age"]))
    assert list(ages.valeurs) == moteur.noms_des_tranches(COLONNE["age"]) and ages.ranges


@pytest.mark.parametrize(("table", "groupe"), tous_les_groupes())
def test_les_marges_d_un_tableau_croise_sont_les_groupes(table, groupe):
    autre = next(c for c in table.fichier.groupables if c != groupe)
    grille = table.croiser(Etat(), Croisement("nombre", None, groupe, autre))
    par_ligne = table.grouper(Etat(), Calcul("nombre", None, groupe)).valeurs
    par_colonne = table.grouper(Etat(), Calcul("nombre", None, autre)).valeurs
    *lignes, ensemble = grille.lignes
    assert {nom: grille.lignes[nom][-1] for nom in lignes} == par_ligne
    assert dict(zip(grille.colonnes[:-1], grille.lignes[ensemble], strict=False)) == par_colonne
    for nom in lignes:
        *cases, fin = grille.lignes[nom]
        assert sum(case or 0 for case in cases) == fin


# --- Le fichier des 600 clients --------------------------------------------------------------------------------------


def test_le_fichier_se_refabrique_a_l_identique():
    assert clients_fleur_d_atlas.FICHIER.read_text(encoding="utf-8") == (
        clients_fleur_d_atlas.en_csv()
    ), "récrivez-le : python -m tests.donnees.clients_fleur_d_atlas"


def test_le_fichier_dit_ce_que_dit_la_lecon():
    assert len({ligne["client"] for ligne in LIGNES}) == len(LIGNES) == 600
    assert sum(int(ligne["achats"]) for ligne in LIGNES) == 4200
    assert sum(ligne["accord"] == "oui" for ligne in LIGNES) == 410
    connues = {ligne["numero"]: ligne for ligne in lire("clientes_boutique")}
    memes = ("sexe", "age", "quartier", "panier", "accord")
    for ligne in LIGNES:
        assert int(ligne["total"]) == int(ligne["achats"]) * int(ligne["panier"])
        jour = date.fromisoformat(ligne["dernier"])
        assert date(2025, 11, 30) < jour < date(2026, 11, 30) and jour.weekday() != 6
        assert int(ligne["age"]) >= 18
        if connue := connues.get(ligne["client"]):
            assert {nom: ligne[nom] for nom in memes} == {nom: connue[nom] for nom in memes}
    assert connues.keys() <= {ligne["client"] for ligne in LIGNES}


# --- Les mauvaises entrées -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("genre", "unite", "texte", "dit"),
    [
        ("nombre", "€", "beaucoup", "Je ne lis pas de nombre"),
        ("nombre", "€", "40 %", "attendue en €"),
        ("nombre", "€", "1.234", "deux façons"),
        ("nombre", "€", "   ", "la valeur est vide"),
        ("date", "", "hier", "écrivez une date comme 01/09/2026"),
        ("date", "", "1/13/2026", "écrivez une date comme 01/09/2026"),
        ("date", "", "0/0/0000", "écrivez une date comme 01/09/2026"),
        ("date", "", "1" * 10_000, "écrivez une date comme 01/09/2026"),
        ("texte", "", "x" * 61, "c'est trop long"),
    ],
)
def test_une_valeur_illisible_est_expliquee(genre, unite, texte, dit):
    valeur, message = lire_valeur(Colonne("c", "La colonne", genre, unite), texte)
    assert valeur is None and message.startswith("La colonne : ") and dit in message


DESCRIPTION = """titre = "T"
source = "s"
ligne = "appel"
lignes = "appels"
feminin = false
[colonnes.jour]
titre = "Jour"
genre = "date"
periode = "jour"
[colonnes.motif]
titre = "Motif"
genre = "categorie"
[colonnes.duree]
titre = "Durée"
genre = "nombre"
unite = "min"
"""


@pytest.fixture
def paquet(tmp_path, monkeypatch):
    """Un paquet de données où poser un fichier et sa description."""
    dossier = tmp_path / "donnees_d_essai"
    dossier.mkdir()
    (dossier / "__init__.py").touch()
    (dossier / "appels.toml").write_text(DESCRIPTION, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, dossier.name, raising=False)
    return dossier


def ouvrir(dossier, contenu: bytes | str) -> Table:
    octets = contenu if isinstance(contenu, bytes) else contenu.encode("utf-8")
    (dossier / "appels.csv").write_bytes(octets)
    return Table(decrire("appels", dossier.name), dossier.name)


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (b"", "est abîmé"),
        (b"\xff\xfe\x00rien", "est abîmé"),
        ('jour,motif,duree\n2026-01-05,"devis,3\n', "est abîmé"),
        ("jour,motif\n2026-01-05,devis\n", "Il manque une colonne"),
        ("jour,motif,duree\n2026-01-05,devis,3\n2026-01-06,devis,trois\n", "Durée, ligne 3"),
        ("jour,motif,duree\n05/01/2026,devis,3\n", "Jour, ligne 2 : je ne lis pas « 05/01/2026 »"),
    ],
)
def test_un_fichier_abime_est_explique(paquet, contenu, dit):
    with pytest.raises(FichierIllisible, match=dit):
        ouvrir(paquet, contenu)


def test_un_fichier_absent_ou_mal_decrit_est_explique(paquet):
    with pytest.raises(FichierIllisible, match="Je ne trouve pas le fichier « appels.csv »"):
        Table(decrire("appels", paquet.name), paquet.name)
    with pytest.raises(FichierIllisible, match="Je ne trouve pas la description"):
        decrire("inconnu", paquet.name)
    for abimee in ("titre = ", 'titre = "T"', DESCRIPTION.replace('"date"', '"heure"')):
        (paquet / "appels.toml").write_text(abimee, encoding="utf-8")
        with pytest.raises(FichierIllisible, match="abîmée|genre « heure » inconnu"):
            decrire("appels", paquet.name)


def test_un_mois_d_appels_se_groupe_par_jour_et_une_case_vide_reste_vide(paquet):
    """Le même outil sert aux séquences suivantes : un mois d'appels, une durée ou un motif qui manque."""
    table = ouvrir(
        paquet,
        "jour,motif,duree\n2026-01-06,devis,4\n2026-01-05,,3\n2026-01-06,panne,\n2026-01-06,devis,8\n",
    )
    jour, motif, duree = table.fichier.colonnes
    assert table.grouper(Etat(), Calcul("nombre", None, jour)).valeurs == {
        "05/01/2026": 1,
        "06/01/2026": 3,
    }
    assert table.grouper(Etat(), Calcul("moyenne", duree, None)).ensemble == 5
    motifs = table.grouper(Etat(), Calcul("nombre", None, motif)).valeurs
    assert motifs == {"devis": 2, moteur.VIDE: 1, "panne": 1}
    assert len(table.lignes(Etat((Filtre(duree, "≤", 99.0),)))) == 3
    assert table.page(Etat(), 2, 1) == [[date(2026, 1, 6), "panne", None]]


def test_les_fichiers_livres_ont_toutes_leurs_colonnes_decrites():
    for nom, table in TABLES.items():
        chemin = clients_fleur_d_atlas.FICHIER.with_name(f"{nom}.csv")
        entetes = next(csv.reader(chemin.read_text(encoding="utf-8").splitlines()))
        assert entetes == [colonne.nom for colonne in table.fichier.colonnes]
        assert table.fichier.source and len({c.titre for c in table.fichier.colonnes}) == len(
            entetes
        )
