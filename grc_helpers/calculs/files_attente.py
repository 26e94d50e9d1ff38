"""Combien d'agents pour que personne n'attende trop : les files d'attente d'Erlang.

La ``charge``, en erlangs, est le travail qui arrive : 10 erlangs occupent 10 agents sans une seconde de répit. Les durées (``dmt``,
``delai``, ``patience``) sont dans une même unité, ici la seconde ; les probabilités et les taux sont des parts.

Trois modèles, où les appels arrivent au hasard et où la durée d'un appel suit une loi exponentielle :

- Erlang B : pas de file, qui trouve tout le monde occupé est refusé ;
- Erlang C : une file sans fin, où personne ne raccroche. Il demande plus d'agents que d'erlangs ;
- Erlang A : une file où chacun raccroche quand sa patience, elle aussi exponentielle, est à bout.

Sources : A. K. Erlang, 1917 ; récurrence d'Erlang B, puis C = B ÷ (1 − (A ÷ N)(1 − B)), stables quel que soit le nombre d'agents ;
Erlang A, C. Palm, 1946, repris par Garnett, Mandelbaum et Reiman, 2002. Valeurs publiées (pyworkforce, paquet ErlangC de R) : 100 appels
en 30 minutes, 180 s, 20 s : 14 agents, 88,835 %, 7,836 s. Les essais comparent Erlang A à une simulation.
"""

from dataclasses import dataclass
from math import ceil, exp, expm1, inf, isfinite, log

# Un état de la file e⁴⁰ fois moins probable que le plus probable ne change plus rien au résultat.
NEGLIGEABLE = 40


@dataclass(frozen=True)
class Prevision:
    """Ce qui attend les clients et les agents. ``attente`` : la moyenne de tous les appels, ceux qui raccrochent compris, en secondes.

    ``part_qui_attend``, ``niveau_de_service`` (réponse dans le délai) et ``abandon`` sont des parts des appels reçus ; ``occupation``, du
    temps des agents.
    """

    part_qui_attend: float
    attente: float
    niveau_de_service: float
    abandon: float
    occupation: float


def charge(*, appels: float, periode: float, dmt: float) -> float:
    """Le travail qui arrive, en erlangs : appels × durée moyenne de traitement ÷ durée de la période (même unité).

    >>> charge(appels=100, periode=1800, dmt=180)
    10.0
    """
    if not appels >= 0:
        raise ValueError("Un nombre d'appels ne peut pas être négatif.")
    if not (periode > 0 and dmt > 0):
        raise ValueError("La période et la durée d'un appel sont plus grandes que 0.")
    return appels * dmt / periode


# --- Personne n'attend : Erlang B ------------------------------------------------------------------------------------


def erlang_b(agents: float, charge: float) -> float:
    """La part des appels refusés s'il n'y a pas de file : B₀ = 1, puis B = A·B ÷ (k + A·B), agent après agent.

    Lève ``ValueError`` si les agents ne sont pas un nombre entier, ou si la charge est négative.

    >>> round(erlang_b(10, 8), 4)
    0.1217
    """
    _verifier(agents, charge)
    refus = 1.0
    for rang in range(1, int(agents) + 1):
        refus = charge * refus / (rang + charge * refus)
    return refus


# --- Chacun attend son tour : Erlang C -------------------------------------------------------------------------------


def erlang_c(agents: float, charge: float) -> float:
    """La part des appels qui attendent, si personne ne raccroche.

    Lève ``ValueError`` s'il n'y a pas plus d'agents que d'erlangs : la file s'allongerait sans fin.

    >>> round(erlang_c(10, 8), 4)
    0.4092
    """
    refus = erlang_b(agents, charge)
    if agents <= charge:
        erlangs = f"{charge:g}".replace(".", ",")
        raise ValueError(
            f"Il faut plus d'agents que d'erlangs : avec {agents:g} pour {erlangs}, la file s'allongerait sans fin. Ajoutez des agents."
        )
    return refus / (1 - charge / agents * (1 - refus))


def attente_moyenne(agents: float, charge: float, dmt: float) -> float:
    """L'attente moyenne de tous les appels, ceux qui n'attendent pas compris : C × DMT ÷ (agents − charge).

    >>> round(attente_moyenne(14, 10, dmt=180), 3)
    7.836
    """
    _verifier_la_duree(dmt)
    return erlang_c(agents, charge) * dmt / (agents - charge)


def niveau_de_service(agents: float, charge: float, dmt: float, delai: float = 20) -> float:
    """La part des appels pris avant la fin du ``delai`` : 1 − C × e^(−(agents − charge) × délai ÷ DMT).

    >>> round(niveau_de_service(14, 10, dmt=180, delai=20), 5)
    0.88835
    """
    _verifier_la_duree(dmt)
    _verifier_le_delai(delai)
    return 1 - erlang_c(agents, charge) * exp(-(agents - charge) * delai / dmt)


def occupation(agents: float, charge: float) -> float:
    """La part de leur temps que les agents passent sur des appels, si personne ne raccroche : charge ÷ agents.

    >>> round(occupation(14, 10), 3)
    0.714
    """
    erlang_c(agents, charge)
    return charge / agents


# --- Certains raccrochent : Erlang A ---------------------------------------------------------------------------------


def abandon(agents: float, charge: float, dmt: float, patience: float) -> float:
    """La part des appels raccrochés avant la réponse, quand on attend en moyenne ``patience`` secondes avant de renoncer.

    Il peut y avoir moins d'agents que d'erlangs : ceux qui renoncent vident la file.

    >>> round(abandon(50, 48, dmt=60, patience=120), 4)
    0.0309
    """
    return prevoir(agents, charge, dmt, patience=patience).abandon


