"""Ce que ``%%reponse``, ``%%nombre``, ``%%tableau``… et ``verifier`` font dans un notebook ouvert.

L'exécution ne note rien et n'enregistre rien ailleurs que dans le notebook : elle relit la cellule et dit si la
réponse est recevable.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from IPython.display import HTML, display

from grc_helpers.calculs.case import Case
from grc_helpers.noyau import lues
from grc_helpers.poste.remise import origine_connue
from grc_helpers.reponses import echo
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.controles import controler_la_question, exiger
from grc_helpers.reponses.notebook import Question, questions
from grc_helpers.reponses.types import TYPES
from grc_helpers.reponses.types.contrat import Cellule, Controle
from grc_helpers.seances.seances import lire_le_notebook
from grc_helpers.seances.verification import valeurs_du_calcul

# Ce qui a été lu depuis l'ouverture du notebook ; sert seulement à répondre à `verifier` et aux contrôles croisés.
_controles: dict[str, Controle] = {}
_valeurs: dict[str, dict[Case, float]] = {}
_instants: dict[str, float] = {}  # de la dernière lecture de chaque calcul, en secondes


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


def question_distribuee(identifiant: str) -> Question | None:
    """La question telle qu'elle est distribuée, si le poste a retenu la version d'origine du notebook ouvert."""
    ouvert = _notebook_ouvert()
    return questions(origine_connue(ouvert) or {}).get(identifiant) if ouvert else None


def _notebook_ouvert() -> Path | None:
    ouvert = Path(os.environ.get("JPY_SESSION_NAME", ""))
    return ouvert if ouvert.suffix == ".ipynb" else None


def controler_et_retenir(cellule: Cellule) -> Controle:
    """Contrôle une réponse et retient ses valeurs pour les questions suivantes du même calcul."""
    genre = TYPES[cellule.type]
    calcul = genre.calcul(cellule)
    lues.retenir(cellule.identifiant, cellule.corps)
    question = question_distribuee(cellule.identifiant)
    controle = controler_la_question(cellule, question, 0, _valeurs.get(calcul))
    if calcul:
        _valeurs.setdefault(calcul, {}).update(genre.valeurs(cellule))
        _instants[calcul] = time.time()
    _controles[cellule.identifiant] = controle
    return controle


def mes_valeurs(calcul: str) -> dict[Case, float]:
    """Les cases que le stagiaire a remplies dans les tableaux de ce calcul, pour les rejouer : celles du fichier enregistré, et celles
    des cellules lancées depuis l'ouverture. Aucune cellule n'a besoin d'être lancée avant celle qui les demande.
    """
    ouvert, lancees = _notebook_ouvert(), _valeurs.get(calcul, {})
    notebook = lire_le_notebook(ouvert) if ouvert else None
    if not ouvert or notebook is None:
        return dict(lancees)
    enregistrees = valeurs_du_calcul(notebook, calcul)
    if ouvert.stat().st_mtime < _instants.get(calcul, 0):
        return enregistrees | lancees
    return lancees | enregistrees


def verifier(identifiant: str, cases: int = 0) -> None:
    """Affiche si la réponse à la question est recevable. N'affiche jamais la solution, ne lève jamais d'erreur.

    ``cases`` : le nombre de cases que la cellule distribuée demande, pour dire si une ligne a été effacée.
    """
    controle = _controles.get(identifiant)
    display(HTML(echo.etat(exiger(controle, cases) if controle else None)))
