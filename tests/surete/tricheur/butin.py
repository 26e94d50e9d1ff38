"""Fouiller la roue : tout ce qui s'importe, s'appelle ou se lit, rangé en feuilles de chiffres et de mots."""

import contextlib
import csv
import dataclasses
import importlib
import inspect
import io
import itertools
import json
import pkgutil
import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

OBJETS_PAR_SORTE = 12
GARDES_PAR_SORTE = 200
ESSAIS_PAR_FONCTION = 80
PROFONDEUR = 4
LIGNES = 400
FORMULES = ("calculs", "donnees", "reponses")
# Ce qui agit sur la machine au lieu de calculer.
MODULES_IGNORES = ("poste", "installation", "lancer", "commandes", "processus", "__main__", "noyau")


@cache
def normal(texte: str) -> str:
    return " ".join(re.findall(r"\w+", texte.lower()))


@cache
def court(texte: str) -> str:
    """Le dernier mot d'un libellé : « Client A » peut s'appeler « A » ailleurs."""
    return (normal(texte).split(" ") or [""])[-1]


@dataclass
class Feuille:
    """Un tableau trouvé : d'où il vient, et ses cases."""

    origine: str
    cases: dict[tuple[str, str], Any]

    @cached_property
    def normales(self) -> dict[tuple[str, str], Any]:
        """Les cases sous leurs libellés en entier, puis abrégés."""
        entieres = {
            (normal(ligne), normal(colonne)): v for (ligne, colonne), v in self.cases.items()
        }
        return {
            (court(ligne), normal(colonne)): v for (ligne, colonne), v in self.cases.items()
        } | entieres


@dataclass
class Butin:
    """Ce que la roue contient : des tableaux, des formules, des objets de toute sorte."""

    feuilles: list[Feuille] = field(default_factory=list)
    formules: list[Any] = field(default_factory=list)
    objets: dict[type, list[tuple[str, Any]]] = field(default_factory=dict)

    def prendre(self, origine: str, objet: Any, profondeur: int = 0) -> None:
        """Range un objet et ce qu'il contient."""
        if objet is None or profondeur > PROFONDEUR or isinstance(objet, ModuleType | type):
            return
        gardes = self.objets.setdefault(type(objet), [])
        if len(gardes) < GARDES_PAR_SORTE:
            gardes.append((origine, objet))
        if hasattr(objet, "calcul") and hasattr(objet, "case"):
            self.formules.append(objet)
        if callable(getattr(objet, "calculer", None)):
            with contextlib.suppress(Exception):
                self.feuilles.append(Feuille(origine, dict(objet.calculer())))
            for formule in getattr(objet, "cases", {}).values():
                self.prendre(origine, formule, profondeur + 1)
        elif hasattr(objet, "afficher"):
            self._regarder(origine, objet)
        elif dataclasses.is_dataclass(objet):
            for champ in dataclasses.fields(objet):
                self.prendre(origine, getattr(objet, champ.name, None), profondeur + 1)
        elif isinstance(objet, dict):
            self._dictionnaire(origine, objet, profondeur)
        elif isinstance(objet, list | tuple | set | frozenset):
            self._suite(origine, list(objet)[:LIGNES], profondeur)

    def _dictionnaire(self, origine: str, objet: dict, profondeur: int) -> None:
        cases: dict[tuple[str, str], Any] = {}
        for cle, valeur in objet.items():
            if not isinstance(cle, str) and not _est_une_paire(cle):
                continue
            if _est_une_paire(cle):
                cases[str(cle[0]), str(cle[1])] = valeur
            elif isinstance(valeur, str | int | float):
                cases[str(cle), ""] = valeur
            else:
                cases |= {(str(cle), champ): v for champ, v in _champs(valeur).items()}
            nom = cle if isinstance(cle, str) else ""
            self.prendre(f"{origine} {nom}", appeler(valeur), profondeur + 1)
        if cases:
            self.feuilles.append(Feuille(origine, cases))

    def _suite(self, origine: str, objets: list, profondeur: int) -> None:
        lignes = [_champs(objet) for objet in objets]
        cases = {}
        for ligne in filter(None, lignes):
            for cle in [v for v in ligne.values() if isinstance(v, str)]:
                cases |= {(cle, nom): valeur for nom, valeur in ligne.items()}
        if cases:
            self.feuilles.append(Feuille(origine, cases))
        for objet in objets:
            self.prendre(origine, objet, profondeur + 1)

    def _regarder(self, origine: str, simulateur: Any) -> None:
        """Ce qu'un simulateur montre, et ce qu'il retient."""
        for nom in dir(simulateur):
            with contextlib.suppress(Exception):
                valeur = getattr(simulateur, nom)
                if isinstance(valeur, dict | list | tuple):
                    self.prendre(f"{origine}.{nom}", valeur, 2)
                elif isinstance(html := getattr(valeur, "value", None), str) and "<table" in html:
                    self.feuilles += tableaux_html(f"{origine}.{nom}", html)


def _est_une_paire(cle: Any) -> bool:
    return isinstance(cle, tuple) and len(cle) == 2 and all(isinstance(c, str) for c in cle)


def _champs(objet: Any) -> dict[str, Any]:
    """Les champs simples d'une fiche (dictionnaire ou dataclass)."""
    if dataclasses.is_dataclass(objet) and not isinstance(objet, type):
        objet = {c.name: getattr(objet, c.name) for c in dataclasses.fields(objet)}
    if not isinstance(objet, dict):
        return {}
    return {str(nom): v for nom, v in objet.items() if isinstance(v, str | int | float)}


