"""L'entraînement : chaque sorte d'exercice, deux essais, des chiffres reproductibles, et des fichiers qu'on refuse avec un motif clair."""

import asyncio
import re
from html import unescape

import pytest

from autograde.cours.dossiers import Cours
from grc_helpers.entrainement import exercice, rendu
from grc_helpers.entrainement.deroulement import Deroulement
from grc_helpers.entrainement.ecran import Ecran
from grc_helpers.entrainement.exercices import Choix, Nombre, Serie
from grc_helpers.entrainement.fichier import (
    FichierIncorrect,
    charger,
    lire,
    noms,
    seances_avec_exercices,
)
from grc_helpers.entrainement.formules import FormuleIncorrecte, calculer
from grc_helpers.francais.textes import en_html
from grc_helpers.francais.typographie import INSECABLE
from grc_helpers.simulateurs.ecran import DELAI_DE_SAISIE

TOUS = [(seance, nom) for seance in seances_avec_exercices() for nom in noms(seance)]
APPEL = re.compile(r"""exercice\(\s*["'](\w+)["']\s*,\s*["'](\w+)["']""")

CHOIX = """
[q]
sorte = "choix"
titre = "Titre"
question = "Question ?"
indices = ["un", "deux", "trois"]
[[q.options]]
texte = "A"
juste = true
explication = "parce que A"
[[q.options]]
texte = "B"
juste = false
explication = "B est ailleurs"
"""
NOMBRE = """
[q]
sorte = "nombre"
titre = "Titre"
question = "{n} clients, {t} % partent."
unite = "clients"
reponse = "n - partis"
explication = "{partis} partent."
indices = ["un", "deux", "trois : {partis}"]
[q.tirage]
n = [100, 200]
t = [10, 20, 30]
[q.calculs]
partis = "n * t / 100"
[[q.erreurs]]
valeur = "partis"
explication = "Ce sont les {partis} partants."
"""


def exemple(nom, graine=1):
    return charger("exemples", nom).tirer(graine)


# --- Ce qu'un exercice dit d'une réponse ----------------------------------------------------------------------------


def test_choix_unique():
    taux = exemple("taux")
    assert taux.juger([0]).juste and not taux.juger([1]).juste
    assert "30 est un nombre de clients" in taux.juger([1]).remarques[0]
    assert "Choisissez" in taux.juger([]).a_completer


def test_choix_multiple_il_faut_tout_et_rien_d_autre():
    canaux = exemple("canaux")
    assert canaux.juger([0, 2]).juste
    assert not canaux.juger([0, 1, 2]).juste
    incomplet = canaux.juger([0])
    assert not incomplet.juste and "Il manque" in incomplet.remarques[-1]
    assert "discussion en ligne" not in " ".join(incomplet.remarques), (
        "l'option oubliée n'est pas révélée"
    )


def test_vrai_faux_ne_dit_pas_quelle_ligne_est_fausse():
    idees = exemple("idees_recues")
    assert idees.juger(["Faux", "Vrai"]).juste
    assert idees.juger(["Vrai", "Vrai"]).remarques == ("1 ligne juste sur 2.",)
    assert idees.juger(["Vrai", None]).a_completer == "Il reste 1 ligne à compléter."


def test_association_melange_les_lignes_sans_perdre_leur_famille():
    avant, apres = charger("exemples", "roles"), exemple("roles")
    assert set(avant.lignes) == set(apres.lignes) and avant.lignes != apres.lignes
    assert apres.juger([ligne.attendu for ligne in apres.lignes]).juste


def test_ordre_melange_la_liste_et_explique_ce_qui_est_bien_place():
    ordre = exemple("reclamation")
    bon = [ligne.attendu for ligne in ordre.lignes]
    assert set(ordre.possibilites) == set(bon) and list(ordre.possibilites) != bon
    assert ordre.juger(bon).juste
    faux = ordre.juger([bon[0], bon[2], bon[1], bon[3]])
    assert not faux.juste and faux.remarques[0] == "2 lignes justes sur 4."
    assert ordre.lignes[0].explication in faux.remarques[1]
    assert faux.remarques[2].startswith("À revoir") and bon[1] not in faux.remarques[2]
    assert "placé deux fois" in ordre.juger([bon[0], bon[0], bon[2], bon[3]]).a_completer


