"""Donner une liste à ``grc ramasser`` : ce qui est dit, demandé, refusé ; et rien ne part sous un nom changé sans un oui."""

from pathlib import Path

import pytest

from autograde.carnet.api import ouvrir
from autograde.collecte.liste_de_classe import liste_gardee, prendre_la_liste
from autograde.collecte.liste_de_classe.noms_changes import NomsChanges
from autograde.console import Ecran
from autograde.correction.classe import corriger_la_classe
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.rendu.console import rendre, sortir_les_notes
from autograde.rendu.moodle import notes_pour_le_carnet
from grc_helpers.commandes import principal
from tests.classe_fictive import DEVOIR, copie_parfaite, deposer

SEPTEMBRE = "Nom;Prénom;Courriel\nBENNANI;Sara;sara@exemple.ma\nALAMI;Omar;omar@exemple.ma\n"
MARIEE = SEPTEMBRE.replace("BENNANI", "TAZI")
SANS_OMAR = "\n".join(SEPTEMBRE.split("\n")[:2])


@pytest.fixture
def cours(tmp_path) -> Cours:
    return Cours(travail=tmp_path / "travail")


def donner(cours: Cours, texte: str, confirmer=None, **options):
    fichier = cours.travail.parent / "liste.csv"
    fichier.write_text(texte, encoding="utf-8")
    return prendre_la_liste(cours, fichier, confirmer, **options)


def noms(cours: Cours) -> dict[str, str]:
    return {un.identifiant: un.nom_complet for un in liste_gardee(cours).stagiaires}


# --- Combien de personnes ---


def test_le_nombre_de_personnes_lues_est_dit(cours):
    assert donner(cours, SEPTEMBRE).remarques == (
        "Liste « liste.csv » : 2 personne(s) lue(s), dont 2 nouvelle(s).",
    )
    suite = SEPTEMBRE + "AMRANI;Nour;nour@exemple.ma\n"
    assert "3 personne(s) lue(s), dont 1 nouvelle(s)" in donner(cours, suite).remarques[0]


def test_une_liste_plus_courte_est_refusee_s_il_n_y_a_personne_pour_repondre(cours):
    donner(cours, SEPTEMBRE)
    avant = cours.liste_de_classe.read_bytes()
    with pytest.raises(
        ErreurFormateur, match="1 personne.*2 la fois d'avant.*Omar ALAMI.*--liste-plus-courte"
    ):
        donner(cours, SANS_OMAR)
    assert cours.liste_de_classe.read_bytes() == avant


def test_une_liste_plus_courte_se_demande(cours):
    donner(cours, SEPTEMBRE)
    questions = []
    with pytest.raises(ErreurFormateur, match="La liste d'avant est gardée"):
        donner(cours, SANS_OMAR, lambda question: bool(questions.append(question)))
    assert "Est-elle bien entière ?" in questions[0]
    acceptee = donner(cours, SANS_OMAR, lambda question: True)
    assert "N'y sont plus, et restent au carnet (1) : Omar ALAMI." in acceptee.remarques
    assert noms(cours).keys() == {"bennani_sara", "alami_omar"}, "personne ne part"
    donner(cours, SANS_OMAR)  # pas plus courte que la fois d'avant : rien à demander
    revenu = donner(cours, SEPTEMBRE)
    assert not any("N'y sont plus" in dit for dit in revenu.remarques)


def test_la_commande_dit_compte_et_refuse_comme_promis(cours, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GRC_TRAVAIL", str(cours.travail))
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "vide").mkdir()
    fichier = tmp_path / "liste.csv"
    commande = ["ramasser", str(tmp_path / "vide"), DEVOIR, "--liste", str(fichier)]
    fichier.write_text(SEPTEMBRE, encoding="utf-8")
    assert principal(commande) == 0
    assert "2 personne(s) lue(s)" in capsys.readouterr().out
    fichier.write_text(SANS_OMAR, encoding="utf-8")
    assert principal(commande) == 1
    assert "--liste-plus-courte" in capsys.readouterr().err
    assert principal([*commande, "--liste-plus-courte"]) == 0


# --- Un nom changé ---


@pytest.fixture
def note(cours) -> Cours:
    """Sara est notée sous son nom, puis la liste l'appelle autrement."""
    donner(cours, SEPTEMBRE)
    deposer(cours, "bennani_sara", copie_parfaite())
    deposer(cours, "alami_omar", copie_parfaite())
    list(corriger_la_classe(cours, DEVOIR))
    [changement] = donner(cours, MARIEE).changements
    assert (changement.identifiant, noms(cours)["bennani_sara"]) == ("bennani_sara", "Sara TAZI")
    return cours


def rien_de_sorti(cours: Cours) -> bool:
    return not any(cours.notes.glob("*")) and not any(cours.retours.glob("*"))


def en_tout(cours: Cours) -> None:
    sortir_les_notes(cours, [])
    rendre(cours, [], "note")


