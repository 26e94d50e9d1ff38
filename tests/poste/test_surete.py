"""Rien ne se perd : réparation à l'enregistrement, copies de sécurité, restauration. Sans navigateur."""

import copy
import errno
import json
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from tornado.web import HTTPError

from autograde.copie.remises import CopieRemise
from autograde.cours.devoir import charger_devoir
from autograde.notation.copie import corriger_la_copie
from grc_helpers import commandes
from grc_helpers.poste import enregistrement, sauvegardes
from grc_helpers.poste.enregistrement import (
    DISQUE_PLEIN,
    PAS_DE_PLACE,
    avant_d_enregistrer,
    derniers,
)
from grc_helpers.poste.reparation import reparer
from grc_helpers.poste.sauvegardes import DERNIERES, NOMBRE_MAXIMAL, Sauvegardes, a_garder
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.reponses.recu import Remise, calculer_le_code
from tests.classe_fictive import DEPOT, DEVOIR, copie_avec, copie_parfaite, notebook_distribue

CHEMIN = f"{DEVOIR}/{DEVOIR}.ipynb"
MIDI = datetime(2026, 11, 24, 12, 0)


def rang(notebook: dict, identifiant: str) -> int:
    return next(
        r for r, c in enumerate(cellules(notebook)) if nbgrader(c).get("grade_id") == identifiant
    )


def structure(notebook: dict) -> list[tuple]:
    return [(c["cell_type"], c["metadata"], source(c)) for c in cellules(notebook)]


# --- La réparation -------------------------------------------------------------------------------------------------


def test_un_notebook_intact_n_est_pas_touche():
    copie = copie_avec({"s2_tp1_q0": "400"})
    fait = reparer(copie, notebook_distribue(), notebook_distribue())
    assert fait.notebook == copie
    assert fait.messages == [] and fait.touchees == []


@pytest.mark.parametrize("au_dessus", [False, True])
def test_une_copie_collee_redevient_ordinaire_et_garde_son_texte(au_dessus):
    copie = copie_avec({"s2_tp1_q0": "400"})
    place = rang(copie, "s2_tp1_q0")
    collee = copy.deepcopy(copie["cells"][place]) | {
        "id": "collee",
        "source": "%%nombre s2_tp1_q0 clients\n40",
    }
    collee["metadata"].pop("deletable")  # ce que fait JupyterLab en collant
    copie["cells"].insert(place + (not au_dessus), collee)
    fait = reparer(copie)
    [redevenue] = [c for c in fait.notebook["cells"] if c["id"] == "collee"]
    assert redevenue["metadata"] == {} and redevenue["source"].endswith("\n40")
    assert source(fait.notebook["cells"][rang(fait.notebook, "s2_tp1_q0")]).endswith("\n400")
    assert fait.messages == [
        "Question 0 : une cellule a été copiée. Répondez dans une seule des deux, et videz l'autre."
    ]


@pytest.mark.parametrize("identifiant", ["s2_tp1_q0_enonce", "s2_tp1_q0", "s2_tp1_q3_test"])
def test_une_cellule_effacee_revient_a_sa_place(identifiant):
    enregistree = copie_parfaite()
    abimee = copy.deepcopy(enregistree)
    del abimee["cells"][rang(abimee, identifiant)]
    fait = reparer(abimee, enregistree, notebook_distribue())
    assert structure(fait.notebook) == structure(enregistree), (
        "le dernier texte enregistré revient avec elle"
    )
    assert [nbgrader(c)["grade_id"] for c in fait.touchees] == [identifiant]
    assert len(fait.messages) == 1 and "effacée" in fait.messages[0]


def test_la_version_distribuee_suffit_quand_rien_n_est_enregistre():
    abimee = copie_avec({"s2_tp1_q1": "à garder"})
    del abimee["cells"][rang(abimee, "s2_tp1_q0")]
    assert structure(reparer(abimee, None, notebook_distribue()).notebook) == structure(
        copie_avec({"s2_tp1_q1": "à garder"})
    )


def test_un_type_des_protections_et_un_enonce_changes_reviennent_sans_toucher_au_texte():
    attendue = copie_avec({"s2_tp1_q0": "400"})
    abimee = copy.deepcopy(attendue)
    reponse, enonce = (
        abimee["cells"][rang(abimee, "s2_tp1_q0")],
        abimee["cells"][rang(abimee, "s2_tp1_q0_enonce")],
    )
    reponse["cell_type"] = "markdown"
    del reponse["outputs"], reponse["execution_count"], reponse["metadata"]["deletable"]
    enonce["source"], enonce["metadata"]["editable"] = "la réponse est 400", True
    fait = reparer(abimee, notebook_distribue())
    assert structure(fait.notebook) == structure(attendue)
    assert len(fait.messages) == 2


