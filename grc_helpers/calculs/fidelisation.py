"""Garder ses clients : combien restent, ce que vaut un départ évité, ce que coûte un avantage, jusqu'où retenir.

Les taux sont des parts (0,25 pour 25 %), les montants dans la monnaie du commerce (ici, des dirhams). Un taux se rapporte toujours à une
période, le plus souvent l'année : la durée de vie se compte alors en années.

Sources : la rétention et l'attrition sont celles de l'usage, (clients de la fin − nouveaux) ÷ clients du début et son complément ; la
durée de vie moyenne, 1 ÷ attrition, suppose une attrition constante ; la valeur attendue est la marge annuelle multipliée par cette
durée, sans actualisation. Une formule qui actualise est dans ``valeur_client``.
"""

from dataclasses import dataclass


def taux_de_retention(debut: float, fin: float, nouveaux: float) -> float:
    """Part des clients du ``debut`` encore là à la ``fin`` : (fin − nouveaux) ÷ début.

    Les trois en clients. Les ``nouveaux`` sont ceux arrivés pendant la période et comptés à la fin : sans les retirer, ils cacheraient les
    départs. Lève ``ValueError`` si le début est vide, ou si plus de clients restent qu'il n'y en avait.

    >>> taux_de_retention(debut=200, fin=190, nouveaux=30)
    0.8
    """
    if debut <= 0:
        raise ValueError("Il faut au moins un client au début de la période.")
    restes = fin - nouveaux
    if not 0 <= restes <= debut:
        raise ValueError(
            "Les clients restés (fin − nouveaux) vont de 0 au nombre de clients du début."
        )
    return restes / debut


def taux_d_attrition(debut: float, perdus: float) -> float:
    """Part des clients du ``debut`` partis pendant la période : perdus ÷ début, soit 1 − rétention.

    Lève ``ValueError`` si le début est vide, ou si plus de clients partent qu'il n'y en avait.

    >>> taux_d_attrition(debut=200, perdus=40)
    0.2
    """
    if debut <= 0:
        raise ValueError("Il faut au moins un client au début de la période.")
    if not 0 <= perdus <= debut:
        raise ValueError("Les clients perdus vont de 0 au nombre de clients du début.")
    return perdus / debut


def duree_de_vie_moyenne(attrition: float) -> float:
    """Nombre moyen de périodes où un client est présent : 1 ÷ attrition, si l'attrition ne change pas.

    En années si l'``attrition`` est annuelle. La période de l'arrivée compte. Lève ``ValueError`` hors de ]0 ; 1] : sans aucun départ, la
    durée n'a pas de fin.

    >>> duree_de_vie_moyenne(0.2)
    5.0
    """
    if not 0 < attrition <= 1:
        raise ValueError("L'attrition est une part, plus grande que 0 et au plus égale à 1.")
    return 1 / attrition


def valeur_attendue(marge: float, attrition: float) -> float:
    """Ce qu'un client devrait laisser tant qu'il reste : marge par période × durée de vie moyenne, sans actualisation.

    >>> valeur_attendue(marge=300, attrition=0.25)
    1200.0
    """
    return marge * duree_de_vie_moyenne(attrition)


def valeur_d_un_point(marge: float, attrition: float) -> float:
    """Ce qu'ajoute, par client, un point d'attrition en moins : valeur attendue à (attrition − 0,01) moins valeur attendue aujourd'hui.

    Lève ``ValueError`` si l'``attrition`` ne dépasse pas un point : il n'y aurait plus de départ.

    >>> round(valeur_d_un_point(marge=300, attrition=0.21), 2)
    71.43
    """
    if attrition <= 0.01:
        raise ValueError("Pour en retirer un point, l'attrition dépasse 0,01 (1 %).")
    # L'arrondi retire la poussière du calcul binaire : 0,25 − 0,01 ne vaut pas tout à fait 0,24.
    return valeur_attendue(marge, round(attrition - 0.01, 9)) - valeur_attendue(marge, attrition)


# --- Un effort pour retenir, année après année -----------------------------------------------------------------------


