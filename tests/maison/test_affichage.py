"""Rien de ce qu'une classe a écrit (réponse, nom, dossier, reçu) ne commande la console, et aucun nom n'arrête une commande."""

import io
import json
import os
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograde.console import Console, Ecran, Tableau
from autograde.copie.remises import stagiaire_de
from autograde.cours.dossiers import Cours
from autograde.rapport.donnees import charger_rapport
from grc_helpers.commandes import principal
from grc_helpers.francais.affichable import affichable, sur_une_ligne
from grc_helpers.reponses.recu import CLE
from tests.classe_fictive import (
    DEVOIR,
    PROSE_A_RELIRE,
    copie_a_relire,
    copie_avec,
    copie_parfaite,
    deposer,
)

# Ce qui commande un terminal, une mise en forme, ou le sens de la lecture.
PIEGES = [
    "[/x]",
    "[bold red]20/20[/]",
    "[link=file:///etc/passwd]clic[/link]",
    ":smiley:",
    "\x1b[2J\x1b[31m",
    "\x1b]0;titre\x07",
    "\x1b]52;c;cHduZWQ=\x07",
    "\x9b31m",
    "\x9d0;titre\x9c",
    "\u202egnp.exe",
    "\u2066a\u2069",
    "a\rb",
    "a\x08b",
    "a\u2028b",
    "\x7f",
]
# Tous les signes, moitiés de caractère et octets indécodables compris, les dangereux plus souvent.
TEXTES = st.text(st.characters() | st.characters(categories=["Cc", "Cf", "Cs"])) | st.lists(
    st.sampled_from(PIEGES) | st.text(max_size=5), max_size=6
).map("".join)


def interdits(texte: str) -> set[str]:
    """Les signes qui n'ont rien à faire dans une console."""
    return {
        c
        for c in texte
        if c not in "\n\t" and (c in "\u2028\u2029" or unicodedata.category(c)[0] == "C")
    }


@given(TEXTES)
@settings(max_examples=1_000)
def test_tout_texte_affichable_est_inerte(texte):
    montre = affichable(texte)
    assert not interdits(montre)
    assert len(montre) == len(texte) - texte.count("\r\n")
    assert affichable(montre) == montre
    assert montre.encode().decode() == montre
    assert "\n" not in sur_une_ligne(texte)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "M"])))
def test_un_texte_ordinaire_ne_change_pas(texte):
    assert affichable(texte) == texte


@given(TEXTES.map(lambda texte: texte[:80]), st.sampled_from(["", "bold"]))
@settings(max_examples=150)
@example("\u0300", "")  # un accent sans lettre, qui n'a pas de largeur
def test_tout_ce_qui_passe_par_l_ecran_s_y_lit_tel_quel(texte, style):
    texte = sur_une_ligne(texte)
    sortie = io.StringIO()
    ecran = Ecran(Console(file=sortie, width=200))
    tableau = Tableau(texte)
    tableau.colonne(texte)
    tableau.ligne(texte, style=style)
    ecran.montrer(tableau)
    ecran.dire(texte, style=style)
    ecran.encadrer(texte, texte)
    ecran.separer(texte)
    assert not interdits(sortie.getvalue())
    attendu = "".join(texte.split())
    assert "".join(sortie.getvalue().split()).count(attendu) >= 7 or not attendu


NOMS = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=120)


@given(st.sets(NOMS, min_size=2, max_size=6))
@settings(max_examples=300)
def test_deux_dossiers_sont_deux_stagiaires_qui_s_ecrivent_partout(noms):
    stagiaires = {stagiaire_de(Path("submitted") / nom / DEVOIR) for nom in noms - {".", ".."}}
    assert len(stagiaires) == len(noms - {".", ".."})
    for stagiaire in stagiaires:
        assert stagiaire == sur_une_ligne(stagiaire) and stagiaire.encode()
        assert "/" not in stagiaire and len(stagiaire) <= 109


DOSSIERS = ["Ali [groupe 1]", "Ali [groupe 2]", *(f"Zoé {piege}" for piege in PIEGES)]
INDECODABLE = os.fsdecode(b"L\xe9a")


def avec_recu(copie: dict, code: object) -> dict:
    recu = {"devoir": DEVOIR, "nom": code, "groupe": code, "date": code, "code": code}
    return copie | {"metadata": copie["metadata"] | {CLE: recu}}


