"""Le HTML d'un exercice : question, indices, retour, corrigé, et la version à lire quand les widgets manquent."""

from collections.abc import Sequence
from html import escape

from grc_helpers.entrainement.deroulement import Retour
from grc_helpers.entrainement.exercices import Choix, Exercice, Nombre, Point, Serie
from grc_helpers.francais.textes import en_html, en_ligne, typographie

NOMS_DES_INDICES = (
    "Indice 1 : où regarder",
    "Indice 2 : comment commencer",
    "Indice 3 : presque la réponse",
)


def titre(exercice: Exercice, precision: str) -> str:
    """Le nom de l'exercice et, à côté, ce qu'il est."""
    return f'<p class="grc-titre"><strong>{en_ligne(exercice.titre)}</strong> <small>{escape(precision)}</small></p>'


def indices(exercice: Exercice) -> str:
    """Trois paliers emboîtés : le deuxième ne se propose qu'une fois le premier ouvert."""
    html = ""
    for nom, texte in reversed(list(zip(NOMS_DES_INDICES, exercice.indices, strict=True))):
        html = f"<details><summary>{escape(typographie(nom))}</summary>{en_html(texte)}{html}</details>"
    return html


def retour(reponse: Retour, rang: int) -> str:
    """La phrase et les remarques, que le lecteur d'écran annonce.

    ``rang`` change à chaque vérification : le même message, donné deux fois, est annoncé deux fois.
    """
    ton = "grc-juste" if reponse.juste else "grc-fini" if reponse.corrige else "grc-a-reprendre"
    signe = "✔ " if reponse.juste else ""
    remarques = "".join(f"<li>{en_ligne(remarque)}</li>" for remarque in reponse.remarques)
    liste = f"<ul>{remarques}</ul>" if remarques else ""
    phrase = f"<p><strong>{signe}{en_ligne(reponse.phrase)}</strong></p>"
    return f'<div role="alert" class="grc-retour {ton}" data-rang="{rang}">{phrase}{liste}</div>'


def corrige(points: Sequence[Point]) -> str:
    """Chaque option ou ligne, bonne ou non, et son explication."""
    if not points:
        return ""
    lignes = "".join(
        f'<li class="{"grc-bon" if point.bon else "grc-autre"}"><p><strong>{"✔" if point.bon else "✘"} {en_ligne(point.texte)}</strong> '
        f"<small>{escape(typographie(point.etiquette))}</small></p>{en_html(point.explication)}</li>"
        for point in points
    )
    return f'<ul class="grc-corrige">{lignes}</ul>'


def page_fixe(exercice: Exercice) -> str:
    """L'exercice à lire, sans widgets : question, réponses possibles, indices et corrigé repliés."""
    return (
        f'<section class="grc-entrainement" lang="fr">{titre(exercice, "entraînement, non noté")}{en_html(exercice.question)}'
        f"{_a_lire(exercice)}<p><em>Pour répondre ici, ouvrez cette page dans JupyterLab et exécutez la cellule.</em></p>"
        f"{indices(exercice)}<details><summary>Réponse et explications</summary>{corrige(_solution(exercice))}</details></section>"
    )


def _a_lire(exercice: Exercice) -> str:
    match exercice:
        case Choix():
            return _liste(option.texte for option in exercice.options)
        case Serie():
            return (
                _liste(ligne.texte for ligne in exercice.lignes)
                + "<p>À choisir parmi :</p>"
                + _liste(exercice.possibilites)
            )
    return ""


def _liste(textes) -> str:
    return "<ul>" + "".join(f"<li>{en_ligne(texte)}</li>" for texte in textes) + "</ul>"


def _solution(exercice: Exercice) -> list[Point]:
    match exercice:
        case Serie():
            return exercice.corrige([ligne.attendu for ligne in exercice.lignes])
        case Nombre():
            return exercice.corrige("")
        case Choix():
            return exercice.corrige([])
    raise TypeError(f"exercice inconnu : {type(exercice).__name__}")


def indisponible(seance: str, nom: str, motif: str) -> str:
    """Ce que voit le stagiaire quand un exercice est mal écrit ; le motif est replié, pour le formateur."""
    excuse = "Cet exercice d'entraînement n'est pas disponible. Continuez la leçon : il ne compte pas dans la note."
    precision = f"<details><summary>Pour le formateur</summary><p>{escape(seance)}, {escape(nom)} : {escape(motif)}</p></details>"
    return f'<div class="grc-entrainement" lang="fr"><p>{typographie(excuse)}</p>{precision}</div>'
