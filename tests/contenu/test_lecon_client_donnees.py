"""La leçon de la séquence 2, étapes 1 à 5 et 10 : les chiffres annoncés sur les données, le segment et les notes se recalculent."""

import re

from grc_helpers.calculs.segment import Segment, entonnoir
from grc_helpers.donnees import lire
from grc_helpers.donnees.commerces import clients
from grc_helpers.entrainement.fichier import charger
from grc_helpers.francais.nombres import ecrire_nombre, sans_accents
from grc_helpers.glossaire.entrees import du_cahier
from tests.contenu.lecon_client import LECON, TEXTES, espaces, montant

NOTES = {
    "Amel": (12, 3, 210),
    "Brune": (95, 9, 480),
    "Clara": (40, 6, 150),
    "Dounia": (200, 1, 620),
    "Éva": (5, 2, 95),
}
CIBLE = {"sexe": "femme", "age_minimum": 30, "quartier": "Centre", "panier_minimum": 40}


def test_le_retour_sur_investissement():
    texte = TEXTES["etape_1_roi"]
    for lettres, vendus, taux in ((600, 12, "−37,5 %"), (120, 9, "+134 %")):
        cout, marge = lettres * 0.8, vendus * 25
        assert montant(cout) in texte and montant(marge) in texte and taux in texte
        lu = float(taux.strip("+ %").replace(",", ".").replace("−", "-"))
        assert abs(lu - (marge - cout) / cout * 100) < 0.5
    assert montant((600 - 120) * 0.8) in TEXTES["etape_1_copie"]


def test_ce_que_la_lettre_a_ajoute():
    """Avec des témoins : les ventes qui se seraient faites sans lettre n'en sont pas le fruit."""
    temoins, achats = map(
        int,
        re.search(r"Supposons (\d+) témoins et (\d+) achat", TEXTES["etape_1_temoins"]).groups(),
    )
    sans_lettre = 120 * achats / temoins
    ajoutees = 9 - sans_lettre
    assert f"soit {espaces(ecrire_nombre(achats / temoins * 100))} %" in TEXTES["etape_1_temoins"]
    assert f"{sans_lettre:g} ventes se seraient faites sans lettre" in TEXTES["etape_1_temoins"]
    assert f"en a donc ajouté {ajoutees:g}" in TEXTES["etape_1_temoins"]
    assert f"**+{montant(ajoutees * 25 - 96)}**" in TEXTES["etape_1_temoins"]
    un_de_plus = (9 - 120 * (achats + 1) / temoins) * 25 - 96
    assert f"**−{montant(-un_de_plus)}**" in TEXTES["etape_1_temoins"]


def test_une_lettre_demande_de_prevenir_pas_d_obtenir_un_accord():
    """La règle française (CNIL, 6 décembre 2019) est au tableau, appliquée au cas, exercée, au bilan et dans « À retenir »."""
    regle = next(
        ligne for ligne in TEXTES["etape_2_publicite"].split("\n") if "particulier, lettre" in ligne
    )
    assert "prévenir" in regle and "refuser" in regle and "accord" not in regle
    assert "CNIL" in TEXTES["etape_2_essai"] and "6 décembre 2019" in TEXTES["etape_2_essai"]
    assert "pas de lettre non plus" in TEXTES["etape_2_600"]
    assert "par lettre, il est prévenu et peut refuser" in TEXTES["a_retenir"]
    lettres = {o.texte: o.juste for o in charger(LECON, "publicite").options if "lettre" in o.texte}
    assert sorted(lettres.values()) == [False, False, True]
    assert any("lettre" in option.texte for option in charger(LECON, "bilan_2").options)


def effectifs(**criteres):
    return [len(palier.restants) for palier in entonnoir(clients(), Segment(**criteres))]


def des_600(sexe, age_minimum, quartier, panier_minimum):
    """Ceux du fichier entier que garde le même segment ; les fiches du simulateur en sont les premières."""
    tous = lire("clients_fleur_d_atlas")
    for fiche, client in zip(clients(), tous, strict=False):
        vus = (fiche.sexe, fiche.age, fiche.quartier, fiche.panier)
        assert vus == (
            client["sexe"],
            int(client["age"]),
            client["quartier"],
            int(client["panier"]),
        )
    return [
        client
        for client in tous
        if (client["sexe"], client["quartier"], client["accord"]) == (sexe, quartier, "oui")
        and int(client["age"]) >= age_minimum
        and int(client["panier"]) >= panier_minimum
    ]


