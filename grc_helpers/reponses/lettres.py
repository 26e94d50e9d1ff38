"""Lire une réponse faite de lettres : un choix, une suite ordonnée, la lettre que reçoit un libellé."""

from dataclasses import dataclass, field

from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.libelles import citer

LONGUEUR_MAXIMALE = 2000
_AUTOUR = " \t\u00a0\u202f.;,:()[]«»“”\"'’*_`~"
_MOTS_DE_LIAISON = {
    "reponse",
    "reponses",
    "et",
    "puis",
    "la",
    "les",
    "le",
    "lettre",
    "lettres",
    "choix",
}
_MOTS_DEVANT = {"la", "le", "lettre", "reponse", "boite", "dans", "choix", "classe"}


@dataclass
class LettresLues:
    """Les lettres reconnues, dans l'ordre où elles sont écrites, et les remarques à montrer."""

    lettres: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)


def lire_lettres(texte: str, permises: tuple[str, ...]) -> LettresLues:
    """Lit les lettres d'un ``%%choix`` ou d'un ``%%ordre``. Ne lève jamais d'erreur.

    >>> lire_lettres("réponses A et c", ("a", "b", "c")).lettres
    ['a', 'c']
    >>> lire_lettres("e", ("a", "b")).remarques
    ['« e » ne fait pas partie des lettres proposées : a, b.']
    >>> lire_lettres("→ !", ("a", "b")).remarques
    ['Je ne lis aucune lettre dans « → ! ». Écrivez : a, b.']
    """
    lues = LettresLues()
    propositions = {sans_accents(lettre): lettre for lettre in permises}
    proposees = ", ".join(permises)
    lu = texte[:LONGUEUR_MAXIMALE]
    for mot in _mots(lu):
        if mot in _MOTS_DE_LIAISON:
            continue
        lettre = propositions.get(mot)
        if lettre is None:
            lues.remarques.append(
                f"« {mot[:20]} » ne fait pas partie des lettres proposées : {proposees}."
            )
        elif lettre in lues.lettres:
            lues.remarques.append(
                f"La lettre {lettre} est écrite deux fois ; je la compte une fois."
            )
        else:
            lues.lettres.append(lettre)
    if lu.strip() and not lues.lettres and not lues.remarques:
        lues.remarques.append(
            f"Je ne lis aucune lettre dans « {citer(lu, 40)} ». Écrivez : {proposees}."
        )
    if texte[LONGUEUR_MAXIMALE:].strip():
        lues.remarques.append(
            f"Texte très long : seuls les {LONGUEUR_MAXIMALE} premiers caractères sont lus."
        )
    return lues


def _mots(texte: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in sans_accents(texte)).split()


def lire_une_lettre(ecrite: str) -> str | None:
    """La lettre (ou le chiffre) écrite seule, sans accent ; « » si rien n'est écrit, None si c'est autre chose.

    >>> lire_une_lettre("la lettre C."), lire_une_lettre(" "), lire_une_lettre("a ou b")
    ('c', '', None)
    """
    mots = _sans_bord(ecrite).split()
    while len(mots) > 1 and mots[0] in _MOTS_DEVANT:
        mots = mots[1:]
    if not mots:
        return ""
    seule = _sans_bord(mots[0]) if len(mots) == 1 else ""
    return seule if len(seule) == 1 and seule.isalnum() else None


def _sans_bord(texte: str) -> str:
    return sans_accents(texte).strip(_AUTOUR)


def lire_propositions(enonce: str) -> dict[str, str]:
    """Ce que veut dire chaque lettre, d'après la liste de l'énoncé.

    >>> lire_propositions("Choisissez.\\n\\n- **a** : un *prospect* ;\\n- **b** : un client.")
    {'a': 'un prospect', 'b': 'un client'}
    """
    trouvees = {}
    for ligne in enonce.split("\n"):
        puce, _, suite = ligne.strip().partition(" ")
        lettre, gras, texte = suite.strip().removeprefix("**").partition("**")
        if puce not in ("-", "*", "+") or not suite.strip().startswith("**") or not gras:
            continue
        sens = texte.strip()
        sens = sens[1:].strip() if sens[:1] in set(":.)–-") else sens
        if len(lettre) == 1 and lettre.isalnum() and sens:
            trouvees[sans_accents(lettre)] = (
                sens.replace("*", "").replace("`", "").rstrip(" ;.\u00a0\u202f")
            )
    return trouvees
