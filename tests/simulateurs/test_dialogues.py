"""Les dialogues à jouer : tous les chemins mènent à une fin, chaque règle se dit, un fichier mal écrit s'explique."""

from html import unescape

import pytest

from grc_helpers.dialogues.ecran import Dialoguer
from grc_helpers.dialogues.partie import Partie
from grc_helpers.dialogues.scenario import charger, lire, noms
from grc_helpers.entrainement.champs import FichierIncorrect

PETIT = """
titre = "Essai"
moyen = "au téléphone"
situation = "Une situation."
monnaie = "DH"
depart = "debut"
calme = 50
confiance = 50
[scenes.debut]
qui = "Elle"
dit = "Alors ?"
[[scenes.debut.choix]]
texte = "Oui."
regle = "Dire oui"
pourquoi = "Parce que."
suite = "fin"
[[scenes.debut.choix]]
texte = "Non."
calme = -60
cout = 5
regle = "Dire non"
pourquoi = "Parce que."
suite = "fin"
[scenes.fin]
qui = "Elle"
dit = "Bon."
bilan = "C'est fini."
"""


def visible(html) -> str:
    return unescape(str(html)).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("nom", noms())
def test_tous_les_chemins_finissent_et_les_jauges_les_departagent(nom):
    dialogue = charger(nom)
    chemins = list(dialogue.chemins())
    arrivees = {}
    for chemin in chemins:
        partie = Partie(dialogue)
        for rang in chemin:
            partie.repondre(rang)
        assert partie.finie and partie.scene.bilan
        assert all(0 <= e.calme <= 100 and 0 <= e.confiance <= 100 for e in partie.etats)
        arrivees.setdefault(partie.scene.bilan, []).append(partie.etats[-1])
    assert len(chemins) >= 50 and len(arrivees) == 3
    # La fin la plus heureuse laisse plus de confiance que la pire, quel que soit le chemin.
    confiances = sorted(
        (max(e.confiance for e in etats), min(e.confiance for e in etats))
        for etats in arrivees.values()
    )
    assert confiances[0][0] < confiances[-1][0]
    assert any(e.cout for etats in arrivees.values() for e in etats), "un choix coûte"


@pytest.mark.parametrize("nom", noms())
def test_la_bonne_reponse_n_est_pas_toujours_a_la_meme_place(nom):
    scenes = [scene for scene in charger(nom).scenes.values() if scene.choix]
    gains = [[c.calme + c.confiance for c in scene.choix] for scene in scenes]
    assert len({siens.index(max(siens)) for siens in gains}) >= 2
    assert all(len(c.texte) <= 150 for scene in scenes for c in scene.choix)


def test_jouer_lire_la_reprise_revenir_et_rejouer():
    jeu = Dialoguer("directeur_furieux")
    montres = [b.description for b in jeu.reponses if b.layout.display is None]
    assert list(map(visible, montres)) == [c.texte for c in jeu.partie.scene.choix]
    assert jeu.retour.disabled and jeu.tableau == ""
    for rang in (1, 0, 1, 0):
        jeu.reponses[rang].click()
    assert jeu.partie.finie and "La règle" in visible(jeu.tableau)
    assert visible(jeu.tableau).count("<tr>") == 1 + 4
    assert visible(jeu.phrase) == "Calme 85 sur 100, confiance 95 sur 100, dépense 9 000 DH."
    assert all(b.layout.display == "none" for b in jeu.reponses)
    jeu.retour.click()
    assert not jeu.partie.finie and jeu.tableau == ""
    jeu.remise.click()
    assert jeu.partie.faits == [] and jeu.retour.disabled


@pytest.mark.parametrize(
    ("avant", "apres", "attendu"),
    [
        ('suite = "fin"', 'suite = "ailleurs"', "la suite « ailleurs » n'est pas une scène"),
        ('suite = "fin"', 'suite = "debut"', "on y revient sans fin"),
        ('bilan = "C\'est fini."', "", "il faut au moins 2 blocs"),
        ("calme = 50", "calme = 150", "écrivez « calme » : un nombre de 0 à 100"),
        ('regle = "Dire oui"', "", "scène « debut », choix, n° 1 : il manque « regle »"),
        ("cout = 5", "prix = 5", "« prix » n'est pas attendu ici"),
        ('texte = "Non."', 'texte = "Oui."', "deux fois le même texte"),
        (
            "[scenes.fin]",
            '[scenes.seule]\nqui = "a"\ndit = "b"\nbilan = "c"\n[scenes.fin]',
            "« seule » : aucun choix n'y mène",
        ),
        ("depart", "départ", "écriture incorrecte"),
        ('titre = "Essai"', "", "il manque « titre »"),
    ],
)
def test_un_dialogue_mal_ecrit_dit_quoi_corriger(avant, apres, attendu):
    assert avant in PETIT and lire(PETIT).titre == "Essai"
    with pytest.raises(FichierIncorrect, match=r"^dialogue\.toml : ") as defaut:
        lire(PETIT.replace(avant, apres))
    assert attendu in str(defaut.value)


def test_un_dialogue_inconnu_est_nomme_avec_ceux_qui_existent():
    with pytest.raises(FichierIncorrect, match="Il n'y a pas de dialogue « absent »"):
        charger("absent")