@pytest.mark.parametrize("ecriture", ["{n}", "{n} clients", "200 − {p} = {n} clients", "{n},0"])
def test_nombre_se_lit_a_la_francaise(ecriture):
    nombre = lire(NOMBRE, "q").tirer(1)
    juste = ecriture.format(n=int(nombre.attendu), p=0)
    assert nombre.juger(juste).juste, juste


def test_nombre_reconnait_une_erreur_frequente():
    nombre = lire(NOMBRE, "q").tirer(1)
    faux = nombre.erreurs[0]
    assert faux.explication in nombre.juger(str(faux.valeur)).remarques[0]
    assert "C'est trop." in nombre.juger("999999").remarques[0]
    assert "Ce n'est pas assez." in nombre.juger("0").remarques[0]


@pytest.mark.parametrize("texte", ["12,5 ou 13", "beaucoup", "", "1.250", "12 %"])
def test_un_nombre_illisible_ne_compte_pas_comme_un_essai(texte):
    partie = Deroulement(lire(NOMBRE, "q"))
    retour = partie.repondre(texte)
    assert retour.phrase and not retour.corrige and partie.essais == 0


def test_la_tolerance_est_un_ecart_dans_l_unite_de_la_reponse():
    nombre = lire(
        NOMBRE.replace('unite = "clients"', 'unite = "clients"\ntolerance = 0.5'), "q"
    ).tirer(1)
    assert nombre.juger(str(nombre.attendu + 0.5)).juste
    assert not nombre.juger(str(nombre.attendu + 0.6)).juste


# --- Deux essais ----------------------------------------------------------------------------------------------------


def mauvaise_et_bonne(enonce):
    """Une réponse complète mais fausse, puis la bonne."""
    match enonce:
        case Choix():
            bonne = [rang for rang, option in enumerate(enonce.options) if option.juste]
            return [
                next(rang for rang, option in enumerate(enonce.options) if not option.juste)
            ], bonne
        case Serie(sans_repetition=True):
            bonne = [ligne.attendu for ligne in enonce.lignes]
            return bonne[1:] + bonne[:1], bonne
        case Serie():
            bonne = [ligne.attendu for ligne in enonce.lignes]
            return [next(p for p in enonce.possibilites if p != bonne[0]), *bonne[1:]], bonne
        case Nombre():
            return str(enonce.attendu + 10 * enonce.tolerance + 1), str(enonce.attendu)


@pytest.mark.parametrize(("seance", "nom"), TOUS)
def test_chaque_exercice_se_joue_en_deux_essais(seance, nom):
    partie = Deroulement(charger(seance, nom))
    mauvaise, bonne = mauvaise_et_bonne(partie.exercice)
    premier = partie.repondre(mauvaise)
    assert not premier.juste and not partie.fini and not premier.corrige
    assert partie.exercice.indices[0] in premier.remarques[-1], "un premier échec donne un indice"
    second = partie.repondre(mauvaise)
    assert partie.fini and not second.juste
    explications = [point.explication for point in second.corrige]
    assert all(explications) and len(explications) >= 1
    partie.recommencer()
    assert not partie.fini and partie.repondre(bonne).juste and partie.fini


@pytest.mark.parametrize(("seance", "nom"), TOUS)
def test_le_corrige_explique_toutes_les_reponses_possibles(seance, nom):
    enonce = charger(seance, nom).tirer(1)
    mauvaise, _ = mauvaise_et_bonne(enonce)
    montre = rendu.corrige(enonce.corrige(mauvaise))
    match enonce:
        case Choix(options=elements) | Serie(lignes=elements):
            attendues = [element.explication for element in elements]
        case Nombre():
            attendues = [enonce.explication, *(erreur.explication for erreur in enonce.erreurs)]
    assert [texte for texte in attendues if en_html(texte) not in montre] == []


