"""Les exercices d'entraînement, sans écran : leurs données, et ce qu'ils disent d'une réponse.

Trois familles couvrent toutes les sortes : un **choix** (unique ou multiple), une **série** de lignes à compléter chacune
dans une liste (vrai ou faux, association, ordre) et un **nombre**.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grc_helpers.entrainement.formules import calculer
from grc_helpers.francais.nombres import ecrire_nombre, lire_nombre
from grc_helpers.francais.textes import remplir

# Les poussières du calcul binaire ne rendent pas fausse une réponse placée juste sur la limite.
POUSSIERE = 1e-9


@dataclass(frozen=True)
class Jugement:
    """Ce qu'un exercice dit d'une réponse. ``a_completer`` : elle ne se juge pas encore et ne compte pas comme un essai.

    ``remarques`` (Markdown) explique la réponse donnée sans révéler la bonne.
    """

    juste: bool = False
    remarques: tuple[str, ...] = ()
    a_completer: str = ""


@dataclass(frozen=True)
class Point:
    """Une ligne du corrigé : bonne ou non, ce qu'elle est, pourquoi."""

    bon: bool
    etiquette: str
    texte: str
    explication: str


@dataclass(frozen=True)
class Exercice:
    """Ce que tous les exercices ont : un titre, une question (Markdown), trois indices."""

    nom: str
    titre: str
    question: str
    indices: tuple[str, str, str]

    @property
    def redessinable(self) -> bool:
        """Vrai si « Autres chiffres » a un sens."""
        return False

    def tirer(self, graine: int) -> "Exercice":
        """L'exercice tel qu'il se présente pour cette graine : même graine, mêmes chiffres, même ordre."""
        return self

    def juger(self, reponse: Any) -> Jugement:
        """Ce que vaut une réponse, dont chaque famille dit la forme."""
        raise NotImplementedError

    def corrige(self, reponse: Any) -> list[Point]:
        """Le corrigé, ligne par ligne, à côté de la réponse donnée."""
        raise NotImplementedError

    def hasard(self, graine: int) -> random.Random:
        return random.Random(f"{self.nom} {graine}")


@dataclass(frozen=True)
class Option:
    texte: str
    juste: bool
    explication: str


@dataclass(frozen=True)
class Choix(Exercice):
    """Une ou plusieurs options à cocher. Une réponse est la suite des rangs cochés, à partir de 0."""

    options: tuple[Option, ...]
    multiple: bool

    def juger(self, coches: Sequence[int]) -> Jugement:
        if not coches:
            return Jugement(a_completer="Choisissez une réponse, puis cliquez sur « Vérifier ».")
        attendus = {rang for rang, option in enumerate(self.options) if option.juste}
        remarques = [
            f"**{self.options[rang].texte}** : {self.options[rang].explication}" for rang in coches
        ]
        if self.multiple and attendus - set(coches):
            remarques.append("Il manque au moins une bonne réponse.")
        return Jugement(set(coches) == attendus, tuple(remarques))

    def corrige(self, coches: Sequence[int]) -> list[Point]:
        return [
            Point(
                option.juste,
                ("Bonne réponse" if option.juste else "Mauvaise réponse")
                + (", votre choix" if rang in coches else ""),
                option.texte,
                option.explication,
            )
            for rang, option in enumerate(self.options)
        ]


@dataclass(frozen=True)
class LigneACompleter:
    texte: str
    attendu: str
    explication: str


@dataclass(frozen=True)
class Serie(Exercice):
    """Des lignes, chacune à compléter par une des ``possibilites``. Une réponse donne, dans l'ordre, un choix par ligne.

    ``melange`` nomme ce que la graine mélange : les ``"lignes"`` d'une association, les ``"possibilites"`` d'un ordre.
    ``sans_repetition`` : une possibilité ne sert qu'une fois (un ordre).
    """

    lignes: tuple[LigneACompleter, ...]
    possibilites: tuple[str, ...]
    melange: str = ""
    sans_repetition: bool = False

    def tirer(self, graine: int) -> "Serie":
        if not self.melange:
            return self
        depart = getattr(self, self.melange)
        hasard, tirage = self.hasard(graine), depart
        # Un mélange qui rendrait l'ordre de départ donnerait la réponse.
        while tirage == depart:
            tirage = tuple(hasard.sample(depart, len(depart)))
        return replace(self, **{self.melange: tirage})

    def juger(self, reponses: Sequence[str | None]) -> Jugement:
        donnees = [reponse for reponse in reponses if reponse is not None]
        if manquantes := len(reponses) - len(donnees):
            return Jugement(
                a_completer=f"Il reste {manquantes} ligne{'s' if manquantes > 1 else ''} à compléter."
            )
        repetees = sorted(
            {reponse for reponse in donnees if self.sans_repetition and donnees.count(reponse) > 1}
        )
        if repetees:
            return Jugement(
                a_completer=f"« {repetees[0]} » est placé deux fois. Chaque élément ne sert qu'une fois."
            )
        paires = list(zip(self.lignes, donnees, strict=True))
        justes = sum(ligne.attendu == reponse for ligne, reponse in paires)
        remarques = [
            f"{justes} ligne{'s' if justes > 1 else ''} juste{'s' if justes > 1 else ''} sur {len(paires)}."
        ]
        # Avec deux possibilités, dire quelle ligne est fausse donnerait la réponse.
        if len(self.possibilites) > 2:
            remarques += [self._remarque(ligne, reponse) for ligne, reponse in paires]
        return Jugement(justes == len(paires), tuple(remarques))

    def _remarque(self, ligne: LigneACompleter, reponse: str) -> str:
        if reponse == ligne.attendu:
            return f"✔ **{ligne.texte}, {reponse}** : {ligne.explication}"
        return f"À revoir : {ligne.texte}, « {reponse} »."

    def corrige(self, reponses: Sequence[str | None]) -> list[Point]:
        return [
            Point(
                ligne.attendu == reponse,
                "Juste" if ligne.attendu == reponse else f"Vous aviez choisi « {reponse} »",
                f"{ligne.texte} → {ligne.attendu}",
                ligne.explication,
            )
            for ligne, reponse in zip(self.lignes, reponses, strict=True)
        ]