def test_une_cellule_sans_metadonnees_est_reconnue_plutot_que_doublee():
    attendue = copie_avec({"s2_tp1_q0": "400"})
    abimee = copy.deepcopy(attendue)
    abimee["cells"][rang(abimee, "s2_tp1_q0")] |= {"metadata": {}, "id": "autre"}
    fait = reparer(abimee, notebook_distribue())
    assert structure(fait.notebook) == structure(attendue)


@pytest.mark.parametrize("question", ["s2_tp1_q0", "s2_tp1_q3", "s2_tp1_q1"])
def test_une_magie_effacee_revient_au_dessus_du_texte(question):
    """G26 : sans elle, le formulaire disparaissait pour toujours."""
    attendue = copie_parfaite()
    abimee = copy.deepcopy(attendue)
    cellule = abimee["cells"][rang(abimee, question)]
    cellule["source"] = source(cellule).split("\n", 1)[1]
    fait = reparer(abimee, notebook_distribue())
    assert structure(fait.notebook) == structure(attendue)
    assert len(fait.messages) == len(fait.touchees) == 1


def test_un_autre_devoir_n_est_pas_une_reference():
    copie = notebook_distribue("s0_prise_en_main")
    assert reparer(copie, notebook_distribue()).notebook == copie


@pytest.mark.parametrize(
    "etrange",
    [
        {},
        {"cells": None},
        {"cells": [None, {}, {"metadata": None}, {"metadata": {"nbgrader": []}}]},
    ],
)
def test_un_contenu_inattendu_ne_fait_pas_d_erreur(etrange):
    assert reparer(etrange, notebook_distribue()).notebook == etrange


@pytest.mark.parametrize("au_dessus", [False, True], ids=["magie en haut", "magie en bas"])
@pytest.mark.parametrize("question", ["s2_tp1_q3", "s2_tp1_q1"])
def test_une_cellule_coupee_se_recolle_apres_le_passage_du_crochet(poste, question, au_dessus):
    """La seconde partie perd ses protections, jamais le nom de sa question : relue, corrigée, reçue avec la première."""
    copie = copie_parfaite()
    place = rang(copie, question)
    entiere = copie["cells"][place]
    lignes = source(entiere).split("\n")
    coupe = 1 if au_dessus else len(lignes) // 2
    moitie = copy.deepcopy(entiere) | {"id": "moitie", "source": "\n".join(lignes[coupe:])}
    entiere["source"] = "\n".join(lignes[:coupe])
    copie["cells"].insert(place + 1, moitie)
    enregistre = poste.enregistrer(copie)
    [redevenue] = [c for c in enregistre["cells"] if c["id"] == "moitie"]
    assert redevenue["metadata"] == {"grc_suite": question}
    [message] = derniers[CHEMIN].messages
    assert "coupée en deux" in message and "Pour la recoller" in message
    assert poste.enregistrer(enregistre) == enregistre and not derniers[CHEMIN].messages
    corrigee = corriger_la_copie(
        CopieRemise("léa", None, enregistre), charger_devoir(DEPOT, DEVOIR)
    )
    assert corrigee.note == 20 and corrigee.a_verifier == [question]


def test_le_recu_couvre_la_seconde_partie_d_une_cellule_coupee():
    copie = copie_parfaite()
    suite = {"cell_type": "code", "metadata": {"grc_suite": "s2_tp1_q3"}, "source": "Et fidéliser."}
    copie["cells"].append(suite)
    remise = Remise(DEVOIR, "Léa", "G2", "2026-11-24T10:42:05")
    code = calculer_le_code(copie, remise)
    assert code != calculer_le_code(copie_parfaite(), remise)
    suite["source"] = "Et fidéliser plus."
    assert calculer_le_code(copie, remise) != code


