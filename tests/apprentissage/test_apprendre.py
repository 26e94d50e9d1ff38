"""« grc apprendre » : rien n'entre au barème sans avoir été essayé, montré et accepté."""

import csv
from datetime import date

import pytest

from autograde.carnet.api import ouvrir
from autograde.correction.classe import corriger_la_classe
from autograde.cours.bareme import charger_bareme
from autograde.cours.decisions import Decision, enregistrer
from autograde.cours.dossiers import Cours
from autograde.production.essais_du_bareme import charger_essais, ecarts
from grc_helpers.commandes import principal
from tests.apprentissage.classe import (
    DEVOIR,
    QUESTION,
    bareme,
    fabriquer,
    journal,
    recopier,
    rendre,
)
from tests.classe_fictive import notes_du_carnet
from tests.passages import RIEN, compter

ATTENTE = "Nous poireautons des plombes au comptoir, madame."
VENDEUSE = "La vendeuse aboie toute la journée derrière sa vitre."
AUTRE = "Pff, la vendeuse du rez-de-chaussée aboie."
REGARD = "Chez eux le chef regarde passer les trains, voilà."


@pytest.fixture(scope="module")
def modele(tmp_path_factory) -> Cours:
    """La classe corrigée une fois ; chaque essai en prend une copie."""
    cours = fabriquer(
        tmp_path_factory.mktemp("modele"), léa=ATTENTE, tom=VENDEUSE, zoé=AUTRE, max=REGARD
    )
    list(corriger_la_classe(cours, DEVOIR))
    return cours


@pytest.fixture
def cours(modele, tmp_path, monkeypatch) -> Cours:
    cours = recopier(modele, tmp_path)
    monkeypatch.setattr(Cours, "courant", lambda: cours)
    monkeypatch.setenv("COLUMNS", "200")
    return cours


@pytest.fixture
def apprendre(cours, monkeypatch, capsys):
    """Joue « grc apprendre » avec ces réponses au clavier ; renvoie ce qui s'affiche, espaces réduits."""

    def jouer(*saisies, options=(), code=0) -> str:
        lignes = iter(saisies)

        def taper(*_):
            ligne = next(lignes, None)
            assert ligne is not None, "une question de trop est posée au formateur"
            if isinstance(ligne, BaseException):
                raise ligne
            return ligne

        monkeypatch.setattr("builtins.input", taper)
        obtenu = principal(["apprendre", DEVOIR, *options])
        affiche = capsys.readouterr()
        assert obtenu == code, affiche.out + affiche.err
        assert next(lignes, None) is None, f"une réponse n'a pas été demandée : {affiche.out}"
        return " ".join((affiche.out + affiche.err).split())

    return jouer


def decider(cours: Cours, stagiaire: str, texte: str, **credits) -> None:
    """Des décisions, comme les écrit « grc decider » : un crédit, ou (crédit, passage désigné)."""
    couples = {
        element: credit if isinstance(credit, tuple) else (credit, "")
        for element, credit in credits.items()
    }
    prises = {
        element: Decision(credit=credit, passage=passage, date=date.today())
        for element, (credit, passage) in couples.items()
    }
    enregistrer(cours.decisions / f"{DEVOIR}.yml", QUESTION, texte, [stagiaire], prises)


def element(cours: Cours, nom: str):
    return next(e for e in charger_bareme(bareme(cours))[QUESTION].elements if e.id == nom)


def note(cours: Cours, stagiaire: str):
    return notes_du_carnet(cours.db_url, DEVOIR)[stagiaire][QUESTION][0]


