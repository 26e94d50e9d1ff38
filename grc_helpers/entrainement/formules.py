"""Les formules des exercices : quatre opérations, puissances, et les fonctions du cours. Jamais de code Python libre."""

import ast
import importlib
import math
import operator
from collections.abc import Callable, Mapping

from grc_helpers.francais.nombres import arrondi

OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
EXPOSANT_MAXIMAL = 100


class FormuleIncorrecte(ValueError):
    """La formule d'un exercice ne se calcule pas ; le message s'adresse à son auteur."""


def calculer(formule: str, valeurs: Mapping[str, float]) -> float:
    """Le résultat de la ``formule``, où chaque nom est remplacé par sa valeur.

    Sont permis : les nombres (avec un point), ``+ - * / **``, les parenthèses, ``arrondi(x, decimales)`` et toute
    fonction publique de ``grc_helpers.calculs`` qui renvoie un nombre, précédée du nom de son module.
    Lève ``FormuleIncorrecte`` pour tout le reste.

    >>> calculer("abonnes * (1 - perte / 100)", {"abonnes": 80, "perte": 10})
    72.0
    >>> calculer("valeur_client.valeur_simple(2, 6, panier)", {"panier": 50})
    600.0
    >>> calculer("__import__('os')", {})
    Traceback (most recent call last):
        ...
    grc_helpers.entrainement.formules.FormuleIncorrecte: « __import__('os') » : fonction inconnue « __import__ ».
    """
    try:
        resultat = _valeur(ast.parse(formule.strip(), mode="eval").body, valeurs)
    except SyntaxError:
        raise FormuleIncorrecte(
            f"« {formule} » : écriture incorrecte. Exemple : abonnes * (1 - perte / 100)."
        ) from None
    except FormuleIncorrecte as erreur:
        raise FormuleIncorrecte(f"« {formule} » : {erreur}") from None
    except (ArithmeticError, ValueError, TypeError) as erreur:
        raise FormuleIncorrecte(f"« {formule} » ne se calcule pas ({erreur}).") from None
    if isinstance(resultat, tuple):
        raise FormuleIncorrecte(f"« {formule} » : écrivez les décimales avec un point (0.25).")
    if (
        isinstance(resultat, bool)
        or not isinstance(resultat, int | float)
        or not math.isfinite(resultat)
    ):
        raise FormuleIncorrecte(f"« {formule} » ne donne pas un nombre.")
    return float(resultat)


def _valeur(noeud: ast.expr, valeurs: Mapping[str, float]):
    match noeud:
        case ast.Constant(value=int() | float() | str() as valeur) if not isinstance(valeur, bool):
            return valeur
        case ast.Name(id=nom):
            if nom not in valeurs:
                raise FormuleIncorrecte(
                    f"valeur inconnue « {nom} ». Valeurs connues : {', '.join(valeurs) or 'aucune'}."
                )
            return valeurs[nom]
        case ast.UnaryOp(op=ast.USub(), operand=operande):
            return -_valeur(operande, valeurs)
        case ast.BinOp(left=gauche, op=signe, right=droite) if type(signe) in OPERATIONS:
            a, b = _valeur(gauche, valeurs), _valeur(droite, valeurs)
            if isinstance(signe, ast.Pow) and abs(b) > EXPOSANT_MAXIMAL:
                raise FormuleIncorrecte(f"exposant trop grand ({b}).")
            return OPERATIONS[type(signe)](a, b)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return tuple(_valeur(element, valeurs) for element in elements)
        case ast.Call(func=fonction, args=places, keywords=nommes):
            arguments = [_valeur(argument, valeurs) for argument in places]
            return _fonction(fonction)(
                *arguments,
                **{nomme.arg: _valeur(nomme.value, valeurs) for nomme in nommes if nomme.arg},
            )
    raise FormuleIncorrecte(
        "seuls les nombres, les noms, + - * / ** et les fonctions du cours sont permis."
    )


def _fonction(noeud: ast.expr) -> Callable[..., float]:
    """``arrondi``, ou une fonction définie dans le module nommé de ``grc_helpers.calculs``."""
    match noeud:
        case ast.Name(id="arrondi"):
            return arrondi
        case ast.Attribute(value=ast.Name(id=module), attr=nom) if not nom.startswith("_"):
            fonction = getattr(_module(module), nom, None)
            if (
                callable(fonction)
                and getattr(fonction, "__module__", "") == f"grc_helpers.calculs.{module}"
            ):
                return fonction
    raise FormuleIncorrecte(f"fonction inconnue « {ast.unparse(noeud)} ».")


def _module(nom: str):
    try:
        return importlib.import_module(f"grc_helpers.calculs.{nom}")
    except ModuleNotFoundError:
        raise FormuleIncorrecte(
            f"il n'y a pas de module « {nom} » dans grc_helpers/calculs."
        ) from None
