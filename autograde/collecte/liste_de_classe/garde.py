"""Prendre la liste de classe telle que Moodle ou un tableur l'exporte, et la garder à côté du carnet.

Donnée une fois, elle sert ensuite, et un stagiaire y garde son identifiant même si la liste change.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograde.collecte.liste_de_classe.encodage import texte_du_fichier
from autograde.collecte.liste_de_classe.liste import ListeDeClasse
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.fichiers.tableur import sans_formule, texte_d_origine

if TYPE_CHECKING:
    from autograde.collecte.liste_de_classe.lecture import ListeLue

# Pose une question au formateur : oui ou non.
Confirmer = Callable[[str], bool]
_CITES = 10


def liste_gardee(cours: Cours) -> ListeDeClasse:
    """La liste que le formateur a donnée la dernière fois ; vide s'il n'y en a pas."""
    fichier = cours.liste_de_classe
    if not fichier.is_file():
        return ListeDeClasse()
    champs = [champ.name for champ in fields(Stagiaire)]
    texte = texte_du_fichier(fichier.read_bytes())
    lignes = csv.DictReader(io.StringIO(texte, newline=""), delimiter=";")
    lues = [
        {champ: texte_d_origine(ligne.get(champ) or "") for champ in champs} for ligne in lignes
    ]
    return ListeDeClasse(tuple(Stagiaire(**lue) for lue in lues if lue["identifiant"]))


def prendre_la_liste(
    cours: Cours, fichier: Path, confirmer: Confirmer | None = None, plus_courte: bool = False
) -> ListeDeClasse:
    """Lit la liste donnée, la réunit à celle d'avant et la garde. Ses remarques sont ce que le formateur doit en savoir.

    ``confirmer`` pose les questions, s'il y a quelqu'un ; ``plus_courte`` : il accepte d'avance moins de personnes que la fois d'avant.
    Lève ``ErreurFormateur``, sans rien garder, si elle ne se lit pas ou s'il la refuse.
    """
    # Ici : relire la liste gardée, à chaque correction, ne demande rien de tout cela.
    from autograde.collecte.liste_de_classe.identite import reunir
    from autograde.collecte.liste_de_classe.lecture import lire_la_liste
    from autograde.collecte.liste_de_classe.noms_changes import NomsChanges

    avant = liste_gardee(cours)
    lue = lire_la_liste(fichier)
    noms_changes = NomsChanges(cours)
    acceptes: set[tuple[str, str]] = set()

    def meme(connu: Stagiaire, lu: Stagiaire) -> bool | None:
        dit = noms_changes.reponse(connu.identifiant, lu.nom_complet)
        if dit is None and confirmer:
            dit = confirmer(
                f"{_qui(connu)} était dans la liste ; elle dit maintenant {_qui(lu)}. Est-ce la même personne ?"
            )
        if dit:
            acceptes.add((connu.identifiant, lu.nom_complet))
        return dit

    liste = reunir(avant, lue, meme)
    absents = [un.nom_complet for un in liste.stagiaires if un.sorti]
    _accepter_moins(fichier, lue, avant, absents, confirmer, plus_courte)
    for changement in liste.changements:
        noms_changes.ajouter(
            changement, (changement.identifiant, changement.maintenant) in acceptes
        )
    _garder(cours, liste)
    neufs = len(liste.stagiaires) - len(avant.stagiaires)
    compte = [
        f"Liste « {fichier.name} » : {len(lue)} personne(s) lue(s), dont {neufs} nouvelle(s)."
    ]
    if absents:
        compte.append(f"N'y sont plus, et restent au carnet ({len(absents)}) : {_cites(absents)}.")
    return replace(liste, remarques=(*compte, *lue.remarques, *liste.remarques))


def _qui(un: Stagiaire) -> str:
    """
    >>> _qui(Stagiaire(prenom="Léa", nom="Dupont", courriel="lea@exemple.ma", groupe="G1"))
    '« Léa Dupont » (lea@exemple.ma, G1)'
    """
    details = ", ".join(filter(None, (un.courriel, un.numero, un.groupe)))
    return f"« {un.nom_complet} »" + (f" ({details})" if details else "")


def _accepter_moins(
    fichier: Path,
    lue: "ListeLue",
    avant: ListeDeClasse,
    absents: list[str],
    confirmer: Confirmer | None,
    plus_courte: bool,
) -> None:
    """Demande au formateur s'il veut d'une liste plus courte que la précédente : elle est peut-être coupée."""
    presents = sum(not un.sorti for un in avant.stagiaires)
    if len(lue) >= presents or plus_courte:
        return
    constat = f"La liste « {fichier.name} » a {len(lue)} personne(s), {presents} la fois d'avant. N'y sont plus : {_cites(absents)}."
    if confirmer is None:
        raise ErreurFormateur(
            f"{constat} Rien n'est changé. Si elle est bien entière, ajoutez --liste-plus-courte à la commande."
        )
    if not confirmer(f"{constat} Est-elle bien entière ?"):
        raise ErreurFormateur("La liste d'avant est gardée, et aucune copie n'a été ramassée.")


def _cites(noms: list[str]) -> str:
    suite = f" et {len(noms) - _CITES} autre(s)" if noms[_CITES:] else ""
    return ", ".join(noms[:_CITES]) + suite


def _garder(cours: Cours, liste: ListeDeClasse) -> None:
    sortie = io.StringIO()
    ecrivain = csv.DictWriter(
        sortie, [champ.name for champ in fields(Stagiaire)], delimiter=";", lineterminator="\r\n"
    )
    ecrivain.writeheader()
    ecrivain.writerows(
        {champ: sans_formule(valeur) for champ, valeur in asdict(stagiaire).items()}
        for stagiaire in liste.stagiaires
    )
    ecrire_en_entier(cours.liste_de_classe, "\ufeff" + sortie.getvalue())
