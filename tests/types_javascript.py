"""Les types que le JavaScript écrit pour les messages d'un serveur : ce que le serveur dit vraiment doit y correspondre."""

import re
from pathlib import Path


def proprietes(script: Path, nom: str) -> set[str]:
    """Les propriétés du type ``nom``, d'après le ``@typedef`` de ce script ; celles des types qu'il réunit (``A & B``) comprises."""
    commentaires = "\n".join(
        re.findall(r"/\*\*.*?\*/", script.read_text(encoding="utf-8"), re.DOTALL)
    )
    declares = re.split(r"@typedef ", commentaires)[1:]
    for declare in declares:
        if objet := re.match(rf"\{{object\}} {nom}\b", declare):
            return set(re.findall(r"@property \{.*\} \[?(\w+)", declare[objet.end() :]))
        if reunis := re.match(rf"\{{(.+)\}} {nom}\b", declare):
            return _reunies(script, reunis[1])
    raise KeyError(f"{script.name} ne dit rien du type {nom}")


def _reunies(script: Path, texte: str) -> set[str]:
    trouvees = set()
    for morceau in texte.split(" & "):
        if morceau.startswith("{"):
            sans_detail = re.sub(r"\{[^{}]*\}", "", morceau[1:-1])
            trouvees |= set(re.findall(r"(\w+)\??:", sans_detail))
        else:
            trouvees |= proprietes(script, morceau.strip())
    return trouvees
