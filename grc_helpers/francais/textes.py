"""Les textes d'un exercice : une mise en forme Markdown simple, la typographie française, les nombres à leur place."""

import re
from collections.abc import Mapping

import mistune
from markupsafe import Markup

from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.francais.typographie import insecables_du_markdown

# escape : un fichier d'exercices ne contient pas de HTML.
_markdown = mistune.create_markdown(escape=True, plugins=["table"])
_TROU = re.compile(r"\{(\w+)(?::([0-4]))?\}")
_PARAGRAPHE_SEUL = re.compile(r"<p>((?:(?!<p>).)*)</p>", re.DOTALL)


def noms_cites(texte: str) -> set[str]:
    """Les noms entre accolades.

    >>> sorted(noms_cites("{abonnes} abonnés à {prix:2} €"))
    ['abonnes', 'prix']
    """
    return {nom for nom, _ in _TROU.findall(texte)}


def remplir(texte: str, valeurs: Mapping[str, float]) -> str:
    """Remplace ``{nom}`` par sa valeur à la française ; ``{nom:2}`` impose deux décimales.

    >>> remplir("{prix:2} € par mois, {perte} % de départs", {"prix": 9.5, "perte": 12.5})
    '9,50 € par mois, 12,5 % de départs'
    """

    def valeur(trou: re.Match) -> str:
        return ecrire_nombre(valeurs[trou[1]], int(trou[2]) if trou[2] else None)

    return _TROU.sub(valeur, texte)


def en_html(texte: str) -> Markup:
    """Un texte de plusieurs paragraphes, en HTML.

    >>> str(en_html("Un **abonné** <b>.").strip())
    '<p>Un <strong>abonné</strong> &lt;b&gt;.</p>'
    """
    return Markup(_markdown(insecables_du_markdown(texte.strip())))


def en_ligne(texte: str) -> Markup:
    """Un texte d'un seul paragraphe, en HTML, sans ``<p>`` autour.

    >>> str(en_ligne("*vite* !"))
    '<em>vite</em>\\xa0!'
    """
    html = en_html(texte).strip()
    seul = _PARAGRAPHE_SEUL.fullmatch(html)
    return Markup(seul[1]) if seul else html
