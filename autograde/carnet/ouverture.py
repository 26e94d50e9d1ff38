"""Ouvrir le carnet d'une classe, et ne jamais prendre un carnet perdu pour une classe qui commence.

Un carnet absent ou vide est celui d'une classe neuve, ou celui d'une classe corrigée dont le fichier s'est perdu : ce qui reste autour, les
copies corrigées et les décisions, le dit.
"""

from autograde.carnet.sql import ATTENTE, Base, CarnetAbsent
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur


class CarnetPerdu(ErreurFormateur):
    """La classe a été corrigée, et son carnet n'est plus là : repartir de zéro perdrait des notes."""


def ouvrir_la_base(cours: Cours, attente: float = ATTENTE) -> Base:
    """Le carnet du cours (voir ``Base``). Lève ``CarnetAbsent`` s'il n'a jamais existé, ``CarnetPerdu`` s'il a existé."""
    try:
        return Base(cours.db_url, attente)
    except CarnetAbsent:
        refuser_un_carnet_perdu(cours)
        raise


def refuser_un_carnet_perdu(cours: Cours) -> None:
    """Lève ``CarnetPerdu`` si la classe a été corrigée et que son carnet ne connaît aucun devoir."""
    traces = [
        f"{nom} ({dossier})"
        for nom, dossier, motif in (
            ("des copies corrigées", cours.corrigees, "*/*/*.ipynb"),
            ("des décisions de relecture", cours.decisions, "*.yml"),
        )
        if any(dossier.glob(motif))
    ]
    if traces and _est_vierge(cours):
        raise CarnetPerdu(
            f"Le carnet de notes est absent ou vide ({cours.lieu_du_carnet}), alors que cette classe a déjà été corrigée : "
            f"il y a {' et '.join(traces)}. Rien n'est fait, car repartir de zéro perdrait les notes saisies à la main. "
            "Pour remettre une copie du carnet, ou repartir exprès d'un carnet vide : grc restaurer --carnet"
        )


def _est_vierge(cours: Cours) -> bool:
    """Ni devoir, ni nos tables (un carnet vide que le formateur a demandé les a)."""
    try:
        with Base(cours.db_url) as base:
            if "grc_journal" in base.tables():
                return False
            return not base.lire("select 1 from assignment limit 1")
    except CarnetAbsent:
        return True
