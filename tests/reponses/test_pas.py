"""Lire une réponse coûte un travail proportionnel à sa longueur : les pas se comptent, les secondes non.

Les pas de Python se comptent ligne à ligne (``sys.settrace``). Une expression régulière n'en fait aucun qui se voie : celles qui lisent
une réponse sont donc relues ici, une à une, pour qu'aucune ne puisse revenir en arrière sur ce qu'elle a déjà passé.
"""

import re
import re._parser as analyse  # la forme d'une expression, telle que le moteur la lit
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograde.copie.hors_reponse import lire_tout
from autograde.copie.reperage import Plan, reperer, separer
from autograde.cours.devoir import charger_devoir
from autograde.notation.reponses import noter_reponses
from grc_helpers import francais, reponses
from grc_helpers.francais.nombres import lire_nombre
from grc_helpers.reponses.cellule import Cellule, lire_cellule
from grc_helpers.reponses.controles import controler
from grc_helpers.reponses.lettres import lire_lettres, lire_propositions, lire_une_lettre
from grc_helpers.reponses.libelles import ajout, dit_autre_chose
from grc_helpers.reponses.notebook import ReponsesLues, lire_reponses
from grc_helpers.reponses.tableaux import lire_tableau
from grc_helpers.reponses.types.association import lire_association
from grc_helpers.reponses.types.classement import lire_classement
from tests.classe_fictive import DEPOT, DEVOIR, notebook_distribue

LIBELLES = ["Le fournisseur impose ses conditions", "Place (distribution)", "Client A", "Client B"]
VIERGE = lire_tableau("Années | N1 | N2\nClients perdus | |\nClients restants | |")
LTV = charger_devoir(DEPOT, DEVOIR)
MODELE = lire_cellule("%%reponse q")


def copie_lue(texte: str) -> None:
    """Une cellule ajoutée, un énoncé et une réponse pleins de ce texte."""
    notebook = notebook_distribue()
    for cellule in notebook["cells"][10:12]:
        cellule["source"] = "".join(cellule["source"]) + texte
    notebook["cells"].insert(12, {"cell_type": "code", "metadata": {}, "source": texte})
    plan = Plan(LTV)
    cellules, _ = separer(notebook["cells"], plan)
    lire_tout(cellules, reperer(cellules, plan), plan, {}).reporter(ReponsesLues())


LECTEURS: dict[str, Callable[[str], object]] = {
    "association": lambda t: lire_association(t, LIBELLES),
    "association au poste": lambda t: controler(Cellule("association", "q", (), t)),
    "classement": lambda t: lire_classement(t, ("a", "b"), {"a": "prospect"}, LIBELLES),
    "classement au poste": lambda t: controler(Cellule("classement", "q", ("a", "b"), t)),
    "tableau": lambda t: lire_tableau(t, VIERGE),
    "tableau au poste": lambda t: controler(Cellule("tableau", "q", ("valeur_client",), t)),
    "choix": lambda t: lire_lettres(t, ("a", "b")),
    "ordre": lambda t: controler(Cellule("ordre", "q", ("a", "b"), t)),
    "une lettre": lire_une_lettre,
    "nombre": lambda t: lire_nombre(t, "€"),
    "nombre au poste": lambda t: controler(Cellule("nombre", "q", ("€",), t)),
    "prose": lambda t: controler(Cellule("reponse", "q", (), t)),
    "énoncé": lire_propositions,
    "cellule": lire_cellule,
    "cellule connue": lambda t: lire_cellule(t, MODELE),
    "cellule et sa magie": lambda t: lire_cellule("%%reponse q " + t, MODELE),
    "ajout": lambda t: ajout(t, "Combien de clients Verdanis gagne-t-il ? " + t[::2]),
    "autre chose": lambda t: dit_autre_chose(t, t[::2]),
    "copie": copie_lue,
}
# De quoi faire hésiter un lecteur : répété, c'est du blanc, des séparateurs, des libellés presque justes, des magies, des commentaires.
MOTIFS = [
    *(" ", "\t", "\u00a0", " \u202f", "\n", " \n", ":", " : ", "->", "=>", "=", "|", "\\|", " | "),
    *(
        "#",
        "# \n",
        "###\n",
        "%%",
        "%%reponse q\n",
        "%% ",
        "-",
        " - ",
        "*",
        "**",
        "- **a** :",
        "(",
        "1) ",
    ),
    *("«", "a", "aaaa ", "Client ", "Client A : a\n", "Client A a\n", "clieent a : b\n", "lettre "),
    *("Clients perdu | 1\n", "| 1 | 2\n", "100 | 2\n", "la lettre ", "dans la ", "12 ", "1 ", "1,"),
    *(".", "€", "é", "e\u0301", "œ", "?", "👍 "),
]
TAILLE = 4000
BORNE = 2.5  # la longueur double : le travail aussi, à ceci près


