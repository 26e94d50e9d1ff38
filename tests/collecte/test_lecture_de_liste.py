"""Lire une liste de classe : tout encodage, tout séparateur, tout habillage ; ou un refus qui dit la vraie cause et la ligne."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from autograde.collecte.liste_de_classe.encodage import texte_du_fichier
from autograde.collecte.liste_de_classe.lecture import ListeLue, lire_la_liste
from autograde.erreurs import ErreurFormateur
from autograde.rendu.notes import exporter_les_notes
from autograde.rendu.synthese import ecrire_la_synthese
from tests.classe_fictive import DEPOT, DEVOIR, copie_parfaite, deposer

beaucoup = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])

PRENOMS = [
    "Zoé",
    "Élise",
    "Inès",
    "Noël",
    "André",
    "Chloé",
    "Jérôme",
    "François",
    "Yasmine",
    "Aïcha",
    "Maël",
]
NOMS = [
    "BENAÏSSA",
    "Lefèvre",
    "GARÇON",
    "CÔTÉ",
    "Lemaître",
    "MÜLLER",
    "ALAMI",
    "EL FASSI",
    "Saint-Jérôme",
]
PIEGES = ["Page", "Total", "Date", "Nombre"]  # des noms de famille, aussi
ENCODAGES = [
    "utf-8",
    "utf-8-sig",
    "cp1252",
    "mac_roman",
    "cp850",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
]
TITRES = {
    "separes": [
        ("Nom", "Prénom"),
        ("NOM", "PRÉNOM"),
        ("Nom de famille*", "Premier prénom*"),
        ("Nom de l'élève", "Prénom de l'élève"),
        ("Nom(s)", "Prénom(s)"),
        ("Last name", "First name"),
        ("Nom usuel", "Prénom usuel"),
        ("Quel est votre nom ?", "Votre prénom ?"),
    ],
    "ensemble": [
        "Élève",
        "Apprenant",
        "Stagiaire",
        "Stagiaires",
        "Apprenant(e)",
        "Nom et prénom(s)",
        "Nom complet de l'apprenant",
        "Nom/Prénom",
        "NOM Prénom",
        "Full name",
    ],
}
PIEDS = [
    "Effectif : 2",
    "Effectif total : 31 élèves",
    "Édité le 12/09/2026",
    "Total : 25",
    "Page 1/2",
    "Signature",
    "Total",
]
HAUTS = [
    "Liste de la classe COM 2, groupe B, année 2026-2027",
    "Classe : COM 2",
    "sep=;",
    "",
    "OFPPT ; ISTA ; Rabat, Maroc",
]

personnes = st.lists(
    st.tuples(st.sampled_from(PRENOMS), st.sampled_from([*NOMS, *PIEGES])),
    min_size=1,
    max_size=8,
    unique=True,
)


def ecrire(lignes: list[list[str]], separateur: str, fin: str = "\r\n") -> str:
    sortie = io.StringIO()
    csv.writer(sortie, delimiter=separateur, lineterminator=fin).writerows(lignes)
    return sortie.getvalue()


def lire(
    dossier: Path, contenu: str | bytes, encodage: str = "utf-8", nom: str = "liste.csv"
) -> ListeLue:
    (dossier / nom).write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode(encodage))
    return lire_la_liste(dossier / nom)


@beaucoup
@given(
    gens=personnes,
    titres=st.sampled_from(TITRES["separes"]),
    encodage=st.sampled_from(ENCODAGES),
    separateur=st.sampled_from(";,\t"),
    fin=st.sampled_from(["\r\n", "\n", "\r"]),
    hauts=st.lists(st.sampled_from(HAUTS), max_size=3),
    pieds=st.lists(st.sampled_from(PIEDS), max_size=3),
    page=st.integers(1, 8),
)
def test_une_liste_se_lit_quels_que_soient_son_encodage_et_son_habillage(
    tmp_path, gens, titres, encodage, separateur, fin, hauts, pieds, page
):
    """Titres au-dessus, en-tête répété, ligne vide, pied de page : chaque personne une fois, accents compris, dans l'ordre."""
    lignes = [[nom, prenom, "COM 2"] for prenom, nom in gens]
    entete = [*titres, "Groupe"]
    lignes[page:page] = [["", "", ""], entete]
    pied = [[texte, "", ""] for texte in pieds]
    texte = ecrire([entete, *lignes, ["", "", ""], *pied], separateur, fin)
    lue = lire(tmp_path, fin.join([*hauts, texte]), encodage)
    assert [(un.prenom, un.nom, un.groupe) for un in lue] == [(p, n, "COM 2") for p, n in gens]
    assert len(lue.remarques) == len(pieds), "chaque ligne laissée est dite"


