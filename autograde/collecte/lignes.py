"""Les lignes d'une liste qui ne sont personne : un total, un pied de page, l'en-tête répété, une phrase."""

import re

from autograde.collecte.noms import mots

# Ce qui ouvre un pied de page ou un total, sans accent.
_PIED = frozenset(
    mots(
        "effectif effectifs total totaux edite editee edition imprime imprimee moyenne nombre signature signatures cachet visa page "
        "date absents presents remarque remarques observation observations annee legende source fin"
    )
)
# Des mots qu'une phrase contient, et qu'aucun nom ne contient.
_PHRASE = frozenset(
    mots(
        "est sont etes vous nous votre vos notre nos dans pour avec que qui dont cette ces merci bonjour veuillez ecrire indiquer remplir "
        "doit doivent seront avoir etre faire pas ne"
    )
)
_PONCTUATION = re.compile(r"[:!?;=\[\]{}<>]")
_SIGNES_D_UN_NOM, _MOTS_D_UN_NOM = 80, 9


def est_une_personne(cases: dict[str, str]) -> bool:
    """Vrai si cette ligne, champ par champ, est celle d'une personne.

    >>> est_une_personne({"nom": "PAGE", "prenom": "Jimmy"}), est_une_personne({"nom": "Total", "prenom": "25"})
    (True, False)
    >>> [est_une_personne({"nom": nom}) for nom in ("Page 1/2", "Effectif : 2", "Édité le 12/09/2026", "COM 2", "ALAMI Yasmine")]
    [False, False, False, False, True]
    """
    noms = [
        nom for champ in ("nom", "prenom", "complet") if mots(nom := cases.get(champ, "")[:1000])
    ]
    if not noms:
        return "@" in cases.get("courriel", "")
    entier = " ".join(noms)
    lus = mots(entier)
    if est_une_phrase(noms) or len(entier) > _SIGNES_D_UN_NOM or len(lus) > _MOTS_D_UN_NOM:
        return False
    chiffre = any(map(str.isdecimal, entier))
    if len(noms) > 1 and all(any(map(str.isalpha, nom)) for nom in noms):
        return not (chiffre and lus[0] in _PIED)
    # Un seul nom : un pied de page se reconnaît à son premier mot, un titre de groupe à son chiffre.
    seul = not any(cases.get(champ) for champ in ("courriel", "numero", "identifiant"))
    return not (lus[0] in _PIED and (chiffre or seul)) and not (chiffre and seul)


def est_une_phrase(noms: list[str]) -> bool:
    """Vrai si ces cases sont un bout de texte : une ponctuation, un mot que nul ne porte.

    >>> est_une_phrase(["Merci d'écrire", "ci-dessous"]), est_une_phrase(["Classe : B"]), est_une_phrase(["Yasmine B."])
    (True, True, False)
    """
    if _PHRASE & {mot for nom in noms for mot in mots(nom)}:
        return True
    return any(
        _PONCTUATION.search(nom) or (nom.endswith(".") and len(nom.split()) > 3)
        for nom in noms
        if " " in nom
    )