# --- Les chiffres ---------------------------------------------------------------------------------------------------


def test_la_meme_graine_donne_les_memes_chiffres_a_toute_la_classe():
    modele = lire(NOMBRE, "q")
    assert modele.tirer(7) == lire(NOMBRE, "q").tirer(7)
    assert len({modele.tirer(graine).question for graine in range(1, 60)}) == 6, (
        "toutes les combinaisons sortent"
    )


def test_autres_chiffres_change_toujours_l_enonce():
    partie = Deroulement(lire(NOMBRE, "q"))
    for _ in range(30):
        avant = partie.exercice.question
        partie.autres_chiffres()
        assert partie.exercice.question != avant and partie.essais == 0


def test_un_exercice_sans_tirage_ne_propose_pas_d_autres_chiffres():
    assert not charger("exemples", "taux").redessinable
    assert Ecran(charger("exemples", "taux")).nouveaux.layout.display == "none"
    assert Ecran(charger("exemples", "abonnes")).nouveaux.layout.display != "none"


@pytest.mark.parametrize(
    "formule",
    [
        "open('x')",
        "n.__class__",
        "[x for x in n]",
        "lambda: 1",
        "n if n else 1",
        "'a' * 9",
        "9**9**9",
        "n / 0",
        "0,25 * n",
        "inconnu",
    ]
    + [
        "valeur_client._cases_de_l_annee(1)",
        "valeur_client.math.floor(2)",
        "os.getcwd()",
        "valeur_client.point_mort([-1])",
        "n +",
    ],
)
def test_une_formule_ne_fait_que_calculer(formule):
    with pytest.raises(FormuleIncorrecte):
        calculer(formule, {"n": 5})


# --- Les fichiers d'exercices ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seance", "nom"), TOUS)
def test_chaque_exercice_du_cours_est_bien_ecrit(seance, nom):
    charger(seance, nom)


def test_chaque_exercice_appele_dans_un_notebook_existe():
    cours = Cours()
    appels = {
        appel
        for chemin in cours.solutions.glob("*/*.ipynb")
        for appel in APPEL.findall(chemin.read_text("utf-8").replace('\\"', '"'))
    }
    assert appels, "au moins une leçon s'en sert"
    assert appels - set(TOUS) == set()


def sans(texte, ligne):
    assert ligne in texte
    return texte.replace(ligne, "", 1)


@pytest.mark.parametrize(
    ("texte", "motif"),
    [
        (
            sans(CHOIX, 'explication = "B est ailleurs"'),
            "options, n° 2 : il manque « explication »",
        ),
        (CHOIX.replace('"B est ailleurs"', '"  "'), "options, n° 2 : il manque « explication »"),
        (CHOIX.replace("juste = false", "juste = true"), "une seule option juste, pas 2"),
        (CHOIX.replace("juste = true", "juste = false"), "une seule option juste, pas 0"),
        (
            CHOIX.replace("juste = true", "juste = false").replace('"choix"', '"choix_multiple"'),
            "aucune option n'est juste",
        ),
        (CHOIX.replace("juste = true", 'juste = "oui"'), "écrivez juste = true"),
        (CHOIX.replace('texte = "B"', 'texte = "A"'), "deux fois le même texte"),
        (CHOIX.replace('["un", "deux", "trois"]', '["un", "deux"]'), "il faut trois indices"),
        (CHOIX.replace('"choix"', '"qcm"'), "sorte inconnue « qcm »"),
        (CHOIX.replace("titre =", "Titre ="), "« Titre » n'est pas attendu"),
        (CHOIX.replace('"Question ?"', "Question"), "ligne 5, colonne 12"),
        (
            CHOIX.replace("[q]", "[autre]").replace("[[q.", "[[autre."),
            "il n'y a pas d'exercice « q »",
        ),
        ('sorte = "choix"\n' + CHOIX, "avant le premier [exercice]"),
        (sans(NOMBRE, 'explication = "{partis} partent."'), "il manque « explication »"),
        (
            sans(NOMBRE, 'explication = "Ce sont les {partis} partants."'),
            "erreurs, n° 1 : il manque « explication »",
        ),
        (
            NOMBRE.replace("{n} clients", "{clients} clients"),
            "« {clients} » n'est ni dans le tirage ni dans les calculs",
        ),
        (NOMBRE.replace("n * t / 100", "n * taux / 100"), "valeur inconnue « taux »"),
        (NOMBRE.replace('valeur = "partis"', 'valeur = "n - partis"'), "donnent le même nombre"),
        (NOMBRE.replace("n = [100, 200]", "n = 100"), "tirage de « n »"),
        (NOMBRE.replace('unite = "clients"', 'tolerance = "5 %"'), "« tolerance » est un nombre"),
    ],
)
def test_un_fichier_mal_ecrit_est_refuse_avec_son_motif(texte, motif):
    with pytest.raises(FichierIncorrect) as refus:
        lire(texte, "q")
    assert motif in str(refus.value) and "exercices.toml" in str(refus.value)