@beaucoup
@given(
    gens=personnes, titre=st.sampled_from(TITRES["ensemble"]), encodage=st.sampled_from(ENCODAGES)
)
def test_une_seule_colonne_peut_porter_le_nom_entier(tmp_path, gens, titre, encodage):
    lignes = [[titre, "Classe"], *([f"{nom} {prenom}", "COM 2"] for prenom, nom in gens)]
    lue = lire(tmp_path, ecrire(lignes, ";"), encodage)
    assert [un.nom_complet for un in lue] == [f"{nom} {prenom}" for prenom, nom in gens]


@beaucoup
@given(
    st.lists(st.sampled_from([*PRENOMS, *NOMS]), min_size=1, max_size=12),
    st.sampled_from(ENCODAGES),
)
def test_l_encodage_se_devine_a_la_place_des_lettres(mots, encodage):
    texte = "Nom;Prénom\n" + "\n".join(mots)
    assert texte_du_fichier(texte.encode(encodage)) == texte


def test_un_fichier_deux_fois_encode_se_relit():
    assert texte_du_fichier("Prénom;Zoé".encode().decode("cp1252").encode()) == "Prénom;Zoé"


@beaucoup
@given(gens=personnes.filter(lambda gens: len(gens) > 1), donnees=st.data())
def test_un_guillemet_perdu_est_dit_avec_sa_ligne(tmp_path, gens, donnees):
    """Ouvert et jamais refermé, ou refermé par un autre, plus bas : aucune personne n'en avale une autre."""
    lignes = [f"{nom};{prenom}" for prenom, nom in gens]
    fautive = donnees.draw(st.integers(0, len(lignes) - 2))
    champ = donnees.draw(st.sampled_from([0, 1]))
    cases = lignes[fautive].split(";")
    cases[champ] = '"' + cases[champ]
    lignes[fautive] = ";".join(cases)
    if donnees.draw(st.booleans()):
        lignes[donnees.draw(st.integers(fautive + 1, len(lignes) - 1))] += '"'
    with pytest.raises(ErreurFormateur, match=f"ligne {fautive + 2} : un guillemet"):
        lire(tmp_path, "\n".join(["Nom;Prénom", *lignes]) + "\n")


def test_un_titre_ou_une_adresse_sur_deux_lignes_n_est_pas_un_guillemet_perdu(tmp_path):
    lue = lire(
        tmp_path,
        'Liste, groupe, année\n"Nom\nde famille",Prénom,Adresse,"Adresse\nde courriel"\n'
        'ALAMI,Yasmine,"12, rue X\nAgdal",y@exemple.ma\nBENNANI,Omar,,o@exemple.ma\n',
    )
    assert [(un.nom_complet, un.courriel) for un in lue] == [
        ("Yasmine ALAMI", "y@exemple.ma"),
        ("Omar BENNANI", "o@exemple.ma"),
    ]


@pytest.mark.parametrize(
    "entete",
    [
        "Nom;Prénom;Adresse\nde famille;;de courriel\n",
        "Identité;;Contact\nNom;Prénom;Courriel\n",
        "Élève;;Contact\nNom;Prénom;E-mail institutionnel\n",
    ],
)
def test_un_en_tete_sur_deux_lignes(tmp_path, entete):
    [lu] = lire(tmp_path, entete + "ALAMI;Yasmine;y@exemple.ma\n")
    assert (lu.nom, lu.prenom, lu.courriel) == ("ALAMI", "Yasmine", "y@exemple.ma")


@pytest.mark.parametrize(
    "autre",
    [
        "Nom du père",
        "Prénom de la mère",
        "Courriel du responsable",
        "N° d'ordre",
        "Deuxième prénom",
        "Nom de l'établissement",
    ],
)
def test_la_colonne_d_un_autre_n_est_pas_la_sienne(tmp_path, autre):
    [lu] = lire(tmp_path, f"{autre};Nom;Prénom\nX1;ALAMI;Yasmine\n")
    assert (lu.nom_complet, lu.courriel, lu.numero) == ("Yasmine ALAMI", "", "")