@pytest.mark.parametrize("envoyer", [sortir_les_notes, lambda c, d: rendre(c, d, "note")])
def test_une_note_donnee_sous_un_autre_nom_ne_part_pas_sans_un_oui(note, envoyer):
    with pytest.raises(
        ErreurFormateur, match="« Sara BENNANI » .bennani_sara. devient « Sara TAZI »"
    ):
        envoyer(note, [DEVOIR])
    assert rien_de_sorti(note)


def ecrire_la_reponse(cours: Cours, reponse: str, encodage: str = "utf-8-sig") -> None:
    """Ce que fait le formateur dans son tableur."""
    fichier = NomsChanges(cours).fichier
    lignes = fichier.read_text(encoding="utf-8-sig").splitlines()
    fichier.write_text(
        "\n".join([lignes[0], *(un + reponse for un in lignes[1:])]), encoding=encodage
    )


@pytest.mark.parametrize(
    ("reponse", "encodage"), [("oui", "cp1252"), ("OUI", "utf-8"), ("o", "utf-16")]
)
def test_un_oui_dans_le_fichier_laisse_partir(note, reponse, encodage):
    ecrire_la_reponse(note, reponse, encodage)
    en_tout(note)
    assert not rien_de_sorti(note)


def test_un_non_puis_l_ancien_nom_remis_separe_les_deux_personnes(note):
    ecrire_la_reponse(note, "non")
    with pytest.raises(ErreurFormateur, match="remettez l'ancien nom"):
        en_tout(note)
    gardee = note.liste_de_classe.read_text(encoding="utf-8-sig").replace("TAZI", "BENNANI")
    note.liste_de_classe.write_text(gardee, encoding="utf-8-sig")
    assert donner(note, MARIEE).changements == ()
    assert noms(note) == {
        "bennani_sara": "Sara BENNANI",
        "alami_omar": "Omar ALAMI",
        "tazi_sara": "Sara TAZI",
    }
    en_tout(note)


@pytest.mark.parametrize("reponse", [True, False])
def test_au_clavier_la_question_est_posee_avant_d_ecrire(note, monkeypatch, reponse):
    questions = []
    monkeypatch.setattr(Ecran, "quelqu_un", True)
    monkeypatch.setattr(Ecran, "oui_ou_non", lambda self, dite: questions.append(dite) or reponse)
    if reponse:
        en_tout(note)
    else:
        with pytest.raises(ErreurFormateur):
            en_tout(note)
        assert rien_de_sorti(note)
    assert len(questions) == 1 and "Sara BENNANI" in questions[0] and "Sara TAZI" in questions[0]


def test_un_oui_au_moment_de_la_liste_suffit(cours):
    donner(cours, SEPTEMBRE)
    deposer(cours, "bennani_sara", copie_parfaite())
    list(corriger_la_classe(cours, DEVOIR))
    donner(cours, MARIEE, lambda question: "Est-ce la même personne ?" in question)
    en_tout(cours)


def test_qui_n_est_pas_note_ne_retient_personne_et_un_nom_revenu_n_est_plus_change(note):
    donner(note, SEPTEMBRE)
    en_tout(note)
    pas_note = SEPTEMBRE + "AMRANI;Nour;nour@exemple.ma\n"
    donner(note, pas_note)
    donner(note, pas_note.replace("AMRANI", "AMRANI IDRISSI"))
    en_tout(note)


def test_ramasser_dit_qu_une_note_est_deja_donnee(note, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GRC_TRAVAIL", str(note.travail))
    monkeypatch.setenv("COLUMNS", "300")
    (tmp_path / "vide").mkdir()
    fichier = tmp_path / "encore.csv"
    fichier.write_text(MARIEE.replace("TAZI", "TAZI ALAOUI"), encoding="utf-8")
    assert principal(["ramasser", str(tmp_path / "vide"), DEVOIR, "--liste", str(fichier)]) == 0
    dit = capsys.readouterr().out
    assert "« Sara TAZI » (bennani_sara) devient « Sara TAZI ALAOUI »" in dit
    assert f"Déjà noté : {DEVOIR}." in dit


# --- Un courriel partagé, vers Moodle ---


def test_un_courriel_partage_ne_donne_a_personne_la_note_d_un_autre(cours):
    famille = SEPTEMBRE.replace("omar@", "sara@") + "AMRANI;Nour;nour@exemple.ma\n"
    classe = donner(cours, famille)
    for un in classe.stagiaires:
        deposer(cours, un.identifiant, copie_parfaite())
    list(corriger_la_classe(cours, DEVOIR))
    with ouvrir(cours) as carnet:
        for un in classe.stagiaires:
            carnet.update_or_create_student(
                un.identifiant, first_name=un.prenom, last_name=un.nom, email=un.courriel
            )
    fait = notes_pour_le_carnet(cours, DEVOIR)
    assert "sara@exemple.ma" not in Path(fait.chemin).read_text(encoding="utf-8-sig")
    assert fait.reconnus == 1
    assert fait.manquent == {"sans courriel à soi": ["Omar ALAMI", "Sara BENNANI"]}