EXEMPLES = {nom: charger("exemples", nom) for nom in noms("exemples")}
CLES = {
    "taux": "options",
    "canaux": "options",
    "idees_recues": "affirmations",
    "roles": "elements",
    "reclamation": "etapes",
    "abonnes": "erreurs",
}


@pytest.mark.parametrize("nom", EXEMPLES)
def test_aucune_sorte_ne_se_passe_d_explication(nom):
    """Pour chaque sorte, retirer n'importe quelle explication fait refuser l'exercice."""
    from importlib.resources import files

    texte = files("grc_helpers.entrainement").joinpath("exemples.toml").read_text("utf-8")
    debut = texte.index(f"[{nom}]")
    fin = texte.find("\n# ---", debut)
    bloc = texte[debut : fin if fin > 0 else None]
    explications = re.findall(r"^explication = .*\n", bloc, flags=re.MULTILINE)
    assert len(explications) >= bloc.count(f"[[{nom}.{CLES[nom]}]]") >= 2
    for explication in explications:
        with pytest.raises(FichierIncorrect, match="explication"):
            lire(bloc.replace(explication, "", 1), nom)


def test_une_association_vers_une_famille_inconnue_est_refusee():
    texte = '[q]\nsorte = "association"\ntitre = "T"\nquestion = "Q"\nindices = ["a", "b", "c"]\nfamilles = ["X", "Y"]\n'
    element = '[[q.elements]]\ntexte = "{}"\nfamille = "{}"\nexplication = "e"\n'
    assert lire(texte + element.format("1", "X") + element.format("2", "Y"), "q").possibilites == (
        "X",
        "Y",
    )
    with pytest.raises(FichierIncorrect, match="« Z », qui n'est pas une des familles"):
        lire(texte + element.format("1", "X") + element.format("2", "Z"), "q")


# --- L'écran --------------------------------------------------------------------------------------------------------


def test_a_l_ecran_deux_echecs_puis_recommencer():
    ecran = Ecran(charger("exemples", "taux"))
    assert ecran.reprise.layout.display == "none" and ecran.retour.value == ""
    ecran.verification.click()
    assert "Choisissez" in ecran.retour.value and ecran.reprise.layout.display == "none"
    ecran.saisie.boutons.index = 1
    ecran.verification.click()
    assert "30 est un nombre de clients" in ecran.retour.value and "Indice" in ecran.retour.value
    assert 'role="alert"' in ecran.retour.value and ecran.corrige.value == ""
    assert "30 ÷ 200 = 0,15 : sur 100" not in ecran.retour.value, (
        "la bonne réponse n'est pas encore dite"
    )
    ecran.saisie.boutons.index = 2
    ecran.verification.click()
    assert ecran.corrige.value.count("<li") == 3 and ecran.verification.disabled
    ecran.reprise.click()
    assert ecran.saisie.boutons.index is None and not ecran.verification.disabled
    assert ecran.retour.value == ecran.corrige.value == ""


