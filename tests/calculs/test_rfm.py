"""Le calcul RFM : sur un jeu public connu (CDNOW), et pour n'importe quelles données, la règle des ex æquo tient."""

import re
from datetime import date
from importlib.metadata import distribution

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.cas import fil_rouge
from grc_helpers.calculs import rfm
from grc_helpers.donnees.commerces import ventes
from grc_helpers.simulateurs.rfm import savonnerie
from tests.contenu.test_notebooks import COURS

FIN_DE_CDNOW = date(1998, 6, 30)
VALEURS = st.dictionaries(st.integers(), st.integers(0, 8), min_size=1, max_size=60)


@pytest.fixture(scope="module")
def cdnow() -> list[rfm.Vente]:
    """L'échantillon CDNOW (1 client sur 10, 1997-1998), lu dans le paquet publié qui le livre, sans importer ce paquet."""
    fichier = distribution("lifetimes").locate_file("lifetimes/datasets/CDNOW_sample.txt")
    lignes = [
        ligne.split() for ligne in fichier.read_text(encoding="ascii").splitlines() if ligne.strip()
    ]
    return [
        rfm.Vente(date.fromisoformat(jour), client, float(montant))
        for _, client, jour, _, montant in lignes
    ]


@pytest.fixture(scope="module")
def mesures_cdnow(cdnow) -> dict[str, rfm.Mesures]:
    return rfm.mesurer(cdnow, FIN_DE_CDNOW)


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


def test_le_cours_n_emploie_pas_cdnow():
    """CDNOW et le paquet qui le livre ne servent qu'ici : ni le stagiaire ni le formateur n'en dépendent."""
    fichiers = [
        f
        for dossier in ("grc_helpers", "autograde", "course", "solutions")
        for f in (COURS.racine / dossier).rglob("*")
    ]
    textes = [
        f.read_text(encoding="utf-8")
        for f in fichiers
        if f.suffix in {".py", ".ipynb", ".csv", ".md", ".toml", ".yml"}
    ]
    assert len(textes) > 100 and not [
        texte
        for texte in textes
        if re.search(r"cdnow|import lifetimes|from lifetimes", texte, re.IGNORECASE)
    ]


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