def test_tout_le_parcours(cours, apprendre):
    """Corriger, décider, apprendre : le barème gagne une formulation, la classe est recorrigée, chaque note changée est dite."""
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    list(corriger_la_classe(cours, DEVOIR))
    avant = bareme(cours).read_text(encoding="utf-8")
    assert (note(cours, "tom"), note(cours, "zoé")) == (1.0, None)

    affiche = apprendre("o")

    assert (
        "le barème donne 0, vous avez décidé 1" in affiche
        and "→ ajouter « vendeuse aboie »" in affiche
    )
    assert "d'après « La vendeuse aboie" in affiche and "tout passe encore" in affiche
    assert "les autres copies changeraient de note : zoé : — → 1" in affiche
    assert note(cours, "zoé") == 1.0
    assert "Notes changées : 2" in affiche and f"zoé │ {QUESTION} │ — → 1" in affiche
    apres = bareme(cours).read_text(encoding="utf-8")
    assert apres == avant.replace(
        '"jamais bonjour", regard]', '"jamais bonjour", regard, vendeuse aboie]'
    )
    lignes = list(csv.DictReader(journal(cours).splitlines(), delimiter=";"))
    assert [
        (ligne["question"], ligne["élément"], ligne["geste"], ligne["changement"])
        for ligne in lignes
    ] == [(QUESTION, "sourire", "accepté", "ajouter « vendeuse aboie »")]
    assert (
        "vendeuse aboie" in lignes[0]["vient de"].lower()
        and "tom" in lignes[0]["vient de"]
        and lignes[0]["date"]
    )
    assert "n'a rien à apprendre" in apprendre()


def test_apprendre_ne_relit_aucune_copie(cours, apprendre):
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    with compter() as passages:
        apprendre("o")
    assert (passages["copies lues"], passages["copies corrigées"]) == (0, 0)
    with compter() as passages:
        apprendre(options=["--essai"])
    # Le barème n'a plus rien à apprendre : il n'y a rien à essayer non plus.
    assert passages == RIEN | {"ouvertures": 1}


def test_une_note_saisie_dans_formgrader_reste_mais_se_revoit(cours, apprendre):
    with ouvrir(cours) as carnet:
        grade = carnet.find_grade(f"{QUESTION}_test", DEVOIR, DEVOIR, "zoé")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        carnet.db.commit()
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    assert f"zoé │ {QUESTION} │ 2,5 → 2,5 │ à relire" in apprendre("o")


def test_ce_qui_est_appris_regle_les_decisions_semblables(cours, apprendre):
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    decider(cours, "zoé", AUTRE, sourire=1)
    apprendre("o")
    assert element(cours, "sourire").formulations[-1] == "vendeuse aboie"


def test_sans_passage_designe_la_proposition_inexpliquee_est_choisie(cours, apprendre):
    texte = "Le personnel est désagréable. Nous poireautons au comptoir."
    rendre(cours, "léa", texte)
    decider(cours, "léa", texte, attente=1)
    affiche = apprendre("o")
    assert (
        "→ ajouter « poireautons comptoir »" in affiche
        and "d'après « Nous poireautons au comptoir »" in affiche
    )


def test_une_idee_dite_par_la_negation_s_apprend_niee(cours, apprendre):
    texte = "La vendeuse ne salue pas."
    rendre(cours, "léa", texte)
    decider(cours, "léa", texte, sourire=1)
    apprendre("o")
    assert element(cours, "sourire").formulations[-1] == "pas vendeuse salue"
    list(corriger_la_classe(cours, DEVOIR))
    rendre(cours, "max", "La vendeuse salue.")
    list(corriger_la_classe(cours, DEVOIR))
    assert (note(cours, "léa"), note(cours, "max")) == (1.0, 0.0)


def test_un_refus_n_ecrit_que_le_journal_et_n_est_pas_repropose(cours, apprendre):
    rendre(cours, "tom", "La vendeuse aboie.")
    decider(cours, "tom", "La vendeuse aboie.", sourire=1)
    avant = bareme(cours).read_bytes()
    apprendre("n")
    assert bareme(cours).read_bytes() == avant and "refusé;ajouter « vendeuse aboie »" in journal(
        cours
    )
    assert "Écartées : « vendeuse aboie » ; vous l'avez déjà refusé" in apprendre()


def test_le_formateur_recrit_la_formulation(cours, apprendre):
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    affiche = apprendre("m", "chien hurle", "o", "m", "aboie journée", "o")
    assert (
        "impossible : cette réponse aurait 0 au lieu de 1" in affiche
        and "Répondez par n, m ou q" in affiche
    )
    assert element(cours, "sourire").formulations[-1] == "aboie journée"
    assert "accepté;ajouter « aboie journée »" in journal(cours)


