"""Lire et écrire les nombres : toute écriture française d'un nombre redonne ce nombre ; aucun texte ne fait d'erreur."""

import math
import re

import pytest
from hypothesis import given, settings
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


# Ce qu'une personne écrit autour d'un nombre, et ce qu'il ne faut pas y perdre.
AUTOUR = [
    " ", "\n", "€", "%", "k€", "DH", " h ", "min", "/", ",", ".", "-", "+", "?", "(", ")", "ou", " et demi", "e", "er", "ème", "n°",
    "clients", " par client", "/client", " sur ", "x", "environ ", "1", "2", "50", "05", "1 700", "visiteurs", "cinquante", "\u200b",
]  # fmt: skip


@settings(max_examples=1500)
@given(
    st.lists(st.sampled_from(AUTOUR), max_size=3),
    st.integers(0, 9999),
    st.lists(st.sampled_from(AUTOUR), max_size=4),
    st.sampled_from(["", "€", "%", "clients", "heures", "€/client"]),
    st.data(),
)
def test_aucun_chiffre_n_est_ignore(avant, nombre, apres, unite, donnees):
    """Quand un nombre est lu, changer n'importe lequel de ses chiffres change ce qui est lu, ou donne un message."""
    texte = "".join([*avant, str(nombre), *apres])
    lu = lire_nombre(texte, unite)
    if lu.valeur is None:
        assert lu.message
        return
    rang = donnees.draw(st.sampled_from([r for r, c in enumerate(texte) if c.isdigit()]))
    autre = donnees.draw(st.sampled_from([c for c in "0123456789" if c != texte[rang]]))
    change = lire_nombre(texte[:rang] + autre + texte[rang + 1 :], unite)
    assert change.message or change.valeur != lu.valeur, texte


@settings(max_examples=1500)
@given(
    st.integers(0, 99_999),
    st.sampled_from(["", " €", "€", " %", " clients", "h"]),
    st.text(st.sampled_from("abcdefg éœ€%$/+*-0123456789.,;:()'\n#@²½"), max_size=6),
)
def test_ce_qui_suit_l_unite_ne_change_la_valeur_qu_en_le_disant(nombre, unite, suite):
    """Une suite est une précision sans effet, une partie du nombre, ou un message : jamais une autre valeur que celle d'une personne."""
    lu = lire_nombre(f"{nombre}{unite}{suite}")
    if lu.valeur is None:
        assert lu.message
        return
    if not re.search(r"[0-9½]", suite):
        assert lu.valeur == nombre
    for signe in set(suite) & set("+*#@²$"):
        assert signe == "$" and lu.unite == "$", (nombre, unite, suite)


@settings(max_examples=500)
@given(
    st.integers(0, 99_999),
    st.integers(0, 99),
    st.sampled_from(["€", " €", " € ", " DH ", "$"]),
    st.sampled_from(["", " centimes", " cts"]),
)
def test_le_symbole_a_la_place_de_la_virgule(entier, centimes, monnaie, mot):
    lu = lire_nombre(f"{entier}{monnaie}{centimes:02d}{mot}")
    assert lu.message == "" and lu.unite == nom_unite(monnaie.strip())
    assert lu.valeur == pytest.approx(entier + centimes / 100)


@settings(max_examples=300)
@given(
    st.integers(0, 99),
    st.integers(0, 59),
    st.sampled_from(["h", " h ", "H", " heures "]),
    st.sampled_from(["", "min", " mn"]),
)
def test_les_heures_et_les_minutes(heures, minutes, h, mn):
    lu = lire_nombre(f"{heures}{h}{minutes:02d}{mn}", "heures")
    assert lu.valeur == pytest.approx(heures + minutes / 60)


@pytest.mark.parametrize(
    ("texte", "unite", "valeur"),
    [
        ("12€50", "€", 12.5),
        ("1 700€65", "€", 1700.65),
        ("−12€50", "€", -12.5),
        ("0,25 %", "%", 0.25),
        ("500 €/client", "€", 500),
        ("500 €/client", "€/client", 500),
        ("500 € par client", "€/client", 500),
        ("1er", "", 1),
        ("8ème", "", 8),
        ("2e", "", 2),
        ("2e position", "", 2),
        ("n°8", "", 8),
        ("N° 194", "", 194),
        ("1/4", "", 0.25),
        ("1/4", "%", 25),
        ("1 sur 4", "%", 25),
        ("¼", "%", 25),
        ("un quart", "", 0.25),
        ("la moitié des clients", "%", 50),
        ("trois quarts", "%", 75),
        ("deux tiers", "", 2 / 3),
        ("3h30", "", 3.5),
        ("3h30", "heures", 3.5),
        ("2 ans et demi", "ans", 2.5),
        ("50 %", "%", 50),
        ("0,5", "%", 0.5),
        ("80 visiteurs", "visiteurs", 80),
        ("400\nclients", "clients", 400),
        ("CA 2024 = 400 €", "€", 400),
    ],
)
def test_lu_comme_une_personne_le_lirait(texte, unite, valeur):
    lu = lire_nombre(texte, unite)
    assert lu.message == "" and lu.valeur == pytest.approx(valeur)


@pytest.mark.parametrize(
    ("texte", "unite", "extrait"),
    [
        ("12€5", "€", "« €5 »"),
        ("12,30€50", "€", "« €50 »"),
        ("12 € cinquante", "€", "« € cinquante »"),
        ("12 € 50 clients", "€", "« € 50 clients »"),
        ("12e", "€", "écrivez « 12 € »"),
        ("n° 8", "clients", "écrivez « 8 clients »"),
        ("1/4", "clients", "c'est une fraction"),
        ("5/20", "%", "calcul à finir"),
        ("3h75", "heures", "« h75 »"),
        ("80 visiteurs", "clients", "en clients"),
        ("80 visiteurs", "", "« visiteurs »"),
        ("400 = 500", "", "quel résultat garder"),
        ("400 =", "", "rien ne suit « = »"),
        ("1\n700", "", "une seule ligne"),
        ("400 clients ou 500", "clients", "« clients ou 500 »"),
        ("3 millions d'euros", "€", "« millions d'euros »"),
        ("2½", "", "regrouper"),
        ("140 676,44 ?", "€", "« ? »"),  # un « € » perdu par un changement d'encodage, ou un doute
        ("14/20", "points", "calcul à finir"),
        ("3/4", "points", "c'est une fraction"),
    ],
)
def test_ce_qui_n_est_pas_compris_est_cite(texte, unite, extrait):
    lu = lire_nombre(texte, unite)
    assert lu.valeur is None and extrait in lu.message