def test_la_touche_entree_verifie_un_nombre():
    ecran = Ecran(charger("exemples", "abonnes"))
    ecran.saisie.champ.value = "12,5 ou 13"
    ecran.saisie.champ._handle_custom_msg({"event": "submit"}, [])
    assert "Je ne lis pas de nombre dans «" in ecran.retour.value and ecran.partie.essais == 0
    ecran.saisie.champ.value = str(ecran.partie.exercice.attendu)
    ecran.saisie.champ._handle_custom_msg({"event": "submit"}, [])
    assert "C'est juste" in unescape(ecran.retour.value) and ecran.partie.fini


def test_la_derniere_saisie_compte_meme_si_le_clic_arrive_avant_elle():
    """Sur un poste lent, le navigateur envoie « Vérifier » avant le dernier changement."""

    async def jouer():
        ecran = Ecran(charger("exemples", "taux"))
        ecran.saisie.boutons.index = 1
        ecran.verification.click()
        ecran.verification.click()
        ecran.saisie.boutons.index = 0
        await asyncio.sleep(2 * DELAI_DE_SAISIE)
        return ecran

    ecran = asyncio.run(jouer())
    assert ecran.partie.fini and "C'est juste" in ecran.retour.value and ecran.partie.essais == 1


def test_une_liste_ramenee_a_son_depart_est_a_completer():
    ecran = Ecran(charger("exemples", "idees_recues"))
    premiere, seconde = ecran.saisie.listes
    premiere.value, seconde.value = "Faux", "Vrai"
    premiere.index = 0
    ecran.verifier()
    assert (
        premiere.index == 0
        and "Il reste 1 ligne" in ecran.retour.value
        and ecran.partie.essais == 0
    )
    premiere.value = "Faux"
    ecran.verifier()
    assert ecran.partie.fini and "C'est juste" in ecran.retour.value


def test_le_meme_message_donne_deux_fois_est_annonce_deux_fois():
    ecran = Ecran(charger("exemples", "taux"))
    ecran.verifier()
    premier = ecran.retour.value
    ecran.verifier()
    assert ecran.retour.value != premier


@pytest.mark.parametrize("nom", EXEMPLES)
def test_chaque_commande_a_un_nom(nom):
    ecran = Ecran(EXEMPLES[nom])
    for commande in ecran.saisie.commandes:
        assert getattr(commande, "description", "") or commande.options, "un champ sans étiquette"


def test_une_saisie_ou_un_texte_hostile_est_echappe():
    ecran = Ecran(charger("exemples", "abonnes"))
    ecran.saisie.champ.value = "<img src=x onerror=alert(1)>"
    ecran.verifier()
    assert "<img" not in ecran.retour.value and "&lt;img" in ecran.retour.value


def affiche(monkeypatch, *arguments):
    vues = []
    monkeypatch.setattr(
        "grc_helpers.entrainement.display", lambda donnees, raw: vues.append(donnees)
    )
    exercice(*arguments)
    return vues[0]


@pytest.mark.parametrize("nom", EXEMPLES)
def test_sans_widgets_l_exercice_se_lit_quand_meme(monkeypatch, nom):
    vue = affiche(monkeypatch, "exemples", nom)
    assert "application/vnd.jupyter.widget-view+json" in vue
    page, enonce = vue["text/html"], EXEMPLES[nom].tirer(1)
    assert en_html(enonce.question) in page and enonce.question in vue["text/plain"]
    assert page.count("<details>") == 4 and "Réponse et explications" in page
    possibles = (
        [o.texte for o in enonce.options]
        if isinstance(enonce, Choix)
        else getattr(enonce, "possibilites", [])
    )
    assert [texte for texte in possibles if texte.replace(" %", f"{INSECABLE}%") not in page] == []


@pytest.mark.parametrize(("seance", "nom"), [("exemples", "absent"), ("absente", "taux")])
def test_un_exercice_introuvable_laisse_un_message_neutre(monkeypatch, seance, nom):
    vue = affiche(monkeypatch, seance, nom)
    visible = re.sub(r"<details>.*?</details>", "", vue["text/html"])
    assert (
        "n'est pas disponible" in visible and "toml" not in visible and "toml" in vue["text/html"]
    )
