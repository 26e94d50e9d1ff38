"""``%%association q5`` : une lettre par libellé, les libellés étant déjà dans la cellule distribuée."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field

from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import sans_accents
from grc_helpers.reponses.lettres import lire_une_lettre
from grc_helpers.reponses.libelles import (
    citer,
    couper_au_tiret,
    coupes,
    depouiller,
    lignes_utiles,
    rapprocher,
    rapprocher_meme_abrege,
)
from grc_helpers.reponses.types.contrat import Cellule, Controle, TypeDeReponse


@dataclass
class AssociationLue:
    """Une lettre par libellé, et les remarques à montrer ; ``rapprochements`` : celles qui disent comment un libellé est compris."""

    paires: dict[str, str] = field(default_factory=dict)
    remarques: list[str] = field(default_factory=list)
    rapprochements: list[str] = field(default_factory=list)

    @property
    def non_lu(self) -> list[str]:
        return [remarque for remarque in self.remarques if remarque not in self.rapprochements]

    def placer(self, libelle: str, lettre: str) -> None:
        if lettre and self.paires.get(libelle) not in (None, "", lettre):
            self.remarques.append(f"{libelle} a deux lettres ; je garde la dernière.")
        self.paires[libelle] = lettre or self.paires.get(libelle, "")


def lire_association(texte: str, libelles: Collection[str] = ()) -> AssociationLue:
    """Lit un ``%%association`` : une paire « libellé : lettre » par ligne. Ne lève jamais d'erreur.

    ``libelles`` : ceux de la version distribuée, si on les connaît ; un libellé abrégé ou fautif en est rapproché, s'il n'en désigne
    qu'un. Sans eux, chaque ligne nomme le sien.

    >>> lire_association("Front office : c\\nIntranet ->  A").paires
    {'Front office': 'c', 'Intranet': 'a'}
    >>> lire_association("- A : c", ["Client A", "Client B"]).paires
    {'Client A': 'c', 'Client B': ''}
    >>> lire_association("Client Z : c", ["Client A", "Client B"]).remarques
    ["« Client Z » ne fait pas partie de ce qu'il faut associer (« Client Z : c »)."]
    """
    lignes, dites = lignes_utiles(texte)
    lue = AssociationLue(dict.fromkeys(libelles, ""), dites)
    for ligne in lignes:
        coupee = _couper(ligne, libelles)
        if coupee is None:
            lue.remarques.append(
                f"Je ne reconnais pas la ligne « {citer(ligne, 40)} ». Écrivez : libellé : lettre."
            )
            continue
        ecrit, lettre = coupee
        libelle = _reconnaitre(ecrit, libelles, lue)
        if libelle:
            lue.placer(libelle, lettre)
        else:
            lue.remarques.append(
                f"« {citer(ecrit, 40)} » ne fait pas partie de ce qu'il faut associer (« {citer(ligne, 80)} »)."
            )
    return lue


def _couper(ligne: str, libelles: Collection[str]) -> tuple[str, str] | None:
    """Le libellé et sa lettre, vide si elle n'est pas écrite ; None si la ligne n'est pas de cette forme."""
    coupee, au_tiret = next(coupes(ligne), None), couper_au_tiret(ligne)
    if coupee is None and au_tiret and rapprocher(au_tiret[0], libelles).certain:
        coupee = au_tiret
    if coupee is None:
        return (ligne.strip(), "") if rapprocher(ligne, libelles).certain else None
    ecrit, suite = coupee
    lettre = lire_une_lettre(suite)
    return None if lettre is None or not ecrit else (ecrit, lettre)


def _reconnaitre(ecrit: str, libelles: Collection[str], lue: AssociationLue) -> str:
    if not libelles:
        nu = depouiller(ecrit) or ecrit
        deja = {sans_accents(libelle): libelle for libelle in lue.paires}
        return deja.get(sans_accents(nu), nu)
    trouve = rapprocher_meme_abrege(ecrit, libelles)
    if trouve.nom and not trouve.certain:
        dit = f"« {citer(ecrit, 40)} » est lu comme « {trouve.nom} »."
        lue.remarques.append(dit)
        lue.rapprochements.append(dit)
    return trouve.nom


class _Association(TypeDeReponse):
    nom = "association"

    def controler(
        self, cellule: Cellule, deja_lues: dict[Case, float], vierge: Cellule | None = None
    ) -> Controle:
        libelles = lire_association(vierge.corps).paires if vierge else ()
        lue = lire_association(cellule.corps, libelles)
        return Controle(
            sum(bool(lettre) for lettre in lue.paires.values()),
            max(1, len(lue.paires)),
            a_reprendre=lue.non_lu,
            remarques=lue.rapprochements,
        )

    def pieces(self, corps: str, vierge: str) -> set[Hashable] | None:
        lue = lire_association(corps, lire_association(vierge).paires)
        return None if lue.non_lu else {cle for cle, lettre in lue.paires.items() if lettre}


ASSOCIATION = _Association()
