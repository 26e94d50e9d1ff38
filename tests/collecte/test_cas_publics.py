"""Des listes et des archives tirées de rapports publics, rejouées : la valeur attendue, pas l'absence de la mauvaise."""

import csv
from pathlib import Path

import pytest

from autograde.collecte.liste_de_classe import ListeDeClasse
from autograde.collecte.liste_de_classe.identite import reunir
from autograde.collecte.liste_de_classe.lecture import lire_la_liste
from autograde.collecte.ramassage import Bilan, Ramassage
from autograde.correction.classe import corriger_la_classe
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.relecture.seance import SeanceDeRelecture
from grc_helpers.commandes import principal
from tests.classe_fictive import DEVOIR, notes_du_carnet
from tests.collecte.sources import archive, archive_au_cahier_du_jour, au_cahier_du_jour

CAS = Path(__file__).parents[1] / "donnees_publiques"


def liste(chemin: str, avant: ListeDeClasse | None = None) -> ListeDeClasse:
    return reunir(avant or ListeDeClasse(), lire_la_liste(CAS / chemin))


def noms(classe: ListeDeClasse) -> list[str]:
    return sorted(un.nom_complet for un in classe.stagiaires)


@pytest.mark.parametrize(
    ("chemin", "attendus"),
    [
        ("04_meme_courriel/liste.csv", ["Omar ALAMI", "Sara BENNANI", "Yasmine ALAMI"]),
        ("08_homonymes_sans_cle/liste.csv", ["Omar BENNANI", "Yasmine ALAMI", "Yasmine ALAMI"]),
        ("24_liste_titre_a_virgules/liste.csv", ["Omar BENNANI", "Yasmine ALAMI"]),
        ("24_liste_titre_a_virgules/liste_titre_sans_separateur.csv", ["Yasmine ALAMI"]),
        ("24_liste_titre_a_virgules/liste_entete_sur_deux_lignes.csv", ["Yasmine ALAMI"]),
        ("25_liste_encodage_mac/liste.csv", ["Zoé BENAÏSSA", "Élise Lefèvre"]),
        ("25_liste_encodage_mac/liste_msdos.csv", ["Zoé BENAISSA", "Élise Lefèvre"]),
        ("27_liste_premier_prenom/liste.csv", ["Omar ALAMI", "Sara BENNANI", "Yasmine ALAMI"]),
        ("27_liste_premier_prenom/liste_eleve.csv", ["ALAMI Yasmine", "BENNANI Omar"]),
        ("28_liste_lignes_en_trop/liste_pied.csv", ["Omar BENNANI", "Yasmine ALAMI"]),
        ("28_liste_lignes_en_trop/liste_entete_repetee.csv", ["Omar BENNANI", "Yasmine ALAMI"]),
        ("29_classeur_deux_feuilles/deux_classes.xlsx", ["Omar BENNANI", "Yasmine ALAMI"]),
        ("29_classeur_deux_feuilles/couverture.xlsx", ["Yasmine ALAMI"]),
        ("43_passe_liste_windows/liste.csv", ["Zoé BENAÏSSA", "Élise Lefèvre"]),
    ],
)
def test_la_liste_a_les_bonnes_personnes(chemin, attendus):
    assert noms(liste(chemin)) == attendus


@pytest.mark.parametrize(
    ("chemin", "cause"),
    [
        ("27_liste_premier_prenom/liste_sans_entete.csv", "ligne 1.*« ALAMI », « Yasmine »"),
        ("28_liste_lignes_en_trop/liste_guillemet_perdu.csv", "ligne 2 : un guillemet"),
    ],
)
def test_un_refus_dit_la_vraie_cause_et_la_ligne(chemin, cause):
    with pytest.raises(ErreurFormateur, match=cause):
        lire_la_liste(CAS / chemin)


@pytest.mark.parametrize(
    ("chemin", "dit"),
    [
        ("04_meme_courriel/liste.csv", "famille.alami@exemple.ma est à plusieurs"),
        ("06_numero_d_ordre/liste_septembre.csv", "sont des rangs"),
        ("08_homonymes_sans_cle/liste.csv", "2 stagiaires portent le nom de Yasmine ALAMI"),
    ],
)
def test_ce_qui_n_identifie_personne_est_dit(chemin, dit):
    assert any(dit in remarque for remarque in liste(chemin).remarques)


@pytest.mark.parametrize(
    ("chemin", "dit"),
    [
        (
            "28_liste_lignes_en_trop/liste_pied.csv",
            "Ligne 5 laissée, ce n'est personne : « Effectif : 2 ».",
        ),
        ("29_classeur_deux_feuilles/couverture.xlsx", "Feuille « Lisez-moi » non lue"),
        ("29_classeur_deux_feuilles/deux_classes.xlsx", "Feuilles lues : « COM 1 », « COM 2 »."),
    ],
)
def test_ce_qui_est_laisse_de_cote_est_dit(chemin, dit):
    assert any(remarque.startswith(dit) for remarque in lire_la_liste(CAS / chemin).remarques)


def test_un_numero_d_ordre_ne_change_pas_un_stagiaire_en_un_autre():
    septembre = liste("06_numero_d_ordre/liste_septembre.csv")
    octobre = liste("06_numero_d_ordre/liste_octobre.csv", septembre)
    assert {un.identifiant: un.nom_complet for un in octobre.stagiaires} == {
        "alami_yasmine": "Yasmine ALAMI",
        "bennani_omar": "Omar BENNANI",
        "chraibi_sara": "Sara CHRAIBI",
        "amrani_nour": "Nour AMRANI",
    }
    assert octobre.changements == ()