def test_un_essai_montre_tout_et_n_ecrit_rien(cours, apprendre):
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    decider(cours, "max", REGARD, sourire=0)

    def etat() -> dict:
        return {
            c: c.read_bytes()
            for racine in (cours.racine, cours.travail)
            for c in racine.rglob("*")
            if c.is_file()
        }

    avant = etat()
    affiche = apprendre(options=["--essai"])
    assert (
        "→ ajouter « vendeuse aboie »" in affiche
        and "→ retirer « regard »" in affiche
        and "rien n'est écrit" in affiche
    )
    assert etat() == avant


def test_une_formulation_qui_paierait_une_reponse_fausse_est_ecartee(cours, apprendre):
    """L'essai de l'oncle (« Mon oncle poireaute des plombes », hors sujet) doit rester à zéro."""
    texte = "Nous poireautons des plombes, madame."
    rendre(cours, "léa", texte)
    decider(cours, "léa", texte, attente=1)
    affiche = apprendre("")
    assert (
        "Écartées : « poireautons plombes »" in affiche
        and "l'essai « l'oncle, hors sujet » ne passerait plus" in affiche
    )
    assert "poireau" not in bareme(cours).read_text(encoding="utf-8")


def test_le_passage_designe_ne_suffit_pas_sa_phrase_est_essayee(cours, apprendre):
    decider(cours, "léa", ATTENTE, attente=(1, "poireautons des plombes"))
    apprendre("o")
    assert element(cours, "attente").formulations[-1] == "plombes comptoir"


def test_meme_recrite_par_le_formateur(cours, apprendre):
    decider(cours, "léa", ATTENTE, attente=1)
    affiche = apprendre("m", "poireautons plombes", "o", "n", "n")
    assert "impossible : l'essai « l'oncle, hors sujet »" in affiche
    assert "poireau" not in bareme(cours).read_text(encoding="utf-8")


def test_une_erreur_du_verificateur_ecarte_la_formulation(cours, apprendre):
    """« encore » est un mot que tout le monde écrit : à lui seul, il donnerait le crédit."""
    texte = "Encore et encore, c'est toujours la même chose ici."
    rendre(cours, "léa", texte)
    decider(cours, "léa", texte, attente=1)
    affiche = apprendre("encore", "n")
    assert "impossible : le seul mot « encore » suffit" in affiche


def test_une_formulation_qui_contredit_une_autre_decision_est_ecartee(cours, apprendre):
    rendre(cours, "tom", "La vendeuse aboie.")
    decider(cours, "tom", "La vendeuse aboie.", sourire=1)
    decider(cours, "zoé", AUTRE, sourire=0)
    affiche = apprendre("")
    assert (
        "Écartées : « vendeuse aboie » ; vous avez décidé 0 pour une autre réponse, « Pff, la vendeuse"
        in affiche
    )


def test_un_credit_baisse_fait_retirer_la_formulation_coupable(cours, apprendre):
    decider(cours, "max", REGARD, sourire=0)
    affiche = apprendre("o")
    assert (
        "le barème donne 1, vous avez décidé 0" in affiche
        and "Ce qui le donne : « regard », reconnue dans « Chez eux" in affiche
    )
    assert element(cours, "sourire").formulations == [
        "personnel désagréable",
        "ton sec",
        "jamais bonjour",
    ]
    assert "retirer « regard »" in journal(cours)


def test_une_formulation_necessaire_ne_se_retire_pas_mais_se_precise(cours, apprendre):
    texte = "Le personnel du service voisin est désagréable, lui."
    rendre(cours, "max", texte)
    decider(cours, "max", texte, sourire=0)
    affiche = apprendre("o", "m", "personnel désagréable", "n")
    assert "impossible : l'essai « deux idées sur trois » ne passerait plus" in affiche
    assert "personnel désagréable" in element(cours, "sourire").formulations
    assert "déjà refusé" in apprendre()


