"""Le crédit de chaque partie d'une lettre lue : 0, 0,5 ou 1, le passage qui le justifie et ce qui manque."""

import re
from collections.abc import Callable

from autograde.prose.lettre.lecture import Lettre, Zone
from autograde.prose.lettre.lignes import (
    Ligne,
    contenu_de_l_objet,
    est_une_adresse,
    est_une_phrase,
    lieu_et_date,
    lieu_et_date_dans,
    sans_coordonnees,
    touche_aux_coordonnees,
)
from autograde.prose.lettre.vocabulaire import cherche, mots_de, tours_de
from autograde.prose.lexique import lexique
from autograde.prose.moteur import Credit
from autograde.prose.texte import aplatir

_REFERENCES = re.compile(r"^(?:[nv]\s?/\s?ref|ref\b|references?\b|p\.?\s?j\b|pieces?\s+jointes?|ps\b|p\.s|lettre recommandee|copie a\b)")
_POUR_LE_DESTINATAIRE = re.compile(r"^(?:destinataire|a l'attention|attn|pour\s*:|a\s*:|a\s+(?=(?:mon|mad|mme|mr|m\b|la\b|l')))")
_POUR_L_EXPEDITEUR = re.compile(r"^(?:expediteur|emetteur|de\s*:|de la part)")
_CIVILITE = re.compile(r"^(?:mad+am+e|mon?s+ie?u?r|mme|mlle|mr|mesdames|messieurs|mm?\.|m(?=\s[^\W\d]{2}))(?![\w'])")
_VAGUES = {"lettre", "courrier", "message", "mail", "information", "informations", "info", "demande"}
SUR_SA_LIGNE = "à mettre sur sa propre ligne"


def crediter_les_parties(lettre: Lettre, noms: list[str]) -> dict[str, Credit]:
    """Le crédit des parties demandées, dans l'ordre demandé."""
    return {nom: _PARTIES[nom](lettre) for nom in noms}


def _appel(lettre: Lettre) -> Credit:
    return _credit_de_la_zone(lettre, lettre.appel)


def _politesse(lettre: Lettre) -> Credit:
    return _credit_de_la_zone(lettre, lettre.politesse)


def _credit_de_la_zone(lettre: Lettre, zone: Zone | None) -> Credit:
    return Credit(zone.valeur, lettre.texte[zone.debut : zone.fin], zone.reste) if zone else Credit()


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
        if not contenu and suite and len(suite.mots) <= 10 and not lieu_et_date(suite) and suite in lettre.en_tete:
            return _credit(lettre, [ligne, suite], [])
        mots = [mot for mot in re.findall(r"[^\W\d_]{2,}", contenu) if mot not in mots_de("etiquettes")]
        if not mots:
            return Credit(0.0, _passage(lettre, [ligne]), "l'objet est vide")
        return _credit(lettre, [ligne], ["l'objet est trop vague"] if set(mots) <= _VAGUES else [])
    return Credit()


def _lieu_date(lettre: Lettre) -> Credit:
    lignes = lettre.en_tete + lettre.apres
    essais = [essai for rang in range(len(lignes)) if (essai := _une_ligne_datee(lettre, lignes, rang))]
    lieux = [trouve for trouve in lettre.en_tete + lettre.lignes_du_corps[:1] if lieu_et_date_dans(trouve)]
    for ligne in lieux:
        debut, fin, dit = lieu_et_date_dans(ligne)
        essais.append(Credit(0.5, lettre.texte[debut:fin], "; ".join([SUR_SA_LIGNE] + ([] if dit.complete else ["l'année manque"]))))
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
        groupe, lieu, date, complete = [*groupe, lignes[rang + 1]], True, True, dit.complete or suite.complete
    manques = ([] if lieu else ["le lieu manque"]) + (["la date manque"] if not date else [] if complete else ["la date est incomplète"])
    if len(manques) == 2:
        return Credit(0.0, _passage(lettre, groupe), " ; ".join(manques))
    return _credit(lettre, groupe, manques)


