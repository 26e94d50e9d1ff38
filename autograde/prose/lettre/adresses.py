"""À qui est chaque adresse de l'en-tête : à l'expéditeur ou au destinataire."""

import re
from functools import cache
from typing import NamedTuple

from autograde.prose.lettre.appel import civilite
from autograde.prose.lettre.coordonnees import (
    est_une_adresse,
    sans_coordonnees,
)
from autograde.prose.lettre.lecture import Lettre
from autograde.prose.lettre.lignes import (
    Ligne,
    contenu_de_l_objet,
    est_une_phrase,
    lieu_et_date,
    lieu_et_date_dans,
    mots_simples,
    peut_etre_une_ville,
)
from autograde.prose.lettre.vocabulaire import vocabulaire
from autograde.prose.lexique import lexique
from autograde.prose.texte import aplatir


@cache
def _civilite_dans_la_ligne() -> re.Pattern:
    return re.compile(rf"(?<=\s){vocabulaire().civilites.pattern}(?=\s)")


class Adresses(NamedTuple):
    """Les lignes de l'en-tête qui sont à chacun."""

    expediteur: list[Ligne]
    destinataire: list[Ligne]


def noms_propres(ligne: Ligne) -> set[str]:
    """Les mots d'une ligne d'en-tête qui nomment une personne ou une entreprise."""
    mots = re.findall(r"[^\W\d_]{2,}", sans_coordonnees(_sans_etiquette(ligne.plat)))
    return {mot for mot in mots if mot not in vocabulaire().etiquettes | lexique().mots_outils}


def est_la_ville_de(ligne: Ligne, rue: Ligne) -> bool:
    """« Casablanca », juste au-dessous de « 8 boulevard Zerktouni »."""
    return est_une_adresse(rue.plat) and peut_etre_une_ville(ligne)


def _sans_etiquette(plat: str) -> str:
    for etiquette in (vocabulaire().pour_le_destinataire, vocabulaire().pour_l_expediteur):
        if trouvee := etiquette.match(plat):
            plat = plat[trouvee.end() :]
    return plat


def lire_les_adresses(lettre: Lettre) -> Adresses:
    """Attribue chaque bloc de l'en-tête d'après ce qu'il dit : une étiquette, un « Monsieur », le nom de l'appel ou de la signature.

    À défaut, l'expéditeur vient en premier.
    """
    signataire = (
        {mot for ligne in lettre.apres for mot in noms_propres(ligne)}
        - vocabulaire().fonctions
        - vocabulaire().collectifs
    )
    appel = aplatir(lettre.texte[lettre.appel.debut : lettre.appel.fin]) if lettre.appel else ""
    lecteur = {mot for mot in mots_simples(appel) if len(mot) > 2} - vocabulaire().fonctions
    adresses = Adresses([], [])
    blocs = _blocs(lettre)
    date_en_premier = len(blocs) > 1 and all(apres_la_date for _, apres_la_date in blocs)
    for rang, (bloc, apres_la_date) in enumerate(blocs):
        noms = {mot for ligne in bloc for mot in noms_propres(ligne)}
        pour = 10 * any(
            vocabulaire().pour_le_destinataire.match(ligne.plat) for ligne in bloc
        ) + 4 * bool(noms & lecteur)
        pour += (
            2 * any(civilite().match(ligne.plat) for ligne in bloc)
            + 2 * (apres_la_date and not date_en_premier)
            + (rang > 0)
        )
        contre = 10 * any(
            vocabulaire().pour_l_expediteur.match(ligne.plat) for ligne in bloc
        ) + 4 * bool(noms & signataire)
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
            or vocabulaire().references.match(ligne.plat)
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
    if vocabulaire().pour_le_destinataire.match(ligne.plat) or civilite().match(ligne.plat):
        return True
    suivantes = [autre for autre in en_tete if autre.debut > ligne.debut]
    acheve = any(est_une_adresse(autre.plat) for autre in bloc)
    poursuit = est_une_adresse(ligne.plat) or est_la_ville_de(ligne, bloc[-1])
    return acheve and not poursuit and any(est_une_adresse(autre.plat) for autre in suivantes)


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
            civilite = _civilite_dans_la_ligne().search(bout.plat)
            coupe = (
                bout.debut + civilite.start()
                if civilite and est_une_adresse(bout.plat[: civilite.start()])
                else bout.fin
            )
            resultat += [
                morceau
                for morceau in (bout.couper(bout.debut, coupe), bout.couper(coupe, bout.fin))
                if morceau.mots
            ]
    return resultat
