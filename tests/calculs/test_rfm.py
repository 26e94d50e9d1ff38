"""Le calcul RFM : sur un jeu public connu (CDNOW), et pour n'importe quelles données, la règle des ex æquo tient."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.cas import fil_rouge
from grc_helpers.calculs import rfm
from grc_helpers.donnees import lire
from grc_helpers.donnees.commerces import ventes
from grc_helpers.simulateurs.rfm import savonnerie
from tests.contenu.test_notebooks import COURS
from tests.donnees.cdnow import FICHIER, FIN, achats, en_csv

VALEURS = st.dictionaries(st.integers(), st.integers(0, 8), min_size=1, max_size=60)


@pytest.fixture(scope="module")
def cdnow() -> list[rfm.Vente]:
    """L'échantillon CDNOW (1 client sur 10, 1997-1998), lu dans le paquet publié qui le livre, sans importer ce paquet."""
    return [rfm.Vente(jour, client, montant) for client, jour, _, montant in achats()]


@pytest.fixture(scope="module")
def mesures_cdnow(cdnow) -> dict[str, rfm.Mesures]:
    return rfm.mesurer(cdnow, FIN)


def test_les_totaux_connus_de_cdnow(cdnow, mesures_cdnow):
    assert len(cdnow) == 6_919 and len(mesures_cdnow) == 2_357
    assert round(sum(mesures.montant for mesures in mesures_cdnow.values()), 2) == 244_091.94
    assert sum(mesures.frequence == 1 for mesures in mesures_cdnow.values()) == 1_218
    assert mesures_cdnow["0001"] == rfm.Mesures(recence=200, frequence=4, montant=100.50)


@pytest.mark.parametrize("ex_aequo", ["bas", "haut"])
@pytest.mark.parametrize("mesure", ["recence", "frequence", "montant"])
def test_sur_cdnow_deux_clients_a_egalite_ont_la_meme_note(mesures_cdnow, mesure, ex_aequo):
    notes_par_valeur = {}
    for client, notes in rfm.noter_tous(mesures_cdnow, ex_aequo).items():
        notes_par_valeur.setdefault(getattr(mesures_cdnow[client], mesure), set()).add(
            getattr(notes, mesure)
        )
    assert len(notes_par_valeur) > 5 and {len(notes) for notes in notes_par_valeur.values()} == {1}


def test_sur_cdnow_un_seul_jour_d_achat_vaut_toujours_la_plus_basse_note(mesures_cdnow):
    """Plus de la moitié des clients sont à égalité : les quintiles n'existent que par la règle, et la note 2 n'est donnée à personne."""
    basses = rfm.noter({client: m.frequence for client, m in mesures_cdnow.items()})
    assert {basses[client] for client, m in mesures_cdnow.items() if m.frequence == 1} == {1}
    assert [list(basses.values()).count(note) for note in range(1, 6)] == [1_218, 0, 403, 358, 378]
    hautes = rfm.noter({client: m.frequence for client, m in mesures_cdnow.items()}, "haut")
    assert {hautes[client] for client, m in mesures_cdnow.items() if m.frequence == 1} == {3}


def test_sur_cdnow_les_cinquiemes_sont_presque_egaux_quand_les_egalites_sont_rares(mesures_cdnow):
    notes = [n.montant for n in rfm.noter_tous(mesures_cdnow).values()]
    assert all(0.19 < notes.count(note) / len(notes) < 0.21 for note in range(1, 6))


def a_la_francaise(nombre: int) -> str:
    """Comme on l'écrit dans un notebook source, avec une espace ordinaire."""
    return f"{nombre:,}".replace(",", " ")


def test_la_lecon_cite_cet_echantillon_tel_qu_il_est(mesures_cdnow):
    """La leçon de la séquence 2 en donne trois nombres, avec la source : ce sont ceux du fichier."""
    lecon = (COURS.solutions / "s2_connaissance_client" / "s2_connaissance_client.ipynb").read_text(
        encoding="utf-8"
    )
    une_fois = sum(mesures.frequence == 1 for mesures in mesures_cdnow.values())
    part = une_fois / len(mesures_cdnow) * 100
    assert f"{a_la_francaise(len(mesures_cdnow))} clients gagnés début 1997" in lecon
    assert f"{a_la_francaise(une_fois)} n'ont acheté qu'un seul jour, soit {part:.0f} %" in lecon


def test_le_cours_ne_livre_de_cdnow_qu_un_petit_fichier_tire_de_l_echantillon(mesures_cdnow):
    """Une ligne par client, ses mesures RFM justes ; ni le journal des achats, ni le paquet qui le livre, chez le stagiaire."""
    assert FICHIER.read_text(encoding="utf-8") == en_csv(), (
        "récrivez-le : python -m tests.donnees.cdnow"
    )
    lues = {
        ligne["client"]: rfm.Mesures(
            int(ligne["recence"]), int(ligne["jours"]), float(ligne["montant"])
        )
        for ligne in lire("cdnow")
    }
    assert lues.keys() == mesures_cdnow.keys()
    for client, mesures in mesures_cdnow.items():
        assert (
            lues[client].recence == mesures.recence and lues[client].frequence == mesures.frequence
        )
        assert lues[client].montant == pytest.approx(mesures.montant, abs=0.005)
    assert FICHIER.stat().st_size < 100_000, "le stagiaire le télécharge"
    livres = [
        f
        for dossier in ("grc_helpers", "course", "solutions")
        for f in (COURS.racine / dossier).rglob("*")
        if f.suffix in {".py", ".ipynb"}
    ]
    assert len(livres) > 100
    employeurs = [
        f.name
        for f in livres
        if re.search(r"import lifetimes|from lifetimes", f.read_text(encoding="utf-8"))
    ]
    assert employeurs == []


