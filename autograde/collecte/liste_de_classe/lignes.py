"""Les lignes d'une liste qui ne sont personne : un total, un pied de page, l'en-tête répété, une phrase."""

import re

from autograde.collecte.liste_de_classe.noms import mots

# Ce qui ouvre un pied de page ou un total, sans accent, et n'est le nom de personne.
_PIED = frozenset(
    mots(
        "effectif effectifs edite editee edition imprime imprimee signature signatures cachet absents presents totaux remarques "
        "observations legende"
    )
)
# Ce qui peut aussi être un nom de famille : il en faut d'autres avec.
_SUITE = frozenset(
    mots(
        "total page date nombre moyenne moyennes annee fin source visa classe groupe general generale eleves stagiaires apprenants "
        "formateur formatrice direction de du des la le les et"
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
    if len(entier) > _SIGNES_D_UN_NOM or len(lus) > _MOTS_D_UN_NOM or est_une_phrase(noms):
        return False
    chiffre = any(map(str.isdecimal, entier))
    pied = lus[0] in _PIED or (chiffre and lus[0] in _SUITE)
    if len(noms) > 1 and all(any(map(str.isalpha, nom)) for nom in noms):
        return not (chiffre and pied)
    # Un seul nom : un titre de groupe se reconnaît à son chiffre, un libellé à ses deux points.
    seul = not any(cases.get(champ) for champ in ("courriel", "numero", "identifiant"))
    libelle = any(" " in nom and _PONCTUATION.search(nom) for nom in noms)
    return not (pied or libelle or set(lus) <= _PIED | _SUITE) and not (chiffre and seul)


def est_une_phrase(noms: list[str]) -> bool:
    """Vrai si ces cases sont un bout de phrase.

    >>> est_une_phrase(["Merci d'écrire", "ci-dessous"]), est_une_phrase(["Classe : B"]), est_une_phrase(["Yasmine B."])
    (True, False, False)
    """
    if _PHRASE & {mot for nom in noms for mot in mots(nom)}:
        return True
    return any(nom.endswith(".") and len(nom.split()) > 3 for nom in noms)
