"""Où tombe chaque cellule d'une copie dans le cours : une réponse, sa suite, un énoncé, un contrôle, ou ce que le stagiaire a ajouté."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from autograde.cours.devoir import SUFFIXE_ENONCE, SUFFIXE_TEST, Devoir
from grc_helpers.reponses.cellule import (
    est_un_commentaire,
    identifiant_de_la_ligne,
    lire_cellule,
    sans_diese,
)
from grc_helpers.reponses.notebook import cellules, identifiant, nbgrader, source, suite_de
from grc_helpers.reponses.types.contrat import sans_espaces

_PLANS_GARDES = 64
_DEBUT_MINIMUM = 8  # caractères d'une première ligne qui ne se confond avec aucune réponse


class Role(StrEnum):
    """Ce qu'est une cellule d'une copie."""

    REPONSE = "réponse"
    SUITE = "seconde partie d'une cellule de réponse coupée"
    ENONCE = "énoncé"
    CONTROLE = "contrôle"
    COURS = "texte du cours"
    AJOUT = "cellule ajoutée"


@dataclass(frozen=True)
class Place:
    """``question`` : celle dont l'énoncé précède, « » avant la première ; ``interieur`` : entre cet énoncé et son contrôle.

    ``modele`` : la cellule distribuée, si c'en est une.
    """

    role: Role
    question: str
    interieur: bool = False
    modele: dict | None = None


class Plan:
    """La version distribuée d'un devoir, vue comme une suite de places."""

    def __init__(self, devoir: Devoir):
        self.questions = devoir.questions
        self.distribuees = cellules(devoir.distribue)

    @cached_property
    def par_identifiant(self) -> dict[str, dict]:
        return {identifiant(c): c for c in self.distribuees if identifiant(c)}

    @cached_property
    def par_id(self) -> dict[str, dict]:
        return {c["id"]: c for c in self.distribuees if isinstance(c.get("id"), str)}

    @cached_property
    def du_cours(self) -> dict[str, str]:
        """Le texte de chaque cellule nommée qui n'est pas une réponse : énoncés, contrôles, leçon."""
        return {
            nom: source(modele)
            for nom, modele in self.par_identifiant.items()
            if nom not in self.questions
        }

    @cached_property
    def textes(self) -> frozenset[str]:
        return frozenset(map(source, self.distribuees))

    @cached_property
    def par_texte(self) -> dict[str, dict]:
        return {texte: c for c in self.distribuees if (texte := sans_espaces(source(c)))}

    @cached_property
    def _questions_des_cellules(self) -> dict[int, str]:
        """La question de chaque cellule distribuée : celle dont l'énoncé, ou la réponse, est le dernier à la précéder."""
        courante, trouvees = "", {}
        for cellule in self.distribuees:
            nom = _question(identifiant(cellule))
            courante = nom if nom in self.questions else courante
            trouvees[id(cellule)] = courante
        return trouvees

    @cached_property
    def par_debut(self) -> dict[str, dict]:
        """Les cellules distribuées que leur première ligne suffit à reconnaître."""
        debuts = [(_premiere_ligne(source(c)), c) for c in self.distribuees]
        combien = Counter(debut for debut, _ in debuts)
        return {
            debut: c for debut, c in debuts if len(debut) >= _DEBUT_MINIMUM and combien[debut] == 1
        }

    def sorte_ouverte(self, ligne: str) -> str:
        """La sorte de l'énoncé ou du contrôle que cette ligne ouvre ; « » si elle n'en ouvre pas."""
        modele = self.par_debut.get(sans_espaces(ligne))
        borne = modele and identifiant(modele).endswith((SUFFIXE_ENONCE, SUFFIXE_TEST))
        return modele["cell_type"] if modele and borne else ""

    def place(self, modele: dict) -> Place:
        """La place d'une cellule distribuée, restée à sa place."""
        nom = identifiant(modele)
        role = Role.COURS
        if nom in self.questions:
            role = Role.REPONSE
        elif nom.endswith(SUFFIXE_ENONCE):
            role = Role.ENONCE
        elif nom.endswith(SUFFIXE_TEST):
            role = Role.CONTROLE
        return Place(role, self._questions_des_cellules[id(modele)], modele=modele)


_plans: dict[str, Plan] = {}  # ceux des devoirs que l'on corrige : une classe entière a le même


def plan_de(devoir: Devoir) -> Plan:
    """Le plan d'un devoir, gardé d'une copie à l'autre."""
    if devoir.empreinte not in _plans:
        if len(_plans) >= _PLANS_GARDES:
            _plans.clear()
        _plans[devoir.empreinte] = Plan(devoir)
    return _plans[devoir.empreinte]


def _question(nom: str) -> str:
    return nom.removesuffix(SUFFIXE_ENONCE).removesuffix(SUFFIXE_TEST)


