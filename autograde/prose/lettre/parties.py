"""Le crédit de chaque partie d'une lettre lue : 0, 0,5 ou 1, le passage qui le justifie et ce qui manque."""

import re
from collections.abc import Callable
from itertools import pairwise

from autograde.prose.credit import Credit
from autograde.prose.lettre.adresses import est_la_ville_de, lire_les_adresses, noms_propres
from autograde.prose.lettre.coordonnees import (
    est_une_adresse,
    sans_coordonnees,
)
from autograde.prose.lettre.lecture import Lettre
from autograde.prose.lettre.lignes import (
    Ligne,
    Zone,
    contenu_de_l_objet,
    est_une_phrase,
    lieu_et_date,
    lieu_et_date_dans,
    peut_etre_une_ville,
)
from autograde.prose.lettre.vocabulaire import cherche, vocabulaire
from autograde.prose.lexique import lexique

SUR_SA_LIGNE = "à mettre sur sa propre ligne"


def crediter_les_parties(lettre: Lettre, noms: list[str]) -> dict[str, Credit]:
    """Le crédit des parties demandées, dans l'ordre demandé."""
    return {nom: _PARTIES[nom](lettre) for nom in noms}


def _appel(lettre: Lettre) -> Credit:
    return _credit_de_la_zone(lettre, lettre.appel)


def _politesse(lettre: Lettre) -> Credit:
    return _credit_de_la_zone(lettre, lettre.politesse)


def _credit_de_la_zone(lettre: Lettre, zone: Zone | None) -> Credit:
    return (
        Credit(zone.valeur, lettre.texte[zone.debut : zone.fin], zone.manque) if zone else Credit()
    )


def _passage(lettre: Lettre, lignes: list[Ligne]) -> str:
    return lettre.texte[lignes[0].debut : lignes[-1].fin]


def _credit(lettre: Lettre, lignes: list[Ligne], manques: list[str]) -> Credit:
    """Un crédit entier, ou un demi s'il manque quelque chose ou si la partie n'a pas sa ligne."""
    manques = manques + ([] if all(ligne.entiere for ligne in lignes) else [SUR_SA_LIGNE])
    return Credit(0.5 if manques else 1.0, _passage(lettre, lignes), " ; ".join(manques))


def _objet(lettre: Lettre) -> Credit:
    """La ligne d'objet : dans l'en-tête, ou tout au début du corps."""
    lignes = lettre.en_tete + lettre.lignes_du_corps[:2]
    for rang, ligne in enumerate(lignes):
        contenu = contenu_de_l_objet(ligne)
        if contenu is None:
            continue
        suite = lignes[rang + 1] if rang + 1 < len(lignes) else None
        if (
            not contenu
            and suite
            and len(suite.mots) <= 10
            and not lieu_et_date(suite)
            and suite in lettre.en_tete
        ):
            return _credit(lettre, [ligne, suite], [])
        mots = [
            mot
            for mot in re.findall(r"[^\W\d_]{2,}", contenu)
            if mot not in vocabulaire().etiquettes - vocabulaire().objets_vagues
        ]
        if not mots:
            return Credit(0.0, _passage(lettre, [ligne]), "l'objet est vide")
        return _credit(
            lettre,
            [ligne],
            ["l'objet est trop vague"] if set(mots) <= vocabulaire().objets_vagues else [],
        )
    return Credit()


def _lieu_date(lettre: Lettre) -> Credit:
    """Le lieu et la date : sur leur ligne, en tête ou à la fin ; mêlés à autre chose, un demi."""
    lignes = lettre.en_tete + lettre.apres
    essais = [
        essai for rang in range(len(lignes)) if (essai := _une_ligne_datee(lettre, lignes, rang))
    ]
    for ligne in lettre.en_tete:
        dedans = lieu_et_date_dans(ligne)
        if (
            dedans
            and contenu_de_l_objet(ligne) is None
            and not vocabulaire().references.match(ligne.plat)
        ):
            debut, fin, dit = dedans
            manque = SUR_SA_LIGNE if dit.complete else f"{SUR_SA_LIGNE} ; la date est incomplète"
            essais.append(Credit(0.5, lettre.texte[debut:fin], manque))
    return max(essais, key=lambda credit: credit.valeur, default=Credit())


