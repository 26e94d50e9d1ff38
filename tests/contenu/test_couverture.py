"""La couverture du programme : chaque notion attendue est enseignée, exercée ou demandée par une cellule qui existe.

``tests/contenu/couverture/attendus.yml`` liste les notions, section par section. Chaque notebook a son fichier, à côté, qui dit où il les
traite : ``identifiant: [{cellule: …, role: enseigne|exerce|demande}]``.
"""

import json
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError

from autograde.cours.dossiers import Cours
from grc_helpers.reponses.notebook import cellules, nbgrader, source
from grc_helpers.seances.seances import PAGES

COURS = Cours()
DOSSIER = Path(__file__).parent / "couverture"
ATTENDUS = DOSSIER / "attendus.yml"
ROLES = ("enseigne", "exerce", "demande")
QUESTION_DE_TP = re.compile(r"s\d-tp\d-q")
SERVICE = ("%load_ext", "rendre_ma_copie(", "glossaire(")


def lire_yaml(chemin):
    return YAML(typ="safe").load(chemin.read_text(encoding="utf-8"))


def attendus() -> dict[str, str]:
    """Chaque notion attendue et son titre. Un identifiant écrit dans deux sections lève une erreur."""
    notions = {}
    for section in lire_yaml(ATTENDUS).values():
        assert notions.keys() & section.keys() == set(), "identifiant attendu deux fois"
        notions |= section
    return notions


def couvertures() -> dict[str, dict[str, list[dict]]]:
    return {
        chemin.stem: lire_yaml(chemin)
        for chemin in sorted(DOSSIER.glob("*.yml"))
        if chemin != ATTENDUS
    }


def notebooks() -> dict[str, dict[str, dict]]:
    """Les cellules de chaque notebook source, par identifiant. L'accueil et le glossaire n'enseignent rien de neuf."""
    chemins = [chemin for chemin in COURS.solutions.glob("*/*.ipynb") if chemin.stem not in PAGES]
    return {
        chemin.stem: {c["id"]: c for c in cellules(json.loads(chemin.read_text(encoding="utf-8")))}
        for chemin in chemins
    }


# --- Les contrôles ---------------------------------------------------------------------------------------------------


def non_traitees(notions, traitees) -> list[str]:
    """Les notions dont aucun notebook ne parle, et les questions de TP qu'aucune question notée ne pose."""
    vues = {
        identifiant
        for lignes in traitees.values()
        for identifiant, citations in lignes.items()
        if citations
    }
    demandees = {
        i
        for lignes in traitees.values()
        for i, citations in lignes.items()
        if any(c["role"] == "demande" for c in citations)
    }
    return [i for i in notions if i not in vues or (QUESTION_DE_TP.match(i) and i not in demandees)]


def perimees(notions, traitees) -> list[str]:
    return [
        f"{nom} : {identifiant}"
        for nom, lignes in traitees.items()
        for identifiant in lignes
        if identifiant not in notions
    ]


def citations_fausses(traitees, sources) -> list[str]:
    """Ce qui cite une cellule disparue, ou lui prête un rôle qu'elle n'a pas."""
    defauts = []
    for nom, lignes in traitees.items():
        for identifiant, citations in lignes.items():
            vues = [(c["cellule"], c["role"]) for c in citations]
            for cellule, role in vues:
                defaut = (
                    "citée deux fois"
                    if vues.count((cellule, role)) > 1
                    else defaut_du_role(sources.get(nom, {}), cellule, role)
                )
                defauts += (
                    [f"{nom} : {identifiant}, cellule {cellule} : {defaut}"] if defaut else []
                )
    return defauts


def defaut_du_role(toutes, nom, role) -> str:
    if nom not in toutes:
        return "n'existe pas"
    texte, est_code, meta = (
        source(toutes[nom]),
        toutes[nom]["cell_type"] == "code",
        nbgrader(toutes[nom]),
    )
    match role:
        case "demande":
            points = nbgrader(toutes.get(f"{nom}_test", {})).get("points", 0)
            bon = meta.get("solution") and meta.get("grade_id") == nom and points > 0
            return "" if bon else "« demande » attend la réponse à une question notée"
        case "exerce":
            bon = not meta and (
                not texte.startswith(SERVICE) if est_code else "(non noté)" in texte
            )
            return (
                ""
                if bon
                else "« exerce » attend une cellule à lancer ou un exercice « (non noté) »"
            )
        case "enseigne":
            bon = (
                not meta.get("solution") and not meta.get("grade") and not texte.startswith(SERVICE)
            )
            return "" if bon else "« enseigne » attend un texte ou une figure"
    return f"rôle « {role} » inconnu ; choisissez parmi : {', '.join(ROLES)}"


# --- Le cours --------------------------------------------------------------------------------------------------------


def test_chaque_notion_attendue_est_traitee():
    notions = attendus()
    oubliees = non_traitees(notions, couvertures())
    assert not oubliees, "à enseigner, à exercer ou à demander :\n" + "\n".join(
        f"{i} ({notions[i]})" for i in oubliees
    )


def test_aucun_identifiant_perime():
    assert perimees(attendus(), couvertures()) == []