def test_l_entonnoir():
    reponses = TEXTES["segment_reponses"]
    vus = effectifs(**CIBLE, accord=True)
    assert ", puis ".join(map(str, vus[:-1])) in reponses
    assert f"finit à **{vus[-1]}** destinataires" in reponses
    relaches = {
        nom: effectifs(**{c: v for c, v in CIBLE.items() if c != nom}, accord=True)[-1]
        for nom in CIBLE
    }
    assert [nom for nom, combien in relaches.items() if combien >= 7] == ["quartier"], (
        "un seul critère répond à la question"
    )
    assert f"donnent **{relaches['quartier']}** destinataires" in reponses
    assert relaches["sexe"] == vus[-1] and f"toujours **{vus[-1]}** destinataires" in reponses
    assert f"les mêmes réglages en donneraient {len(des_600(**CIBLE))}" in reponses
    sans_accord = effectifs(**CIBLE)[-1]
    assert (
        f"{sans_accord} personnes restent, mais {sans_accord - vus[-1]} n'ont pas accepté"
        in reponses
    )


def notes_rfm():
    """Cinq clientes, donc une note par rang : 5 à la meilleure. La récence se lit à l'envers."""
    colonnes = [
        sorted(NOTES, key=lambda nom: -NOTES[nom][0]),
        *(sorted(NOTES, key=lambda nom: NOTES[nom][rang]) for rang in (1, 2)),
    ]
    return {nom: tuple(colonne.index(nom) + 1 for colonne in colonnes) for nom in NOTES}


def test_les_notes_rfm():
    for nom, (r, f, m) in notes_rfm().items():
        ligne = next(
            ligne
            for ligne in TEXTES["rfm_tableau"].replace("*", "").split("\n")
            if ligne.startswith(f"| {nom}")
        )
        attendus = [r, f, m, r + f + m, 2 * r + f + m]
        assert [int(case) for case in re.findall(r"\d+", ligne)] == attendus
        jours, achats, euros = NOTES[nom]
        assert f"| {nom} | il y a {jours} jours | {achats} | {euros} € |" in TEXTES["etape_5_cinq"]
    notes = notes_rfm()
    assert max(notes, key=lambda nom: sum(notes[nom])) == "Brune"
    assert max(notes, key=lambda nom: notes[nom][0] + sum(notes[nom])) == "Amel"
    juste = next(option for option in charger(LECON, "rfm_code").options if option.juste)
    assert juste.texte == "R {}, F {}, M {}".format(*notes["Brune"])


def test_l_ordre_du_bilan_5_est_celui_des_totaux():
    bilan = charger(LECON, "bilan_5")
    lues = {
        nom: tuple(map(int, cases))
        for nom, *cases in re.findall(
            r"^\| (\S+) \| il y a (\d+) jours \| (\d) \| (\d) \|$", bilan.question, re.MULTILINE
        )
    }
    anciennete = sorted(lues, key=lambda nom: -lues[nom][0])
    totaux = {nom: 2 * (anciennete.index(nom) + 1) + f + m for nom, (_, f, m) in lues.items()}
    assert [ligne.attendu for ligne in bilan.lignes] == sorted(totaux, key=lambda nom: -totaux[nom])
    assert len(set(totaux.values())) == 3
    assert {totaux[nom] - (anciennete.index(nom) + 1) for nom in lues} == {6}, "sans poids, égalité"
    for ligne in bilan.lignes:
        assert f"= {totaux[ligne.attendu]}." in ligne.explication


def test_les_chiffres_de_la_note_exemple():
    for depense, acheteuses in ((200, 10), (800, 16)):
        assert (
            f"{depense} €" in TEXTES["etape_10"]
            and f"{acheteuses} acheteuses" in TEXTES["etape_10"]
        )
        assert montant(depense / acheteuses) in TEXTES["etape_10_copie"]


def test_tout_le_vocabulaire_est_dans_le_glossaire():
    introduits, repris = du_cahier(LECON)
    noms_ecrits = [nom for e in (*introduits, *repris) for nom in (e.terme, *e.variantes)]
    glossaire = sans_accents(" ".join(noms_ecrits))
    attendus = [
        "donnée personnelle",
        "lead",
        "taux de conversion",
        "base de données",
        "doublon",
        "segment",
        "score",
        "RFM",
        "attrition",
        "coût de vie",
        "portefeuille",
        "tableau croisé",
        "encours",
        "traite",
        "relance",
        "CNR",
    ]
    assert [mot for mot in attendus if sans_accents(mot) not in glossaire] == []
