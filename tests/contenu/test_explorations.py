"""Les questions posées avec l'explorateur de données : chaque chiffre annoncé se recalcule, à part, sur le fichier livré."""

import json
import re
from collections import defaultdict
from statistics import mean

from autograde.cours.dossiers import Cours
from grc_helpers.donnees import lire
from grc_helpers.entrainement.fichier import charger
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.reponses.notebook import cellules, source

LECON, ATELIER = "s2_connaissance_client", "s2_at1_rfm"
CLIENTS = [
    ligne | {nom: float(ligne[nom]) for nom in ("age", "panier", "total")}
    for ligne in lire("clients_fleur_d_atlas")
]
CDNOW = [
    ligne | {nom: float(ligne[nom]) for nom in ("recence", "jours", "disques", "montant")}
    for ligne in lire("cdnow")
]
AGES = {"18 à 29 ans": (18, 30), "60 ans et plus": (60, 200)}


def texte(seance: str, cellule: str) -> str:
    """Une cellule du notebook source, espaces ordinaires."""
    notebook = json.loads(Cours().notebook_source(seance).read_text(encoding="utf-8"))
    [trouvee] = [c for c in cellules(notebook) if c["id"] == cellule]
    return source(trouvee)


def ecrit(valeur: float, decimales: int | None = None, unite: str = "") -> str:
    return re.sub("[\u00a0\u202f]", " ", ecrire_nombre(valeur, decimales, unite))


def du_quartier(nom: str) -> list[dict]:
    return [client for client in CLIENTS if client["quartier"] == nom]


# --- La leçon : les 600 clients --------------------------------------------------------------------------------------


def test_ce_qu_il_fallait_voir_dans_les_600_clients():
    dit = texte(LECON, "fichier_reponses")
    quartiers = {nom: du_quartier(nom) for nom in ("Centre", "Port", "Gare")}
    totaux = {nom: sum(c["total"] for c in clients) for nom, clients in quartiers.items()}
    assert list(totaux.values()) == sorted(totaux.values(), reverse=True), "le Centre vend le plus"
    for nom, total in totaux.items():
        assert re.search(rf"{ecrit(total, 0, '€')} (au|à la) {nom}", dit), nom
    moyennes = {nom: mean(c["total"] for c in clients) for nom, clients in quartiers.items()}
    assert max(moyennes, key=lambda nom: moyennes[nom]) == "Port"
    assert f"{ecrit(moyennes['Port'], 2, '€')} par client" in dit
    assert f"{ecrit(moyennes['Centre'], 2, '€')} au Centre" in dit
    assert f"({len(quartiers['Centre'])} contre {len(quartiers['Port'])})" in dit
    premiers = sorted(CLIENTS, key=lambda c: -c["total"])[:7]
    assert [c["quartier"] for c in premiers[:6]] == ["Port"] * 6
    assert premiers[5]["total"] > premiers[6]["total"], "aucun ex æquo ne change la réponse"
    accords = sum(c["accord"] == "oui" for c in quartiers["Port"])
    assert f"{accords} clients sur {len(quartiers['Port'])}" in dit


def test_les_trois_filtres_du_coffret():
    exercice = charger(LECON, "fichier_filtre")
    accord = {c["client"] for c in CLIENTS if c["accord"] == "oui"}
    panier = {c["client"] for c in CLIENTS if c["panier"] >= 60}
    recents = {c["client"] for c in CLIENTS if c["dernier"] >= "2026-09-01"}
    tous = accord & panier & recents
    assert float(exercice.reponse) == len(tous)
    assert f"**{len(tous)} clients** sur {len(CLIENTS)}" in exercice.explication
    sans_date, sans_accord = accord & panier, panier & recents
    attendues = [
        len(sans_date),
        len(sans_accord),
        len(accord & recents),
        len(sans_date - recents),
        len(CLIENTS) - len(tous),
    ]
    assert [float(valeur) for valeur, _ in exercice.erreurs] == attendues
    assert f"il reste {len(sans_date)} clients" in exercice.indices[-1]
    assert len(sans_accord - accord) == 10, "« dix n'ont pas accepté »"