def test_chaque_cellule_citee_existe_et_tient_son_role():
    assert citations_fausses(couvertures(), notebooks()) == []


def test_chaque_notebook_a_son_fichier_de_couverture():
    assert sorted(couvertures()) == sorted(notebooks())


def test_chaque_notion_a_un_titre_court():
    assert [i for i, titre in attendus().items() if not 1 <= len(titre.split()) <= 12] == []


# --- Ces contrôles peuvent échouer -----------------------------------------------------------------------------------

NOTIONS = {"s9-th-01": "une notion", "s9-tp1-q1": "une question"}
CELLULES = [
    {"id": "lecon", "cell_type": "markdown", "source": "## Étape 1", "metadata": {}},
    {"id": "jeu", "cell_type": "markdown", "source": "**À essayer** (non noté) :", "metadata": {}},
    {"id": "preparer", "cell_type": "code", "source": "%load_ext grc_helpers", "metadata": {}},
    {"id": "outil", "cell_type": "code", "source": "afficher()", "metadata": {}},
    {
        "id": "q1",
        "cell_type": "code",
        "source": "%%nombre q1",
        "metadata": {"nbgrader": {"grade_id": "q1", "solution": True}},
    },
    {
        "id": "q1_test",
        "cell_type": "code",
        "source": "",
        "metadata": {"nbgrader": {"grade_id": "q1_test", "grade": True, "points": 2}},
    },
]
SOURCES = {"essai": {cellule["id"]: cellule for cellule in CELLULES}}


def traite(cellule, role, notion="s9-th-01"):
    return {"essai": {notion: [{"cellule": cellule, "role": role}]}}


def test_une_notion_manquante_est_vue():
    complet = {
        "essai": {
            **traite("lecon", "enseigne")["essai"],
            **traite("q1", "demande", "s9-tp1-q1")["essai"],
        }
    }
    assert non_traitees(NOTIONS, complet) == []
    assert non_traitees(NOTIONS, traite("q1", "demande", "s9-tp1-q1")) == ["s9-th-01"]
    assert non_traitees(NOTIONS, {"essai": {**complet["essai"], "s9-th-01": []}}) == ["s9-th-01"]


def test_une_question_de_tp_seulement_enseignee_est_vue():
    lignes = {
        **traite("lecon", "enseigne")["essai"],
        **traite("lecon", "enseigne", "s9-tp1-q1")["essai"],
    }
    assert non_traitees(NOTIONS, {"essai": lignes}) == ["s9-tp1-q1"]


def test_un_identifiant_perime_est_vu():
    assert perimees(NOTIONS, traite("lecon", "enseigne")) == []
    assert perimees(NOTIONS, traite("lecon", "enseigne", "s9-th-02")) == ["essai : s9-th-02"]


@pytest.mark.parametrize(
    ("cellule", "role", "motif"),
    [
        ("disparue", "enseigne", "n'existe pas"),
        ("lecon", "montre", "rôle « montre » inconnu"),
        ("lecon", "demande", "question notée"),
        ("outil", "demande", "question notée"),
        ("q1_test", "demande", "question notée"),
        ("lecon", "exerce", "« exerce » attend"),
        ("preparer", "exerce", "« exerce » attend"),
        ("q1", "exerce", "« exerce » attend"),
        ("q1", "enseigne", "« enseigne » attend"),
        ("q1_test", "enseigne", "« enseigne » attend"),
        ("preparer", "enseigne", "« enseigne » attend"),
    ],
)
def test_une_citation_fausse_est_vue(cellule, role, motif):
    [defaut] = citations_fausses(traite(cellule, role), SOURCES)
    assert motif in defaut and defaut.startswith("essai : s9-th-01")


@pytest.mark.parametrize(
    ("cellule", "role"),
    [
        ("lecon", "enseigne"),
        ("outil", "enseigne"),
        ("outil", "exerce"),
        ("jeu", "exerce"),
        ("q1", "demande"),
    ],
)
def test_une_citation_juste_passe(cellule, role):
    assert citations_fausses(traite(cellule, role), SOURCES) == []


def test_une_question_sans_points_n_est_pas_demandee():
    sans_points = {
        "essai": {**SOURCES["essai"], "q1_test": {**SOURCES["essai"]["q1_test"], "metadata": {}}}
    }
    assert citations_fausses(traite("q1", "demande"), sans_points) != []


def test_une_cellule_retiree_du_vrai_cours_est_vue():
    """Sur le cours lui-même : retirer une cellule citée fait échouer le contrôle."""
    sources = notebooks()
    del sources["s2_tp1_ltv"]["s2_tp1_q0"]
    assert [
        d for d in citations_fausses(couvertures(), sources) if "s2_tp1_q0 : n'existe pas" in d
    ] != []


def test_un_identifiant_ecrit_deux_fois_est_refuse(tmp_path):
    fichier = tmp_path / "double.yml"
    fichier.write_text(
        "s9-th-01: [{cellule: lecon, role: enseigne}]\ns9-th-01: []\n", encoding="utf-8"
    )
    with pytest.raises(DuplicateKeyError):
        lire_yaml(fichier)
