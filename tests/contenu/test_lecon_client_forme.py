"""La leçon de la séquence 2 : ses étapes, leur durée, leurs bilans, ses exercices et ses réponses rédigées tiennent leur forme."""

import re
from collections import Counter

from grc_helpers.entrainement.exercices import Choix, Serie
from grc_helpers.entrainement.fichier import charger, noms
from tests.contenu.lecon_client import CELLULES, LECON, TEXTES
from tests.contenu.test_duree import minutes_affichees, mots, temps_annonces

APPEL = re.compile(rf'exercice\("{LECON}", "(\w+)"\)')
# Le temps, en minutes : lire (les énoncés des exercices aussi), un exercice ou un bilan, une réponse de trois phrases, une de huit
# lignes, un simulateur.
MOTS_PAR_MINUTE, EXERCICE, REPONSE, REPONSE_LONGUE, SIMULATEUR = 180, 3, 5, 10, 5
LONGUES = ("ecrire_note",)
ETAPES = range(1, 11)


def etapes():
    """Les cellules de chaque étape, par numéro."""
    parties, numero = {}, 0
    for nom, sorte, texte in CELLULES:
        titre = re.match(r"## (?:Étape (\d+))?", texte) if sorte == "markdown" else None
        if titre:
            numero = int(titre[1] or 0)
        if numero:
            parties.setdefault(numero, []).append((nom, sorte, texte))
    return parties


def minutes(sorte, texte):
    if sorte == "markdown":
        return mots(texte) / MOTS_PAR_MINUTE
    if texte.startswith("%%reponse"):
        return REPONSE_LONGUE if texte.split()[1] in LONGUES else REPONSE
    exercices = APPEL.findall(texte)
    return (
        sum(EXERCICE + mots(a_lire(charger(LECON, nom))) / MOTS_PAR_MINUTE for nom in exercices)
        or SIMULATEUR
    )


def a_lire(exercice):
    """Ce qu'un exercice donne à lire avant de répondre."""
    reponses = [option.texte for option in getattr(exercice, "options", ())]
    lignes = [ligne.texte for ligne in getattr(exercice, "lignes", ())]
    return " ".join([exercice.question, *reponses, *lignes, *getattr(exercice, "possibilites", ())])


def test_chaque_etape_tient_dans_le_temps_annonce():
    annonces = {
        int(numero): int(temps)
        for numero, temps in re.findall(
            r"^\| (\d+) \|.*\| (\d+) min \|$", TEXTES["objectifs_temps"], re.MULTILINE
        )
    }
    besoins = {
        numero: sum(minutes(sorte, texte) for _, sorte, texte in partie)
        for numero, partie in etapes().items()
    }
    assert list(annonces) == list(besoins) == list(ETAPES)
    assert all(20 <= temps <= 30 for temps in annonces.values())
    assert {n: besoin for n, besoin in besoins.items() if besoin > annonces[n]} == {}
    tout = sum(
        minutes(sorte, texte)
        for nom, sorte, texte in CELLULES
        if nom not in ("preparer", "glossaire_mots")  # des cellules de service
    )
    lignes = temps_annonces([{"cell_type": "markdown", "source": TEXTES["objectifs_temps"]}])
    assert tout <= sum(lignes.values()) == minutes_affichees(TEXTES["titre"])
    debut_et_fin = lignes[("au début, à la fin",)]
    assert tout - sum(besoins.values()) <= debut_et_fin


def test_chaque_etape_finit_par_un_bilan_de_trois_questions_et_un_arret():
    parties = etapes()
    for numero, partie in parties.items():
        assert questions(charger(LECON, f"bilan_{numero}")) >= 3
        fin = [nom for nom, _, _ in partie][-3:]
        attendue = [f"bilan_{numero}", f"exercice_bilan_{numero}", f"arret_{numero}"]
        assert fin == (attendue if numero < len(parties) else fin[:1] + attendue[:2])
    assert all("arrêter ici" in t for p in parties.values() for n, _, t in p if "arret" in n)


def questions(exercice):
    """Ce qu'un bilan donne à juger : des lignes, des gestes à garder ou non, ou les temps d'un calcul."""
    if isinstance(exercice, Serie):
        assert 3 <= len(exercice.lignes) <= 6
        return len(exercice.lignes)
    if isinstance(exercice, Choix):
        assert exercice.multiple and len(exercice.options) <= 5
        return len(exercice.options)
    return len(exercice.calculs)