def separer(copie: Sequence[dict], plan: Plan) -> tuple[list[dict], list[str]]:
    """Les cellules d'une copie, celles que le stagiaire a fusionnées séparées à leurs magies, énoncés et contrôles ; et les questions
    que cela concerne."""
    separees: list[dict] = []
    questions: list[str] = []
    for cellule in copie:
        texte = sans_diese(source(cellule))
        morceaux = (
            list(_morceaux(texte, identifiant(cellule), plan))
            if _peut_etre_fusionnee(texte, plan)
            else []
        )
        if len(morceaux) < 2:
            separees.append(cellule)
            continue
        lues = [lire_cellule(morceau) for morceau, _ in morceaux]
        noms = [lue.identifiant if lue else "" for lue in lues]
        # La cellule garde ses métadonnées pour la réponse qu'elles nomment, à défaut pour ce qui l'ouvre.
        porteur = noms.index(nom) if (nom := identifiant(cellule)) in noms else 0
        for rang, (morceau, sorte) in enumerate(morceaux):
            autre = {"cell_type": sorte, "metadata": {}, "id": f"{cellule.get('id')}-{rang}"}
            separees.append((cellule if rang == porteur else autre) | {"source": morceau})
        questions += [nom for nom in noms if nom in plan.questions]
    return separees, questions


def _peut_etre_fusionnee(texte: str, plan: Plan) -> bool:
    """Une magie ailleurs qu'en tête, un contrôle, un titre."""
    if "%%" not in texte[2:] and "verifier" not in texte and "###" not in texte:
        return False
    # Presque toujours, c'est mot pour mot une cellule distribuée.
    return texte not in plan.textes and sans_espaces(texte) not in plan.par_texte


def _morceaux(texte: str, nom: str, plan: Plan) -> Iterator[tuple[str, str]]:
    """Les morceaux de la cellule ``nom``, et leur sorte ; un seul si rien n'y a été fusionné."""
    sorte = "code"
    morceau: list[str] = []
    for ligne in texte.split("\n"):
        nommee = identifiant_de_la_ligne(ligne)
        # Du texte au-dessus de sa propre magie fait partie de la réponse ; un énoncé, non.
        sienne = nommee == nom and not _ouvre_un_texte_du_cours(morceau, plan)
        suivante = "code" if nommee in plan.questions and not sienne else ""
        suivante = suivante or plan.sorte_ouverte(ligne)
        # Les commentaires du dessus restent avec leur magie.
        if suivante and not all(map(est_un_commentaire, morceau)):
            yield "\n".join(morceau), sorte
            morceau = []
        sorte = suivante or sorte
        morceau.append(ligne)
    yield "\n".join(morceau), sorte


def _ouvre_un_texte_du_cours(lignes: Sequence[str], plan: Plan) -> bool:
    return bool(plan.sorte_ouverte(_premiere_ligne("\n".join(lignes))))


def _premiere_ligne(texte: str) -> str:
    return sans_espaces(texte.lstrip().partition("\n")[0])


def reperer(copie: Sequence[dict], plan: Plan) -> list[Place]:
    """La place de chaque cellule d'une copie."""
    lues = [lire_cellule(source(cellule)) for cellule in copie]
    magies = [lue.identifiant if lue and lue.identifiant in plan.questions else "" for lue in lues]
    avec_magie = set(magies) - {""}
    premieres: dict[str, str] = {}
    places, courante, interieur = [], "", False
    for cellule, magie in zip(copie, magies, strict=True):
        place = _place_seule(cellule, magie, plan)
        if place is None:
            places.append(Place(Role.AJOUT, courante, interieur))
            continue
        if place.role is Role.REPONSE and not magie:
            texte = sans_espaces(source(cellule))
            premiere = premieres.setdefault(place.question, texte)
            if place.question in avec_magie or premiere != texte:
                place = Place(Role.SUITE, place.question, True)
        places.append(place)
        courante = place.question
        interieur = bool(courante) and place.role in (Role.ENONCE, Role.REPONSE, Role.SUITE)
    return places


def _place_seule(cellule: dict, magie: str, plan: Plan) -> Place | None:
    """La place que la cellule donne d'elle-même : par sa magie, son nom nbgrader, son ``id``, son texte, ce qui
    l'ouvre ; None si elle est ajoutée."""
    if magie:
        return plan.place(plan.par_identifiant[magie])
    nom = identifiant(cellule)
    if nom in plan.par_identifiant:
        return plan.place(plan.par_identifiant[nom])
    if (suite := suite_de(cellule)) in plan.questions:
        return Place(Role.SUITE, suite, True)
    identite = cellule.get("id")
    modele = plan.par_id.get(identite) if isinstance(identite, str) else None
    modele = modele or plan.par_texte.get(sans_espaces(source(cellule)))
    modele = modele or plan.par_debut.get(_premiere_ligne(source(cellule)))
    return plan.place(modele) if modele else None


def est_un_essai_libre(modele: dict, plan: Plan) -> bool:
    """Une cellule de réponse qui n'est pas notée : on y écrit ce qu'on veut."""
    lue = lire_cellule(source(modele))
    return lue is not None and not nbgrader(modele) and lue.identifiant not in plan.questions
