"""Dire si une réponse est *recevable* : lisible, complète, cohérente avec elle-même. Jamais si elle est juste."""

from dataclasses import dataclass, field, replace

from grc_helpers.calculs.cas import MODELES, modele
from grc_helpers.case import Case
from grc_helpers.francais.nombres import lire_nombre, nom_unite, sans_accents
from grc_helpers.reponses.cellule import Cellule
from grc_helpers.reponses.lettres import lire_association, lire_lettres
from grc_helpers.reponses.tableaux import TableauLu, lire_tableau

SUITE_ATTENDUE = "Écrivez votre réponse dans la cellule ci-dessus, puis cliquez sur ▶."


@dataclass
class Controle:
    """Le résultat d'un contrôle de forme : ce qui est rempli, ce qu'il faut reprendre, ce qui est bon à savoir."""

    remplies: int = 0
    attendues: int = 1
    a_reprendre: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    @property
    def vide(self) -> bool:
        return self.remplies == 0 and not self.a_reprendre

    @property
    def recevable(self) -> bool:
        return self.remplies >= self.attendues and not self.a_reprendre


def controler(cellule: Cellule, deja_lues: dict[Case, float] | None = None) -> Controle:
    """Contrôle la forme d'une réponse. Ne lève jamais d'erreur.

    ``deja_lues`` : les cases des autres tableaux du même cas, pour vérifier les totaux d'un tableau à l'autre.

    >>> controler(Cellule("nombre", "q1", ("clients",), "quarante")).a_reprendre
    ['Je ne lis pas de nombre dans « quarante ». Écrivez seulement le nombre et son unité.']
    >>> controler(Cellule("reponse", "q2", (), "Le client revient.")).recevable
    True
    """
    return _CONTROLES[cellule.type](cellule, deja_lues or {})


def exiger(controle: Controle, cases: int) -> Controle:
    """Le même contrôle, quand on sait combien de cases le tableau distribué avait.

    >>> exiger(Controle(remplies=4, attendues=4), cases=8).a_reprendre
    ['Il manque 4 cases : une ligne du tableau a été effacée. Recopiez son libellé depuis le cours, puis remplissez-la.']
    """
    manquantes = cases - controle.attendues
    if controle.vide or manquantes <= 0:
        return controle
    message = (
        f"Il manque {manquantes} cases : une ligne du tableau a été effacée."
        " Recopiez son libellé depuis le cours, puis remplissez-la."
    )
    return replace(controle, attendues=cases, a_reprendre=[*controle.a_reprendre, message])


def _prose(cellule: Cellule, _) -> Controle:
    mots = len(cellule.corps.split())
    return Controle(
        remplies=int(mots > 0), remarques=[f"{mots} mot{'s' * (mots > 1)}."] if mots else []
    )


def _nombre(cellule: Cellule, _) -> Controle:
    unite = cellule.arguments[0] if cellule.arguments else ""
    lignes = [ligne for ligne in cellule.corps.split("\n") if ligne.strip()]
    if len(lignes) > 1:
        return Controle(a_reprendre=["Une seule valeur est attendue ici : gardez une seule ligne."])
    lu = lire_nombre(lignes[0] if lignes else "", unite)
    if lu.message:
        return Controle(a_reprendre=[lu.message])
    if lu.vide:
        return Controle()
    impossible = lu.valeur < 0 and nom_unite(unite) not in {"€", "DH", "$", "%", ""}
    return Controle(
        remplies=1,
        a_reprendre=[f"Un nombre de {unite} ne peut pas être négatif."] if impossible else [],
    )


def _tableau(cellule: Cellule, deja_lues: dict[Case, float]) -> Controle:
    lu = lire_tableau(cellule.corps)
    controle = Controle(lu.remplies(), len(lu.textes), remarques=list(lu.remarques))
    controle.a_reprendre += [
        f"{case} : {nombre.message}" for case, nombre in lu.nombres().items() if nombre.message
    ]
    if cellule.arguments and cellule.arguments[0] in MODELES:
        controle.a_reprendre += _libelles_inconnus(lu, cellule.arguments[0]) + _incoherences(
            lu, cellule.arguments[0], deja_lues
        )
    return controle


def _libelles_inconnus(lu: TableauLu, nom: str) -> list[str]:
    """Les lignes et les colonnes que le calcul ne connaît pas : un libellé changé, une colonne de trop."""
    cases = [case for case in modele(nom).cases if case.colonne]
    lignes = {sans_accents(case.ligne) for case in cases}
    colonnes = {sans_accents(case.colonne) for case in cases}
    return [
        f"La ligne « {ligne[:40]} » n'est pas attendue ici. Reprenez le libellé de l'énoncé."
        for ligne in lu.lignes
        if sans_accents(ligne) not in lignes
    ] + [
        f"La colonne « {colonne[:40]} » n'est pas attendue ici. Gardez les colonnes de l'énoncé."
        for colonne in lu.colonnes
        if sans_accents(colonne) not in colonnes
    ]


def _incoherences(lu: TableauLu, nom: str, deja_lues: dict[Case, float]) -> list[str]:
    valeurs = lu.valeurs()
    negatives = [
        f"{case} : un nombre de clients ne peut pas être négatif."
        for case, valeur in valeurs.items()
        if valeur < 0 and case.ligne.startswith("Clients")
    ]
    # Une case de ce tableau que le stagiaire vient de vider ne compte plus.
    ailleurs = {case: valeur for case, valeur in deja_lues.items() if case not in lu.textes}
    incoherences = modele(nom).incoherences(ailleurs | valeurs)
    return negatives + [message for case, message in incoherences.items() if case in lu.textes]


def _lettres(cellule: Cellule, _) -> Controle:
    lues = lire_lettres(cellule.corps, cellule.arguments)
    attendues = len(cellule.arguments) if cellule.type == "ordre" else 1
    controle = Controle(len(lues.lettres), attendues, a_reprendre=lues.remarques)
    if cellule.type == "ordre" and 0 < len(lues.lettres) < attendues:
        manquantes = [lettre for lettre in cellule.arguments if lettre not in lues.lettres]
        controle.a_reprendre.append(f"Il manque : {', '.join(manquantes)}.")
    return controle


def _association(cellule: Cellule, _) -> Controle:
    lue = lire_association(cellule.corps)
    return Controle(
        sum(bool(lettre) for lettre in lue.paires.values()),
        max(1, len(lue.paires)),
        a_reprendre=lue.remarques,
    )


_CONTROLES = {
    "reponse": _prose,
    "nombre": _nombre,
    "tableau": _tableau,
    "choix": _lettres,
    "ordre": _lettres,
    "association": _association,
}
