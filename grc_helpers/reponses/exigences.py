"""Ce que l'énoncé demande de la forme d'une réponse : une longueur, une échelle, un nombre entier, chaque lettre une fois.

Tout se lit dans l'énoncé distribué : un auteur n'a rien à déclarer, et une copie commencée avant reçoit les mêmes contrôles. Ce que l'on
ne reconnaît pas n'est pas exigé. Rien ici ne dit si la réponse est juste.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import ecrire_nombre, lire_nombre, nom_unite, sans_accents
from grc_helpers.reponses.lettres import lire_lettres
from grc_helpers.reponses.libelles import citer
from grc_helpers.reponses.types.association import lire_association
from grc_helpers.reponses.types.contrat import Cellule
from grc_helpers.reponses.types.tableau import lire_seul

ENONCE_MAXIMAL = 20_000  # caractères
MOTS_PAR_LIGNE, MOTS_PAR_PHRASE, MOTS_PAR_IDEE = 3, 3, 2  # bien moins que ce qu'on écrit vraiment
MOTS_D_UNE_REPONSE = 3

_EN_LETTRES = {
    mot: rang
    for rang, mots in enumerate(
        ["un une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"], start=1
    )
    for mot in mots.split()
}
# Un mot qui n'est pas un nombre n'est pas retenu : voir ``_combien``.
_LONGUEUR = re.compile(
    r"\b(?P<combien>[a-z]{2,6}|[0-9]{1,2})(?: (?:a|ou) (?:[a-z]{2,6}|[0-9]{1,2}))? (?P<quoi>lignes|phrases|idees)\b"
)
_LETTRES = re.compile(
    r"\b(?:choisissez|cochez|ecrivez|donnez|indiquez)(?:-en)? (?P<combien>[a-z]{2,6}|[0-9]{1,2})\b(?! ou\b)"
)
_INUTILES = re.compile(
    r"\b(?P<combien>[a-z]{2,6}|[0-9]{1,2}) (?:reponse|proposition|lettre)s? ne ser(?:t|vent) pas\b"
)
_PROPOSITION = re.compile(r"^[ \t]{0,4}[-*+] {1,3}\*\*\w\*\*", re.MULTILINE)
_ECHELLE = re.compile(r"\bnote[sz]?\b[^.:]{0,60}?\bde (\d{1,2})(?: \([^)]{0,60}\))? a (\d{1,2})\b")
_RANGS = re.compile(r"\brang[^.:]{0,40}\((\d{1,2}) pour [^)]{0,60}?\b(\d{1,2}) pour\b")
_CROCHETS = re.compile(r"\[[^\[\]\n]{1,60}\]")
_SE_COMPTENT = re.compile(r"(?:nombre de |visiteurs\b|acheteurs\b|clients$)")
_SE_COMPTENT_EN = {"clients", "appels", "commandes"}
_PEUT_ETRE_NEGATIF = re.compile(
    r"\b(?:negati(?:f|ve)s?|signe|pertes?|deficit|ecart|resultats?|solde|valeur)\b"
)


@dataclass
class Manquements:
    """Ce qui, dans une réponse, ne suit pas son énoncé ; ``cases`` : celles du tableau où c'est."""

    messages: list[str] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def dire(self, message: str, case: Case | None = None) -> None:
        self.messages.append(message)
        if case:
            self.cases.append(case)


def manquements(cellule: Cellule, enonce: str) -> Manquements:
    """Ce que l'énoncé demande et que la réponse, si elle est commencée, ne fait pas. Ne lève jamais d'erreur.

    >>> lettre = Cellule("reponse", "q", (), "Signé : [votre nom]. " * 10)
    >>> manquements(lettre, "Écrivez la lettre, sans crochets, en 4 à 6 lignes.").messages
    ['Il reste des crochets : « [votre nom] ». Remplacez-les.']
    >>> manquements(Cellule("reponse", "q", (), "idk"), "Répondez en **4 à 6 lignes**.").messages
    ["C'est trop court : l'énoncé demande 4 à 6 lignes, vous avez écrit 1 mot."]
    >>> manquements(Cellule("nombre", "q", ("€",), "-54"), "Combien paie-t-elle ?").messages
    ['Un montant négatif est surprenant ici : relisez le signe.']
    """
    simple = sans_accents(re.sub(r"[*_]", "", enonce[:ENONCE_MAXIMAL]))
    trouves = Manquements()
    controle = _PAR_TYPE.get(cellule.type)
    if controle and cellule.corps.strip():
        controle(trouves, cellule, simple, enonce)
    return trouves