def _ville_isolee(lignes: list[Ligne], rang: int) -> bool:
    """« Casablanca » seul sur sa ligne, juste au-dessus de la date, et non la fin d'une adresse."""
    ville = lignes[rang]
    separee = rang == 0 or lignes[rang - 1].rang < ville.rang - 1
    return separee and len(ville.mots) <= 2 and touche_aux_coordonnees(ville.plat) and not est_une_adresse(ville.plat)


def _signature(lettre: Lettre) -> Credit:
    fonction: Credit | None = None
    for ligne in lettre.apres:
        if lieu_et_date(ligne) or _REFERENCES.match(ligne.plat) or est_une_phrase(ligne) or contenu_de_l_objet(ligne) is not None:
            continue
        mots = [mot for mot in re.findall(r"[^\W\d_]+|,", sans_coordonnees(ligne.plat))]
        if cherche([mot for mot in mots if mot != ","], tours_de("remerciements") + tours_de("fins_aimables"))[:1] == [0]:
            continue
        if _noms_de_personne(mots):
            return Credit(1.0, _passage(lettre, [ligne]))
        if set(mots) & (mots_de("fonctions") | mots_de("collectifs")):
            fonction = fonction or Credit(0.5, _passage(lettre, [ligne]), "le nom du signataire manque")
    return fonction or Credit()


def _noms_de_personne(mots: list[str]) -> list[str]:
    """Les mots qui peuvent être un nom : ni une fonction, ni ce qui suit « service », « société », « l'équipe »."""
    noms, collectif = [], False
    for mot in mots:
        if mot == ",":
            collectif = False
        elif mot in mots_de("collectifs"):
            collectif = True
        elif mot in mots_de("fonctions"):
            collectif = collectif or bool(noms)
        elif not collectif and len(mot) > 1 and mot not in mots_de("etiquettes") | lexique().mots_outils | {"po"}:
            noms.append(mot)
    return noms


def _expediteur(lettre: Lettre) -> Credit:
    bloc = _blocs_attribues(lettre)[0]
    if bloc:
        return _credit_d_un_bloc(lettre, bloc)
    en_bas = [ligne for ligne in lettre.apres if est_une_adresse(ligne.plat)]
    return Credit(0.5, _passage(lettre, en_bas), "l'expéditeur se place en tête") if en_bas else Credit()


def _destinataire(lettre: Lettre) -> Credit:
    bloc = _blocs_attribues(lettre)[1]
    return _credit_d_un_bloc(lettre, bloc) if bloc else Credit()


def _credit_d_un_bloc(lettre: Lettre, lignes: list[Ligne]) -> Credit:
    nomme = any(_noms(ligne) for ligne in lignes)
    adresse = any(est_une_adresse(ligne.plat) for ligne in lignes)
    if not nomme and not adresse:
        return Credit()
    return _credit(lettre, lignes, ([] if nomme else ["le nom manque"]) + ([] if adresse else ["l'adresse manque"]))


def _noms(ligne: Ligne) -> set[str]:
    """Les mots d'une ligne d'en-tête qui nomment une personne ou une entreprise."""
    mots = re.findall(r"[^\W\d_]{2,}", sans_coordonnees(_sans_etiquette(ligne.plat)))
    return {mot for mot in mots if mot not in mots_de("etiquettes") | lexique().mots_outils}


def _sans_etiquette(plat: str) -> str:
    for etiquette in (_POUR_LE_DESTINATAIRE, _POUR_L_EXPEDITEUR):
        plat = etiquette.sub("", plat)
    return plat


