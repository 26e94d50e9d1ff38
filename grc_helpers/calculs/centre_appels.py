"""Les indicateurs d'un centre d'appels : durées, accessibilité, temps des agents, résultats, argent.

Chaque indicateur est une division : tout se donne **par son nom**, et le nom de ce qui divise dit de quoi l'on parle. Deux centres qui ne
divisent pas par la même chose n'ont pas le même taux d'abandon. Les taux sont des parts (0,8 pour 80 %) ; les durées gardent leur unité.

Conventions retenues : durée moyenne de traitement = conversation + mise en attente + travail après l'appel (gethumancall.fr) ; abandon
brut, net ou en file (wiki.wfmlabs.org ; aide de NICE) ; occupation rapportée au temps connecté, utilisation au temps payé (COPC, d'après
injixo.com) ; résolution au premier contact brute ou nette (docs.medallia.com) ; temps payé non disponible, ou *shrinkage*, de 20 à 35 % en
général. Le délai moyen de règlement (DSO) est dans ``compte_client``, le CSAT dans ``satisfaction``.
"""

from math import ceil

# --- Les durées et le rythme -----------------------------------------------------------------------------------------


def dmc(*, conversation: float, traites: float) -> float:
    """La durée moyenne de conversation : temps de conversation ÷ appels traités, dans l'unité du temps donné.

    >>> dmc(conversation=400, traites=100)
    4.0
    """
    return _rapport(conversation, traites, "appel traité")


def dmt(
    *, conversation: float, attente_en_ligne: float, apres_appel: float, traites: float
) -> float:
    """La durée moyenne de traitement : (conversation + mise en attente en ligne + travail après l'appel) ÷ appels traités.

    >>> dmt(conversation=400, attente_en_ligne=0, apres_appel=300, traites=100)
    7.0
    """
    for duree in (conversation, attente_en_ligne, apres_appel):
        _verifier_positif(duree)
    return _rapport(conversation + attente_en_ligne + apres_appel, traites, "appel traité")


def dmr(*, attente: float, decroches: float) -> float:
    """Le délai moyen de réponse : attente totale avant le décroché ÷ appels décrochés. Ce n'est pas la DMT.

    >>> dmr(attente=1500, decroches=100)
    15.0
    """
    return _rapport(attente, decroches, "appel décroché")


def par_heure(*, nombre: float, heures: float) -> float:
    """Ce qui se fait en une heure : appels ÷ heures, ou entretiens aboutis ÷ heures.

    >>> par_heure(nombre=960, heures=12)
    80.0
    """
    return _rapport(nombre, heures, "heure")


# --- L'accessibilité -------------------------------------------------------------------------------------------------


def taux_de_decroche(*, decroches: float, recus: float) -> float:
    """Part des appels reçus qui ont eu une réponse : décrochés ÷ reçus.

    >>> taux_de_decroche(decroches=450, recus=500)
    0.9
    """
    return _part(decroches, recus, "Les appels décrochés", "appels reçus")


def niveau_de_service(*, decroches_a_temps: float, recus: float) -> float:
    """Part des appels reçus qui ont eu une réponse **dans le délai promis** : décrochés à temps ÷ reçus. Le délai se dit : 80 % en 20 s.

    >>> niveau_de_service(decroches_a_temps=400, recus=500)
    0.8
    """
    return _part(decroches_a_temps, recus, "Les appels décrochés à temps", "appels reçus")


def taux_d_abandon(*, abandonnes: float, recus: float) -> float:
    """L'abandon brut : appels raccrochés par le client avant la réponse ÷ appels reçus.

    >>> taux_d_abandon(abandonnes=50, recus=500)
    0.1
    """
    return _part(abandonnes, recus, "Les appels abandonnés", "appels reçus")


def taux_d_abandon_net(*, abandonnes: float, abandons_courts: float, recus: float) -> float:
    """L'abandon net : sans les ``abandons_courts`` (raccrochés en 5 à 10 secondes, faux numéros), ni en haut ni en bas de la division.

    >>> taux_d_abandon_net(abandonnes=50, abandons_courts=20, recus=500)
    0.0625
    """
    if not 0 <= abandons_courts <= abandonnes:
        raise ValueError("Les abandons courts vont de 0 au nombre d'appels abandonnés.")
    gardes = recus - abandons_courts
    return _part(abandonnes - abandons_courts, gardes, "Les appels abandonnés", "appels reçus")


def taux_d_abandon_en_file(*, abandonnes: float, mis_en_file: float) -> float:
    """L'abandon parmi ceux qui ont attendu : abandonnés ÷ appels mis en file. Toujours plus grand que l'abandon brut.

    >>> taux_d_abandon_en_file(abandonnes=50, mis_en_file=200)
    0.25
    """
    return _part(abandonnes, mis_en_file, "Les appels abandonnés", "appels mis en file")


# --- Le temps des agents ---------------------------------------------------------------------------------------------


def occupation(*, traitement: float, connecte: float) -> float:
    """Part du temps connecté passée sur des appels : (conversation + mise en attente + après l'appel) ÷ temps connecté.

    Au-delà de 90 % environ, un agent n'a plus le temps de souffler entre deux appels.

    >>> occupation(traitement=5, connecte=6.25)
    0.8
    """
    return _part(traitement, connecte, "Le temps de traitement", "temps connecté")


