"""Les espaces insécables du français : l'auteur tape des espaces ordinaires, rien ne se coupe au bord d'une ligne.

Une espace fine dans les nombres, une insécable ailleurs, comme ``nombres.ecrire_nombre``. Poser deux fois ne change rien.
"""

import re

FINE, INSECABLE = "\u202f", "\u00a0"
_UNITES = r"(?:%|€|k€|M€|DH|h|min|km|m|cm|kg|g|L)"
_MILLIERS = re.compile(r"(?<![\w,.\u202f\u00a0])\d{1,3}(?: \d{3})+(?![\d\u202f\u00a0])")
# Chaque motif garde ce qu'il capture ; l'espace qui le suit devient insécable.
_REGLES = [
    re.compile(r"() (?=[;:!?»](?!\[)(?:\W|$))"),
    re.compile(r"(«) "),
    re.compile(rf"(\d\*{{0,2}}) (?=\*{{0,2}}{_UNITES}(?!\w))"),
    re.compile(r"(\d[ \u00a0]?h) (?=\d\d?\b)"),
    re.compile(r"(\b[nN]°) (?=\d)"),
]
# Ce qu'un Markdown porte et qui n'est pas du texte : code, adresses d'un lien, balises.
_INTOUCHABLE = re.compile(r"(```.*?```|`[^`\n]*`|\]\([^)\s]*\)|<[^>\n]*>|https?://\S+)", re.DOTALL)
_TRAIT_DE_TABLEAU = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_NOMBRE_SEUL = re.compile(r"[*\s]*[-+−]?\d[\d \u00a0\u202f]*(?:,\d+)?[ \u00a0]?(?:€|%|DH)?[*\s]*")


def insecables(texte: str) -> str:
    """Un texte sans mise en forme, ses espaces posées.

    >>> insecables("« Oui » : 1 234,50 € !")
    '«\\xa0Oui\\xa0»\\xa0: 1\\u202f234,50\\xa0€\\xa0!'
    >>> insecables("n° 3, 2 h 30, le 30 novembre 2026")
    'n°\\xa03, 2\\xa0h\\xa030, le 30 novembre 2026'
    """
    texte = _MILLIERS.sub(lambda nombre: nombre[0].replace(" ", FINE), texte)
    for motif in _REGLES:
        texte = motif.sub(rf"\1{INSECABLE}", texte)
    return texte


def insecables_du_markdown(texte: str) -> str:
    """Le même, dans un texte Markdown : ni le code, ni les adresses, ni les nombres d'un tableau, que l'on copie vers un tableur.

    >>> insecables_du_markdown("Tapez `%%nombre q :` ; [voir ?](a/b.ipynb)")
    'Tapez `%%nombre q :`\\xa0; [voir\\xa0?](a/b.ipynb)'
    >>> insecables_du_markdown("| Reste ? | 1 250 € |")
    '| Reste\\xa0? | 1 250 € |'
    """
    morceaux = _INTOUCHABLE.split(texte)
    # Un sur deux est intouchable : le texte est lu d'un bloc, chaque morceau gardé à sa place par un signe qui n'existe nulle part.
    gardes = morceaux[1::2]
    lu = "\ue000".join(morceaux[::2])
    lu = "\n".join(_ligne(ligne) for ligne in lu.split("\n"))
    reste = iter(gardes)
    return re.sub("\ue000", lambda _: next(reste), lu)


def _ligne(ligne: str) -> str:
    if not ligne.lstrip().startswith("|"):
        return insecables(ligne)
    if _TRAIT_DE_TABLEAU.match(ligne):
        return ligne
    return "|".join(
        case if _NOMBRE_SEUL.fullmatch(case) else _sans_bords(case) for case in ligne.split("|")
    )


def _sans_bords(case: str) -> str:
    """Les espaces qui bordent une case la dessinent : elles ne bougent pas."""
    avant = case[: len(case) - len(case.lstrip())]
    apres = case[len(case.rstrip()) :] if case.strip() else ""
    return avant + insecables(case.strip()) + apres