@pytest.fixture(scope="module")
def cours(tmp_path_factory):
    """Une classe où tout est piégé : dossiers, fichiers, reçus, réponses ; et un dossier venu d'un autre système."""
    dossier = tmp_path_factory.mktemp("classe")
    pieges = "\n".join(PIEGES)
    with pytest.MonkeyPatch.context() as ici:
        ici.setenv("GRC_TRAVAIL", str(dossier))
        cours = Cours.courant()
        for rang, nom in enumerate(piege.replace("/", "|") for piege in DOSSIERS):
            piege = PIEGES[rang % len(PIEGES)]
            prose = f"{PROSE_A_RELIRE} {piege}\n{pieges}"
            copie = copie_avec({"s2_tp1_q3": prose, "s2_tp1_q1": piege})
            fichier = f"{piege.replace('/', '|')} tp.ipynb"
            deposer(cours, nom, avec_recu(copie, piege), nom=fichier)
        deposer(cours, INDECODABLE, copie_parfaite())
        deposer(cours, "Léa", copie_a_relire(), nom=os.fsdecode(b"copie de L\xe9a.ipynb"))
        deposer(cours, "Noé [/x]", b"\x1b[2J" + pieges.encode())
        assert principal(["corriger", DEVOIR]) == 0
        yield cours


def lancer(monkeypatch, capsys, *arguments: str, clavier: str = "") -> tuple[int, str]:
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setattr(sys, "stdin", io.StringIO(clavier))
    code = principal(list(arguments))
    affiche = capsys.readouterr()
    return code, affiche.out + affiche.err


@pytest.mark.parametrize(
    ("arguments", "clavier"),
    [
        (["classe"], ""),
        (["corriger", DEVOIR], ""),
        (["corriger"], ""),
        (["journal", DEVOIR], ""),
        (["decider", DEVOIR, "--toutes"], "1 1 \x1b[2J\n" + "\n" * 40),
        (["apprendre", DEVOIR, "--essai"], ""),
        (["relire", DEVOIR], ""),
        (["retours", DEVOIR], ""),
        (["retours", "--niveau", "corriges"], ""),
        (["notes", DEVOIR], ""),
        (["rapport", DEVOIR], ""),
    ],
    ids=lambda valeur: " ".join(valeur) if isinstance(valeur, list) else "",
)
def test_aucune_commande_ne_laisse_passer_un_piege(cours, monkeypatch, capsys, arguments, clavier):
    async def servir(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("autograde.relecture.console._servir", servir)
    monkeypatch.setattr("autograde.tableaux.console.lancer_et_attendre", lambda *_: 0)
    code, texte = lancer(monkeypatch, capsys, *arguments, clavier=clavier)
    assert code == 0, texte
    assert not interdits(texte)


def test_le_tableau_de_la_classe_nomme_chacun(cours, monkeypatch, capsys):
    """Les groupes restent distincts, un nom indécodable se lit, un reçu sans sa forme n'est pas montré."""
    _, texte = lancer(monkeypatch, capsys, "corriger", DEVOIR)
    lignes = [ligne for ligne in texte.splitlines() if ligne.startswith("│")]
    assert sum("Ali [groupe 1]" in ligne for ligne in lignes) == 1
    assert sum("Ali [groupe 2]" in ligne for ligne in lignes) == 1
    lea = stagiaire_de(cours.remises / INDECODABLE / DEVOIR)
    assert [ligne.split("│")[2].strip() for ligne in lignes if lea in ligne] == ["20,00"]
    recus = {ligne.split("│")[4].strip() for ligne in lignes[1:]}
    assert recus <= {"modifié après la remise", "reçu d'un autre devoir", "sans reçu"}
    assert f"• {lea} : le nom de son dossier ne s'écrit pas partout" in texte
    assert "fichier nommé « copie de Léa.ipynb »" in texte


def test_le_dossier_indecodable_a_sa_page_et_sa_note(cours, monkeypatch, capsys):
    lea = stagiaire_de(cours.remises / INDECODABLE / DEVOIR)
    lancer(monkeypatch, capsys, "retours", DEVOIR)
    lancer(monkeypatch, capsys, "notes", DEVOIR)
    assert (cours.retours / DEVOIR / f"{lea}.html").is_file()
    lignes = (cours.notes / f"{DEVOIR}.csv").read_text(encoding="utf-8-sig").splitlines()
    assert sum(lea in ligne for ligne in lignes) == 1
    assert lea in charger_rapport(cours, DEVOIR).classe


def test_ramasser_ne_laisse_passer_aucun_piege(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GRC_TRAVAIL", str(tmp_path / "classe"))
    source = tmp_path / "copies.zip"
    with zipfile.ZipFile(source, "w") as archive:
        for rang, piege in enumerate(PIEGES):
            contenu = json.dumps(avec_recu(copie_parfaite(), piege))
            archive.writestr(f"Ali {piege}_{100 + rang}_assignsubmission_file/tp.ipynb", contenu)
            archive.writestr(f"{piege}/devoir {rang}.txt", piege)
    code, texte = lancer(monkeypatch, capsys, "ramasser", str(source), DEVOIR)
    assert code == 0 and not interdits(texte)
    code, texte = lancer(monkeypatch, capsys, "ramasser", f"{tmp_path}/\x1b[2J{INDECODABLE}.zip")
    assert code == 1 and not interdits(texte) and "Léa.zip" in texte


def test_une_demande_piegee_se_dit_sans_obeir(monkeypatch, capsys):
    with pytest.raises(SystemExit):
        principal(["\x1b[2J[/x]"])
    assert not interdits(capsys.readouterr().err)
