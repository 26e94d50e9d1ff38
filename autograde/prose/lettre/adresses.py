"""À qui est chaque adresse de l'en-tête : à l'expéditeur ou au destinataire."""

import re
from typing import NamedTuple

from autograde.prose.lettre.appel import CIVILITE
from autograde.prose.lettre.lecture import Lettre
from autograde.prose.lettre.lignes import (
    POUR_L_EXPEDITEUR,
    POUR_LE_DESTINATAIRE,
    Ligne,
    contenu_de_l_objet,
    est_une_adresse,
    est_une_phrase,
    lieu_et_date,
    lieu_et_date_dans,
    mots_simples,
    sans_coordonnees,
    touche_aux_coordonnees,
)
from autograde.prose.lettre.vocabulaire import mots_de
from autograde.prose.lexique import lexique
from autograde.prose.texte import aplatir

REFERENCES = re.compile(
    r"^(?:[nv]\s?/\s?ref|ref\b|references?\b|p\.?\s?j\b|pieces?\s+jointes?|ps\b|p\.s|lettre recommandee|copie a\b)"
)
_CIVILITE = re.compile(rf"{CIVILITE}(?![\w'])")
_CIVILITE_DANS_LA_LIGNE = re.compile(rf"(?<=\s){CIVILITE}(?=\s)")


class Adresses(NamedTuple):
    """Les lignes de l'en-tête qui sont à chacun."""

    expediteur: list[Ligne]
    destinataire: list[Ligne]


def noms_propres(ligne: Ligne) -> set[str]:
    """Les mots d'une ligne d'en-tête qui nomment une personne ou une entreprise."""
    mots = re.findall(r"[^\W\d_]{2,}", sans_coordonnees(_sans_etiquette(ligne.plat)))
    return {mot for mot in mots if mot not in mots_de("etiquettes") | lexique().mots_outils}


def _sans_etiquette(plat: str) -> str:
    for etiquette in (POUR_LE_DESTINATAIRE, POUR_L_EXPEDITEUR):
        plat = etiquette.sub("", plat)
    return plat


def lire_les_adresses(lettre: Lettre) -> Adresses:
    """Attribue chaque bloc de l'en-tête d'après ce qu'il dit : une étiquette, un « Monsieur », le nom de l'appel ou de la signature.

    À défaut, l'expéditeur vient en premier.
    """
    signataire = (
        {mot for ligne in lettre.apres for mot in noms_propres(ligne)}
        - mots_de("fonctions")
        - mots_de("collectifs")
    )
    appel = aplatir(lettre.texte[lettre.appel.debut : lettre.appel.fin]) if lettre.appel else ""
    lecteur = {mot for mot in mots_simples(appel) if len(mot) > 2} - mots_de("fonctions")
    adresses = Adresses([], [])
    blocs = _blocs(lettre)
    date_en_premier = len(blocs) > 1 and all(apres_la_date for _, apres_la_date in blocs)
    for rang, (bloc, apres_la_date) in enumerate(blocs):
        noms = {mot for ligne in bloc for mot in noms_propres(ligne)}
        pour = 10 * any(POUR_LE_DESTINATAIRE.match(ligne.plat) for ligne in bloc) + 4 * bool(
            noms & lecteur
        )
        pour += (
            2 * any(_CIVILITE.match(ligne.plat) for ligne in bloc)
            + 2 * (apres_la_date and not date_en_premier)
            + (rang > 0)
        )
        contre = 10 * any(POUR_L_EXPEDITEUR.match(ligne.plat) for ligne in bloc) + 4 * bool(
            noms & signataire
        )
        contre += (rang == 0) + (rang > 0 and not adresses.expediteur)
        (adresses.destinataire if pour > contre else adresses.expediteur).extend(bloc)
    return adresses


def _blocs(lettre: Lettre) -> list[tuple[list[Ligne], bool]]:
    """Les blocs d'adresse de l'en-tête, colonne par colonne, et s'ils viennent après le lieu et la date."""
    colonnes: dict[int, list[tuple[list[Ligne], bool]]] = {}
    dernier: dict[int, Ligne] = {}
    apres_la_date = False
    for ligne in _detachees(lettre):
        if (
            lieu_et_date(ligne)
            or contenu_de_l_objet(ligne) is not None
            or REFERENCES.match(ligne.plat)
            or est_une_phrase(ligne)
        ):
            apres_la_date |= lieu_et_date(ligne) is not None
            dernier = {}
            continue
        blocs = colonnes.setdefault(ligne.colonne, [])
        precedente = dernier.get(ligne.colonne)
        if (
            precedente is None
            or ligne.rang > precedente.rang + 1
            or _ouvre_un_bloc(blocs[-1][0], ligne, lettre.en_tete)
        ):
            blocs.append(([], apres_la_date))
        blocs[-1][0].append(ligne)
        dernier[ligne.colonne] = ligne
    return [bloc for colonne in sorted(colonnes) for bloc in colonnes[colonne]]


def _ouvre_un_bloc(bloc: list[Ligne], ligne: Ligne, en_tete: list[Ligne]) -> bool:
    """Sans ligne vide entre deux : un « Monsieur », ou un nom juste après une adresse complète quand une autre adresse suit."""
    if POUR_LE_DESTINATAIRE.match(ligne.plat) or _CIVILITE.match(ligne.plat):
        return True
    suivantes = [autre for autre in en_tete if autre.debut > ligne.debut]
    acheve = any(est_une_adresse(autre.plat) for autre in bloc) and not touche_aux_coordonnees(
        ligne.plat
    )
    return acheve and any(est_une_adresse(autre.plat) for autre in suivantes)


def _detachees(lettre: Lettre) -> list[Ligne]:
    """Les lignes de l'en-tête ; une ligne trop pleine est coupée à son lieu et sa date, puis à son « Monsieur »."""
    resultat = []
    for ligne in lettre.en_tete:
        date = lieu_et_date_dans(ligne) if not lieu_et_date(ligne) else None
        bouts = (
            [ligne.couper(ligne.debut, date[0]), ligne.couper(date[1], ligne.fin)]
            if date
            else [ligne]
        )
        for bout in bouts:
            civilite = _CIVILITE_DANS_LA_LIGNE.search(bout.plat)
            coupe = (
                bout.debut + civilite.start()
                if civilite and touche_aux_coordonnees(bout.plat[: civilite.start()])
                else bout.fin
            )
            resultat += [
                morceau
                for morceau in (bout.couper(bout.debut, coupe), bout.couper(coupe, bout.fin))
                if morceau.mots
            ]
    return resultat
