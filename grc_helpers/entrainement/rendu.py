"""Le HTML d'un exercice : question, indices, retour, corrigé, et la version à lire quand les widgets manquent."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from grc_helpers.entrainement.deroulement import Retour
from grc_helpers.entrainement.exercices import Choix, Exercice, Nombre, Point, Serie
from grc_helpers.francais.textes import en_html, en_ligne
from grc_helpers.francais.typographie import insecables

NOMS_DES_INDICES = (
    "Indice 1 : où regarder",
    "Indice 2 : comment commencer",
    "Indice 3 : presque la réponse",
)
_EXCUSE = Markup(
    insecables(
        "Cet exercice d'entraînement n'est pas disponible. Continuez la leçon : il ne compte pas dans la note."
    )
)
_AILLEURS = insecables(
    "Pour répondre ici, ouvrez cette page dans le cours, puis cliquez sur « Commencer »."
)
_PAGE_FIXE = Markup("""\
<section class="grc-entrainement" lang="fr">{titre}{question}{propositions}
<p><em>{ailleurs}</em></p>
{indices}<details><summary>Réponse et explications</summary>{corrige}</details></section>""")


def titre(exercice: Exercice, precision: str) -> Markup:
    """Le nom de l'exercice et, à côté, ce qu'il est."""
    return Markup('<p class="grc-titre"><strong>{}</strong> <small>{}</small></p>').format(
        en_ligne(exercice.titre), precision
    )


def indices(exercice: Exercice) -> Markup:
    """Trois paliers emboîtés : le deuxième ne se propose qu'une fois le premier ouvert."""
    html = Markup("")
    for nom, texte in reversed(list(zip(NOMS_DES_INDICES, exercice.indices, strict=True))):
        html = Markup("<details><summary>{}</summary>{}{}</details>").format(
            insecables(nom), en_html(texte), html
        )
    return html


def retour(reponse: Retour, rang: int) -> Markup:
    """La phrase et les remarques, que le lecteur d'écran annonce.

    ``rang`` change à chaque vérification : le même message, donné deux fois, est annoncé deux fois.
    """
    return Markup(
        '<div role="alert" class="grc-retour {ton}" data-rang="{rang}" data-grc-issue="{issue}">'
        "<p><strong>{signe}{phrase}</strong></p>{remarques}</div>"
    ).format(
        ton="grc-juste" if reponse.juste else "grc-fini" if reponse.corrige else "grc-a-reprendre",
        rang=rang,
        issue=reponse.issue,  # la page le retient dans le fichier (exercices.js)
        signe="✔ " if reponse.juste else "",
        phrase=en_ligne(reponse.phrase),
        remarques=_liste(reponse.remarques),
    )


def corrige(points: Sequence[Point]) -> Markup:
    """Chaque option ou ligne, bonne ou non, et son explication."""
    if not points:
        return Markup("")
    lignes = Markup("").join(
        Markup(
            '<li class="{classe}"><p><strong>{signe} {texte}</strong> <small>{etiquette}</small></p>'
            "{explication}</li>"
        ).format(
            classe="grc-bon" if point.bon else "grc-autre",
            signe="✔" if point.bon else "✘",
            texte=en_ligne(point.texte),
            etiquette=insecables(point.etiquette),
            explication=en_html(point.explication),
        )
        for point in points
    )
    return Markup('<ul class="grc-corrige">{}</ul>').format(lignes)


def page_fixe(exercice: Exercice) -> Markup:
    """L'exercice à lire, sans widgets : question, réponses possibles, indices et corrigé repliés."""
    return _PAGE_FIXE.format(
        ailleurs=_AILLEURS,
        titre=titre(exercice, "entraînement, non noté"),
        question=en_html(exercice.question),
        propositions=_a_lire(exercice),
        indices=indices(exercice),
        corrige=corrige(_solution(exercice)),
    )


def _a_lire(exercice: Exercice) -> Markup:
    match exercice:
        case Choix():
            return _liste(option.texte for option in exercice.options)
        case Serie():
            lignes = _liste(ligne.texte for ligne in exercice.lignes)
            possibles = _liste(exercice.possibilites)
            return Markup("{}<p>À choisir parmi&nbsp;:</p>{}").format(lignes, possibles)
    return Markup("")


def _liste(textes: Iterable[str]) -> Markup:
    """Une liste à puces ; rien s'il n'y a rien à lister."""
    points = Markup("").join(Markup("<li>{}</li>").format(en_ligne(texte)) for texte in textes)
    return Markup("<ul>{}</ul>").format(points) if points else points


def _solution(exercice: Exercice) -> list[Point]:
    match exercice:
        case Serie():
            return exercice.corrige([ligne.attendu for ligne in exercice.lignes])
        case Nombre():
            return exercice.corrige("")
        case Choix():
            return exercice.corrige([])
    raise TypeError(f"exercice inconnu : {type(exercice).__name__}")


def indisponible(seance: str, nom: str, motif: str) -> Markup:
    """Ce que voit le stagiaire quand un exercice est mal écrit ; le motif est replié, pour le formateur."""
    return Markup(
        '<div class="grc-entrainement" lang="fr"><p>{}</p><details><summary>Pour le formateur</summary>'
        "<p>{}, {} : {}</p></details></div>"
    ).format(_EXCUSE, seance, nom, motif)
