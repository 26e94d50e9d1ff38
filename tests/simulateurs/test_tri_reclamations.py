"""Le tri des douze réclamations, sans navigateur : on range, on règle, on lit ce qui s'affiche."""

import re
from collections import Counter
from html import unescape

import pytest

from grc_helpers.calculs.reclamations import CASES, Regle, file_d_attente
from grc_helpers.simulateurs.tri_reclamations import TrierLesReclamations, cartes


@pytest.fixture
def tri():
    return TrierLesReclamations()


def tout_ranger(tri):
    for rang, (carte, *_) in enumerate(tri.cartes):
        tri.aller(rang)
        tri.choisir(carte.case)


def file_affichee(tri):
    html = unescape(tri.figure).replace("\u00a0", " ").split("La file :")[-1]
    return re.findall(r'<tr><th scope="row">\d+</th><td>(.*?)</td><td>(.*?)</td></tr>', html)


def test_douze_cartes_dans_quatre_cases_et_jamais_par_elimination():
    combien = Counter(carte.case for carte, *_ in cartes())
    assert sum(combien.values()) == 12 and set(combien) == set(CASES.values())
    assert len(set(combien.values())) > 1, "des cases de tailles inégales"
    suite = [carte.case for carte, *_ in cartes()]
    assert all(avant != apres for avant, apres in zip(suite, suite[1:], strict=False))


def test_un_recit_ne_nomme_pas_sa_case_et_dit_le_delai_que_la_file_reprend():
    for carte, recit, explication in cartes():
        assert not re.search(r"urgen|importan|grave", recit.lower()), carte.nom
        mixte = carte.urgente != carte.importante
        assert (carte.demande is not None) or not mixte, carte.nom
        assert len(explication.split()) >= 10


def test_une_carte_juste_entre_dans_la_file_une_fausse_donne_une_piste(tri):
    assert tri.phrase.startswith("0 carte") and file_affichee(tri) == [] and tri.retour == ""
    tri.choisir("ni l'une ni l'autre")
    assert "grc-a-revoir" in tri.retour and "première question" in tri.retour
    tri.choisir("urgente, moins importante")
    assert "Reste l'importance" in unescape(tri.retour)
    tri.choisir("urgente et importante")
    assert "grc-juste" in tri.retour and tri.phrase.startswith("1 carte sur 12")
    assert file_affichee(tri) == [("Insuline", "24 h")]
    tri.choisir("")
    assert tri.retour == "" and file_affichee(tri) == []


def test_la_file_complete_est_celle_de_calculs(tri):
    tout_ranger(tri)
    assert tri.phrase == "Les 12 cartes sont à leur place."
    attendue = file_d_attente([carte for carte, *_ in cartes()])
    assert [nom for nom, _ in file_affichee(tri)] == [carte.nom for _, carte in attendue]
    assert "24 h au plus : 3 cartes" in unescape(tri.figure).replace("\u00a0", " ")


def test_les_delais_se_reglent_et_ne_peuvent_pas_se_contredire(tri):
    tout_ranger(tri)
    tri.presse.curseur.value = 8
    tri.reste.curseur.value = 72
    attendue = file_d_attente(tri.placees, Regle(8, 72))
    assert [(nom, delai) for nom, delai in file_affichee(tri)] == [
        (carte.nom, f"{delai:g} h") for delai, carte in attendue
    ]
    avant = tri.figure
    tri.presse.curseur.value = 72
    tri.reste.curseur.value = 24
    assert "n'attend pas plus longtemps" in unescape(tri.message) and tri.figure != avant
    tri.remise.click()
    assert tri.message == "" and tri.reponses == {} and tri.rang == 0
    assert tri.presse.valeur == 24 and tri.reste.valeur == 168


def test_on_va_et_vient_entre_les_cartes_sans_perdre_une_reponse(tri):
    assert tri.precedente.disabled and not tri.suivante.disabled
    tri.choisir("urgente et importante")
    tri.suivante.click()
    assert "Carte 2 sur 12" in tri.consigne and tri.liste.value == ""
    tri.precedente.click()
    assert tri.liste.value == "urgente et importante" and "grc-juste" in tri.retour
    tri.aller(11)
    assert tri.suivante.disabled


def test_une_saisie_hostile_est_echappee(tri):
    tri.presse.champ.value = "<img src=x onerror=alert(1)>"
    assert "<img" not in tri.message and "&lt;img" in tri.message