@pytest.mark.parametrize("identifiant", ["s2_tp1_q0_enonce", "s2_tp1_q0_test"])
def test_un_texte_ecrit_dans_une_cellule_verrouillee_arrive_au_formateur(poste, identifiant):
    """Le poste remet le cours comme avant ; ce qui y était écrit suit le fichier, d'un enregistrement à l'autre."""
    abimee = notebook_distribue()
    cellule = abimee["cells"][rang(abimee, identifiant)]
    cellule["source"] = source(cellule) + "\n400 clients, je crois"
    enregistre = poste.enregistrer(abimee)
    assert structure(enregistre) == structure(notebook_distribue())
    assert "gardé pour le formateur : « 400 clients, je crois »" in derniers[CHEMIN].messages[0]
    # La page ne sait rien des métadonnées du fichier : elle renvoie le cahier sans elles.
    renvoyee = notebook_distribue()
    enregistre = poste.enregistrer(renvoyee)
    corrigee = corriger_la_copie(
        CopieRemise("léa", None, enregistre), charger_devoir(DEPOT, DEVOIR)
    )
    [motif] = corrigee.correction.notes["s2_tp1_q0"].a_verifier
    assert "« 400 clients, je crois »" in motif and corrigee.correction.points("s2_tp1_q0") is None


# --- Les copies de sécurité ----------------------------------------------------------------------------------------


@pytest.fixture
def poste(tmp_path):
    """Un dossier de cours avec un TP vierge, et le crochet de Jupyter pour l'enregistrer."""
    fichier = tmp_path / CHEMIN
    fichier.parent.mkdir()
    fichier.write_text(json.dumps(notebook_distribue()), encoding="utf-8")
    derniers.clear()

    def enregistrer(notebook: dict) -> dict:
        modele = {"type": "notebook", "content": copy.deepcopy(notebook)}
        avant_d_enregistrer(modele, CHEMIN, SimpleNamespace(root_dir=str(tmp_path)))
        fichier.write_text(json.dumps(modele["content"]), encoding="utf-8")
        return modele["content"]

    gardees = Sauvegardes(tmp_path)
    gardees.noter_l_origine(CHEMIN)
    return SimpleNamespace(
        cours=tmp_path, fichier=fichier, enregistrer=enregistrer, sauvegardes=gardees
    )


def lire(poste) -> dict:
    return json.loads(poste.fichier.read_text(encoding="utf-8"))


def test_chaque_texte_enregistre_est_garde_et_date(poste):
    poste.enregistrer(copie_avec({"s2_tp1_q0": "400"}))
    poste.enregistrer(copie_avec({"s2_tp1_q0": "400"}))  # rien de neuf
    prose = "Les clients partent : il faut d'abord les garder. La première année rapporte 54 000 €."
    poste.enregistrer(copie_avec({"s2_tp1_q0": "400", "s2_tp1_q3": prose}))
    versions = poste.sauvegardes.versions(CHEMIN)
    assert [v.avancement.texte for v in versions] == [
        "2 réponses sur 8",
        "1 réponse sur 8",
    ]
    assert datetime.now() - versions[0].date < timedelta(minutes=1)
    assert versions[0].fichier.is_relative_to(poste.cours / ".grc")
    assert all(
        c.get("outputs", []) == []
        for c in json.loads(versions[0].fichier.read_text(encoding="utf-8"))["cells"]
    )


def test_une_copie_venue_d_ailleurs_est_gardee_avant_d_etre_remplacee(poste):
    poste.fichier.write_text(json.dumps(copie_parfaite()), encoding="utf-8")
    poste.enregistrer(copie_avec({"s2_tp1_q0": "1"}))
    assert [v.avancement.recevables for v in poste.sauvegardes.versions(CHEMIN)] == [1, 8]


def test_effacer_une_cellule_puis_enregistrer_ne_perd_rien(poste):
    poste.enregistrer(copie_parfaite())
    abimee = copie_parfaite()
    del abimee["cells"][rang(abimee, "s2_tp1_q3")]
    assert structure(poste.enregistrer(abimee)) == structure(copie_parfaite())
    dit = derniers[CHEMIN]
    assert dit.messages == [
        "Question 3 : la cellule de réponse avait été effacée ; elle est remise à sa place, avec le dernier texte enregistré."
    ]
    assert [t["rang"] for t in dit.touchees] == [rang(copie_parfaite(), "s2_tp1_q3")]


def test_disque_presque_plein_l_enregistrement_continue_sans_copie_et_le_stagiaire_est_prevenu(
    poste, monkeypatch
):
    for essai in range(5):
        poste.enregistrer(copie_avec({"s2_tp1_q0": str(essai)}))
    for module in (sauvegardes, enregistrement):
        monkeypatch.setattr(module, "place_libre", lambda _: 1_000_000)
    assert structure(poste.enregistrer(copie_parfaite())) == structure(copie_parfaite())
    assert derniers[CHEMIN].avertissement == DISQUE_PLEIN
    assert len(poste.sauvegardes.versions(CHEMIN)) == 3, (
        "les plus anciennes laissent la place au fichier"
    )


