"""Remplir une copie : des cases dont les libellés se retrouvent ailleurs, des lettres par ressemblance, des phrases recopiées."""

import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from .butin import Butin, Feuille, court, feuille, normal
from .textes import Passages, mots

# Des chiffres plausibles, tous différents, pour les cases dont on ne sait rien.
BOUCHE_TROUS = [float(n) for n in range(3, 400, 2)]
TOURS = 8
PASSAGES_RECOPIES = 4
_NOMBRE = re.compile(r"[-−–]?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?")
Case = tuple[str, str]


def nombre(valeur: Any) -> float | None:
    if isinstance(valeur, bool) or valeur is None:
        return None
    if isinstance(valeur, int | float):
        return float(valeur)
    trouve = _NOMBRE.search(str(valeur))
    if not trouve:
        return None
    ecrit = re.sub(r"[\s\u00a0\u202f]", "", trouve[0]).replace(",", ".")
    return float(ecrit.replace("−", "-").replace("–", "-"))


def lettres_proposees(enonce: str) -> dict[str, str]:
    return dict(re.findall(r"^\s*[-*]\s+\*\*(\w)\*\*\s*[:.)]?\s*(.+)$", enonce, re.MULTILINE))


class Tricherie:
    """La copie d'un cahier. ``avec_l_enonce`` : imposer aux modèles de la roue les chiffres que l'énoncé imprime."""

    def __init__(self, chemin: Path, butin: Butin, passages: Passages, avec_l_enonce: bool):
        self.nom, self.butin, self.passages = chemin.stem, butin, passages
        self.avec_l_enonce = avec_l_enonce
        self.cellules = json.loads(chemin.read_text(encoding="utf-8"))["cells"]
        self.enonce_entier = "\n\n".join(
            "".join(c["source"]) for c in self.cellules if c["cell_type"] == "markdown"
        )
        self.feuilles = [*butin.feuilles, *tableaux_de_l_enonce(self.enonce_entier)]
        # Les valeurs écrites, calcul par calcul : les tableaux d'un même calcul se tiennent.
        self.cases: dict[str, list[Case]] = {}
        self.valeurs: dict[str, dict[Case, float]] = {}

    def copie(self) -> dict[str, str]:
        """Le corps de chaque réponse."""
        corps = {}
        for magie, vierge, enonce in self._questions():
            sorte, identifiant, *suite = magie.removeprefix("%%").split()
            corps[identifiant] = getattr(self, f"_{sorte}")(identifiant, suite, vierge, enonce)
        for identifiant, remplir in self._tableaux.items():
            corps[identifiant] = remplir()
        return corps

    def _questions(self) -> Iterator[tuple[str, str, str]]:
        self._tableaux: dict[str, Any] = {}
        enonce = ""
        for cellule in self.cellules:
            source = "".join(cellule["source"])
            if cellule["cell_type"] == "markdown":
                enonce = source
            elif source.startswith("%%"):
                magie, _, vierge = source.partition("\n")
                yield magie, vierge, enonce

    def _reponse(self, identifiant, suite, vierge, enonce) -> str:
        return "\n".join(self.passages.meilleurs(enonce, self.nom, PASSAGES_RECOPIES))

    def _choix(self, identifiant, lettres, vierge, enonce) -> str:
        propositions = lettres_proposees(enonce)
        combien = 4 if "quatre" in enonce.lower() else 1
        notes = {
            lettre: self.passages.lien(
                enonce.split("\n")[0], propositions.get(lettre, ""), self.nom
            )
            for lettre in lettres
        }
        return ", ".join(sorted(lettres, key=lambda lettre: -notes[lettre])[:combien])

    def _ordre(self, identifiant, lettres, vierge, enonce) -> str:
        return ", ".join(lettres)

    def _association(self, identifiant, suite, vierge, enonce) -> str:
        propositions = lettres_proposees(enonce)
        libelles = [ligne.split(":")[0].strip() for ligne in vierge.split("\n") if ":" in ligne]
        trouvees = self._lettres_trouvees(libelles, propositions)
        return "\n".join(
            f"{libelle} : {trouvees.get(libelle) or self._lettre_ressemblante(libelle, propositions)}"
            for libelle in libelles
        )

    def _classement(self, identifiant, suite, vierge, enonce) -> str:
        """Chaque élément dans la boîte qui lui ressemble le plus."""
        boites = lettres_proposees(enonce)
        elements = re.findall(r"^\s*[-*]\s+(?!\*\*)(.+)$", enonce, re.MULTILINE)
        return "\n".join(
            f"{element} : {self._lettre_ressemblante(element, boites)}" for element in elements
        )

    def _croisement(self, identifiant, elements, vierge, enonce) -> str:
        """La ligne et la colonne de chaque élément, d'après une feuille qui en parle ; sinon, par ressemblance."""
        tete, *corps = [[c.strip() for c in ligne.split("|")] for ligne in vierge.split("\n")]
        cotes = [{nom: nom for nom in noms if nom} for noms in ([r[0] for r in corps], tete[1:])]
        trouves = [self._lettres_trouvees(elements, cote) for cote in cotes]
        places: dict[Case, list[str]] = {}
        for element in elements:
            case = [
                trouve.get(element) or self._lettre_ressemblante(element, cote)
                for trouve, cote in zip(trouves, cotes, strict=True)
            ]
            places.setdefault((case[0], case[1]), []).append(element)
        lignes = [
            [nom, *(", ".join(places.get((nom, colonne), [])) for colonne in cotes[1])]
            for nom in cotes[0]
        ]
        return "\n".join(" | ".join(ligne) for ligne in [tete, *lignes])

    def _lettres_trouvees(
        self, libelles: list[str], propositions: dict[str, str]
    ) -> dict[str, str]:
        """Une feuille qui donne à chaque libellé un mot qu'une seule proposition contient."""
        meilleures: dict[str, str] = {}
        for trouvee in self.feuilles:
            mots_de = {}
            for (ligne, _), valeur in trouvee.cases.items():
                if isinstance(valeur, str):
                    mots_de.setdefault(court(ligne), []).append(valeur)
            lettres = {}
            for libelle in libelles:
                for mot in mots_de.get(court(libelle), []):
                    qui = [
                        lettre
                        for lettre, texte in propositions.items()
                        if mot and re.search(rf"(?<!\w){re.escape(mot)}(?!\w)", texte)
                    ]
                    if len(qui) == 1:
                        lettres[libelle] = qui[0]
            if len(lettres) > len(meilleures):
                meilleures = lettres
        return meilleures

    def _lettre_ressemblante(self, libelle: str, propositions: dict[str, str]) -> str:
        notes = {
            lettre: self.passages.lien(libelle, texte, self.nom)
            for lettre, texte in propositions.items()
        }
        return max(notes, key=lambda lettre: notes[lettre], default="a")

    def _nombre(self, identifiant, suite, vierge, enonce) -> str:
        titre = mots(enonce.split("\n")[0].split("·")[-1])
        seules = [
            (self._confiance(trouvee), len(mots(ligne) & titre), valeur)
            for trouvee in self.feuilles
            for (ligne, colonne), brut in trouvee.cases.items()
            if not colonne and (valeur := nombre(brut)) is not None
        ]
        ressemblantes = [s for s in seules if s[1]]
        return ecrire(max(ressemblantes, default=(0, 0, 10.0))[2])

    def _confiance(self, trouvee: Feuille) -> int:
        """Une feuille qui porte le nom d'un calcul de ce cahier dit plus qu'une autre."""
        return sum(nom in trouvee.origine.split() for nom in self._noms_des_calculs)

    @cached_property
    def _noms_des_calculs(self) -> set[str]:
        sources = "\n".join("".join(c["source"]) for c in self.cellules)
        return set(re.findall(r"^%%tableau \S+ (\w+)", sources, re.MULTILINE))

    def _tableau(self, identifiant, suite, vierge, enonce) -> str:
        calcul = suite[0] if suite else identifiant
        grille = [
            [case.strip() for case in ligne.split("|")]
            for ligne in vierge.split("\n")
            if "|" in ligne
        ]
        cases = [
            (ligne[0], colonne) for ligne in grille[1:] for colonne in grille[0][1:] if colonne
        ]
        self.cases.setdefault(calcul, []).extend(cases)
        # Les cases se remplissent quand tous les tableaux du calcul sont connus.
        self._tableaux[identifiant] = lambda: self._ecrire(calcul, grille)
        return ""

    def _remplir(self, calcul: str) -> dict[Case, float]:
        """La feuille qui connaît le plus de cases, puis les autres pour ce qui reste, puis n'importe quoi."""
        cases, trouvees = self.cases[calcul], {}
        lues = sorted(
            [
                *(self._recalculees(cases) if self.avec_l_enonce else ()),
                *(self._lire(trouvee, cases) for trouvee in self.feuilles),
            ],
            key=lambda lue: (-lue[0], -len(lue[1])),
        )
        for _, connues in lues:
            trouvees = connues | trouvees
        reste = [case for case in cases if case not in trouvees]
        return trouvees | dict(zip(reste, BOUCHE_TROUS, strict=False))

    def _enonce_approche(self, cases: list[Case]) -> dict[Case, float]:
        """Les chiffres d'un tableau de l'énoncé dont le libellé ressemble à celui d'une ligne à remplir."""
        trouvees: dict[Case, float] = {}
        for imprimee in tableaux_de_l_enonce(self.enonce_entier):
            for (ecrit, _), brut in imprimee.cases.items():
                for ligne, colonne in cases:
                    voisins = len(mots(ligne) & mots(ecrit)) >= min(2, len(mots(ligne)))
                    nommees = {c for _, c in cases if c.lower() in normal(ecrit).split()}
                    bonne = colonne in nommees or not nommees
                    if voisins and bonne and (lu := nombre(brut)) is not None:
                        trouvees.setdefault((ligne, colonne), lu)
        return trouvees

    def _recalculees(self, cases: list[Case]) -> Iterator[tuple[int, dict[Case, float]]]:
        """Les modèles de la roue, où l'on impose ce que l'énoncé imprime."""
        imposees = self._enonce_approche(cases)
        for classe, objets in self.butin.objets.items():
            for origine, objet in objets if hasattr(classe, "calculer") else ():
                try:
                    valeurs = objet.calculer(imposees)
                except Exception:
                    continue
                yield self._lire(Feuille(origine, dict(valeurs)), cases)

    def _lire(self, trouvee: Feuille, cases: list[Case]) -> tuple[int, dict[Case, float]]:
        lues = {}
        for ligne, colonne in cases:
            cles = (
                (normal(ligne), normal(colonne)),
                (normal(colonne), normal(ligne)),
                (court(ligne), normal(colonne)),
            )
            valeur = next((trouvee.normales[cle] for cle in cles if cle in trouvee.normales), None)
            if (lu := nombre(valeur)) is not None:
                lues[ligne, colonne] = lu
        return self._confiance(trouvee), lues

    def _ecrire(self, calcul: str, grille: list[list[str]]) -> str:
        if calcul not in self.valeurs:
            self.valeurs[calcul] = self._remplir(calcul)
            self._faire_taire_l_echo(calcul)
        valeurs = self.valeurs[calcul]
        lignes = [
            " | ".join([ligne[0], *(ecrire(valeurs[ligne[0], c]) for c in grille[0][1:] if c)])
            for ligne in grille[1:]
        ]
        return "\n".join([" | ".join(grille[0]), *lignes])

    def _faire_taire_l_echo(self, calcul: str) -> None:
        """Rend cohérentes entre elles les cases qu'une formule de la roue relie, même si toutes sont inventées."""
        valeurs = self.valeurs[calcul]
        for _ in range(TOURS):
            for formule in self.butin.formules:
                case = tuple(formule.case)
                if case in valeurs and getattr(formule, "identite", ""):
                    try:
                        valeurs[case] = float(formule.calcul(valeurs))
                    except Exception:
                        continue


def tableaux_de_l_enonce(texte: str) -> list[Feuille]:
    """Les tableaux imprimés dans l'énoncé, tels quels."""
    trouves = []
    for bloc in re.findall(r"(?:^\|.*\n?)+", texte, re.MULTILINE):
        lignes = [
            [case.strip() for case in ligne.strip().strip("|").split("|")]
            for ligne in bloc.strip().split("\n")
            if not re.fullmatch(r"[|\s:-]+", ligne)
        ]
        if len(lignes) > 1:
            trouves.append(feuille("énoncé", lignes))
    return trouves


def ecrire(valeur: float) -> str:
    return f"{valeur:.10f}".rstrip("0").rstrip(".").replace(".", ",")
