"""Les stagiaires du carnet, qu'ils aient rendu ou non : leur nom et leur courriel (la liste de classe les y met)."""

from typing import NamedTuple

from autograde.carnet.ouverture import ouvrir_la_base
from autograde.carnet.sql import Base, CarnetAbsent
from autograde.cours.dossiers import Cours


class StagiaireInscrit(NamedTuple):
    """``nom`` : son prénom et son nom, à défaut son identifiant ; ``courriel`` : « » s'il n'est pas connu."""

    nom: str
    courriel: str


def stagiaires_inscrits(cours: Cours) -> dict[str, StagiaireInscrit]:
    """Tous les stagiaires du carnet, par identifiant et dans l'ordre alphabétique ; aucun si le carnet n'existe pas encore."""
    try:
        with ouvrir_la_base(cours) as base:
            return lire_les_stagiaires(base)
    except CarnetAbsent:
        return {}


def lire_les_stagiaires(base: Base) -> dict[str, StagiaireInscrit]:
    """La même chose, d'un carnet déjà ouvert."""
    lignes = base.lire("select id, first_name, last_name, email from student")
    return {
        identifiant: StagiaireInscrit(
            " ".join(filter(None, (prenom, nom))) or identifiant, courriel or ""
        )
        for identifiant, prenom, nom, courriel in sorted(lignes, key=lambda ligne: ligne[0])
    }
