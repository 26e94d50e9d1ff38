"""Une seule forme : ce qui ne se voit pas ne change pas ce qui est lu, et l'on retrouve toujours ce qui était écrit."""

import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from grc_helpers.francais.forme import (
    ACCENTS_PAR_LETTRE,
    ESPACES,
    en_une_forme,
    mettre_en_forme,
    sans_accents,
)
from grc_helpers.reponses.lettres import lire_lettres
from grc_helpers.reponses.tableaux import lire_tableau
from grc_helpers.reponses.types.association import lire_association
from grc_helpers.reponses.types.contrat import sans_espaces

INVISIBLES = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2066\u2069\ufeff\0"
# Des textes comme on en écrit, avec ce qui s'y glisse.
SIGNES = "aeioucnyÉàçœst '’-.,;:\n\t0159€%&#|«»" + "\u0301\u0300\u0327" + ESPACES + INVISIBLES
textes = st.text(st.sampled_from(SIGNES), max_size=80) | st.text(max_size=40)


@settings(max_examples=1000)
@given(textes)
@example("&am\u00adp;nbsp;")
@example("e" + "\u0301" * 3 * ACCENTS_PAR_LETTRE)
def test_la_forme_est_unique_et_n_a_plus_rien_a_ramener(texte):
    forme = en_une_forme(texte)
    assert unicodedata.is_normalized("NFC", forme)
    assert not set(forme) & set(INVISIBLES + ESPACES[2:] + "\r\v\f\u2028\u2029\x85")
    assert en_une_forme(forme) == forme


@settings(max_examples=1000)
@given(st.text(st.sampled_from(SIGNES.replace("&", "")), max_size=80), st.data())
def test_decomposer_ou_semer_des_invisibles_ne_change_rien(texte, donnees):
    forme = en_une_forme(texte)
    assert en_une_forme(unicodedata.normalize("NFD", texte)) == forme
    place = donnees.draw(st.integers(0, len(forme)))
    seme = donnees.draw(st.text(st.sampled_from(INVISIBLES), max_size=4))
    assert en_une_forme(forme[:place] + seme + forme[place:]) == forme
    assert sans_accents(forme[:place] + seme + forme[place:]) == sans_accents(forme)


@settings(max_examples=1000)
@given(textes, st.data())
def test_chaque_bout_de_la_forme_revient_a_ce_qui_etait_ecrit(texte, donnees):
    forme = mettre_en_forme(texte)
    debut = donnees.draw(st.integers(0, len(forme.texte)))
    fin = donnees.draw(st.integers(debut, len(forme.texte)))
    # Une lettre ne se coupe pas de ses accents.
    assume(
        not any(
            unicodedata.combining(c)
            for c in forme.texte[debut : debut + 1] + forme.texte[fin : fin + 1]
        )
    )
    ecrit = forme.ecrit(debut, fin)
    assert ecrit in texte, "ce qui est montré est un morceau de ce qui a été écrit"
    assert en_une_forme(ecrit) == en_une_forme(forme.texte[debut:fin])


@pytest.mark.parametrize(
    ("ecrit", "forme"),
    [
        ("caf&eacute;&nbsp;: 12&euro;", "café : 12€"),
        ("l&#39;offre, l&#x27;&eacute;t&eacute;", "l'offre, l'été"),
        ("&amp;nbsp;&amp;eacute;", " é"),
        ("R&D ; Q&A", "R&D ; Q&A"),
        ("&inconnue;", "&inconnue;"),
        ("&#8203;&shy;&zwnj;", ""),
        ("\ufb01d\u00adélité", "fidélité"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("vis\u2011à\u2010vis", "vis-à-vis"),
    ],
)
def test_ecritures_particulieres(ecrit, forme):
    assert en_une_forme(ecrit) == forme


def test_un_texte_hostile_reste_lineaire():
    """Cent mille signes de ce qui se cherche le plus : le nombre de remplacements, lui, est borné par la longueur."""
    for texte in (
        "&" * 100_000,
        "&amp;" * 20_000,
        "e" + "\u0301\u0323" * 50_000,
        "\u200b" * 100_000,
    ):
        forme = mettre_en_forme(texte)
        assert len(forme.texte) <= len(texte)
        assert forme.bornes is None or len(forme.bornes) == len(forme.texte)


@settings(max_examples=300)
@given(st.integers(0, 60), st.sampled_from([*INVISIBLES, "&#8203;"]))
def test_tous_les_lecteurs_commencent_par_la(place, seme):
    tableau = "Clients | N1 | N2\nPerdus | 10 | 9,5\nArrivés | 90 |"
    vierge = lire_tableau("Clients | N1 | N2\nPerdus | |\nArrivés | |")

    def seme_dans(texte):
        return texte[: place % len(texte)] + seme + texte[place % len(texte) :]

    lu, temoin = lire_tableau(seme_dans(tableau), vierge), lire_tableau(tableau, vierge)
    assert {case: en_une_forme(texte) for case, texte in lu.textes.items()} == temoin.textes
    assert (lu.valeurs(), lu.remarques) == (temoin.valeurs(), temoin.remarques)
    paires = "Boutique : b\nTélévente -> a"
    assert lire_association(seme_dans(paires)) == lire_association(paires)
    assert lire_lettres(seme_dans("a, c"), ("a", "b", "c")).lettres == ["a", "c"]
    assert sans_espaces(seme_dans("  \n")) == ""
