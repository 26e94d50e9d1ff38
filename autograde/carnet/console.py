"""``grc restaurer --carnet`` : montrer les copies datées du carnet, et en remettre une."""

from contextlib import suppress

from autograde.carnet.api import creer_les_tables
from autograde.carnet.copies_datees import (
    copies_datees,
    garder_une_copie,
    mettre_de_cote,
    remettre,
)
from autograde.carnet.sql import Base, CarnetAbime
from autograde.carnet.tables import preparer
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from grc_helpers.affichage import dire

VIDE = 0  # le numéro d'un carnet vide


def restaurer_le_carnet(cours: Cours, choix: str | None) -> None:
    """Sans ``choix`` : la liste des copies ; avec un numéro : la remet. Lève ``ErreurFormateur`` si rien ne peut être fait."""
    if choix is None:
        _montrer(cours)
        return
    copies = copies_datees(cours)
    if not choix.isdecimal() or int(choix) > len(copies):
        raise ErreurFormateur(
            f"« {choix} » n'est pas dans la liste. Pour la voir : grc restaurer --carnet"
        )
    if int(choix) == VIDE:
        _repartir_de_zero(cours)
        dire("Le carnet est vide. Pour y remettre les copies : grc corriger")
        return
    if cours.carnet:
        raise ErreurFormateur(
            "Le carnet est sur un serveur PostgreSQL : une copie de fichier ne s'y remet pas. Demandez à qui tient le serveur."
        )
    choisie = copies[int(choix) - 1]
    remettre(cours, choisie)
    dire(f"Le carnet du {choisie.date:%d/%m/%Y à %H:%M:%S} est remis.")
    dire(
        "Celui qui était en place est gardé. Pour y ajouter ce qui est arrivé depuis : grc corriger"
    )


def _montrer(cours: Cours) -> None:
    if cours.carnet:
        dire("Le carnet est sur un serveur PostgreSQL : c'est ce serveur qui le sauvegarde.")
    for rang, copie in enumerate(copies_datees(cours), start=1):
        dire(f"  {rang:>3}   {copie.date:%d/%m/%Y à %H:%M:%S}   {_resume(copie.resume())}")
    dire(
        f"  {VIDE:>3}   un carnet vide : tout se recorrige, les notes saisies à la main n'y sont plus"
    )
    dire("Pour en remettre un : grc restaurer --carnet NUMÉRO (le carnet en place est gardé)")


def _resume(nombres: tuple[int, int, int]) -> str:
    """
    >>> _resume((2, 31, 0))
    '2 TP, 31 copies, 0 note saisie à la main'
    """
    tp, copies, manuelles = nombres
    return (
        f"{tp} TP, {copies} copie{'s' * (copies > 1)}, "
        f"{manuelles} note{'s' * (manuelles > 1)} saisie{'s' * (manuelles > 1)} à la main"
    )


def _repartir_de_zero(cours: Cours) -> None:
    """Un carnet vide, parce que le formateur l'a demandé ; celui qui était là est gardé."""
    if not cours.carnet:
        with suppress(CarnetAbime):
            garder_une_copie(cours)
        mettre_de_cote(cours)
    creer_les_tables(cours)
    with Base(cours.db_url) as base:
        if cours.carnet and base.lire("select 1 from assignment limit 1"):
            raise ErreurFormateur(
                "Le carnet du serveur PostgreSQL n'est pas vide : rien n'y est effacé."
            )
        preparer(base)
