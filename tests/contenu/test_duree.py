"""La durée affichée suffit : lire, jouer, s'entraîner et répondre, sans se presser. ``test_charte`` l'exige de chaque cahier.

La règle, en minutes :

- un mot lu : 1/180 ;
- une réponse courte (choix, ordre, association, nombre) : 2 ;
- un tableau : 2, ou 1 par case s'il en a plus de deux (calculer, taper) ;
- une réponse rédigée ou une lettre : 2, plus une minute par dizaine de mots de la réponse type (chercher, écrire, se relire) ;
- un exercice d'entraînement, ou une réponse non notée : 2 ;
- une autre cellule à lancer (simulateur, figure, tri) : 5, les essais proposés compris.
"""

import json
import re
from pathlib import Path

import pytest

from autograde.cours.dossiers import Cours
from grc_helpers.reponses.cellule import Cellule, lire_cellule
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.reponses.tableaux import lire_tableau

COURS = Cours()
MOTS_PAR_MINUTE, MOTS_ECRITS_PAR_MINUTE = 180, 10
COURTE, SIMULATEUR, CASE = 2, 5, 1
SERVICE = ("%load_ext", "rendre_ma_copie(", "glossaire(")
# Une séance plus courte se passe du tableau des étapes.
SANS_TABLEAU = 30
DUREE = re.compile(r"durée : (?:(\d+) h ?)?(?:(\d+)(?: min(?:utes)?)?)?")


def lire(chemin: Path) -> list[dict]:
    """Les cellules ; une espace insécable s'y lit comme une autre."""
    return cellules(json.loads(re.sub("[\u00a0\u202f]", " ", chemin.read_text(encoding="utf-8"))))


def mots(texte: str) -> int:
    """Les mots à lire : ni adresses, ni barres de tableau, ni signes seuls."""
    texte = re.sub(r"\]\([^)]*\)|<[^>]+>|`", " ", texte)
    return sum(any(signe.isalnum() for signe in mot) for mot in re.split(r"[\s|]+", texte))


def minutes_affichees(titre: str) -> int:
    heures, minutes = DUREE.search(titre).groups()
    return 60 * int(heures or 0) + int(minutes or 0)


def minutes_de_reponse(vierge: Cellule, reponse_type: str) -> float:
    if vierge.type == "tableau":
        return max(COURTE, CASE * len(lire_tableau(vierge.corps).textes))
    if vierge.type == "reponse":
        return COURTE + mots(reponse_type) / MOTS_ECRITS_PAR_MINUTE
    return COURTE


def minutes_de_cellule(distribuee: dict, corrige: str) -> float:
    """Le temps d'une cellule de la version distribuée ; ``corrige`` est sa source dans ``solutions/``."""
    texte = source(distribuee)
    if distribuee["cell_type"] == "markdown":
        return mots(texte) / MOTS_PAR_MINUTE
    if nbgrader(distribuee).get("grade") or texte.startswith(SERVICE):
        return 0
    vierge = lire_cellule(texte)
    if vierge:
        return minutes_de_reponse(vierge, lire_cellule(corrige).corps)
    return COURTE if re.search(r"\bexercice\(", texte) else SIMULATEUR


def minutes_par_etape(distribue: list[dict], corriges: dict[str, str]) -> dict[str, float]:
    """Les minutes de chaque étape, par numéro ; le reste sous « avant » (jusqu'à la première) et « après » (à partir de la clôture)."""
    total, etape = {}, "avant"
    for cellule in distribue:
        for titre in (
            re.findall(r"^## (.*)", source(cellule), re.MULTILINE)
            if cellule["cell_type"] == "markdown"
            else []
        ):
            numero = re.match(r"Étape (\d+)", titre)
            etape = (
                numero[1]
                if numero
                else "après"
                if titre.startswith(("Pour aller plus loin", "À retenir"))
                else etape
            )
        total[etape] = total.get(etape, 0) + minutes_de_cellule(cellule, corriges[cellule["id"]])
    return total