def prevoir(
    agents: float, charge: float, dmt: float, delai: float = 20, patience: float | None = None
) -> Prevision:
    """Toutes les prévisions à la fois : Erlang A si l'on connaît la ``patience`` moyenne des clients, Erlang C sinon.

    Lève ``ValueError`` comme ``erlang_c`` si personne ne raccroche et que les agents manquent, ou si une durée n'est pas plus grande que 0.

    >>> prevision = prevoir(50, 48, dmt=60, patience=120)
    >>> round(prevision.attente, 1), round(prevision.occupation, 2)
    (3.7, 0.93)
    """
    if patience is not None:
        return _avec_abandon(agents, charge, dmt, delai, patience)
    return Prevision(
        erlang_c(agents, charge),
        attente_moyenne(agents, charge, dmt),
        niveau_de_service(agents, charge, dmt, delai),
        0.0,
        occupation(agents, charge),
    )


def _avec_abandon(
    agents: float, charge: float, dmt: float, delai: float, patience: float
) -> Prevision:
    """Les états d'une file qui naît et qui meurt, l'unité de temps étant la durée d'un appel.

    Rapportées à l'état « tous occupés, personne n'attend » : les probabilités des états d'avant font 1 ÷ B ; celle de k en attente est
    celle de k − 1, multipliée par A ÷ (N + k·θ), où θ = DMT ÷ patience. Leurs logarithmes ne débordent jamais.
    """
    _verifier_la_duree(dmt)
    _verifier_la_duree(patience)
    _verifier_le_delai(delai)
    refus = erlang_b(agents, charge)
    if agents < 1:
        raise ValueError("Il faut au moins un agent pour répondre.")
    impatience = dmt / patience
    if not charge:
        return Prevision(0.0, 0.0, 1.0, 0.0, 0.0)
    en_file = [0.0]
    plus_haut = 0.0
    while en_file[-1] > plus_haut - NEGLIGEABLE:
        en_file.append(en_file[-1] + log(charge / (agents + len(en_file) * impatience)))
        plus_haut = max(plus_haut, en_file[-1])
    libres = -log(refus) if refus else inf
    sommet = max(plus_haut, libres)
    if sommet == inf:
        return Prevision(0.0, 0.0, 1.0, 0.0, charge / agents)
    poids = [exp(etat - sommet) for etat in en_file]
    total = exp(libres - sommet) + sum(poids[1:])
    attendent = sum(poids) / total
    en_attente = sum(rang * un for rang, un in enumerate(poids)) / total / charge
    perdus = impatience * en_attente
    a_temps = _pris_apres_avoir_attendu(
        agents, charge, impatience, delai / dmt, -sommet - log(total)
    )
    return Prevision(
        attendent,
        en_attente * dmt,
        min(1.0, 1 - attendent + a_temps),
        perdus,
        min(1.0, charge * (1 - perdus) / agents),
    )


def _pris_apres_avoir_attendu(
    agents: float, charge: float, impatience: float, delai: float, log_tous_occupes: float
) -> float:
    """La part des appels pris après une attente d'au plus ``delai`` : l'intégrale, par la règle de Simpson, de
    P(tous occupés, file vide) × N × e^(−(N + θ)t + (A ÷ θ)(1 − e^(−θt))).

    Qui arrive derrière k personnes attend la somme de k + 1 départs ; en sommant sur k, il ne reste que cette seule exponentielle.
    """
    if not delai:
        return 0.0
    pas = 2 * ceil(50 + 2 * (agents + impatience) * delai)

    def densite(t: float) -> float:
        clients = -charge / impatience * expm1(-impatience * t)
        return agents * exp(log_tous_occupes - (agents + impatience) * t + clients)

    h = delai / pas
    interieur = sum((4 if rang % 2 else 2) * densite(rang * h) for rang in range(1, pas))
    return h / 3 * (densite(0) + interieur + densite(delai))


# --- Combien d'agents ------------------------------------------------------------------------------------------------


def agents_necessaires(
    charge: float,
    dmt: float,
    objectif: float = 0.8,
    delai: float = 20,
    patience: float | None = None,
) -> int:
    """Le plus petit nombre d'agents à leur poste qui atteint l'``objectif`` de niveau de service : 80 % en 20 s, par exemple.

    Sans appel, il n'en faut aucun. Lève ``ValueError`` si l'objectif n'est pas entre 0 et 1, bornes exclues : rien ne garantit 100 %.

    >>> agents_necessaires(charge(appels=100, periode=1800, dmt=180), dmt=180)
    14
    """
    if not 0 < objectif < 1:
        raise ValueError("L'objectif est une part, entre 0 et 1 sans y être : 0,8 pour 80 %.")
    _verifier(0, charge)
    if not charge:
        return 0
    agents = 1 if patience else int(charge) + 1
    while prevoir(agents, charge, dmt, delai, patience).niveau_de_service < objectif:
        agents += 1
    return agents


def _verifier(agents: float, charge: float) -> None:
    if not (agents >= 0 and agents == int(agents)):
        raise ValueError("Les agents sont un nombre entier, 0 ou plus.")
    if not (charge >= 0 and isfinite(charge)):
        raise ValueError("La charge, en erlangs, ne peut pas être négative ni sans fin.")


def _verifier_la_duree(duree: float) -> None:
    if not 0 < duree < inf:
        raise ValueError("Une durée d'appel ou une patience est plus grande que 0, et a une fin.")


def _verifier_le_delai(delai: float) -> None:
    if not 0 <= delai < inf:
        raise ValueError("Le délai promis ne peut pas être négatif, et a une fin.")
