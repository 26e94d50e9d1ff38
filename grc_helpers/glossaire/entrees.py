"""Les mots du glossaire : les lire, les chercher, dire ceux d'un cahier."""

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from grc_helpers.francais.forme import sans_accents

SENS_LE_PLUS_LONG = 25  # mots


@dataclass(frozen=True)
class Entree:
    """Un mot du cours. ``introduit`` : le cahier qui le définit le premier ; les autres champs sont décrits dans ``glossaire.toml``."""

    terme: str
    sens: str
    exemple: str
    introduit: str
    variantes: tuple[str, ...] = ()
    ailleurs: str = ""
    reconnu: tuple[str, ...] | None = None
    demande: tuple[str, ...] = ()

    @property
    def cle(self) -> str:
        """Ce qui la range : ni accents, ni majuscules."""
        return _plat(self.terme)

    def est_dans(self, texte: str) -> bool:
        """Le mot, ou une de ses variantes, est-il dans ce texte ? Un sigle garde ses majuscules : « CA » n'est pas « ça ».

        >>> avoir = Entree("Avoir", "", "", "", reconnu=("un avoir",))
        >>> avoir.est_dans("Un **avoir** de 50 €"), avoir.est_dans("sans avoir lu")
        (True, False)
        >>> Entree("CA", "", "", "").est_dans("Ça va")
        False
        """
        ecrits = (self.terme, *self.variantes) if self.reconnu is None else self.reconnu
        return any(_contient(*_deux_formes(texte), ecrit) for ecrit in ecrits)


@cache
def toutes() -> tuple[Entree, ...]:
    """Toutes les entrées, par ordre alphabétique."""
    texte = files("grc_helpers.glossaire").joinpath("glossaire.toml").read_text(encoding="utf-8")
    lues = [_entree(mot, champs) for mot, champs in tomllib.loads(texte).items()]
    return tuple(sorted(lues, key=lambda entree: entree.cle))


def _entree(mot: str, champs: dict[str, Any]) -> Entree:
    valeurs: dict[str, Any] = {c: tuple(v) if isinstance(v, list) else v for c, v in champs.items()}
    return Entree(mot, **valeurs)


def chercher(mots: str) -> list[Entree]:
    """Les entrées dont le mot ou une variante contient ce qu'on écrit, sans accents ni majuscules ; à défaut, dont le sens le contient.

    >>> [entree.terme for entree in chercher("  ENCOUR")], [entree.terme for entree in chercher("echeance")]
    (['Encours'], ['Échéance'])
    >>> len(chercher("")) == len(toutes())
    True
    """
    voulu = " ".join(_plat(mots[:60]).split())
    nommees = [e for e in toutes() if any(voulu in _plat(nom) for nom in (e.terme, *e.variantes))]
    return nommees or [e for e in toutes() if voulu in _plat(f"{e.sens} {e.exemple}")]


def du_cahier(cahier: str) -> tuple[list[Entree], list[Entree]]:
    """Les mots que ce cahier introduit, puis ceux qu'il reprend (``emplois.json``)."""
    repris = set(emplois().get(cahier, []))
    montrables = [entree for entree in toutes() if cahier not in entree.demande]
    return (
        [entree for entree in montrables if entree.introduit == cahier],
        [entree for entree in montrables if entree.terme in repris],
    )


@cache
def emplois() -> dict[str, list[str]]:
    """Les mots que chaque cahier reprend d'un cahier d'avant."""
    return json.loads(
        files("grc_helpers.glossaire").joinpath("emplois.json").read_text(encoding="utf-8")
    )


def mots_repris(textes: dict[str, str]) -> dict[str, list[str]]:
    """Les mots que chaque cahier reprend, d'après son texte. ``textes`` : cahier par cahier, dans l'ordre du cours."""
    ordre = list(textes)
    return {
        cahier: [
            entree.terme
            for entree in toutes()
            if entree.introduit in ordre[: ordre.index(cahier)] and entree.est_dans(texte)
        ]
        for cahier, texte in textes.items()
    }


def _plat(texte: str) -> str:
    return sans_accents(texte)


@cache
def _deux_formes(texte: str) -> tuple[str, str]:
    """Le texte sans mise en forme, et le même sans accents ni majuscules."""
    brut = re.sub(r"[*_]", "", texte)
    return brut, _plat(brut)


def _contient(brut: str, plat: str, ecrit: str) -> bool:
    sigle = ecrit.upper() == ecrit
    cherche, ou = (ecrit, brut) if sigle else (_plat(ecrit), plat)
    return cherche in ou and bool(re.search(rf"(?<!\w){re.escape(cherche)}(?!\w)", ou))