@dataclass(frozen=True)
class Annee:
    """Une année avec l'effort, face à la même année sans lui. Les présents sont ceux du début de l'année, en clients.

    ``cumul`` : la marge ajoutée depuis le départ moins ce que l'effort a coûté, dans la monnaie du commerce.
    """

    rang: int
    sans: float
    avec: float
    marge_ajoutee: float
    cout: float
    cumul: float

    @property
    def gain(self) -> float:
        """Ce que l'effort laisse dans l'année ; négatif s'il coûte plus qu'il n'ajoute."""
        return self.marge_ajoutee - self.cout


def comparer_l_effort(
    clients: float, attrition: float, marge: float, points: float, cout: float, annees: int
) -> list[Annee]:
    """Ce que donne, année par année, un effort qui retire des ``points`` à l'``attrition`` (0,05 pour cinq points).

    Présents la nᵉ année : clients × (1 − attrition)ⁿ⁻¹. Chaque présent laisse sa ``marge`` ; l'effort coûte ``cout`` par présent et par an.
    Personne ne rejoint le groupe. Lève ``ValueError`` si les points dépassent l'attrition ou si un nombre est négatif.

    >>> [(a.rang, a.sans, a.avec, a.cumul) for a in comparer_l_effort(100, 0.5, 30, 0.1, 2, 2)]
    [(1, 100.0, 100.0, -200.0), (2, 50.0, 60.0, -20.0)]
    """
    if not 0 <= points <= attrition <= 1:
        raise ValueError("Les points gagnés vont de 0 à l'attrition, qui ne dépasse pas 1.")
    if min(clients, marge, cout, annees) < 0:
        raise ValueError("Les clients, la marge, le coût et les années ne sont pas négatifs.")
    suite: list[Annee] = []
    sans = avec = float(clients)
    cumul = 0.0
    for rang in range(1, annees + 1):
        ajoutee, depense = (avec - sans) * marge, avec * cout
        cumul += ajoutee - depense
        suite.append(Annee(rang, sans, avec, ajoutee, depense, cumul))
        sans, avec = sans * (1 - attrition), avec * (1 - round(attrition - points, 9))
    return suite


def cout_d_un_depart_evite(cout: float, points: float) -> float:
    """Ce que coûte, dans l'année, chaque départ évité : coût par client présent ÷ points d'attrition gagnés.

    L'effort se paie pour tous les présents, et ne retient que quelques-uns : c'est ce nombre, non ``cout``, qui se compare au coût d'un
    client gagné. Lève ``ValueError`` si aucun point n'est gagné.

    >>> cout_d_un_depart_evite(cout=8, points=0.05)
    160.0
    """
    if points <= 0:
        raise ValueError("Sans point gagné, aucun départ n'est évité.")
    return cout / points


# --- Ce que coûte et rapporte un programme de fidélité ---------------------------------------------------------------


def taux_d_avantage(achats: float, bon: float, part_utilisee: float = 1.0) -> float:
    """Ce qu'une carte à points rend sur les achats : valeur du bon × part utilisée ÷ achats qu'il demande.

    ``part_utilisee`` : part des points qui finissent en bons dépensés, de 0 à 1. Lève ``ValueError`` si les achats sont nuls.

    >>> taux_d_avantage(achats=1000, bon=40)
    0.04
    >>> taux_d_avantage(achats=1000, bon=40, part_utilisee=0.75)
    0.03
    """
    if achats <= 0:
        raise ValueError("Un bon demande un montant d'achats, plus grand que 0.")
    if not 0 <= part_utilisee <= 1:
        raise ValueError("La part utilisée va de 0 à 1.")
    return bon * part_utilisee / achats