def _une_ligne_datee(lettre: Lettre, lignes: list[Ligne], rang: int) -> Credit | None:
    dit = lieu_et_date(lignes[rang])
    if dit is None:
        return None
    groupe, lieu, date, complete = [lignes[rang]], dit.lieu, dit.date, dit.complete
    if date and not lieu and rang and _ville_isolee(lignes, rang - 1):
        groupe, lieu = [lignes[rang - 1], lignes[rang]], True
    suite = lieu_et_date(lignes[rang + 1]) if rang + 1 < len(lignes) else None
    if suite and lieu != suite.lieu and date != suite.date:
        groupe, lieu, date, complete = (
            [*groupe, lignes[rang + 1]],
            True,
            True,
            dit.complete or suite.complete,
        )
    manques = ([] if lieu else ["le lieu manque"]) + (
        ["la date manque"] if not date else [] if complete else ["la date est incomplète"]
    )
    if len(manques) == 2:
        return Credit(0.0, _passage(lettre, groupe), " ; ".join(manques))
    return _credit(lettre, groupe, manques)


def _ville_isolee(lignes: list[Ligne], rang: int) -> bool:
    """« Casablanca », un seul mot sur sa ligne, juste au-dessus de la date, et non la fin d'une adresse."""
    ville, date = lignes[rang], lignes[rang + 1]
    separee = rang == 0 or lignes[rang - 1].rang < ville.rang - 1
    return separee and date.rang == ville.rang + 1 and peut_etre_une_ville(ville)


def _signature(lettre: Lettre) -> Credit:
    fonction: Credit | None = None
    for ligne in lettre.apres:
        mots = re.findall(r"[^\W\d_]+|,", sans_coordonnees(ligne.plat))
        if (
            lieu_et_date(ligne)
            or vocabulaire().references.match(ligne.plat)
            or _dit_une_phrase(ligne)
        ):
            continue
        if cherche(
            [mot for mot in mots if mot != ","],
            vocabulaire().remerciements + vocabulaire().fins_aimables,
        )[:1] == [0]:
            continue
        if _noms_de_personne(mots):
            return Credit(1.0, _passage(lettre, [ligne]))
        if set(mots) & (vocabulaire().fonctions | vocabulaire().collectifs):
            fonction = fonction or Credit(
                0.5, _passage(lettre, [ligne]), "le nom du signataire manque"
            )
    return fonction or Credit()


def _dit_une_phrase(ligne: Ligne) -> bool:
    """« Pour la direction, Nadia Alaoui » signe ; toute autre phrase, non."""
    if ligne.mots[0] == "pour":
        return False
    return ligne.mots[0] in vocabulaire().debuts_de_phrase or est_une_phrase(ligne)


def _noms_de_personne(mots: list[str]) -> list[str]:
    """Les mots qui peuvent être un nom : ni une fonction, ni ce qui suit « service », « société », « l'équipe »."""
    noms: list[str] = []
    collectif = False
    for mot in mots:
        if mot == ",":
            collectif = False
        elif mot in vocabulaire().collectifs:
            collectif = True
        elif mot in vocabulaire().fonctions:
            collectif = collectif or bool(noms)
        elif (
            not collectif
            and len(mot) > 1
            and mot not in vocabulaire().etiquettes | lexique().mots_outils | {"po"}
        ):
            noms.append(mot)
    return noms


def _expediteur(lettre: Lettre) -> Credit:
    lignes = lire_les_adresses(lettre).expediteur
    if lignes:
        return _credit_d_une_adresse(lettre, lignes)
    en_bas = [ligne for ligne in lettre.apres if est_une_adresse(ligne.plat)]
    return (
        Credit(0.5, _passage(lettre, en_bas), "l'expéditeur se place en tête")
        if en_bas
        else Credit()
    )


def _destinataire(lettre: Lettre) -> Credit:
    lignes = lire_les_adresses(lettre).destinataire
    return _credit_d_une_adresse(lettre, lignes) if lignes else Credit()


def _credit_d_une_adresse(lettre: Lettre, lignes: list[Ligne]) -> Credit:
    villes = [suite for rue, suite in pairwise(lignes) if est_la_ville_de(suite, rue)]
    nommee = any(noms_propres(ligne) for ligne in lignes if ligne not in villes)
    adresse = any(est_une_adresse(ligne.plat) for ligne in lignes)
    if not nommee and not adresse:
        return Credit()
    return _credit(
        lettre,
        lignes,
        ([] if nommee else ["le nom manque"]) + ([] if adresse else ["l'adresse manque"]),
    )


_PARTIES: dict[str, Callable[[Lettre], Credit]] = dict(
    expediteur=_expediteur,
    lieu_date=_lieu_date,
    destinataire=_destinataire,
    objet=_objet,
    appel=_appel,
    politesse=_politesse,
    signature=_signature,
)