def test_cdnow_est_date_source_et_ses_limites_sont_dites():
    """Dans le dictionnaire des données comme dans l'atelier : d'où il vient, de quand, ce qu'il ne dit pas, à quelles conditions."""
    dictionnaire = (COURS.racine / "grc_helpers/donnees/dictionnaire.md").read_text(
        encoding="utf-8"
    )
    partie = dictionnaire.split("`cdnow.csv`")[1].split("\n## ")[0]
    attendus = ("Fader", "Hardie", "lifetimes", "MIT", "1997", "1998", "Limites", "un sur dix")
    assert [mot for mot in attendus if mot not in partie] == []
    atelier = (COURS.solutions / "s2_at1_rfm" / "s2_at1_rfm.ipynb").read_text(encoding="utf-8")
    attendus = ("Fader", "Hardie", "1997", "juin 1998", "un sur dix", "2 357 clients", "Limites")
    assert [mot for mot in attendus if mot not in atelier] == []


@given(VALEURS, st.sampled_from(["bas", "haut"]), st.booleans())
def test_une_note_va_de_1_a_5_suit_l_ordre_et_ne_depend_pas_du_fichier(
    valeurs, ex_aequo, petit_est_mieux
):
    notes = rfm.noter(valeurs, ex_aequo, petit_est_mieux)
    sens = -1 if petit_est_mieux else 1
    rangees = sorted(valeurs, key=lambda client: sens * valeurs[client])
    assert all(1 <= note <= 5 for note in notes.values())
    for moins_bon, meilleur in zip(rangees, rangees[1:], strict=False):
        assert notes[moins_bon] <= notes[meilleur]
        if valeurs[moins_bon] == valeurs[meilleur]:
            assert notes[moins_bon] == notes[meilleur]
    a_l_envers = {client: valeurs[client] for client in reversed(list(valeurs))}
    assert rfm.noter(a_l_envers, ex_aequo, petit_est_mieux) == notes


@given(st.integers(1, 40).map(lambda n: n * 5))
def test_sans_egalite_chaque_note_va_a_un_cinquieme_des_clients(combien):
    for ex_aequo in ("bas", "haut"):
        notes = list(rfm.noter(dict(enumerate(range(combien))), ex_aequo).values())
        assert [notes.count(note) for note in range(1, 6)] == [combien // 5] * 5


def test_une_vente_posterieure_a_l_analyse_ne_compte_pas():
    ventes = [
        rfm.Vente(date(2026, 5, 2), "Lina", 10),
        rfm.Vente(date(2026, 7, 1), "Lina", 90),
        rfm.Vente(date(2026, 7, 1), "Marc", 5),
    ]
    assert rfm.mesurer(ventes, date(2026, 6, 30)) == {"Lina": rfm.Mesures(59, 1, 10)}


def test_chaque_case_de_la_grille_a_un_segment_et_chaque_segment_une_case():
    cases = {(r, f): rfm.segment(r, f) for r in range(1, 6) for f in range(1, 6)}
    assert set(cases.values()) == set(rfm.SEGMENTS)


def test_un_refus_est_saute_sans_rien_couter_et_seulement_s_il_precede_la_fin_du_budget():
    notes = dict.fromkeys("abcde", rfm.Notes(5, 5, 5))
    marges = dict.fromkeys("abcde", 20)
    envoi = rfm.preparer_envoi("abcde", notes, marges, refus="be", budget=10, cout=5)
    assert (envoi.ecrits, envoi.refus, envoi.cout) == (("a", "c"), ("b",), 10)
    assert envoi.gain == pytest.approx(2 * 0.4 * 20 - 10)
    assert rfm.preparer_envoi(
        "abcde", notes, marges, refus="", budget=1.5, cout=0.3
    ).ecrits == tuple("abcde")


# Chaque boutique du cours : où est son journal, les mesures et les refus qu'on en tire.
BOUTIQUES = {
    "fil_rouge": (
        fil_rouge.donnees.__name__,
        fil_rouge.mesures_du_fil_rouge(),
        fil_rouge.refus_du_fil_rouge(),
    ),
    "savonnerie": ("grc_helpers.donnees", *savonnerie()),
}


@pytest.mark.parametrize(
    ("boutique", "mesures_partagees"),
    [("fil_rouge", ["recence", "frequence", "montant"]), ("savonnerie", ["frequence"])],
)
def test_les_donnees_du_cours_ont_des_egalites_a_cheval_sur_une_coupure(
    boutique, mesures_partagees
):
    """Sans elles, l'atelier et l'explorateur parleraient d'une règle qui ne sert jamais."""
    paquet, mesures, refus = BOUTIQUES[boutique]
    assert 20 <= len(mesures) <= 40 and refus and refus <= mesures.keys()
    assert all(vente.jour.weekday() != 6 for vente in ventes(boutique, paquet)), "fermé le dimanche"
    bas, haut = rfm.noter_tous(mesures), rfm.noter_tous(mesures, "haut")
    for mesure in mesures_partagees:
        assert any(
            getattr(bas[client], mesure) < getattr(haut[client], mesure) for client in mesures
        ), mesure
