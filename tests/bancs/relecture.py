"""Combien de gestes pour relire une classe par idées : un formateur qui sait les bonnes notes joue la vue, et l'on compte ses touches.

Les réponses sont celles de ``tests/prose/reponses_libres``, avec leur barème. Le formateur connaît leurs étiquettes : il change ce qui
s'en écarte d'au moins un demi, donne à un élément ce que la machine n'a pas expliqué, et valide la question d'une touche. Ces jeux
n'ont que 8 à 14 réponses par question, de styles voulus différents : une vraie classe, qui se répète, se groupe mieux.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from autograde.baremes.lecture import charger_bareme
from autograde.cours.decisions import IDEE_FAUSSE, Decision
from autograde.notation.decidees import appliquer
from autograde.prose.bareme import BaremeRedige
from autograde.relecture.idees import GroupeDIdee, Idee, gestes_restants, par_idees
from autograde.relecture.propositions import RESTE, Lue, Passage
from autograde.relecture.voisines import mots_du_sens, ressemblance
from tests.prose.reponses_libres.mesures import JEUX, JEUX_ETIQUETES, evaluer_le_jeu

ECART = 0.5  # le plus petit écart que le formateur corrige
REPONSES = 22 * 4


@dataclass
class Relecture:
    """Ce qu'a coûté la relecture : ``gestes``, par sorte ; ``deplacements`` : les touches de plus (flèche, lettre) d'un formateur qui
    n'aurait pas de souris ; ``annonces`` : les gestes que la page annonçait. Puis l'écart à la bonne note de chaque réponse, avant et
    après."""

    gestes: Counter = field(default_factory=Counter)
    deplacements: int = 0
    annonces: int = 0
    a_relire: int = 0
    avant: list[float] = field(default_factory=list)
    apres: list[float] = field(default_factory=list)

    def ajouter(self, autre: "Relecture") -> None:
        self.gestes += autre.gestes
        self.deplacements += autre.deplacements
        self.annonces += autre.annonces
        self.a_relire += autre.a_relire
        self.avant += autre.avant
        self.apres += autre.apres

    def pour_une_classe(self, nombre: float) -> float:
        """Ce nombre, ramené à une classe de 22 copies et 4 questions."""
        return nombre * REPONSES / len(self.apres)

    @property
    def gestes_par_classe(self) -> float:
        return self.pour_une_classe(self.gestes.total())

    @property
    def ecart(self) -> float:
        """L'écart moyen à la bonne note, sur 1, une fois la classe relue."""
        return sum(self.apres) / len(self.apres)


class _Formateur:
    """Il connaît la bonne note de chaque élément de chaque réponse d'une question."""

    def __init__(self, bareme: BaremeRedige, reponses: list[dict], evaluations: Mapping):
        self.bareme, self.reponses, self.evaluations = bareme, reponses, evaluations
        self.du = {reponse["aid"]: reponse["labels"] for reponse in reponses}
        self.decisions: dict[str, dict[str, Decision]] = {r["aid"]: {} for r in reponses}
        self.fait = Relecture()
        self.vocabulaire = {
            element.id: mots_du_sens(" ".join([element.libelle, *_formulations(element)]))
            for element in bareme.elements
        }

    def relire(self) -> Relecture:
        """Toute la question."""
        idees = self._idees()
        self.fait.annonces = gestes_restants(idees)
        for idee in idees:
            if idee.nom != RESTE and idee.en_attente:
                self._relire_une_idee(idee)
        self._donner_ce_qui_manque()
        if any(idee.en_attente for idee in idees):
            self.fait.gestes["accepter la question"] += 1
        for reponse in self.reponses:
            evaluation = self.evaluations[reponse["aid"]]
            relue = appliquer(evaluation, self.bareme, self.decisions[reponse["aid"]])
            self.fait.avant.append(abs(evaluation.fraction - reponse["fraction"]))
            self.fait.apres.append(abs(relue.fraction - reponse["fraction"]))
            self.fait.a_relire += evaluation.relire
        return self.fait

    def _idees(self) -> list[Idee]:
        lues = [
            Lue(aid, reponse["answer"], 1, self.evaluations[aid], self.decisions[aid])
            for reponse in self.reponses
            if (aid := reponse["aid"])
        ]
        attendues = [replace(lue, attend=self.evaluations[lue.identifiant].relire) for lue in lues]
        return par_idees(self.bareme, attendues)

    def _decider(self, passage: Passage, element: str, credit: float) -> None:
        self.decisions[passage.reponse.identifiant][element] = Decision(
            credit=credit, passage=passage.texte if credit else "", date=date.today()
        )

    # --- Ce que la machine a reconnu ---

    def _relire_une_idee(self, idee: Idee) -> None:
        choisi = 0  # après un geste, la page va d'elle-même au groupe suivant
        for rang, groupe in enumerate(idee.en_attente):
            if (self._dementir if idee.fausse else self._corriger)(groupe):
                self.fait.deplacements += rang != choisi
                choisi = rang + 1
        self.fait.deplacements += 1  # vers l'idée suivante

    def _corriger(self, groupe: GroupeDIdee) -> bool:
        """Le crédit qui convient au plus grand nombre, puis les copies qui en sortent. Vrai s'il a fallu un geste."""
        dus = {p.identifiant: self.du[p.reponse.identifiant][p.idee] for p in groupe.passages}
        credit = min(
            (groupe.propose or 0.0, 0.0, 0.5, 1.0),
            key=lambda credit: sum(abs(credit - du) for du in dus.values()),
        )
        sorties = [p for p in groupe.passages if abs(dus[p.identifiant] - credit) > ECART]
        for passage in groupe.passages:
            self._decider(passage, passage.idee, credit)
        for passage in sorties:
            self._decider(passage, passage.idee, dus[passage.identifiant])
        self.fait.gestes["ouvrir un groupe"] += bool(sorties)
        self.fait.gestes["retirer une copie"] += len(sorties)
        self.fait.deplacements += len(sorties)
        self.fait.gestes["changer un groupe"] += credit != groupe.propose
        return credit != groupe.propose

    def _dementir(self, groupe: GroupeDIdee) -> bool:
        """Une idée fausse n'en est pas une si la plupart des éléments qu'elle annule étaient dus."""
        identifiant = groupe.idee.removeprefix(IDEE_FAUSSE)
        annules = next(c.annule for c in self.bareme.contre_elements if c.id == identifiant)
        dus = [self.du[p.reponse.identifiant][nom] for p in groupe.passages for nom in annules]
        dementie = sum(dus) > len(dus) / 2
        for passage in groupe.passages:
            for nom in annules:
                if nom not in self.decisions[passage.reponse.identifiant]:
                    self._decider(passage, nom, float(dementie))
        self.fait.gestes["démentir une idée fausse"] += dementie
        return dementie

    # --- Ce qu'elle n'a pas reconnu ---

    def _donner_ce_qui_manque(self) -> None:
        """Chaque élément dû va à la proposition inexpliquée qui lui ressemble le plus ; à défaut, à une proposition déjà expliquée."""
        idees = self._idees()
        inexpliques = _par_reponse(idees[-1].groupes)
        expliques = _par_reponse([g for idee in idees[:-1] for g in idee.groupes])
        donnees: dict[str, set[tuple[str, float]]] = defaultdict(set)
        for aid, manquants in self._manquants().items():
            libres = list(inexpliques[aid])
            for element in manquants:
                du = self.du[aid][element]
                moitie = du == 0.5
                mots = self.vocabulaire[element]
                if libres:
                    groupe, passage = _le_plus_proche(libres, mots)
                    libres.remove((groupe, passage))
                    # Le même geste vaut pour tout le groupe.
                    if (element, du) not in donnees[groupe.identifiant]:
                        self.fait.gestes["donner à un élément"] += 1 + moitie
                    donnees[groupe.identifiant].add((element, du))
                elif expliques[aid]:
                    groupe, passage = _le_plus_proche(expliques[aid], mots)
                    ouvrir = len(groupe.passages) > 1
                    self.fait.gestes["donner aussi à un élément"] += 2 + moitie + ouvrir
                    self.fait.deplacements += 1
                else:
                    continue
                self._decider(passage, element, du)
        choisi = 0
        for rang, groupe in enumerate(idees[-1].groupes):
            if groupe.identifiant in donnees:
                self.fait.deplacements += rang != choisi
                choisi = rang + 1

    def _manquants(self) -> dict[str, list[str]]:
        manquants = {}
        for reponse in self.reponses:
            aid = reponse["aid"]
            if self.evaluations[aid].relire:
                credits = appliquer(self.evaluations[aid], self.bareme, self.decisions[aid]).credits
                manquants[aid] = [
                    nom for nom, du in self.du[aid].items() if du - credits[nom].valeur >= ECART
                ]
        return manquants


