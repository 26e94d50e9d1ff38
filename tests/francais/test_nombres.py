"""Lire et écrire les nombres : toute écriture française d'un nombre redonne ce nombre ; aucun texte ne fait d'erreur."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc_helpers.francais.nombres import ESPACES, UNITES, ecrire_nombre, lire_nombre, nom_unite

centimes = st.integers(min_value=-(10**11), max_value=10**11)
espaces = st.sampled_from([e for e in ESPACES if e != "\t"] + [""])


def ecriture(n: int, espace: str, virgule: str, moins: str, decimales: int) -> tuple[str, float]:
    """Une façon d'écrire n centimes (``decimales`` chiffres gardés) et la valeur exacte de ce qui est écrit."""
    entier, reste = divmod(abs(n), 100)
    groupes = f"{entier:,}".replace(",", espace)
    partie = f"{reste:02d}"[:decimales]
    texte = (moins if n < 0 else "") + groupes + (virgule + partie if partie else "")
    valeur = float(f"{entier}.{partie or 0}")
    return texte, -valeur if n < 0 else valeur


@given(
    centimes,
    espaces,
    st.sampled_from(",."),
    st.sampled_from("-\u2212\u2013"),
    st.integers(0, 2),
    st.sampled_from(["", " €", "\u00a0€", "€", " EUR", " euros", "\u202f€"]),
    st.sampled_from(["", " ", "\u00a0", "environ ", "= "]),
)
def test_toute_ecriture_francaise_se_relit(n, espace, virgule, moins, decimales, unite, avant):
    texte, valeur = ecriture(n, espace, virgule, moins, decimales)
    lu = lire_nombre(avant + texte + unite, "€")
    assert lu.message == "", texte
    assert lu.valeur == pytest.approx(valeur, abs=1e-9)


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False), st.integers(0, 6))
def test_ce_que_nous_ecrivons_se_relit(valeur, decimales):
    assert lire_nombre(ecrire_nombre(valeur, decimales)).valeur == pytest.approx(
        round(valeur, decimales), abs=10**-decimales
    )


@given(st.text(max_size=200), st.sampled_from(["", "€", "clients", "%", "unité inconnue"]))
def test_aucun_texte_ne_fait_d_erreur(texte, unite):
    lu = lire_nombre(texte, unite)
    assert lu.valeur is None or math.isfinite(lu.valeur)
    assert not (lu.valeur is not None and lu.message), "une valeur et un doute à la fois"


@pytest.mark.parametrize("texte", ["1.234", "12.500", "140.625"])
def test_un_point_de_milliers_est_ambigu_et_explique(texte):
    lu = lire_nombre(texte)
    assert lu.valeur is None
    assert texte.replace(".", " ") in lu.message and texte.replace(".", ",") in lu.message


@pytest.mark.parametrize(
    ("texte", "valeur"),
    [
        ("0.234", 0.234),
        ("1234.5", 1234.5),
        ("12.50", 12.5),
        ("1.2345", 1.2345),
        (",5", 0.5),
        ("+7", 7),
        ("54.", 54),
        ("- 3", -3),
        ("1000 x 40% = 400 clients", 400),
        ("≈ 351,6", 351.6),
        ("400 clients gagnés", 400),
        ("2,5 k€", 2500),
        ("€ 1 200", 1200),
    ],
)
def test_ecritures_particulieres(texte, valeur):
    assert lire_nombre(texte).valeur == pytest.approx(valeur)


@pytest.mark.parametrize(
    ("texte", "extrait"),
    [
        ("1.250,50", "« 1 250,50 »"),
        ("1,234.50", "« 1 234,50 »"),
        ("1,2,3", "plusieurs séparateurs"),
        ("1 23", "groupes de trois"),
        ("quatre cents", "Je ne lis pas de nombre"),
        ("400 pommes", "Je ne lis pas de nombre"),
        ("1e5", "Je ne lis pas de nombre"),
        ("12 ou 13", "Je ne lis pas"),
        ("x" * 500, "trop long"),
        ("٤٠٠", "Je ne lis pas"),
    ],
)
def test_les_refus_disent_quoi_faire(texte, extrait):
    lu = lire_nombre(texte)
    assert lu.valeur is None
    assert extrait in lu.message


@pytest.mark.parametrize("texte", ["", "   ", "\u00a0", "-", "…", "?"])
def test_une_case_vide_n_est_pas_une_faute(texte):
    assert lire_nombre(texte).vide


@pytest.mark.parametrize(
    ("texte", "unite", "attendu"),
    [("40 %", "clients", "clients, pas en %"), ("12 €", "DH", "DH, pas en €")],
)
def test_l_unite_attendue_est_dite(texte, unite, attendu):
    assert attendu in lire_nombre(texte, unite).message


@pytest.mark.parametrize(
    "texte", ["54 abonnés", "54 abonnes", "54 Abonnés fidèles", "1 abonné", "54"]
)
def test_une_unite_propre_a_la_question_se_lit_avec_ou_sans_accent(texte):
    assert lire_nombre(texte, "abonnés").valeur == float(texte.split()[0])


def test_les_unites_connues_se_lisent_toutes():
    for ecrite in UNITES:
        assert lire_nombre(f"3 {ecrite}").unite == nom_unite(ecrite)