def utilisation(*, traitement: float, paye: float) -> float:
    """Part du temps **payé** passée sur des appels : pauses, réunions et formation comptent en bas de la division.

    >>> utilisation(traitement=5, paye=8)
    0.625
    """
    return _part(traitement, paye, "Le temps de traitement", "temps payé")


def disponibilite(*, joignable: float, prevu: float) -> float:
    """Part du temps prévu où l'on pouvait joindre le service : temps joignable ÷ temps prévu.

    >>> disponibilite(joignable=54, prevu=72)
    0.75
    """
    return _part(joignable, prevu, "Le temps joignable", "temps prévu")


def shrinkage(*, disponible: float, paye: float) -> float:
    """Part du temps payé où l'agent n'est pas disponible (congés, pauses, formation, réunions) : 1 − disponible ÷ payé.

    >>> round(shrinkage(disponible=24.5, paye=35), 9)
    0.3
    """
    return 1 - _part(disponible, paye, "Le temps disponible", "temps payé")


def a_planifier(*, presents: float, shrinkage: float) -> int:
    """Les agents à inscrire au planning pour en avoir ``presents`` à leur poste : présents ÷ (1 − shrinkage), à l'agent supérieur.

    Ajouter 30 % ne suffit pas : on divise par 0,7. Lève ``ValueError`` hors de [0 ; 1[.

    >>> a_planifier(presents=14, shrinkage=0.30)
    20
    """
    _verifier_positif(presents)
    if not 0 <= shrinkage < 1:
        raise ValueError("Le temps non disponible est une part, de 0 à moins de 1 : 0,3 pour 30 %.")
    return ceil(round(presents / (1 - shrinkage), 9))


def contact_public(*, en_contact: float, effectif: float) -> float:
    """Part des salariés en contact avec le public : salariés en contact ÷ effectif.

    >>> contact_public(en_contact=36, effectif=48)
    0.75
    """
    return _part(en_contact, effectif, "Les salariés en contact", "salariés")


# --- Les résultats ---------------------------------------------------------------------------------------------------


def resolution_au_premier_contact(*, resolus: float, contacts: float) -> float:
    """Part des contacts réglés d'un coup : résolus au premier ÷ contacts. Dites sous combien de jours un rappel compte : souvent 7.

    >>> resolution_au_premier_contact(resolus=300, contacts=400)
    0.75
    """
    return _part(resolus, contacts, "Les contacts résolus", "contacts")


def resolution_nette(*, resolus: float, contacts: float, hors_de_portee: float) -> float:
    """La résolution sans ce que l'agent n'a pas le droit ou le moyen de régler : résolus ÷ (contacts − hors de portée).

    >>> resolution_nette(resolus=300, contacts=400, hors_de_portee=25)
    0.8
    """
    if not 0 <= hors_de_portee <= contacts:
        raise ValueError("Les contacts hors de portée vont de 0 au nombre de contacts.")
    return _part(resolus, contacts - hors_de_portee, "Les contacts résolus", "contacts à sa portée")


def taux_de_transformation(*, ventes: float, contacts: float) -> float:
    """Part des ``contacts`` (appels, ou rendez-vous : dites lesquels) qui finissent en vente : ventes ÷ contacts.

    >>> taux_de_transformation(ventes=18, contacts=150)
    0.12
    """
    return _part(ventes, contacts, "Les ventes", "contacts")


def transfert_en_libre_service(*, redirigees: float, demandes: float) -> float:
    """Part des demandes que le client règle seul, en ligne : redirigées ÷ demandes. Un transfert n'est pas encore une satisfaction.

    >>> transfert_en_libre_service(redirigees=150, demandes=600)
    0.25
    """
    return _part(redirigees, demandes, "Les demandes redirigées", "demandes")


# --- L'argent --------------------------------------------------------------------------------------------------------


def cout_par_appel(*, cout: float, appels: float) -> float:
    """Ce que coûte un appel : coût de fonctionnement ÷ nombre d'appels (jamais l'inverse), dans la monnaie du coût.

    >>> cout_par_appel(cout=16_500, appels=6_600)
    2.5
    """
    return _rapport(cout, appels, "appel")


def roi(*, gains: float, couts: float) -> float:
    """Le retour sur investissement : (gains − coûts) ÷ coûts. ``gains`` : **bruts**, sans en avoir déjà retiré les coûts.

    1 veut dire que chaque dirham dépensé est revenu avec un autre ; négatif, il dit une perte.

    >>> roi(gains=15_000, couts=10_000)
    0.5
    """
    _verifier_positif(gains)
    return _rapport(gains, couts, "dirham (ou euro) de coût") - 1


def _rapport(combien: float, diviseur: float, unite: str) -> float:
    _verifier_positif(combien)
    if not diviseur > 0:
        raise ValueError(f"Il faut plus de 0 {unite} pour diviser.")
    return combien / diviseur


def _part(combien: float, total: float, quoi: str, du_total: str) -> float:
    """Comme ``_rapport``, quand ce qui est compté fait partie de ce qui divise."""
    if not total > 0:
        raise ValueError(f"Rien à diviser : {du_total}, plus de 0.")
    if not 0 <= combien <= total:
        raise ValueError(
            f"{quoi} : de 0 au total ({du_total}). Les deux nombres sont-ils inversés ?"
        )
    return combien / total


def _verifier_positif(nombre: float) -> None:
    if not nombre >= 0:
        raise ValueError("Un nombre d'appels, une durée ou un montant ne peut pas être négatif.")