def _formulations(element) -> list[str]:
    notions = [ecrite for notion in element.notions for ecrite in notion]
    return [ecrite.replace("/", " ") for ecrite in [*element.formulations, *notions]]


def _le_plus_proche(
    candidats: list[tuple[GroupeDIdee, Passage]], mots: frozenset[str]
) -> tuple[GroupeDIdee, Passage]:
    return max(candidats, key=lambda candidat: ressemblance(candidat[1].mots, mots))


def _par_reponse(groupes) -> dict[str, list[tuple[GroupeDIdee, Passage]]]:
    ranges: dict[str, list[tuple[GroupeDIdee, Passage]]] = defaultdict(list)
    for groupe in groupes:
        for passage in groupe.passages:
            ranges[passage.reponse.identifiant].append((groupe, passage))
    return ranges


def relire_un_jeu(jeu: str) -> Relecture:
    """La relecture par idées de toutes les questions d'un jeu étiqueté."""
    baremes = charger_bareme(JEUX / f"bareme{jeu}.yml")
    reponses, evaluations = evaluer_le_jeu(jeu)
    par_question: dict[str, list[dict]] = defaultdict(list)
    for reponse in reponses:
        par_question[reponse["qid"]].append(reponse)
    total = Relecture()
    for question, siennes in par_question.items():
        bareme = baremes[question]
        assert isinstance(bareme, BaremeRedige)
        total.ajouter(_Formateur(bareme, siennes, evaluations).relire())
    return total


def relire_les_jeux() -> Relecture:
    """Tous les jeux, l'un après l'autre ; affiche chacun, ramené à une classe de 22 copies et 4 questions."""
    total = Relecture()
    for jeu in JEUX_ETIQUETES:
        relecture = relire_un_jeu(jeu)
        afficher(f"jeu {jeu.strip('_') or 'premier'}", relecture)
        total.ajouter(relecture)
    afficher("tous", total)
    for sorte, nombre in total.gestes.most_common():
        print(f"    {sorte:30} {total.pour_une_classe(nombre):5.1f}")
    return total


def afficher(titre: str, relecture: Relecture) -> None:
    classe = relecture.pour_une_classe
    print(
        f"{titre:12} {classe(relecture.a_relire):3.0f} réponses à relire, {relecture.gestes_par_classe:4.0f} gestes"
        f" (annoncés : {classe(relecture.annonces):.0f}), {classe(relecture.deplacements):3.0f} touches de plus sans souris ;"
        f" écart moyen {sum(relecture.avant) / len(relecture.avant):.3f} → {relecture.ecart:.3f}"
    )
