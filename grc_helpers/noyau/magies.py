"""Ce que ``%%reponse``, ``%%nombre``, ``%%tableau``… et ``verifier`` font dans un notebook ouvert.

L'exécution ne note rien et n'enregistre rien ailleurs que dans le notebook : elle relit la cellule et dit si la
réponse est recevable.
"""

import os
from collections.abc import Callable
from pathlib import Path

from IPython.display import HTML, display

from grc_helpers.calculs.case import Case
from grc_helpers.noyau import lues
from grc_helpers.poste.remise import origine_connue
from grc_helpers.reponses import echo
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.controles import controler, exiger
from grc_helpers.reponses.notebook import questions
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.contrat import Cellule, Controle

# Ce qui a été lu depuis l'ouverture du notebook ; sert seulement à répondre à `verifier` et aux contrôles croisés.
_controles: dict[str, Controle] = {}
_valeurs: dict[str, dict[Case, float]] = {}


def installer(ip) -> None:
    """Ajoute à une session IPython les cellules de réponse, ``verifier``, ``glossaire``, ``rendre_ma_copie`` et les erreurs en français."""
    from grc_helpers.glossaire import glossaire
    from grc_helpers.noyau.erreurs import traduire_les_erreurs
    from grc_helpers.noyau.rendre import rendre_ma_copie

    for genre in TYPES:
        ip.register_magic_function(_magie(genre), "cell", genre)
    if remettre_en_forme not in ip.input_transformers_cleanup:
        ip.input_transformers_cleanup.insert(0, remettre_en_forme)
        # Le poste charge le cours d'avance, et l'on relance souvent la cellule : un second « %load_ext » doit rester muet,
        # alors qu'IPython le refuserait en anglais s'il se souvenait du premier.
        ip.events.register(
            "pre_run_cell", lambda _: ip.extension_manager.loaded.discard("grc_helpers")
        )
    ip.push(
        {
            "verifier": verifier,
            "rendre_ma_copie": rendre_ma_copie,
            "mes_valeurs": mes_valeurs,
            "glossaire": glossaire,
        }
    )
    traduire_les_erreurs(ip)


def remettre_en_forme(lignes: list[str]) -> list[str]:
    """Transforme une cellule de réponse maladroite en cellule bien formée, avant qu'IPython ne la lise."""
    cellule = lire_cellule("".join(lignes))
    if cellule is None:
        return lignes
    # IPython refuse une cellule dont le corps est vide : une ligne blanche suffit à la rendre acceptable.
    return [ligne + "\n" for ligne in cellule.source.split("\n")] + ["\n"]


def _magie(genre: str) -> Callable[[str, str], None]:
    def executer(ligne: str, corps: str) -> None:
        cellule = lire_cellule(f"%%{genre} {ligne}\n{corps}")
        assert cellule  # la première ligne est une magie connue
        if not cellule.identifiant:
            display(
                HTML(
                    echo.message(
                        "Le nom de la question manque sur la première ligne. Recopiez-le depuis l'énoncé, "
                        "ou rouvrez le TP et reprenez votre texte.",
                        bien=False,
                    )
                )
            )
            return
        display(HTML(echo.echo(cellule, controler_et_retenir(cellule))))

    executer.__doc__ = f"Lit une réponse de type « {genre} » et affiche son écho."
    return executer


def vierge(identifiant: str) -> Cellule | None:
    """La cellule distribuée de la question, si le poste a retenu la version d'origine du notebook ouvert."""
    ouvert = Path(os.environ.get("JPY_SESSION_NAME", ""))
    if ouvert.suffix != ".ipynb":
        return None
    question = questions(origine_connue(ouvert) or {}).get(identifiant)
    return question.vierge if question else None


def controler_et_retenir(cellule: Cellule) -> Controle:
    """Contrôle une réponse et retient ses valeurs pour les questions suivantes du même calcul."""
    genre = TYPES[cellule.type]
    calcul = genre.calcul(cellule)
    lues.retenir(cellule.identifiant, cellule.corps)
    controle = controler(cellule, _valeurs.get(calcul), vierge(cellule.identifiant))
    if calcul:
        _valeurs.setdefault(calcul, {}).update(genre.valeurs(cellule))
    _controles[cellule.identifiant] = controle
    return controle


def mes_valeurs(calcul: str) -> dict[Case, float]:
    """Les cases que le stagiaire a remplies dans les tableaux de ce calcul, depuis l'ouverture du notebook : pour les rejouer."""
    return dict(_valeurs.get(calcul, {}))


def verifier(identifiant: str, cases: int = 0) -> None:
    """Affiche si la réponse à la question est recevable. N'affiche jamais la solution, ne lève jamais d'erreur.

    ``cases`` : le nombre de cases que la cellule distribuée demande, pour dire si une ligne a été effacée.
    """
    controle = _controles.get(identifiant)
    display(HTML(echo.etat(exiger(controle, cases) if controle else None)))