def test_un_identifiant_n_est_un_numero_de_moodle_que_s_il_le_dit(tmp_path):
    """Un rang dans une colonne « Identifiant » désignerait, dans une archive, la copie d'un autre."""
    ranges = lire(tmp_path, "Identifiant;Nom;Prénom\n1;ALAMI;Yasmine\n2;BENNANI;Omar\n")
    assert [(un.participant, un.numero) for un in ranges] == [("", "1"), ("", "2")]
    moodle = lire(tmp_path, "Identifiant,Nom complet\nParticipant 1043,Omar BENNANI\n")
    assert [un.participant for un in moodle] == ["1043"]


# --- Ce qui n'est pas une liste ---

TEXTES = {
    "lettre": "Bonjour,\nMerci de donner votre nom, prénom et groupe.\nCordialement\n",
    "phrases sous deux mots": "nom, prénom\nMerci d'écrire votre nom, puis votre prénom.\nVous avez une heure, pas plus.\n",
    "formulaire": "Nom :\nPrénom :\nGroupe :\n",
    "mots seuls": "Nom\nPrénom\nGroupe\n",
    "notes": "Nom;Prénom;Note\nALAMI;Yasmine;12,5\nBENNANI;Omar;9\n",
    "données": "devoir;question;points\ns2;q1;4\n",
    "page": "<!DOCTYPE html><table><tr><td>Nom</td><td>Prénom</td></tr></table>",
    "vide": "\n\n",
    "titres seuls": "Nom;Prénom\n;\n",
}


@pytest.mark.parametrize("texte", TEXTES)
@pytest.mark.parametrize("encodage", ["utf-8", "cp1252", "utf-16"])
def test_un_texte_qui_n_est_pas_une_liste_est_refuse(tmp_path, texte, encodage):
    with pytest.raises(ErreurFormateur, match="n'est pas une liste"):
        lire(tmp_path, TEXTES[texte], encodage)