def ramasser(tmp_path: Path, dossier: str) -> tuple[Cours, Bilan]:
    cours = Cours(travail=tmp_path / "travail")
    bilan = Ramassage(cours, DEVOIR, liste(f"{dossier}/liste.csv")).ramasser(
        CAS / dossier / "travaux.zip"
    )
    return cours, bilan


def test_un_nom_colle_ou_separe_designe_la_meme_personne(tmp_path):
    _, bilan = ramasser(tmp_path, "30_nom_colle")
    assert set(bilan.rangees) == {
        ("el_fassi_amine", DEVOIR),
        ("ben_ali_fatima_zahra", DEVOIR),
        ("ouali_abdelkarim", DEVOIR),
    }
    assert bilan.a_preciser == []


def test_equipe_moodle(tmp_path):
    _, bilan = ramasser(tmp_path, "42_passe_moodle_equipe")
    assert list(bilan.rangees) == [("martin_hugo", DEVOIR)] and len(bilan.a_preciser) == 2


def feuille_de_moodle(cours: Cours) -> list[tuple[str, str, str]]:
    """Ce que la feuille d'évaluation rend à Moodle, ligne par ligne ; rien si elle n'est pas écrite."""
    feuille = cours.notes / f"{DEVOIR}_moodle_evaluation.csv"
    if not feuille.is_file():
        return []
    with feuille.open(encoding="utf-8-sig", newline="") as evaluation:
        return [
            (ligne["Identifiant"], ligne["Nom complet"], ligne["Note"])
            for ligne in csv.DictReader(evaluation)
        ]


def test_de_l_archive_de_moodle_au_fichier_de_moodle_chacun_a_sa_note(
    tmp_path, monkeypatch, capsys
):
    """Septembre, puis octobre avec une arrivée qui décale les rangs : Omar garde ses 20, Nour n'a que ce qu'elle a fait."""
    cours = Cours(travail=tmp_path / "travail")
    monkeypatch.setenv("GRC_TRAVAIL", str(cours.travail))
    monkeypatch.setenv("COLUMNS", "200")
    dossier = CAS / "06_numero_d_ordre"
    for mois in ("septembre", "octobre"):
        source = archive_au_cahier_du_jour(tmp_path, dossier / f"tp_{mois}.zip")
        classe = dossier / f"liste_{mois}.csv"
        assert principal(["ramasser", str(source), DEVOIR, "--liste", str(classe)]) == 0
        assert principal(["corriger", DEVOIR]) == 0
    assert "4 personne(s) lue(s), dont 1 nouvelle(s)" in capsys.readouterr().out
    assert principal(["notes", DEVOIR]) == 0
    assert notes_du_carnet(cours.db_url).keys() == {"bennani_omar", "amrani_nour"}
    assert feuille_de_moodle(cours) == [
        ("Participant 15", "Nour AMRANI", "1.00"),
        ("Participant 12", "Omar BENNANI", "20.00"),
    ]


def test_une_reponse_dans_une_cellule_ajoutee_va_de_l_archive_de_moodle_a_son_fichier(
    tmp_path, monkeypatch
):
    """Rien que le cas 01 : Inès a répondu à la question 0 dans une cellule de code ajoutée, Hugo à la question 3 dans une cellule de
    texte. Aucune des deux n'est un zéro muet : elles sont lues, et leur note arrive dans la feuille de Moodle."""
    cours = Cours(travail=tmp_path / "travail")
    monkeypatch.setenv("GRC_TRAVAIL", str(cours.travail))
    copies = CAS / "01_cellule_ajoutee"
    envoi = archive(
        tmp_path,
        {
            f"{qui}_assignsubmission_file_/{DEVOIR}.ipynb": au_cahier_du_jour(
                (copies / f"{copie}.ipynb").read_bytes()
            )
            for qui, copie in (
                ("Inès Martin_11", "copie_code"),
                ("Hugo Martin_12", "copie_markdown"),
            )
        },
    )
    (tmp_path / "liste.csv").write_text("Prénom,Nom\nInès,Martin\nHugo,Martin\n", encoding="utf-8")
    liste_donnee = ["--liste", str(tmp_path / "liste.csv")]
    assert principal(["ramasser", str(envoi), DEVOIR, *liste_donnee]) == 0
    assert principal(["corriger", DEVOIR]) == 0
    attendent = {
        qui: {question: note for question, (note, a_relire) in notes.items() if a_relire}
        for qui, notes in notes_du_carnet(cours.db_url).items()
    }
    assert attendent == {"martin_ines": {"s2_tp1_q0": 1.0}, "martin_hugo": {"s2_tp1_q3": 4.0}}
    assert principal(["notes", DEVOIR]) == 0
    assert feuille_de_moodle(cours) == []

    seance = SeanceDeRelecture(
        cours, charger_devoir(cours, DEVOIR), list(corriger_la_classe(cours, DEVOIR))
    )
    for relus in seance.relus().values():
        for relu in (un for un in relus if un.a_relire):
            seance.valider(relu.groupe.identifiant)
    assert principal(["notes", DEVOIR]) == 0
    assert feuille_de_moodle(cours) == [
        ("Participant 12", "Hugo Martin", "20.00"),
        ("Participant 11", "Inès Martin", "20.00"),
    ]
