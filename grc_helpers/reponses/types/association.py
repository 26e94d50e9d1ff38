"""``%%association q5`` : une lettre par libellé, les libellés étant déjà dans la cellule distribuée."""

import re
from dataclasses import dataclass, field

from grc_helpers.calculs.case import Case
from grc_helpers.francais.forme import lignes_en_forme
from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.types.contrat import Cellule, Controle, TypeDeReponse


@dataclass
class AssociationLue:
    """Une lettre par libellé, et les remarques à montrer."""

    paires: dict[str, str] = field(default_factory=dict)
    remarques: list[str] = field(default_factory=list)


def lire_association(texte: str) -> AssociationLue:
    """Lit un ``%%association`` : une paire « libellé : lettre » par ligne. Ne lève jamais d'erreur.

    >>> lire_association("Front office : c\\nIntranet ->  A").paires
    {'Front office': 'c', 'Intranet': 'a'}
    """
    lue = AssociationLue()
    for ligne in lignes_en_forme(texte[:20_000]).texte.split("\n"):
        if not ligne.strip():
            continue
        trouve = re.fullmatch(r"\s*(.+?)\s*(?::|=|->|→|\|)\s*([^\W_]?)[\s.)]*", ligne)
        if not trouve:
            lue.remarques.append(
                f"Je ne reconnais pas la ligne « {ligne.strip()[:40]} ». Écrivez : libellé : lettre."
            )
            continue
        libelle, lettre = trouve[1].strip(), sans_accents(trouve[2])
        if lettre and lue.paires.get(libelle) not in (None, "", lettre):
            lue.remarques.append(f"{libelle} a deux lettres ; je garde la dernière.")
        lue.paires[libelle] = lettre or lue.paires.get(libelle, "")
    return lue


class _Association(TypeDeReponse):
    nom = "association"

    def controler(self, cellule: Cellule, deja_lues: dict[Case, float]) -> Controle:
        lue = lire_association(cellule.corps)
        return Controle(
            sum(bool(lettre) for lettre in lue.paires.values()),
            max(1, len(lue.paires)),
            a_reprendre=lue.remarques,
        )


ASSOCIATION = _Association()
