"""Un barème qui ne va pas avec sa question se dit tout de suite : lettre hors de la liste, ordre ou association incomplets."""

import pytest
from pydantic import TypeAdapter

from autograde.baremes.types import TYPES
from autograde.baremes.types.contrat import Bareme
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.notebook import Question

LETTRES = "- **a** : le magasin ;\n- **b** : le téléphone."


def desaccords(vierge: str, **bareme) -> list[str]:
    sorte = vierge.split()[0].removeprefix("%%")
    (type_du_bareme,) = (t for t in TYPES if t.model_fields["type"].annotation.__args__[0] == sorte)
    lu: Bareme = TypeAdapter(type_du_bareme).validate_python({"type": sorte, **bareme})
    cellule = lire_cellule(vierge)
    assert cellule
    return lu.desaccords(Question("q", cellule, LETTRES))


@pytest.mark.parametrize(
    ("vierge", "bareme", "attendu"),
    [
        ("%%choix q a b\n", {"attendu": ["a"]}, []),
        (
            "%%choix q a b\n",
            {"attendu": ["a", "d"]},
            ["q ne propose pas la lettre « d », seulement a, b"],
        ),
        (
            "%%choix q a b\n",
            {"attendu": ["a"], "explications": {"c": "Non."}},
            ["q ne propose pas la lettre « c », seulement a, b"],
        ),
        ("%%ordre q a b c\n", {"attendu": ["c", "a", "b"]}, []),
        (
            "%%ordre q a b c\n",
            {"attendu": ["c", "a"]},
            ["q : la lettre « b » n'a pas de place dans l'ordre"],
        ),
        (
            "%%ordre q a b\n",
            {"attendu": ["a", "e"]},
            [
                "q ne propose pas la lettre « e », seulement a, b",
                "q : la lettre « b » n'a pas de place dans l'ordre",
            ],
        ),
        (
            "%%ordre q a b\n",
            {"attendu": ["a", "b", "a"]},
            ["q : une lettre est deux fois dans l'ordre"],
        ),
        ("%%association q\nNadir :\nZoé :", {"attendu": {"Nadir": "a", "Zoé": ["a", "b"]}}, []),
        (
            "%%association q\nNadir :\nZoé :",
            {"attendu": {"Nadir": "a"}},
            ["q : « Zoé » n'a pas de lettre au barème"],
        ),
        (
            "%%association q\nNadir :",
            {"attendu": {"Nadir": "a", "Zoé": "b"}},
            ["q : « Zoé » n'est pas dans la cellule"],
        ),
        (
            "%%association q\nNadir :",
            {"attendu": {"Nadir": ["a", "f"]}},
            ["q ne propose pas la lettre « f », seulement a, b"],
        ),
    ],
)
def test_un_bareme_qui_contredit_sa_question_se_dit(vierge, bareme, attendu):
    assert desaccords(vierge, **bareme) == attendu