def pas(fonction: Callable[[str], object], texte: str) -> int:
    """Les lignes de Python exécutées pour lire ce texte."""
    compte = 0

    def suivre(cadre, evenement, _):
        nonlocal compte
        compte += evenement == "line"
        return suivre

    avant = sys.gettrace()
    sys.settrace(suivre)
    try:
        fonction(texte)
    finally:
        sys.settrace(avant)
    return compte


@settings(max_examples=150)
@given(
    st.sampled_from(list(LECTEURS)),
    st.lists(st.sampled_from(MOTIFS), min_size=1, max_size=3),
    st.sampled_from(["", "x", "Client A : ", "%%reponse q\n"]),
    st.sampled_from(["", "x", " :", "\n"]),
)
def test_doubler_une_reponse_double_au_plus_le_travail(nom, motifs, debut, fin):
    motif = "".join(motifs)

    def texte(longueur: int) -> str:
        return debut + motif * (longueur // len(motif)) + fin

    court, long = (pas(LECTEURS[nom], texte(taille)) for taille in (TAILLE, 2 * TAILLE))
    assert long <= BORNE * court + 200, (nom, court, long)


def test_le_cas_qui_arretait_toute_une_classe():
    """Des milliers de blancs, puis une lettre, dans une association."""
    for blanc in " \t\u00a0":
        assert pas(LECTEURS["association"], blanc * 19_000 + "x") < 500


def test_une_reponse_enorme_se_note_en_un_travail_borne():
    """Deux cents lignes au plus se lisent : au-delà, le travail ne croît plus qu'avec ce qu'il faut pour le dire."""
    for nom in ("association", "classement", "tableau"):
        petit, grand = (pas(LECTEURS[nom], "clieent a : b\n" * combien) for combien in (400, 4000))
        assert grand <= 10 * petit


# --- Les expressions régulières ---------------------------------------------------------------------------------------------------

LUES = sorted([*Path(reponses.__file__).parent.rglob("*.py"), Path(francais.__file__).parent / "nombres.py"])  # fmt: skip
APPEL = re.compile(r"\bre\.(?:compile|match|search|fullmatch|findall|finditer|split|sub)\(")


def expressions() -> list[tuple[str, str]]:
    """Chaque expression régulière écrite dans ce qui lit une réponse, sur une ligne ou plusieurs, et son fichier."""
    une_ligne = re.compile(r'r"((?:[^"\\]|\\.)*)"')
    ecrite = re.compile(rf"\bre\.\w+\(\s*((?:{une_ligne.pattern}\s*)+)")
    return [
        (fichier.name, "".join(une_ligne.findall(lignes)))
        for fichier in LUES
        for lignes, _ in ecrite.findall(fichier.read_text(encoding="utf-8"))
    ]


def repetitions(arbre, profondeur: int = 0):
    """Les répétitions sans borne d'une expression, et leur profondeur dans les autres répétitions."""
    for operation, valeur in arbre:
        if operation in (analyse.MAX_REPEAT, analyse.MIN_REPEAT):
            _, plus, dedans = valeur
            sans_borne = plus == analyse.MAXREPEAT
            if sans_borne:
                yield profondeur
            yield from repetitions(dedans, profondeur + sans_borne)
        elif operation is analyse.SUBPATTERN:
            yield from repetitions(valeur[-1], profondeur)
        elif operation is analyse.BRANCH:
            for branche in valeur[1]:
                yield from repetitions(branche, profondeur)


def test_toutes_les_expressions_sont_trouvees():
    ecrites = sum(len(APPEL.findall(fichier.read_text(encoding="utf-8"))) for fichier in LUES)
    assert len(expressions()) == ecrites > 5


@pytest.mark.parametrize(("fichier", "expression"), expressions())
def test_aucune_expression_ne_revient_sur_ce_qu_elle_a_passe(fichier, expression):
    """Dans les réponses, aucune répétition sans borne ; dans les nombres, dont le texte est borné, aucune dans une autre."""
    trouvees = list(repetitions(analyse.parse(expression)))
    assert not trouvees or (fichier == "nombres.py" and max(trouvees) == 0), expression


def test_un_nombre_trop_long_n_est_pas_lu():
    assert lire_nombre("1 " * 100).message and pas(LECTEURS["nombre"], "1 " * 100_000) < 20


def test_noter_ne_coute_pas_plus_que_lire():
    """D'une réponse deux fois plus longue, la note des questions qui ne sont pas rédigées demande au plus deux fois plus de travail."""
    for question, entree in LTV.questions.items():
        if entree.type == "reponse":
            continue

        def noter(texte: str, entree=entree, question=question) -> None:
            source = entree.vierge.source + "\n" + texte
            copie = {"cells": [{"cell_type": "code", "metadata": {}, "source": source}]}
            noter_reponses(lire_reponses(copie, {question: entree}), LTV)

        court, long = (pas(noter, "Clients perdus | 12 x\n" * combien) for combien in (300, 600))
        assert long <= BORNE * court, question