def test_les_bilans_varient_et_aucun_ne_se_joue_a_pile_ou_face():
    bilans = [charger(LECON, f"bilan_{numero}") for numero in ETAPES]
    genres = Counter((type(bilan), getattr(bilan, "melange", "")) for bilan in bilans)
    assert len(genres) == 4 and max(genres.values()) <= 3, genres
    assert not any("Vrai" in getattr(bilan, "possibilites", ()) for bilan in bilans)


def test_aucun_indice_de_bilan_ne_compte_les_reponses():
    """« Une seule phrase est vraie » donne la réponse sans rien apprendre ; de même dans les choix multiples."""
    compte = re.compile(
        r"(seule?|première|dernière|deux|trois|quatre)s? (phrase|réponse|proposition)s?"
        r"( sont| est|,| restent| ont)",
        re.IGNORECASE,
    )
    assert compte.search("Seule la première phrase est vraie.")
    assert compte.search("Trois réponses sont bonnes ; deux autres…")
    souffles = {
        nom: indice
        for nom in noms(LECON)
        for indice in charger(LECON, nom).indices
        if compte.search(indice)
    }
    assert souffles == {}


def test_une_etape_se_reprend_apres_la_seule_preparation():
    """Le premier exercice d'une étape va chercher ce dont il a besoin : rien d'une étape d'avant ne doit être lancé."""
    for numero, partie in etapes().items():
        premier = next(texte for _, _, texte in partie if APPEL.search(texte))
        assert premier.startswith("from grc_helpers.entrainement import exercice"), numero


def test_chaque_exercice_ecrit_est_dans_la_lecon_une_fois():
    appels = [nom for _, _, texte in CELLULES for nom in APPEL.findall(texte)]
    assert appels == noms(LECON)


def test_les_consignes_sont_au_dessus_des_simulateurs():
    outils = [
        rang
        for rang, (_, sorte, texte) in enumerate(CELLULES)
        if sorte == "code" and ".afficher()" in texte
    ]
    assert len(outils) == 5
    for rang in outils:
        assert "« Commencer »" in CELLULES[rang - 1][2]
        assert "Ce qu'il fallait voir" in CELLULES[rang + 1][2]


def test_une_reponse_redigee_a_son_modele_replie_et_vient_apres_l_exemple():
    ids = [nom for nom, _, _ in CELLULES]
    redigees = [
        rang for rang, (_, _, texte) in enumerate(CELLULES) if texte.startswith("%%reponse")
    ]
    assert ids.index("etape_1_copie") < ids.index("exercice_deux_copies") < redigees[0]
    for rang in redigees:
        assert CELLULES[rang + 1][2].startswith("<details><summary>Comparer")


def test_aucune_association_ne_se_fait_par_elimination():
    """Plus d'éléments que de familles, ou des familles qui restent vides."""
    for nom in noms(LECON):
        exercice = charger(LECON, nom)
        if getattr(exercice, "melange", "") == "lignes":
            assert len(exercice.lignes) != len(exercice.possibilites), nom


def test_la_bonne_option_ne_se_devine_ni_a_sa_place_ni_a_sa_longueur():
    choix = [e for e in (charger(LECON, nom) for nom in noms(LECON)) if isinstance(e, Choix)]
    uniques = [e for e in choix if not e.multiple]
    places = Counter(next(i for i, o in enumerate(e.options) if o.juste) for e in uniques)
    assert max(places.values()) <= len(uniques) / 2, places
    for exercice in uniques:
        longueurs = [len(option.texte) for option in exercice.options]
        assert max(longueurs) <= 2 * min(longueurs), exercice.nom


def test_la_note_de_huit_lignes_a_son_exemple_annote_et_son_exercice():
    ids = [nom for nom, _, _ in CELLULES]
    ordre = ["etape_10_copie", "etape_10_annotee", "exercice_note_a_corriger", "ecrire_note"]
    assert sorted(ordre, key=ids.index) == ordre and ids.index("ecrire_note") < ids.index(
        "vers_les_tp"
    )
    annonces = [mot.strip() for mot in re.findall(r"([\w' ]+)…", TEXTES["etape_10_annotee"])]
    assert len(annonces) == 7
    assert [mot for mot in annonces if mot not in TEXTES["etape_10_copie"]] == []
    for note in ("etape_10_copie", "ecrire_note_modele"):
        assert 70 <= mots(TEXTES[note]) <= 130, "huit lignes"
    assert [
        mot for mot in ("Certes", "Mais", "Je propose") if mot not in TEXTES["ecrire_note_modele"]
    ] == []