@pytest.mark.parametrize(
    ("contenu", "cause"),
    [
        (json.dumps(copie_parfaite(), ensure_ascii=False).encode(), "un notebook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, r"\.xls"),
        (b"%PDF-1.7 nom prenom", "un PDF"),
        (b"\x89PNG\r\n\x1a\n", "une image"),
        (b"PK\x03\x04 coupe", "abîmés"),
        (b"Nom;Pr\xef\xbf\xbdnom\nALAMI;Zo\xef\xbf\xbd\n", "mal encodés, ligne 1"),
        (b"Nom;Prenom\nALAMI;Yasmine\nBENNANI;Zo?\n", "perdus, ligne 3"),
        (b"Nom;Prenom\n" + b"ALAMI;Omar\n" * 6000, "plus de 5000 lignes"),
    ],
)
def test_un_refus_dit_ce_que_c_est(tmp_path, contenu, cause):
    with pytest.raises(ErreurFormateur, match=cause):
        lire(tmp_path, contenu)


@pytest.mark.parametrize("chemin", sorted(Path(DEPOT.racine).glob("*.md")), ids=lambda un: un.name)
def test_les_textes_du_depot_ne_sont_pas_des_listes(chemin):
    with pytest.raises(ErreurFormateur, match="n'est pas une liste"):
        lire_la_liste(chemin)


def test_nos_releves_de_notes_ne_sont_pas_des_listes(tmp_path):
    from autograde.correction.classe import corriger_la_classe
    from autograde.cours.dossiers import Cours

    cours = Cours(travail=tmp_path)
    for stagiaire in ("alami_yasmine", "bennani_omar"):
        deposer(cours, stagiaire, copie_parfaite())
    list(corriger_la_classe(cours, DEVOIR))
    for fichier in (*exporter_les_notes(cours, DEVOIR), *ecrire_la_synthese(cours)):
        with pytest.raises(ErreurFormateur, match="n'est pas une liste"):
            lire_la_liste(fichier)


# --- Les classeurs ---


def classeur(chemin: Path, feuilles: dict[str, list[list]], masquees: tuple[str, ...] = ()) -> Path:
    livre = Workbook()
    livre.remove(livre.active)
    for nom, lignes in feuilles.items():
        feuille = livre.create_sheet(nom)
        feuille.sheet_state = "hidden" if nom in masquees else "visible"
        for ligne in lignes:
            feuille.append(ligne)
    livre.save(chemin)
    return chemin


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(classes=st.lists(personnes, min_size=1, max_size=4), couverture=st.booleans())
def test_toutes_les_feuilles_comptent(tmp_path, classes, couverture):
    feuilles: dict[str, list[list]] = {"Lisez-moi": [["Export du 12/09"]]} if couverture else {}
    gens = list(dict.fromkeys(une for classe in classes for une in classe))
    coupes = [gens[rang :: len(classes)] for rang in range(len(classes))]
    coupes = [coupe for coupe in coupes if coupe]
    for rang, coupe in enumerate(coupes):
        feuilles[f"COM {rang}"] = [["Nom", "Prénom"], *([nom, prenom] for prenom, nom in coupe)]
    lue = lire_la_liste(classeur(tmp_path / "classes.xlsx", feuilles))
    attendus = [(p, n, rang) for rang, coupe in enumerate(coupes) for p, n in coupe]
    assert [(un.prenom, un.nom) for un in lue] == [(p, n) for p, n, _ in attendus]
    if len(coupes) > 1:
        assert [un.groupe for un in lue] == [f"COM {rang}" for *_, rang in attendus]
    assert any("« Lisez-moi » non lue" in dit for dit in lue.remarques) == couverture


def test_la_feuille_de_toute_la_classe_ne_double_personne_et_une_feuille_masquee_est_dite(tmp_path):
    a, b, c = ["ALAMI", "Yasmine"], ["BENNANI", "Omar"], ["TAZI", "Sara"]
    titres = ["Nom", "Prénom"]
    feuilles = {"Tous": [titres, a, b], "COM 1": [titres, a, b], "2025": [titres, c]}
    lue = lire_la_liste(classeur(tmp_path / "x.xlsx", feuilles, masquees=("2025",)))
    assert [un.nom for un in lue] == ["ALAMI", "BENNANI"]
    assert any("mêmes personnes" in dit for dit in lue.remarques)
    assert any("« 2025 » non lue : elle est masquée" in dit for dit in lue.remarques)


def test_un_classeur_nomme_csv_se_lit_comme_un_classeur(tmp_path):
    titres = [["Nom", "Prénom", "CEF"], ["ALAMI", "Yasmine", 20260001.0]]
    fichier = classeur(tmp_path / "x.xlsx", {"A": titres}).rename(tmp_path / "x.csv")
    assert [un.numero for un in lire_la_liste(fichier)] == ["20260001"]


# --- Une liste à moitié comprise se dit ---


def test_des_prenoms_absents_sont_dits_avec_les_titres_lus(tmp_path):
    lue = lire(tmp_path, "Nom;Petit nom\nALAMI;Yasmine\nALAMI;Omar\n")
    assert len(lue) == 2
    assert lue.remarques == ("Aucun prénom n'a été lu. Les titres sont : « Nom », « Petit nom ».",)


def test_quelqu_un_peut_s_appeler_null_mais_ce_n_est_pas_un_numero(tmp_path):
    [lu] = lire(tmp_path, "Nom;Prénom;Matricule;Courriel\nNULL;Jennifer;NULL;néant\n")
    assert (lu.nom_complet, lu.numero, lu.courriel) == ("Jennifer NULL", "", "")


def test_des_lignes_numerotees_d_avance_ne_sont_pas_des_lignes_laissees(tmp_path):
    lue = lire(tmp_path, "N°;Nom;Prénom\n1;ALAMI;Yasmine\n2;;\n3;;\n-;-;-\n")
    assert len(lue) == 1 and lue.remarques == ()


def test_ce_qui_ne_se_voit_pas_ne_change_ni_un_titre_ni_un_nom(tmp_path):
    entete, ligne = "No\u200bm;Pre\u0301\u00adnom", "ALA\u00adMI;Zoe\u0301\x1b[31m\u202e"
    [lu] = lire(tmp_path, f"{entete}\n{ligne}\n")
    assert (lu.nom, lu.prenom) == ("ALAMI", "Zoé[31m")