def test_disque_plein_le_refus_est_dit_en_francais(poste, monkeypatch):
    for module in (sauvegardes, enregistrement):
        monkeypatch.setattr(module, "place_libre", lambda _: 20_000)
    avant = poste.fichier.read_bytes()
    with pytest.raises(HTTPError) as refus:
        poste.enregistrer(copie_parfaite())
    assert refus.value.status_code == 507 and refus.value.log_message == PAS_DE_PLACE
    assert poste.fichier.read_bytes() == avant


def test_une_copie_qui_ne_s_ecrit_pas_n_empeche_pas_d_enregistrer(poste, monkeypatch):
    def plein(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sauvegardes, "remplacer", plein)
    assert structure(poste.enregistrer(copie_parfaite())) == structure(copie_parfaite())
    assert derniers[CHEMIN].avertissement == DISQUE_PLEIN


def test_une_ecriture_interrompue_laisse_l_ancien_fichier_entier(poste, monkeypatch):
    avant = poste.fichier.read_bytes()
    monkeypatch.setattr(
        sauvegardes.os, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "plein"))
    )
    with pytest.raises(OSError):
        sauvegardes.ecrire(poste.fichier, {"cells": []})
    assert poste.fichier.read_bytes() == avant
    assert [f.name for f in poste.fichier.parent.iterdir()] == [poste.fichier.name], (
        "rien ne traîne"
    )


def test_les_copies_sont_bornees_en_nombre():
    dates = [MIDI - timedelta(seconds=5 * n) for n in range(20_000)]
    gardees = sorted(a_garder(dates, MIDI), reverse=True)
    assert len(gardees) == NOMBRE_MAXIMAL
    assert gardees[:DERNIERES] == dates[:DERNIERES]
    ecarts = [
        plus - moins
        for plus, moins in zip(gardees, gardees[1:], strict=False)
        if MIDI - moins < timedelta(minutes=59)
    ]
    assert max(ecarts) <= timedelta(minutes=1), "dans l'heure, on ne perd pas plus d'une minute"


def test_les_copies_sont_bornees_en_taille(poste, monkeypatch):
    taille = len(json.dumps(copie_parfaite(), ensure_ascii=False, indent=1).encode())
    monkeypatch.setattr(sauvegardes, "TAILLE_MAXIMALE", 3 * taille)
    for essai in range(8):
        poste.enregistrer(copie_avec({"s2_tp1_q0": str(essai)}))
    restent = poste.sauvegardes.versions(CHEMIN)
    assert 1 <= len(restent) <= 4
    assert sum(v.fichier.stat().st_size for v in restent) <= 3 * taille


def test_un_fichier_coupe_net_revient_a_sa_derniere_copie(poste):
    poste.enregistrer(copie_parfaite())
    poste.fichier.write_bytes(b'{"cells": [')
    enregistrement.DossierDeTravail(poste.cours).preparer()
    assert structure(lire(poste)) == structure(copie_parfaite())
    assert (poste.sauvegardes.dossier(CHEMIN) / "fichier_coupe.txt").read_bytes() == b'{"cells": ['


def test_l_origine_suit_une_nouvelle_edition_mais_pas_le_travail(poste):
    poste.enregistrer(copie_parfaite())
    poste.sauvegardes.noter_l_origine(CHEMIN)
    assert structure(poste.sauvegardes.origine(CHEMIN)) == structure(notebook_distribue())
    nouvelle = notebook_distribue()
    nouvelle["cells"][0]["source"] = "# TP 1 · Deuxième édition\n"
    poste.fichier.write_text(json.dumps(nouvelle), encoding="utf-8")
    poste.sauvegardes.noter_l_origine(CHEMIN)
    assert structure(poste.sauvegardes.origine(CHEMIN)) == structure(nouvelle)


def test_un_chemin_ne_sort_pas_du_cours(poste):
    for chemin in ("../ailleurs.ipynb", "/etc/x.ipynb/../../..", "s2/notes.txt"):
        with pytest.raises(ValueError):
            poste.sauvegardes.fichier(chemin)