def temps_annonces(distribue: list[dict]) -> dict[tuple[str, ...], int]:
    """Le tableau « étape | ce que vous faites | temps » : les minutes annoncées pour une ou plusieurs étapes (« 3 à 6 » : quatre)."""
    textes = "\n".join(
        source(cellule) for cellule in distribue if cellule["cell_type"] == "markdown"
    )
    lignes = re.findall(r"^\| *([^|]+?) *\|[^|]*\| *(\d+) min *\|$", textes, re.MULTILINE)
    return {numeros_des_etapes(lesquelles): int(minutes) for lesquelles, minutes in lignes}


def numeros_des_etapes(lesquelles: str) -> tuple[str, ...]:
    """« 3 » : l'étape 3 ; « 3 à 6 » ou « 1 et 2 » : de la première à la dernière ; « à la fin » reste tel quel."""
    bornes = [int(numero) for numero in re.findall(r"\d+", lesquelles)]
    return (
        tuple(str(numero) for numero in range(bornes[0], bornes[-1] + 1))
        if bornes
        else (lesquelles,)
    )


def seance(nom: str) -> tuple[list[dict], dict[str, str]]:
    corriges = {cellule["id"]: source(cellule) for cellule in lire(COURS.notebook_source(nom))}
    return lire(COURS.notebook_distribue(nom)), corriges


# --- La règle elle-même ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("titre", "minutes"),
    [
        ("durée : 2 h 30 · noté", 150),
        ("durée : 5 h · noté", 300),
        ("durée : 45 min", 45),
        ("durée : 20 minutes · noté", 20),
    ],
)
def test_les_durees_se_lisent(titre, minutes):
    assert minutes_affichees(f"# TP\n\n**Séquence 1** · {titre}") == minutes


def test_le_tableau_des_etapes_se_lit():
    tableau = "| étape | vous | temps |\n|---|---|---|\n| 1 | lire | 5 min |\n| 2 à 4 | trier | 20 min |\n| à la fin | relire | 3 min |"
    annonces = temps_annonces([{"cell_type": "markdown", "source": tableau}])
    assert annonces == {("1",): 5, ("2", "3", "4"): 20, ("à la fin",): 3}


def test_seuls_les_mots_comptent():
    assert mots("## Étape 1 · Lire `un` **mot**") == 5
    assert mots("| CA global | 1 250 € |\n|---|---|") == 4
    assert mots("[le simulateur](#cell-id=simulateur) → ![image](a/b.png)") == 3


def cellule(nom, texte, **meta):
    return {
        "id": nom,
        "cell_type": "code",
        "source": texte,
        "metadata": {"nbgrader": meta} if meta else {},
    }


@pytest.mark.parametrize(
    ("texte", "corrige", "minutes"),
    [
        ("%%choix q a b", "%%choix q a b\na", 2),
        ("%%tableau q\nAnnées | N1\nPerdus |", "", 2),
        ("%%tableau q\nAnnées | N1 | N2\nPerdus | |\nRestants | |", "", 4),
        ("%%reponse q", "%%reponse q\n" + "mot " * 60, 8),
        ('from grc_helpers.entrainement import exercice\nexercice("s", "n")', "", 2),
        ("Simulateur().afficher()", "", 5),
        ("%load_ext grc_helpers", "", 0),
    ],
)
def test_chaque_sorte_de_cellule_a_son_temps(texte, corrige, minutes):
    assert minutes_de_cellule(cellule("q", texte), corrige or texte) == minutes


def test_un_test_note_ne_prend_pas_de_temps():
    assert (
        minutes_de_cellule(cellule("q_test", 'verifier("q")', grade=True, grade_id="q_test"), "")
        == 0
    )


def test_une_etape_trop_chargee_est_vue():
    titre = {
        "id": "etape_1",
        "cell_type": "markdown",
        "source": "## Étape 1 · Lire\n\n" + "mot " * 360,
        "metadata": {},
    }
    charge = [titre, cellule("q", "%%nombre q"), cellule("outil", "afficher()")]
    minutes = minutes_par_etape(charge, {c["id"]: c["source"] for c in charge})
    assert 9 < minutes["1"] < 9.1 and list(minutes) == ["1"]