def appeler(objet: Any, *arguments: Any) -> Any:
    """Ce que rend une fonction, ou l'objet lui-même ; None si l'appel échoue."""
    if not callable(objet):
        return objet
    with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
        return objet(*arguments)
    return None


class _Tableaux(HTMLParser):
    """Les tableaux d'une page : la première ligne nomme les colonnes, la première case chaque ligne."""

    def __init__(self):
        super().__init__()
        self.tableaux: list[list[list[str]]] = []
        self._dans = False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tableaux.append([])
        elif tag == "tr" and self.tableaux:
            self.tableaux[-1].append([])
        elif tag in ("td", "th") and self.tableaux and self.tableaux[-1]:
            self.tableaux[-1][-1].append("")
            self._dans = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._dans = False

    def handle_data(self, data):
        if self._dans:
            self.tableaux[-1][-1][-1] += data.strip()


def tableaux_html(origine: str, html: str) -> list[Feuille]:
    lecteur = _Tableaux()
    lecteur.feed(html)
    return [feuille(origine, lignes) for lignes in lecteur.tableaux if len(lignes) > 1]


def feuille(origine: str, lignes: list[list[str]]) -> Feuille:
    colonnes = lignes[0]
    return Feuille(
        origine,
        {
            (ligne[0], colonne): valeur
            for ligne in lignes[1:]
            if ligne
            for colonne, valeur in zip(colonnes[1:], ligne[1:], strict=False)
        },
    )


def fouiller(dossier: Path, cahiers: list[Path]) -> Butin:
    """Tout ce que la roue laisse prendre ; ``cahiers`` donne les noms à essayer (ceux des lignes de magie)."""
    butin = Butin()
    for fichier in sorted((dossier / "grc_helpers").rglob("*.csv")):
        lignes = list(csv.reader(io.StringIO(fichier.read_text(encoding="utf-8"))))
        butin.feuilles.append(feuille(fichier.stem, lignes))
    noms = [*_noms_des_magies(cahiers), *(f.stem for f in dossier.rglob("*.csv"))]
    fonctions = []
    for module in _modules():
        for nom, objet in vars(module).items():
            if nom.startswith("__") or isinstance(objet, ModuleType):
                continue
            if callable(objet) and getattr(objet, "__module__", "") == module.__name__:
                fonctions.append((f"{module.__name__}.{nom}", objet))
            elif not callable(objet):
                butin.prendre(f"{module.__name__}.{nom}", objet)
    for origine, fonction in fonctions:
        if origine.split(".")[1] == "figures":
            continue
        for arguments in ((), *((nom,) for nom in noms if _prend_un_nom(fonction))):
            butin.prendre(f"{origine} {' '.join(arguments)}", appeler(fonction, *arguments))
    # Combiner ce qu'on a trouvé : les formules seulement, qui ne dessinent rien.
    for origine, fonction in fonctions:
        if origine.split(".")[1] in FORMULES:
            for arguments in _arguments_du_bon_type(fonction, butin):
                butin.prendre(origine, appeler(fonction, *arguments))
    return butin


def _prend_un_nom(fonction: Any) -> bool:
    """Son premier paramètre est-il un texte ?"""
    try:
        premier = next(iter(inspect.signature(fonction).parameters.values()), None)
    except (TypeError, ValueError):
        return False
    return premier is not None and premier.annotation in (str, "str", premier.empty)


def _modules() -> list[ModuleType]:
    import grc_helpers

    modules = []
    for trouve in pkgutil.walk_packages(
        grc_helpers.__path__, "grc_helpers.", onerror=lambda _: None
    ):
        if trouve.name.split(".")[1] not in MODULES_IGNORES:
            with contextlib.suppress(Exception):
                modules.append(importlib.import_module(trouve.name))
    return modules


def _noms_des_magies(cahiers: list[Path]) -> list[str]:
    sources = [
        "".join(c["source"])
        for chemin in cahiers
        for c in json.loads(chemin.read_text(encoding="utf-8"))["cells"]
    ]
    mots = (s.split("\n")[0].split()[2:] for s in sources if re.match("%%(tableau|nombre) ", s))
    return sorted({mot for magie in mots for mot in magie})


def _arguments_du_bon_type(fonction: Any, butin: Butin) -> list[tuple]:
    """Des arguments qui ont le type annoncé, pris parmi ce qui a déjà été trouvé."""
    try:
        types = typing.get_type_hints(fonction)
        parametres = [
            p for p in inspect.signature(fonction).parameters.values() if p.default is p.empty
        ]
        choix = [
            list(itertools.islice(_du_type(types[p.name], butin), OBJETS_PAR_SORTE))
            for p in parametres
        ]
    except Exception:
        return []
    return list(itertools.islice(itertools.product(*choix), ESSAIS_PAR_FONCTION)) if choix else []


def _du_type(sorte: Any, butin: Butin) -> Iterator[Any]:
    """Les objets trouvés qui ont ce type ; d'un conteneur, le premier élément doit convenir aussi."""
    attendu, dedans = typing.get_origin(sorte) or sorte, typing.get_args(sorte)
    if not isinstance(attendu, type) or attendu in (object, str, int, float, bool):
        return
    interieur = dedans[-1] if dedans and isinstance(dedans[-1], type) else object
    for classe, objets in butin.objets.items():
        if issubclass(classe, attendu):
            for _, objet in objets:
                contenu = objet.values() if isinstance(objet, dict) else objet
                if not dedans or isinstance(next(iter(contenu), None), interieur):
                    yield objet