def test_effacer_rend_le_poste_comme_neuf(poste):
    poste.enregistrer(copie_parfaite())
    (poste.fichier.parent / "a_rendre").mkdir()
    (poste.fichier.parent / "a_rendre" / "Lea-G2.ipynb").write_text("{}", encoding="utf-8")
    assert poste.sauvegardes.effacer(CHEMIN)
    assert structure(lire(poste)) == structure(notebook_distribue())
    assert poste.sauvegardes.versions(CHEMIN) == []
    assert list(poste.cours.rglob("a_rendre/*")) == []


# --- grc restaurer -------------------------------------------------------------------------------------------------


def grc_restaurer(poste, monkeypatch, capsys, *arguments) -> tuple[int, str]:
    monkeypatch.setattr(commandes, "dossier_du_cours", lambda: poste.cours)
    code = commandes.principal(["restaurer", *arguments])
    sortie = capsys.readouterr()
    return code, sortie.out + sortie.err


def test_restaurer_liste_puis_remet_en_gardant_la_version_presente(poste, monkeypatch, capsys):
    poste.enregistrer(copie_parfaite())
    poste.enregistrer(copie_avec({"s2_tp1_q0": "tout effacé par erreur"}))
    code, liste = grc_restaurer(poste, monkeypatch, capsys, DEVOIR)
    assert code == 0
    assert "8 réponses sur 8" in liste and "0 réponse sur 8" in liste
    assert f"{datetime.now():%d/%m/%Y}" in liste
    modifie_sans_enregistrer_ici = copie_avec({"s2_tp1_q0": "7"})
    poste.fichier.write_text(json.dumps(modifie_sans_enregistrer_ici), encoding="utf-8")
    code, dit = grc_restaurer(poste, monkeypatch, capsys, DEVOIR, "2")
    assert code == 0 and "8 réponses sur 8" in dit
    assert structure(lire(poste)) == structure(copie_parfaite())
    gardee = json.loads(poste.sauvegardes.versions(CHEMIN)[0].fichier.read_text(encoding="utf-8"))
    assert structure(gardee) == structure(modifie_sans_enregistrer_ici)


def test_une_version_abimee_depuis_n_ecrase_pas_le_notebook(poste):
    poste.enregistrer(copie_parfaite())
    [version] = poste.sauvegardes.versions(CHEMIN)
    version.fichier.write_text("{ coupée net", encoding="utf-8")
    with pytest.raises(ValueError, match=version.fichier.name):
        poste.sauvegardes.remettre(CHEMIN, version)
    assert structure(lire(poste)) == structure(copie_parfaite())


def test_restaurer_explique_ce_qui_manque(poste, monkeypatch, capsys):
    assert "premier enregistrement" in grc_restaurer(poste, monkeypatch, capsys)[1]
    poste.enregistrer(copie_parfaite())
    assert DEVOIR in grc_restaurer(poste, monkeypatch, capsys)[1]
    assert grc_restaurer(poste, monkeypatch, capsys, "s9_inconnu") == (
        1, f"Aucune version gardée de « s9_inconnu ». Choisissez parmi : {DEVOIR}.\n",
    )  # fmt: skip
    assert "de 1 à 1" in grc_restaurer(poste, monkeypatch, capsys, DEVOIR, "9")[1]


def test_hors_du_cours_un_notebook_s_enregistre_sans_copie(tmp_path):
    (tmp_path / "course" / "accueil").mkdir(parents=True)
    modele = {"type": "notebook", "content": copie_parfaite()}
    avant_d_enregistrer(modele, "ailleurs/essai.ipynb", SimpleNamespace(root_dir=str(tmp_path)))
    assert structure(modele["content"]) == structure(copie_parfaite())
    assert not list(tmp_path.rglob(".grc"))


@pytest.mark.parametrize(
    "modele", [{}, {"type": "file", "content": "texte"}, {"type": "notebook", "content": None}]
)
def test_un_fichier_inattendu_s_enregistre_sans_erreur(modele, tmp_path):
    avant = copy.deepcopy(modele)
    avant_d_enregistrer(modele, "x.ipynb", SimpleNamespace(root_dir=str(tmp_path)))
    assert modele == avant


def test_les_adresses_en_ligne_ont_le_prefixe_course(tmp_path):
    (tmp_path / "course" / "accueil").mkdir(parents=True)
    dossier = enregistrement.DossierDeTravail(tmp_path)
    assert dossier.relatif(f"course/{CHEMIN}") == CHEMIN
    assert dossier.sauvegardes.racine == tmp_path / "course"
