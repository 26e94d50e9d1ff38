"""Montrer une classe sans nommer personne : un numéro pour chacun, et aucun nom dans les passages cités."""

import hashlib
import re
from collections.abc import Mapping

from autograde.prose.lexique import lexique
from autograde.prose.texte import aplatir

CACHE = "[nom]"


class Noms:
    """Comment nommer les stagiaires d'une classe (de l'identifiant au nom), ``anonyme`` ou non.

    Un nom de la classe qui est aussi un mot courant (« Claire ») est caché partout : mieux vaut un mot de moins qu'un nom de trop.

    >>> noms = Noms({"amel": "Amel Saïdi", "bilal": "bilal"}, anonyme=True)
    >>> sorted([noms.de("amel"), noms.de("bilal")]), noms.dans("Cordialement, AMEL Saidi.")
    (['Stagiaire 1', 'Stagiaire 2'], 'Cordialement, [nom] [nom].')
    >>> Noms({"amel": "Amel Saïdi"}, anonyme=False).de("amel")
    'Amel Saïdi'
    """

    def __init__(self, classe: Mapping[str, str], anonyme: bool):
        self.classe, self.anonyme = classe, anonyme
        # L'ordre alphabétique dirait qui est qui : l'ordre est brouillé, mais ne change pas d'un affichage à l'autre.
        brouilles = sorted(
            classe, key=lambda stagiaire: hashlib.sha256(stagiaire.encode()).digest()
        )
        largeur = len(str(len(brouilles)))
        self._numeros = {
            stagiaire: f"Stagiaire {rang:0{largeur}}"
            for rang, stagiaire in enumerate(brouilles, start=1)
        }
        self._motif = _motif_des_noms(classe)

    def de(self, stagiaire: str) -> str:
        """Le nom à montrer."""
        return self._numeros[stagiaire] if self.anonyme else self.classe[stagiaire]

    def dans(self, texte: str) -> str:
        """Le texte à montrer : celui d'une copie peut être signé."""
        if not self.anonyme or self._motif is None:
            return texte
        morceaux, debut = [], 0
        for trouve in self._motif.finditer(
            aplatir(texte)
        ):  # aplatir garde la place de chaque caractère
            morceaux += [texte[debut : trouve.start()], CACHE]
            debut = trouve.end()
        return "".join([*morceaux, texte[debut:]])


def _motif_des_noms(classe: Mapping[str, str]) -> re.Pattern | None:
    noms = {aplatir(identifiant) for identifiant in classe}
    for identifiant, nom in classe.items():
        for ecrit in (identifiant, nom):
            if not re.search(r"\d", ecrit):  # « eleve07 » ne fait pas du mot « élève » un nom
                noms.update(re.findall(r"[^\W\d_]{2,}", aplatir(ecrit)))
    noms -= lexique().mots_outils
    longs = sorted((nom for nom in noms if len(nom) >= 2), key=len, reverse=True)
    return (
        re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longs)) + r")(?!\w)") if longs else None
    )