def _combien(demande: re.Match | None) -> int:
    """Le nombre demandé ; 0 si rien ne l'est, ou si le mot n'est pas un nombre."""
    mot = demande["combien"] if demande else ""
    return int(mot) if mot.isdigit() else _EN_LETTRES.get(mot, 0)


def _prose(trouves: Manquements, cellule: Cellule, simple: str, enonce: str) -> None:
    mots = len(cellule.corps.split())
    par = {"lignes": MOTS_PAR_LIGNE, "phrases": MOTS_PAR_PHRASE, "idees": MOTS_PAR_IDEE}
    demandes = [(_combien(d) * par[d["quoi"]], d[0]) for d in _LONGUEUR.finditer(simple)]
    attendus, demande = max(demandes, default=(0, ""))
    ecrits = f"vous avez écrit {mots} mot{'s' * (mots > 1)}"
    if mots < attendus:
        demande = demande.replace("idees", "idées").replace(" a ", " à ")
        trouves.dire(f"C'est trop court : l'énoncé demande {demande}, {ecrits}.")
    elif mots < MOTS_D_UNE_REPONSE:
        trouves.dire(f"C'est trop court : répondez par une phrase ; {ecrits}.")
    reste = _CROCHETS.search(cellule.corps) if "crochets" in simple else None
    if reste:
        trouves.dire(f"Il reste des crochets : « {citer(reste[0], 40)} ». Remplacez-les.")


def _nombre(trouves: Manquements, cellule: Cellule, simple: str, enonce: str) -> None:
    unite = nom_unite(cellule.arguments[0]) if cellule.arguments else ""
    valeur = lire_nombre(cellule.corps.strip(), unite).valeur
    if valeur is None:
        return
    if unite in _SE_COMPTENT_EN and valeur != int(valeur):
        trouves.dire(f"On attend un nombre entier de {unite}.")
    if valeur < 0 and unite not in _SE_COMPTENT_EN and not _PEUT_ETRE_NEGATIF.search(simple):
        trouves.dire("Un montant négatif est surprenant ici : relisez le signe.")


def _choix(trouves: Manquements, cellule: Cellule, simple: str, enonce: str) -> None:
    attendues = next(filter(None, map(_combien, _LETTRES.finditer(simple))), 0)
    choisies = len(lire_lettres(cellule.corps, cellule.arguments).lettres)
    if attendues and choisies and choisies != attendues:
        pluriel = "s" * (attendues > 1)
        trouves.dire(f"L'énoncé demande {attendues} réponse{pluriel} ; vous en avez {choisies}.")


def _association(trouves: Manquements, cellule: Cellule, simple: str, enonce: str) -> None:
    paires = lire_association(cellule.corps).paires
    inutiles, propositions = _combien(_INUTILES.search(simple)), len(_PROPOSITION.findall(enonce))
    # « Une réponse ne sert pas » : les autres servent une fois, s'il y en a juste assez.
    if not inutiles or propositions - inutiles != len(paires):
        return
    for lettre, fois in Counter(filter(None, paires.values())).items():
        if fois > 1:
            trouves.dire(
                f"« {lettre} » sert {fois} fois : ici, chaque réponse sert une fois au plus."
            )


def _tableau(trouves: Manquements, cellule: Cellule, simple: str, enonce: str) -> None:
    echelle, rangs = _ECHELLE.search(simple), _RANGS.search(simple)
    sans_signe = "sans signe" in simple
    for case, valeur in lire_seul(cellule.corps).valeurs().items():
        libelles = [sans_accents(case.ligne), sans_accents(case.colonne)]
        est_un_rang = libelles[1].startswith("rang")
        bornes = rangs if est_un_rang else echelle
        entier = est_un_rang or any(map(_SE_COMPTENT.match, libelles))
        ecrit = ecrire_nombre(valeur)
        if bornes and not int(bornes[1]) <= valeur <= int(bornes[2]):
            trouves.dire(
                f"{case} : {ecrit} sort de l'échelle, qui va de {bornes[1]} à {bornes[2]}.", case
            )
        elif entier and valeur != int(valeur):
            trouves.dire(f"{case} : on attend un nombre entier, pas {ecrit}.", case)
        elif sans_signe and valeur < 0:
            trouves.dire(f"{case} : l'énoncé demande un nombre sans signe.", case)


_PAR_TYPE = {
    "reponse": _prose,
    "nombre": _nombre,
    "choix": _choix,
    "association": _association,
    "tableau": _tableau,
}
