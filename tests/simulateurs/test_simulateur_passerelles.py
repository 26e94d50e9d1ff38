"""Le simulateur des passerelles, sans navigateur : ce que la cliente redit dans chaque organisation, et ce qui s'affiche."""

import re

import pytest

from grc_helpers.calculs import passerelles as calcul
from grc_helpers.donnees.commerces import parcours
from grc_helpers.entrainement.fichier import charger
from grc_helpers.simulateurs.passerelles import SimulateurPasserelles

MOMENTS = parcours()


def bilan(organisation, *canaux):
    moments, ponts = calcul.organiser(MOMENTS, organisation, frozenset(canaux))
    passages = calcul.derouler(moments, ponts)
    return calcul.redites(passages), calcul.deplacements(passages)


def test_ce_que_coute_chaque_organisation():
    """Compté à la main sur le parcours : au multicanal, deux renseignements redits à trois moments."""
    assert bilan("canal simple") == (0, 5)
    assert bilan("multicanal") == (6, 1)
    assert bilan("omnicanal") == (0, 1)
    assert bilan("cross-canal", "Site", "Magasin") == (4, 1)
    assert bilan("cross-canal", "Téléphone", "Magasin") == (4, 1)
    assert bilan("cross-canal", "Site", "Téléphone") == (2, 1)


def test_une_passerelle_n_aide_jamais_a_redire_davantage():
    for pont in calcul.passerelles_possibles(MOMENTS):
        assert bilan("omnicanal")[0] <= bilan("cross-canal", *pont)[0] <= bilan("multicanal")[0]


def test_l_exercice_de_la_lecon_dit_les_memes_chiffres_que_le_simulateur():
    exercice = charger("s1_evolution_grc", "passerelle")
    resultats = {}
    for option in exercice.options:
        canaux = [
            canal for canal in calcul.canaux_de(MOMENTS) if canal.lower() in option.texte.lower()
        ]
        annonce = int(re.search(r"(\d+) redites", option.explication)[1])
        resultats[option.juste] = [*resultats.get(option.juste, []), annonce]
        assert len(canaux) == 2 and annonce == bilan("cross-canal", *canaux)[0], option.texte
    assert max(resultats[True]) < min(resultats[False]), (
        "la bonne réponse est bien la meilleure passerelle"
    )


@pytest.mark.parametrize(
    ("organisation", "passerelle", "motif"),
    [("tout", {"Site", "Magasin"}, "Organisations"), ("cross-canal", {"Site"}, "deux canaux")],
)
def test_une_organisation_impossible_est_refusee(organisation, passerelle, motif):
    with pytest.raises(ValueError, match=motif):
        calcul.organiser(MOMENTS, organisation, frozenset(passerelle))


def test_la_phrase_la_figure_et_le_tableau_suivent_les_listes():
    simulateur = SimulateurPasserelles()
    assert simulateur.phrase == "En canal simple, Mme Bennis ne redit rien et se déplace 5 fois."
    assert simulateur.passerelle.disabled
    simulateur.organisation.value = "cross-canal"
    assert not simulateur.passerelle.disabled
    assert (
        simulateur.phrase
        == "En cross-canal, Mme Bennis redit 4 renseignements et se déplace une fois."
    )
    alternative = re.search('alt="([^"]*)"', simulateur.figure)[1]
    assert (
        "Vérifier, Téléphone, redites : 2" in alternative
        and "Passerelles : Site et Magasin." in alternative
    )
    assert (
        '<th scope="row">Retirer</th><td>Magasin</td><td>rien</td><td>rien</td>'
        in simulateur.tableau
    )
    simulateur.passerelle.value = frozenset({"Site", "Téléphone"})
    assert "redit 2 renseignements" in simulateur.phrase
    simulateur.reinitialiser()
    assert (
        simulateur.passerelle.value == {"Site", "Magasin"}
        and simulateur.organisation.value == "canal simple"
    )
    assert simulateur.phrase.endswith("5 fois.")


def test_les_commandes_ont_un_nom():
    simulateur = SimulateurPasserelles()
    assert all(
        piece.description
        for piece in (simulateur.organisation, simulateur.passerelle, simulateur.remise)
    )