def test_une_notion_apprend_dans_sa_liste(cours, apprendre):
    texte = "Les rayons sont vides. Chaque prix affiché ment."
    rendre(cours, "léa", texte)
    decider(cours, "léa", texte, rayons=(1, "Chaque prix affiché ment"))
    apprendre("o")
    assert element(cours, "rayons").notions == [
        ["rayons vides", "rupture stock"],
        ["étiquettes fausses", "étiquettes illisibles", "affiché ment"],
    ]


def test_on_demande_de_quelle_notion_il_s_agit(cours, apprendre):
    texte = "Chaque prix affiché ment."
    rendre(cours, "léa", texte)
    decider(cours, "léa", texte, rayons=(0.5, texte))
    affiche = apprendre("2", "o")
    assert "1. rayons vides, rupture stock… 2. étiquettes fausses" in affiche
    assert element(cours, "rayons").notions[1][-1] == "affiché ment"


def test_un_demi_credit_ajoute_un_mot_qui_manque(cours, apprendre):
    decider(cours, "tom", VENDEUSE, sourire=(0.5, "La vendeuse aboie"))
    apprendre("o")
    assert element(cours, "sourire").formulations[-1] == "vendeuse aboie personnel"
    list(corriger_la_classe(cours, DEVOIR))
    assert "n'a rien à apprendre" in apprendre()


def test_une_reponse_refusee_en_bloc_n_apprend_rien(cours, apprendre):
    liste = "attente file comptoir vendeuse aboiements grognements rayons étiquettes poussière"
    rendre(cours, "léa", liste)
    decider(cours, "léa", liste, attente=1)
    assert "la réponse entière est refusée (liste de mots sans phrase)" in apprendre()


def test_une_decision_perimee_n_apprend_rien(cours, apprendre):
    decider(cours, "tom", VENDEUSE, sourire=1)
    rendre(cours, "tom", "La vendeuse sourit à tous.")
    affiche = apprendre()
    assert "n'a rien à apprendre" in affiche and not journal(cours)


@pytest.mark.parametrize("arret", ["q", KeyboardInterrupt(), EOFError()])
def test_arreter_au_milieu_ne_perd_rien(cours, apprendre, arret):
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    decider(cours, "léa", ATTENTE, attente=(1, "plombes au comptoir"))
    affiche = apprendre("o", arret)
    gardes = [
        nom
        for nom in ("attente", "sourire")
        if {"plombes comptoir", "vendeuse aboie"} & set(element(cours, nom).formulations)
    ]
    assert len(gardes) == 1 and journal(cours).count("accepté") == 1
    assert "Arrêté." in affiche and "La classe est recorrigée" in affiche
    apprendre("o")
    assert {"plombes comptoir"} <= set(
        element(cours, "attente").formulations
    ) and "vendeuse aboie" in element(cours, "sourire").formulations


def test_apres_l_apprentissage_les_essais_passent_encore(cours, apprendre):
    from autograde.cours.devoir import charger_devoir

    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    apprendre("o")
    assert (
        ecarts(
            charger_devoir(cours, DEVOIR), charger_essais(cours.solutions / DEVOIR / "essais.yml")
        )
        == []
    )


def test_un_bareme_illisible_est_dit_et_rien_n_est_appris(cours, apprendre):
    decider(cours, "tom", VENDEUSE, sourire=1)
    bareme(cours).write_text("accueil_q1:\n  type: pros\n", encoding="utf-8")
    affiche = apprendre(code=1)
    assert (
        "accueil/bareme.yml, ligne 1" in affiche
        and "Traceback" not in affiche
        and not journal(cours)
    )


def test_sans_decision_la_commande_dit_par_quoi_commencer(cours, apprendre):
    assert "grc decider accueil" in apprendre(code=1)


def test_un_journal_ferme_a_cle_n_apprend_rien(cours, apprendre, monkeypatch):
    """Sous Windows, un journal ouvert dans le tableur ne s'écrit pas."""
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    (cours.decisions / f"apprentissage-{DEVOIR}.csv").mkdir()
    avant = bareme(cours).read_bytes()
    assert "fermez-le s'il est ouvert ailleurs" in apprendre("o", code=1)
    assert bareme(cours).read_bytes() == avant
