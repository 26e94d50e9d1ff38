"""Le HTML du glossaire : un tableau mot, sens, exemple."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from grc_helpers.francais.textes import en_ligne
from grc_helpers.glossaire.entrees import Entree

_LIGNE = Markup(
    '<tr><th scope="row">{mot}{lieu}</th><td>{sens}{ailleurs}</td><td>{exemple}</td></tr>'
)
_TABLEAU = Markup(
    '<table class="grc-glossaire"><thead><tr><th scope="col">mot</th><th scope="col">sens</th>'
    '<th scope="col">par exemple</th></tr></thead><tbody>{}</tbody></table>'
)
# « important » : sans lui, JupyterLab aligne à droite les cases de tout tableau.
_STYLE = Markup(
    "<style>.grc-glossaire{width:100%;max-width:1000px;border-collapse:collapse;table-layout:fixed;"
    "font-size:14px;line-height:1.35}"
    ".grc-glossaire th,.grc-glossaire td{text-align:left!important;vertical-align:top;padding:4px 10px;"
    "white-space:normal;overflow-wrap:anywhere}"
    ".grc-glossaire small{font-weight:400}.grc-glossaire th{width:20%}"
    ".grc-glossaire th:nth-child(2){width:45%}</style>"
)


def tableau(entrees: Sequence[Entree], avec_le_lieu: bool = False) -> Markup:
    """Ces entrées, une par ligne ; ``avec_le_lieu`` dit où chacune a été introduite."""
    lignes = Markup("").join(
        _LIGNE.format(
            mot=en_ligne(entree.terme),
            lieu=Markup("<br><small>{}</small>").format(en_ligne(ou(entree.introduit)))
            if avec_le_lieu
            else "",
            sens=en_ligne(entree.sens),
            ailleurs=Markup(" <em>{}</em>").format(en_ligne(entree.ailleurs))
            if entree.ailleurs
            else "",
            exemple=en_ligne(entree.exemple),
        )
        for entree in entrees
    )
    return _STYLE + _TABLEAU.format(lignes)


def mots_du_cahier(cahier: str, introduits: Sequence[Entree], repris: Sequence[Entree]) -> Markup:
    """Les mots neufs d'un cahier ; ceux qu'il reprend, repliés s'il en a de neufs, et où ils ont été vus."""
    if not introduits:
        return tableau(repris) if repris else Markup("<p>{}</p>").format("Aucun mot nouveau ici.")
    if not repris:
        return tableau(introduits)
    return tableau(introduits) + Markup("<details><summary>{}</summary>{}</details>").format(
        en_ligne(f"Les mots déjà rencontrés ({len(repris)})"), tableau(repris)
    )


def ou(cahier: str) -> str:
    """Le nom d'un cahier, en peu de mots.

    >>> [ou(nom) for nom in ("s0_prise_en_main", "s1_evolution_grc", "s2_tp3_bertin", "s2_at1_rfm")]
    ['prise en main', 'séquence 1, leçon', 'séquence 2, TP 3', 'séquence 2, atelier 1']
    """
    lu = re.match(r"s(\d)_(?:(tp|at)(\d))?", cahier)
    if not lu or lu[1] == "0":
        return "prise en main"
    sorte = {"tp": f"TP {lu[3]}", "at": f"atelier {lu[3]}"}.get(lu[2] or "", "leçon")
    return f"séquence {lu[1]}, {sorte}"