@dataclass(frozen=True)
class ValeurErronee:
    """Une mauvaise valeur qu'on sait reconnaître, et d'où elle vient."""

    valeur: float
    explication: str


@dataclass(frozen=True)
class Nombre(Exercice):
    """Un nombre à trouver, à ``tolerance`` près (même unité que la réponse). Une réponse est le texte écrit."""

    unite: str
    attendu: float
    tolerance: float
    explication: str
    erreurs: tuple[ValeurErronee, ...]

    def juger(self, texte: str) -> Jugement:
        lu = lire_nombre(texte, self.unite)
        if lu.valeur is None:
            return Jugement(
                a_completer=lu.message or "Écrivez un nombre, puis cliquez sur « Vérifier »."
            )
        relu = f"Vous avez répondu {self._ecrire(lu.valeur)}."
        if self.proche(lu.valeur, self.attendu):
            return Jugement(True, (relu,))
        connue = next(
            (
                erreur.explication
                for erreur in self.erreurs
                if self.proche(lu.valeur, erreur.valeur)
            ),
            "",
        )
        sens = "C'est trop." if lu.valeur > self.attendu else "Ce n'est pas assez."
        return Jugement(False, (f"{relu} {connue or sens}",))

    def proche(self, valeur: float, reference: float) -> bool:
        """La valeur vaut-elle la référence, à la tolérance près ?"""
        return abs(valeur - reference) <= self.tolerance + POUSSIERE

    def corrige(self, texte: str) -> list[Point]:
        bon = Point(True, "Réponse", self._ecrire(self.attendu), self.explication)
        return [
            bon,
            *(
                Point(False, "Erreur fréquente", self._ecrire(e.valeur), e.explication)
                for e in self.erreurs
            ),
        ]

    def _ecrire(self, valeur: float) -> str:
        return ecrire_nombre(valeur, unite=self.unite)


@dataclass(frozen=True)
class NombreATirer(Exercice):
    """Un énoncé à trous : la graine choisit les chiffres, les formules donnent le reste.

    ``tirage`` : pour chaque nom, les valeurs possibles. ``calculs`` : des résultats intermédiaires, dans l'ordre.
    ``erreurs`` : des couples (formule, explication).
    """

    unite: str
    reponse: str
    tolerance: float
    explication: str
    tirage: Mapping[str, tuple[float, ...]]
    calculs: Mapping[str, str]
    erreurs: tuple[tuple[str, str], ...]

    @property
    def redessinable(self) -> bool:
        return any(len(set(valeurs)) > 1 for valeurs in self.tirage.values())

    def valeurs(self, graine: int) -> dict[str, float]:
        """Les chiffres tirés et les résultats intermédiaires."""
        hasard = self.hasard(graine)
        valeurs = {nom: float(hasard.choice(possibles)) for nom, possibles in self.tirage.items()}
        for nom, formule in self.calculs.items():
            valeurs[nom] = calculer(formule, valeurs)
        return valeurs

    def tirer(self, graine: int) -> Nombre:
        """Lève ``FormuleIncorrecte`` si une formule ne se calcule pas avec ces chiffres."""
        valeurs = self.valeurs(graine)
        premier, deuxieme, troisieme = (remplir(indice, valeurs) for indice in self.indices)
        return Nombre(
            self.nom,
            self.titre,
            remplir(self.question, valeurs),
            (premier, deuxieme, troisieme),
            self.unite,
            calculer(self.reponse, valeurs),
            self.tolerance,
            remplir(self.explication, valeurs),
            tuple(
                ValeurErronee(calculer(formule, valeurs), remplir(texte, valeurs))
                for formule, texte in self.erreurs
            ),
        )

    def graine_suivante(self, graine: int) -> int:
        """La prochaine graine qui change vraiment les chiffres."""
        actuelles, suivante = self.valeurs(graine), graine + 1
        while self.redessinable and self.valeurs(suivante) == actuelles:
            suivante += 1
        return suivante