def _blocs_attribues(lettre: Lettre) -> tuple[list[Ligne], list[Ligne]]:
    """Les lignes de l'expéditeur et celles du destinataire.

    Chaque bloc de l'en-tête va à l'un ou à l'autre d'après ce qu'il dit : une étiquette, un « Monsieur », le nom de l'appel, celui de
    la signature ; à défaut, l'expéditeur vient en premier.
    """
    signataire = {mot for ligne in lettre.apres for mot in _noms(ligne)} - mots_de("fonctions") - mots_de("collectifs")
    appel = lettre.appel
    lecteur = {mot for mot in re.findall(r"[^\W\d_]{3,}", _plat(lettre, appel))} - mots_de("fonctions") if appel else set()
    expediteur: list[Ligne] = []
    destinataire: list[Ligne] = []
    for rang, (bloc, apres_la_date) in enumerate(_blocs(lettre)):
        noms = {mot for ligne in bloc for mot in _noms(ligne)}
        pour = 10 * any(_POUR_LE_DESTINATAIRE.match(ligne.plat) for ligne in bloc) + 4 * bool(noms & lecteur)
        pour += 2 * any(_CIVILITE.match(ligne.plat) for ligne in bloc) + 2 * apres_la_date + (rang > 0)
        contre = 10 * any(_POUR_L_EXPEDITEUR.match(ligne.plat) for ligne in bloc) + 4 * bool(noms & signataire)
        contre += (rang == 0) + (rang > 0 and not expediteur)
        (destinataire if pour > contre else expediteur).extend(bloc)
    return expediteur, destinataire


def _plat(lettre: Lettre, zone: Zone) -> str:
    return aplatir(lettre.texte[zone.debut : zone.fin])


def _blocs(lettre: Lettre) -> list[tuple[list[Ligne], bool]]:
    """Les blocs d'adresse de l'en-tête, colonne par colonne, et s'ils viennent après le lieu et la date."""
    colonnes: dict[int, list[tuple[list[Ligne], bool]]] = {}
    apres_la_date, dernier = False, {}
    deux_colonnes = len({ligne.colonne for ligne in lettre.en_tete}) > 1
    for ligne in _detachees(lettre):
        if lieu_et_date(ligne) or contenu_de_l_objet(ligne) is not None or _REFERENCES.match(ligne.plat):
            apres_la_date |= lieu_et_date(ligne) is not None
            dernier = {}
            continue
        colonne = ligne.colonne if deux_colonnes else 0
        blocs = colonnes.setdefault(colonne, [])
        precedente = dernier.get(colonne)
        if precedente is None or ligne.rang > precedente.rang + 1 or _ouvre_un_bloc(blocs[-1][0], ligne, lettre.en_tete):
            blocs.append(([], apres_la_date))
        blocs[-1][0].append(ligne)
        dernier[colonne] = ligne
    return [bloc for colonne in sorted(colonnes) for bloc in colonnes[colonne]]


def _ouvre_un_bloc(bloc: list[Ligne], ligne: Ligne, en_tete: list[Ligne]) -> bool:
    """Sans ligne vide entre deux : un « Monsieur », ou un nom juste après une adresse complète quand une autre adresse suit."""
    if _POUR_LE_DESTINATAIRE.match(ligne.plat) or _CIVILITE.match(ligne.plat):
        return True
    suivantes = [autre for autre in en_tete if autre.debut > ligne.debut]
    acheve = any(est_une_adresse(autre.plat) for autre in bloc) and not touche_aux_coordonnees(ligne.plat)
    return acheve and any(est_une_adresse(autre.plat) for autre in suivantes)


def _detachees(lettre: Lettre) -> list[Ligne]:
    """Les lignes de l'en-tête ; une ligne trop pleine est coupée à son lieu et sa date, puis à son « Monsieur »."""
    resultat = []
    for ligne in lettre.en_tete:
        date = lieu_et_date_dans(ligne) if not lieu_et_date(ligne) else None
        bouts = [ligne.couper(ligne.debut, date[0]), ligne.couper(date[1], ligne.fin)] if date else [ligne]
        for bout in bouts:
            civilite = re.search(r"(?<=\s)(?:madame|monsieur|mme|mr|m\.)\s", bout.plat) if len(bout.mots) > 8 else None
            coupe = bout.debut + civilite.start() if civilite else bout.fin
            resultat += [morceau for morceau in (bout.couper(bout.debut, coupe), bout.couper(coupe, bout.fin)) if morceau.mots]
    return resultat


_PARTIES: dict[str, Callable[[Lettre], Credit]] = {
    "expediteur": _expediteur,
    "lieu_date": _lieu_date,
    "destinataire": _destinataire,
    "objet": _objet,
    "appel": _appel,
    "politesse": _politesse,
    "signature": _signature,
}