@dataclass(frozen=True)
class Programme:
    """Un programme de fidélité, par membre et par an : ``achats`` en tout, dont ``achats_ajoutes`` que le programme a fait naître.

    ``avantage`` est la part des achats rendue au membre, ``frais`` ce qu'il coûte d'autre (carte, messages, atelier).
    """

    achats: float
    achats_ajoutes: float
    taux_de_marque: float
    avantage: float
    frais: float = 0.0

    @property
    def gain(self) -> float:
        """La marge des seuls achats ajoutés : les autres se seraient faits sans le programme."""
        return self.achats_ajoutes * self.taux_de_marque

    @property
    def cout(self) -> float:
        """L'avantage, rendu sur tous les achats, et les frais."""
        return self.achats * self.avantage + self.frais

    @property
    def resultat(self) -> float:
        """Ce que le programme laisse par membre et par an : gain − coût.

        >>> Programme(achats=1200, achats_ajoutes=60, taux_de_marque=0.25, avantage=0.03, frais=4).resultat
        -25.0
        """
        return self.gain - self.cout


def achats_a_ajouter(
    achats_sans: float, taux_de_marque: float, avantage: float, frais: float = 0.0
) -> float:
    """Les achats qu'un programme doit faire naître, par membre, pour ne rien perdre.

    (achats sans programme × avantage + frais) ÷ (taux de marque − avantage) : chaque achat ajouté paie lui aussi son avantage. Lève
    ``ValueError`` si l'avantage atteint le taux de marque : plus le membre achèterait, plus on perdrait.

    >>> achats_a_ajouter(achats_sans=1000, taux_de_marque=0.25, avantage=0.05)
    250.0
    """
    if avantage >= taux_de_marque:
        raise ValueError("L'avantage reste plus petit que le taux de marque.")
    return (achats_sans * avantage + frais) / round(taux_de_marque - avantage, 9)


# --- Reconquérir, ou laisser partir ----------------------------------------------------------------------------------


def cout_d_un_client_revenu(contact: float, reussite: float, geste: float = 0.0) -> float:
    """Ce que coûte chaque client qui reste : contact ÷ réussite + geste.

    ``contact`` se paie pour chaque client approché, ``geste`` seulement pour celui qui accepte de rester ; ``reussite`` est la part de ceux
    qui restent **grâce à nous** (ceux qui seraient restés d'eux-mêmes n'y comptent pas). Lève ``ValueError`` hors de ]0 ; 1].

    >>> cout_d_un_client_revenu(contact=15, reussite=0.25, geste=60)
    120.0
    """
    if not 0 < reussite <= 1:
        raise ValueError("La réussite est une part, plus grande que 0 et au plus égale à 1.")
    return contact / reussite + geste


def gain_de_la_reconquete(
    valeur: float, contact: float, reussite: float, geste: float = 0.0
) -> float:
    """Ce que laisse, en moyenne, chaque client **approché** : réussite × (valeur − geste) − contact.

    ``valeur`` : ce qu'un client revenu devrait encore laisser. Négatif, il dit de ne pas approcher ces clients-là.

    >>> gain_de_la_reconquete(valeur=400, contact=15, reussite=0.25, geste=60)
    70.0
    """
    if not 0 <= reussite <= 1:
        raise ValueError("La réussite est une part, de 0 à 1.")
    return reussite * (valeur - geste) - contact


def marge_minimale(contact: float, reussite: float, geste: float, annees_regagnees: float) -> float:
    """La marge annuelle au-dessous de laquelle cesser de retenir : coût d'un client revenu ÷ années regagnées.

    >>> marge_minimale(contact=15, reussite=0.25, geste=60, annees_regagnees=2)
    60.0
    """
    if annees_regagnees <= 0:
        raise ValueError("Un client revenu reste un certain temps : plus de 0 année.")
    return cout_d_un_client_revenu(contact, reussite, geste) / annees_regagnees


def reussite_minimale(valeur: float, contact: float, geste: float = 0.0) -> float:
    """La part de réussite au-dessous de laquelle cesser d'approcher : contact ÷ (valeur − geste).

    Plus grande que 1, elle dit que même en réussissant toujours, on perdrait. Lève ``ValueError`` si le client ne laisse pas plus que le
    geste.

    >>> reussite_minimale(valeur=400, contact=17, geste=60)
    0.05
    """
    if valeur <= geste:
        raise ValueError("Un client revenu doit laisser plus que le geste qu'on lui fait.")
    return contact / (valeur - geste)