def test_l_age_trompe_quand_on_oublie_le_quartier():
    exercice = charger(LECON, "fichier_croise")
    moyenne = {}
    for tranche, (debut, fin) in AGES.items():
        de_cet_age = [c for c in CLIENTS if debut <= c["age"] < fin]
        moyenne[tranche] = mean(c["total"] for c in de_cet_age)
        for quartier in ("Centre", "Port", "Gare"):
            moyenne[quartier, tranche] = mean(
                c["total"] for c in de_cet_age if c["quartier"] == quartier
            )
    jeunes, ages = AGES
    question = exercice.question
    assert f"{ecrit(moyenne[jeunes], 0, '€')} chez les {jeunes}" in question
    assert f"{ecrit(moyenne[ages], 0, '€')} chez les {ages}" in question
    raison, tort, juste, rien = exercice.options
    assert [option.juste for option in exercice.options] == [False, False, True, False]
    assert moyenne["Port", jeunes] > moyenne["Port", ages]
    for tranche in AGES:
        assert f"{ecrit(moyenne['Port', tranche], 0, '€')} chez les {tranche}" in raison.explication
    assert moyenne["Centre", jeunes] < moyenne["Centre", ages]
    for tranche in AGES:
        assert ecrit(moyenne["Centre", tranche], 0, "€") in tort.explication
    for debut, fin in ((18, 30), (30, 45), (45, 60), (60, 200)):
        par_quartier = defaultdict(list)
        for client in CLIENTS:
            if debut <= client["age"] < fin:
                par_quartier[client["quartier"]].append(client["total"])
        assert max(par_quartier, key=lambda nom: mean(par_quartier[nom])) == "Port"
    for quartier in ("Gare", "Port"):
        assert ecrit(mean(c["total"] for c in du_quartier(quartier)), 0, "€") in rien.explication
    for quartier, tranche in (("Port", ages), ("Gare", jeunes)):
        debut, fin = AGES[tranche]
        de_cet_age = [c["quartier"] for c in CLIENTS if debut <= c["age"] < fin]
        compte = f"({de_cet_age.count(quartier)} sur {len(de_cet_age)})"
        assert (
            compte in juste.explication and max(set(de_cet_age), key=de_cet_age.count) == quartier
        )
    debut, fin = AGES[jeunes]
    rares = sum(debut <= c["age"] < fin for c in du_quartier("Port"))
    assert f"ne sont que {rares}" in juste.explication


# --- L'atelier : CDNOW -----------------------------------------------------------------------------------------------


def cdnow_de(debut: int, fin: int) -> list[dict]:
    return [client for client in CDNOW if debut <= client["jours"] < fin]


def test_ce_qu_il_fallait_voir_dans_cdnow():
    dit, tout = texte(ATELIER, "cdnow_reponses"), sum(c["montant"] for c in CDNOW)
    une_fois = cdnow_de(1, 2)
    part = len(une_fois) / len(CDNOW) * 100
    assert f"{ecrit(len(une_fois))} clients sur {ecrit(len(CDNOW))}, soit {part:.0f} %" in dit
    montant = sum(c["montant"] for c in une_fois)
    assert (
        f"{ecrit(montant, 2, '$')} sur {ecrit(tout, 2, '$')}, soit {montant / tout * 100:.0f} %"
        in dit
    )
    assert montant / tout < 1 / 6
    premier = max(CDNOW, key=lambda c: c["montant"])
    assert f"{premier['disques']:.0f} disques pour {ecrit(premier['montant'], 2, '$')}" in dit


def test_ce_que_pesent_les_habitues_de_cdnow():
    exercice = charger(ATELIER, "cdnow_habitues")
    assert [ligne.attendu for ligne in exercice.lignes] == ["Vrai", "Faux", "Vrai"]
    habitues, reguliers, une_fois = cdnow_de(10, 999), cdnow_de(5, 10), cdnow_de(1, 2)
    tout = sum(c["montant"] for c in CDNOW)
    montants = [sum(c["montant"] for c in groupe) for groupe in (habitues, reguliers, une_fois)]
    part = montants[0] / tout
    assert part > 1 / 4 and len(habitues) < len(reguliers) and montants[0] > montants[1]
    poids, nombre, panier = (ligne.explication for ligne in exercice.lignes)
    assert f"{ecrit(montants[0], 2)} ÷ {ecrit(tout, 2)} = {ecrit(part * 100, 1)} %" in poids
    assert (
        f"{len(habitues)} sur {ecrit(len(CDNOW))} : {len(habitues) / len(CDNOW) * 100:.0f} %"
        in poids
    )
    assert f"{len(habitues)} contre {len(reguliers)}" in nombre
    gros, petit = montants[0] / len(habitues), montants[2] / len(une_fois)
    assert gros / petit > 20
    assert f"{ecrit(gros, 2)} ÷ {ecrit(petit, 2)} = {ecrit(gros / petit, 1)} fois" in panier


def test_pourquoi_un_seul_achat_est_toujours_ancien_dans_cdnow():
    exercice = charger(ATELIER, "cdnow_croise")
    une_fois = cdnow_de(1, 2)
    assert f"{ecrit(len(une_fois))} clients venus un seul jour" in exercice.question
    assert all(c["recence"] >= 365 and c["premier"] == c["dernier"] for c in une_fois)
    premiers = sorted(c["premier"] for c in CDNOW)
    assert (premiers[0], premiers[-1]) == ("1997-01-01", "1997-03-25")
    [juste] = [option for option in exercice.options if option.juste]
    assert "du 1er janvier au 25 mars 1997" in juste.explication
    assert max(c["dernier"] for c in CDNOW) == "1998-06-30"


def test_le_bloc_cdnow_tient_dans_l_atelier_sans_rien_noter():
    """Des cellules à lancer ou à lire, après les questions notées : aucune ne compte dans la note."""
    notebook = json.loads(Cours().notebook_source(ATELIER).read_text(encoding="utf-8"))
    bloc = [c for c in cellules(notebook) if c["id"].startswith("cdnow")]
    assert len(bloc) == 6 and not [c["id"] for c in bloc if "nbgrader" in c["metadata"]]
    ids = [c["id"] for c in cellules(notebook)]
    assert ids.index("s2_at1_q11_test") < ids.index("cdnow") < ids.index("a_retenir")
