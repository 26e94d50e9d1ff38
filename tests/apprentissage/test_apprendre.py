"""« grc apprendre » : rien n'entre au barème sans avoir été essayé sur toute la classe, montré et accepté."""

import csv
import re
from datetime import date

import pytest

from autograde.baremes.lecture import charger_bareme
from autograde.carnet.api import ouvrir
from autograde.correction.classe import corriger_la_classe
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
PLAFOND = "Le chef regarde le plafond."
COMPTOIR = "Tous les clients poireautent devant le comptoir."
PORTES = "Une vendeuse aboie parfois, et elle claque toutes les portes du couloir."
# Les réponses de la classe qui ne disent rien de cela.
FOND = {
    "ana": "Il pleut dehors.",
    "bob": "Le parking est loin.",
    "cléo": "Je préfère internet.",
    "dan": "La lumière est triste.",
}


@pytest.fixture(scope="module")
def modele(tmp_path_factory) -> Cours:
    """La classe corrigée une fois ; chaque essai en prend une copie."""
    cours = fabriquer(
        tmp_path_factory.mktemp("modele"),
        léa=ATTENTE,
        tom=VENDEUSE,
        zoé=AUTRE,
        max=REGARD,
        luc=PLAFOND,
        **FOND,
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


def sourire_decide(cours: Cours) -> None:
    """Les deux copies où la vendeuse aboie : le formateur y voit un personnel désagréable, le barème non."""
    decider(cours, "tom", VENDEUSE, sourire=1)
    decider(cours, "zoé", AUTRE, sourire=1)


def ecrire(cours: Cours, **reponses: str) -> None:
    for stagiaire, reponse in reponses.items():
        rendre(cours, stagiaire, reponse)


def proposees(affiche: str) -> list[str]:
    """Les changements proposés, dans l'ordre."""
    return re.findall(r"\d\. [^:]+ : (\w+ « [^»]+ ») →", affiche)


def element(cours: Cours, nom: str):
    return next(e for e in charger_bareme(bareme(cours))[QUESTION].elements if e.id == nom)


def note(cours: Cours, stagiaire: str):
    return notes_du_carnet(cours.db_url, DEVOIR)[stagiaire][QUESTION][0]


def test_tout_le_parcours(cours, apprendre):
    """Corriger, décider, apprendre : le barème gagne une formulation, la classe est recorrigée, chaque note changée est dite."""
    ecrire(cours, eva=PORTES)
    sourire_decide(cours)
    list(corriger_la_classe(cours, DEVOIR))
    avant = bareme(cours).read_text(encoding="utf-8")
    assert (note(cours, "tom"), note(cours, "eva")) == (1.0, None)

    affiche = apprendre("o")

    assert (
        "Question 1" in affiche
        and "1. le personnel n'est pas aimable : ajouter « vendeuse aboie » → 2 copies rejoignent votre décision ; "
        "sans décision de vous, change aussi eva : — → 1 « La vendeuse aboie toute la journée derrière sa vitre » · "
        "« la vendeuse du rez-de-chaussée aboie »"
        in affiche
    )
    assert note(cours, "eva") == 1.0
    assert f"eva │ {QUESTION} │ — → 1" in affiche
    apres = bareme(cours).read_text(encoding="utf-8")
    assert apres == avant.replace(
        '"jamais bonjour", regard]', '"jamais bonjour", regard, vendeuse aboie]'
    )
    lignes = list(csv.DictReader(journal(cours).splitlines(), delimiter=";"))
    assert [
        (ligne["question"], ligne["élément"], ligne["geste"], ligne["changement"])
        for ligne in lignes
    ] == [(QUESTION, "sourire", "accepté", "ajouter « vendeuse aboie »")]
    assert lignes[0]["vient de"] == (
        "« La vendeuse aboie toute la journée derrière sa vitre » (tom) ; « la vendeuse du rez-de-chaussée aboie » (zoé)"
    )
    assert lignes[0]["date"]
    assert "n'a rien à apprendre" in apprendre()


def test_une_formulation_utile_a_une_seule_copie_n_est_pas_proposee(cours, apprendre):
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    affiche = apprendre()
    assert proposees(affiche) == [] and "Rien à proposer : aucune formulation" in affiche


def test_deux_copies_identiques_n_en_font_qu_une(cours, apprendre):
    ecrire(cours, zoé=VENDEUSE)
    decider(cours, "tom", VENDEUSE, sourire=1)
    decider(cours, "zoé", VENDEUSE, sourire=1)
    assert proposees(apprendre()) == []


def test_rien_a_apprendre_quand_le_bareme_donne_deja_tout(cours, apprendre):
    decider(cours, "ana", FOND["ana"], sourire=0, attente=0, rayons=0)
    assert "Le barème donne déjà tous les crédits que vous avez décidés" in apprendre()


def test_les_propositions_d_une_classe(cours, apprendre):
    """Trois idées que le barème ignore, dites par trois, deux et deux copies : les voici, la plus utile d'abord, et rien d'autre."""
    textes = {
        "eva": "Là-bas une vendeuse aboie, le lundi surtout.",
        "guy": "Nous poireautons au comptoir.",
        "ida": COMPTOIR,
        "jo": "Les rayons sont vides. Chaque étagère pue la poussière.",
        "kim": "Rayons vides, et une étagère pleine de poussière.",
        "lou": "Le comptoir est en bois et la poussière vole.",
    }
    ecrire(cours, **textes)
    sourire_decide(cours)
    decider(cours, "eva", textes["eva"], sourire=1, attente=0, rayons=0)
    for nom in ("guy", "ida"):
        decider(cours, nom, textes[nom], sourire=0, attente=1, rayons=0)
    for nom in ("jo", "kim"):
        decider(cours, nom, textes[nom], sourire=0, attente=0, rayons=1)
    decider(cours, "lou", textes["lou"], sourire=0, attente=0, rayons=0)
    affiche = apprendre(options=["--essai"])
    assert proposees(affiche) == [
        "ajouter « vendeuse aboie »",
        "ajouter « poireautons comptoir »",
        "ajouter « étagère poussière »",
    ]
    assert affiche.count("2 copies rejoignent") == 2 and affiche.count("3 copies rejoignent") == 1
    assert "tom" not in affiche and "impossible" not in affiche


def test_cinq_propositions_au_plus(cours, apprendre):
    mots = ("grogne", "soupire", "ricane", "bâille", "chuchote", "tricote", "ronfle")
    for rang, mot in enumerate(mots):
        textes = {f"a{rang}": f"La vendeuse {mot}.", f"b{rang}": f"Une vendeuse {mot} au fond."}
        ecrire(cours, **textes)
        for nom, texte in textes.items():
            decider(cours, nom, texte, sourire=1, attente=0, rayons=0)
    assert len(proposees(apprendre(options=["--essai"]))) == 5


def test_la_formulation_est_faite_de_mots_ecrits_par_un_stagiaire(cours, apprendre):
    """Ni un mot du libellé, ni un mot outil : ceux d'une même proposition d'une copie, dans leur ordre."""
    sourire_decide(cours)
    (proposee,) = proposees(apprendre(options=["--essai"]))
    mots = re.search("« (.+) »", proposee).group(1).split()
    ecrits = re.findall(r"\w+", VENDEUSE.split(" toute ")[0].lower())
    assert mots == [mot for mot in ecrits if mot in mots] and 1 <= len(mots) <= 4


@pytest.mark.parametrize("decide", [0, 1], ids=["mis à zéro", "payé à tort"])
def test_un_stagiaire_hostile_n_apprend_rien_au_bareme(cours, apprendre, decide):
    """Des mots-clés en vrac, même mis à 1 par distraction : aucune formulation n'en vient, et celle des autres copies reste."""
    vrac = "vendeuse comptoir grognements poireautons étiquettes poussière rayons aboiements file"
    ecrire(cours, eva=vrac, guy=f"{vrac} attente")
    for nom, texte in (("eva", vrac), ("guy", f"{vrac} attente")):
        decider(cours, nom, texte, sourire=decide, attente=decide, rayons=decide)
    assert proposees(apprendre(options=["--essai"])) == []
    sourire_decide(cours)
    assert proposees(apprendre(options=["--essai"])) == ["ajouter « vendeuse aboie »"]


def test_un_mot_seul_ne_s_apprend_que_dit_par_trois_copies(cours, apprendre):
    textes = {"eva": "La caissière aboie sur moi.", "guy": "Un vigile aboie à l'entrée."}
    textes |= {f"n{rang}": f"{rang} caddies grincent." for rang in range(4)}
    ecrire(cours, **textes, tom="Bof.", zoé="Bof bof.")
    for nom, texte in (textes | FOND).items():
        decider(cours, nom, texte, sourire=int("aboie" in texte), attente=0, rayons=0)
    assert proposees(apprendre(options=["--essai"])) == []
    troisieme = "Tout le monde aboie au guichet."
    ecrire(cours, ida=troisieme)
    decider(cours, "ida", troisieme, sourire=1, attente=0, rayons=0)
    assert proposees(apprendre(options=["--essai"])) == ["ajouter « aboie »"]


def test_ce_que_disent_aussi_les_reponses_mises_a_zero_ne_s_apprend_pas(cours, apprendre):
    texte = "Une vendeuse aboie parfois, et alors ?"
    ecrire(cours, eva=texte)
    sourire_decide(cours)
    decider(cours, "eva", texte, sourire=0)
    assert proposees(apprendre()) == []


def test_un_demi_credit_decide_ne_devient_pas_un_credit_entier(cours, apprendre):
    texte = "Une vendeuse aboie parfois, et alors ?"
    ecrire(cours, eva=texte)
    sourire_decide(cours)
    decider(cours, "eva", texte, sourire=0.5)
    assert proposees(apprendre()) == []


def test_ce_qui_ne_dit_pas_de_quel_element_il_s_agit_ne_s_apprend_pas(cours, apprendre):
    """Les deux copies manquent de deux éléments, et rien ne dit lequel vaut « vendeuse aboie » ; un passage désigné le dit."""
    decider(cours, "tom", VENDEUSE, sourire=1, attente=1)
    decider(cours, "zoé", AUTRE, sourire=1, attente=1)
    assert proposees(apprendre()) == []
    decider(cours, "tom", VENDEUSE, sourire=(1, "La vendeuse aboie"))
    affiche = apprendre(options=["--essai"])
    assert proposees(affiche) == ["ajouter « vendeuse aboie »"]
    assert "1. le personnel n'est pas aimable" in affiche


def test_ce_que_le_dossier_dit_deja_ne_s_apprend_pas(cours, apprendre):
    """Le texte du cas : « les rayons ferment à midi »."""
    textes = {
        "eva": "Les rayons ferment à midi, hélas.",
        "guy": "Chez eux les rayons ferment à midi.",
    }
    ecrire(cours, **textes)
    for nom, texte in textes.items():
        decider(cours, nom, texte, attente=1)
    assert proposees(apprendre()) == []


def test_apprendre_ne_relit_aucune_copie(cours, apprendre):
    sourire_decide(cours)
    with compter() as passages:
        apprendre("o")
    assert (passages["copies lues"], passages["copies corrigées"]) == (0, 0)
    with compter() as passages:
        apprendre(options=["--essai"])
    # Le barème n'a plus rien à apprendre : il n'y a rien à essayer non plus.
    assert passages == RIEN | {"ouvertures": 1}


def test_une_note_saisie_dans_formgrader_reste_mais_se_revoit(cours, apprendre):
    ecrire(cours, eva=PORTES)
    list(corriger_la_classe(cours, DEVOIR))
    with ouvrir(cours) as carnet:
        grade = carnet.find_grade(f"{QUESTION}_test", DEVOIR, DEVOIR, "eva")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        carnet.db.commit()
    sourire_decide(cours)
    assert f"eva │ {QUESTION} │ 2,5 → 2,5 │ à relire" in apprendre("o")


def test_une_idee_dite_par_la_negation_s_apprend_niee(cours, apprendre):
    textes = {"léa": "La vendeuse ne salue pas.", "eva": "Votre vendeuse ne salue jamais personne."}
    ecrire(cours, **textes)
    for nom, texte in textes.items():
        decider(cours, nom, texte, sourire=1)
    apprendre("o")
    assert element(cours, "sourire").formulations[-1] == "pas vendeuse salue"
    rendre(cours, "max", "La vendeuse salue.")
    list(corriger_la_classe(cours, DEVOIR))
    assert (note(cours, "léa"), note(cours, "max")) == (1.0, 0.0)


def test_un_refus_n_ecrit_que_le_journal_et_n_est_pas_repropose(cours, apprendre):
    sourire_decide(cours)
    avant = bareme(cours).read_bytes()
    apprendre("n")
    assert bareme(cours).read_bytes() == avant and "refusé;ajouter « vendeuse aboie »" in journal(
        cours
    )
    assert proposees(apprendre()) == []


def test_le_formateur_recrit_la_formulation(cours, apprendre):
    sourire_decide(cours)
    affiche = apprendre("m", "chien hurle", "m", "aboie journée", "o")
    assert "« chien hurle » ne convient pas : elle ne rapproche aucune copie" in affiche
    assert (
        "→ le personnel n'est pas aimable : ajouter « aboie journée » → 1 copie rejoint votre décision"
        in affiche
    )
    assert element(cours, "sourire").formulations[-1] == "aboie journée"
    assert "accepté;ajouter « aboie journée »" in journal(cours)


def test_une_autre_touche_redit_ce_qui_est_attendu(cours, apprendre):
    sourire_decide(cours)
    assert "Répondez par o, n, m ou q." in apprendre("?", "n")


def test_un_essai_montre_tout_et_n_ecrit_rien(cours, apprendre):
    sourire_decide(cours)
    decider(cours, "max", REGARD, sourire=0)
    decider(cours, "luc", PLAFOND, sourire=0)

    def etat() -> dict:
        return {
            c: c.read_bytes()
            for racine in (cours.racine, cours.travail)
            for c in racine.rglob("*")
            if c.is_file()
        }

    avant = etat()
    affiche = apprendre(options=["--essai"])
    assert sorted(proposees(affiche)) == ["ajouter « vendeuse aboie »", "retirer « regard »"]
    assert "rien n'est écrit" in affiche
    assert etat() == avant


def plombes_decidees(cours: Cours) -> None:
    textes = {"léa": ATTENTE, "eva": "On poireaute des plombes ici."}
    ecrire(cours, **textes)
    for nom, texte in textes.items():
        decider(cours, nom, texte, attente=1)


def test_une_formulation_qui_paierait_un_essai_n_est_pas_proposee(cours, apprendre):
    """L'essai de l'oncle (« Mon oncle poireaute des plombes », hors sujet) doit rester à zéro."""
    plombes_decidees(cours)
    assert proposees(apprendre(options=["--essai"])) == []
    essais = cours.solutions / DEVOIR / "essais.yml"
    sans_oncle = essais.read_text(encoding="utf-8").partition("  - titre: l'oncle")[0]
    essais.write_text(sans_oncle, encoding="utf-8")
    assert proposees(apprendre(options=["--essai"])) == ["ajouter « poireaute plombes »"]


def test_meme_recrite_par_le_formateur(cours, apprendre):
    sourire_decide(cours)
    essais = cours.solutions / DEVOIR / "essais.yml"
    un_chien = "  - {titre: le chien, reponse: Mon chien aboie sans cesse., points: 0}\n"
    essais.write_text(essais.read_text(encoding="utf-8") + un_chien, encoding="utf-8")
    affiche = apprendre("m", "aboie", "n")
    assert "« aboie » ne convient pas : l'essai « le chien » ne passerait plus" in affiche
    assert "aboie" not in bareme(cours).read_text(encoding="utf-8")


def test_une_erreur_du_verificateur_ecarte_la_formulation(cours, apprendre):
    """« encore » est un mot que tout le monde écrit : à lui seul, il donnerait le crédit."""
    textes = {"léa": "La vendeuse aboie encore.", "eva": "Une vendeuse aboie encore parfois."}
    ecrire(cours, **textes)
    for nom, texte in textes.items():
        decider(cours, nom, texte, sourire=1)
    affiche = apprendre("m", "encore", "n")
    assert "« encore » ne convient pas : le seul mot « encore » suffit" in affiche


def test_le_formateur_apprend_pourquoi_ses_mots_contredisent_une_decision(cours, apprendre):
    sourire_decide(cours)
    autre = "La vendeuse court."
    ecrire(cours, eva=autre)
    decider(cours, "eva", autre, sourire=0)
    affiche = apprendre("m", "vendeuse", "n")
    assert (
        "« vendeuse » ne convient pas : vous avez décidé 0 pour « La vendeuse court. », qui aurait 1."
        in affiche
    )


def test_deux_credits_baisses_font_retirer_la_formulation_coupable(cours, apprendre):
    decider(cours, "max", REGARD, sourire=0)
    assert proposees(apprendre()) == []
    decider(cours, "luc", PLAFOND, sourire=0)
    affiche = apprendre("o")
    assert (
        "1. le personnel n'est pas aimable : retirer « regard » → 2 copies rejoignent votre décision "
        "« Chez eux le chef regarde passer les trains » · « Le chef regarde le plafond »" in affiche
    )
    assert element(cours, "sourire").formulations == [
        "personnel désagréable",
        "ton sec",
        "jamais bonjour",
    ]
    assert "retirer « regard »" in journal(cours)


def test_un_retrait_se_change_en_remplacement(cours, apprendre):
    decider(cours, "max", REGARD, sourire=0)
    decider(cours, "luc", PLAFOND, sourire=0)
    affiche = apprendre("m", "regard noir", "o")
    assert "remplacer « regard » par « regard noir » → 2 copies rejoignent" in affiche
    assert element(cours, "sourire").formulations[-1] == "regard noir"


def test_une_formulation_necessaire_n_est_jamais_proposee_au_retrait(cours, apprendre):
    """Sans « personnel désagréable », l'essai « deux idées sur trois » ne passerait plus."""
    textes = {
        "max": "Le personnel du service voisin est désagréable, lui.",
        "eva": "Le personnel de la banque est désagréable.",
    }
    ecrire(cours, **textes)
    for nom, texte in textes.items():
        decider(cours, nom, texte, sourire=0)
    affiche = apprendre()
    assert proposees(affiche) == [] and "Rien à proposer" in affiche


def test_une_formulation_seule_de_sa_liste_n_est_pas_proposee_au_retrait(cours, apprendre):
    texte = bareme(cours).read_text(encoding="utf-8")
    bareme(cours).write_text(
        texte.replace('[personnel désagréable, ton sec, "jamais bonjour", regard]', "[regard]"),
        encoding="utf-8",
    )
    decider(cours, "max", REGARD, sourire=0)
    decider(cours, "luc", PLAFOND, sourire=0)
    assert proposees(apprendre(options=["--essai"])) == []


def etageres_decidees(cours: Cours, debut: str, credit: float) -> None:
    textes = {
        "léa": f"{debut}Chaque étagère pue la poussière.",
        "eva": f"{debut}Une étagère pleine de poussière, oui.",
    }
    ecrire(cours, **textes)
    for nom, texte in textes.items():
        decider(cours, nom, texte, rayons=credit)


def test_une_notion_apprend_dans_sa_liste(cours, apprendre):
    """« Les rayons sont vides » vaut déjà la première notion : le reste ne peut être que la seconde."""
    etageres_decidees(cours, "Les rayons sont vides. ", 1)
    apprendre("o")
    assert element(cours, "rayons").notions == [
        ["rayons vides", "rupture stock"],
        ["étiquettes fausses", "étiquettes illisibles", "étagère poussière"],
    ]


def test_on_demande_de_quelle_notion_il_s_agit(cours, apprendre):
    etageres_decidees(cours, "", 0.5)
    affiche = apprendre("o", "2")
    assert "1. rayons vides, rupture stock… 2. étiquettes fausses" in affiche
    assert element(cours, "rayons").notions[1][-1] == "étagère poussière"


def test_une_decision_perimee_n_apprend_rien(cours, apprendre):
    sourire_decide(cours)
    rendre(cours, "tom", "La vendeuse sourit à tous.")
    assert proposees(apprendre()) == [] and not journal(cours)


@pytest.mark.parametrize("arret", ["q", KeyboardInterrupt(), EOFError()])
def test_arreter_au_milieu_ne_perd_rien(cours, apprendre, arret):
    sourire_decide(cours)
    decider(cours, "léa", ATTENTE, attente=1)
    ecrire(cours, eva=COMPTOIR)
    decider(cours, "eva", COMPTOIR, attente=1)
    affiche = apprendre("o", arret)
    gardes = [
        nom
        for nom in ("attente", "sourire")
        if {"poireautons comptoir", "vendeuse aboie"} & set(element(cours, nom).formulations)
    ]
    assert len(gardes) == 1 and journal(cours).count("accepté") == 1
    assert "Arrêté." in affiche and "La classe est recorrigée" in affiche
    apprendre("o")
    assert element(cours, "attente").formulations[-1] == "poireautons comptoir"
    assert element(cours, "sourire").formulations[-1] == "vendeuse aboie"


def test_ce_qui_vient_d_etre_appris_ne_se_propose_plus(cours, apprendre):
    """Accepter, récrite, une formulation qui sert aussi les copies de la suivante : la suivante ne se montre pas."""
    textes = {"eva": "La caissière aboie au guichet.", "guy": "Au guichet la caissière aboie."}
    ecrire(cours, **textes)
    sourire_decide(cours)
    for nom, texte in textes.items():
        decider(cours, nom, texte, sourire=1)
    assert len(proposees(apprendre(options=["--essai"]))) >= 1
    affiche = apprendre("m", "aboie", "o")
    assert "ajouter « aboie » → 4 copies rejoignent votre décision" in affiche


def test_apres_l_apprentissage_les_essais_passent_encore(cours, apprendre):
    from autograde.cours.devoir import charger_devoir

    sourire_decide(cours)
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
    sourire_decide(cours)
    (cours.decisions / f"apprentissage-{DEVOIR}.csv").mkdir()
    avant = bareme(cours).read_bytes()
    assert "fermez-le s'il est ouvert ailleurs" in apprendre("o", code=1)
    assert bareme(cours).read_bytes() == avant
