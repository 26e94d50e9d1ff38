"""L'atelier RFM du Fil Rouge : mesures de quelques clients, leurs notes, leurs scores, puis trois plans d'envoi.

Chaque case suit celles d'avant : une note suit les mesures que le stagiaire a trouvées pour tous les clients à calculer, un score suit
ses notes, un plan suit ses notes de récence.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from autograde.cas import donnees
from grc_helpers.calculs import coherence
from grc_helpers.calculs.case import Case
from grc_helpers.calculs.rfm import (
    TAUX_DE_REPONSE,
    Mesures,
    Notes,
    mesurer,
    noter,
    noter_tous,
    score,
)
from grc_helpers.calculs.tableau import Formule, Modele, Valeurs, valeur_ecrite
from grc_helpers.donnees import commerces

# Colonne du tableau, colonne de sa note, et si la plus petite valeur est la meilleure.
MESURES = (
    ("Récence", "Note R", True),
    ("Fréquence", "Note F", False),
    ("Montant", "Note M", False),
)
PLANS = ("Plan A", "Plan B", "Plan C")
RECENTS = 4


@dataclass(frozen=True)
class ConditionsDEnvoi:
    """En euros : ce qu'on peut dépenser, ce que coûte un courrier, la marge que laisse un client qui vient."""

    budget: float
    cout: float
    marge: float

    @property
    def courriers(self) -> int:
        """Combien de courriers le budget permet."""
        return int(self.budget // self.cout)


# Ce que l'énoncé donne : le jour où l'on fait le point, les quatre clients à calculer, le budget, le prix d'un courrier, la marge que
# laisse un client qui vient.
JOUR_D_ANALYSE = date(2026, 8, 31)
A_CALCULER = ("Driss", "Élise", "Jade", "Zoé")
ENVOI = ConditionsDEnvoi(budget=40, cout=5, marge=20)


def mesures_du_fil_rouge() -> dict[str, Mesures]:
    """La récence, la fréquence et le montant de chaque client, au jour d'analyse.

    >>> mesures_du_fil_rouge()["Karim"]
    Mesures(recence=248, frequence=11, montant=486.0)
    """
    return mesurer(commerces.ventes("fil_rouge", donnees.__name__), JOUR_D_ANALYSE)


def refus_du_fil_rouge() -> set[str]:
    """Les clients qui ont demandé à ne plus recevoir de publicité."""
    return commerces.refus_de_publicite("fil_rouge", donnees.__name__)


def modele() -> Modele:
    """Toutes les cases de l'atelier, avec les ventes du Fil Rouge."""
    return tableau(mesures_du_fil_rouge(), A_CALCULER, refus_du_fil_rouge(), ENVOI)


def plans(
    mesures: Mapping[str, Mesures], refus: Collection[str], courriers: int
) -> dict[str, list[str]]:
    """Les clients des trois plans, sans ceux qui refusent la publicité.

    A : les plus gros montants ; B : les meilleurs scores ; C : ceux de B dont la note de récence est 4 ou 5.
    """
    notes = noter_tous(mesures)
    permis = [client for client in mesures if client not in refus]
    par_montant = sorted(permis, key=lambda client: -mesures[client].montant)[:courriers]
    par_score = sorted(permis, key=lambda client: -_score(notes[client]))[:courriers]
    return dict(
        zip(
            PLANS,
            (par_montant, par_score, [c for c in par_score if notes[c].recence >= RECENTS]),
            strict=True,
        )
    )


def _score(notes: Notes) -> float:
    return score(notes.recence, notes.frequence, notes.montant)


def tableau(
    mesures: Mapping[str, Mesures],
    a_calculer: Sequence[str],
    refus: Collection[str],
    envoi: ConditionsDEnvoi,
) -> Modele:
    """Toutes les cases de l'atelier. ``a_calculer`` : les clients dont le stagiaire établit lui-même les mesures et les notes.

    >>> clients = {"Lina": Mesures(10, 2, 50), "Marc": Mesures(200, 1, 300), "Nour": Mesures(30, 1, 20)}
    >>> petit = tableau(clients, ["Lina"], [], ConditionsDEnvoi(budget=10, cout=5, marge=20))
    >>> valeurs = petit.calculer()
    >>> valeurs["Lina", "Note R"], valeurs["Lina", "Score"], valeurs["Plan A", "Coût"]
    (4.0, 22.0, 10.0)
    >>> petit.calculer({Case("Lina", "Récence"): 300})["Lina", "Note R"]
    1.0
    """
    relations = coherence.envois(a_calculer, PLANS)
    return Modele(
        [
            *_mesures(mesures, a_calculer),
            *(note for client in a_calculer for note in _notes(client, mesures, a_calculer)),
            *(relations[Case(client, "Score")] for client in a_calculer),
            Formule(Case("Taux d'équilibre"), lambda v: 100 * envoi.cout / envoi.marge),
            *_plans(mesures, a_calculer, refus, envoi, relations),
        ]
    )


def _mesures(mesures: Mapping[str, Mesures], a_calculer: Sequence[str]) -> list[Formule]:
    formules = []
    for client in a_calculer:
        m = mesures[client]
        valeurs = zip(MESURES, (m.recence, m.frequence, m.montant), strict=True)
        formules += [
            valeur_ecrite(Case(client, colonne), valeur) for (colonne, _, _), valeur in valeurs
        ]
    return formules


def _notes(client: str, mesures: Mapping[str, Mesures], a_calculer: Sequence[str]) -> list[Formule]:
    def note(rang: int, v: Valeurs) -> float:
        colonne, _, petit_est_mieux = MESURES[rang]
        toutes = {nom: (m.recence, m.frequence, m.montant)[rang] for nom, m in mesures.items()}
        siennes = {nom: v[nom, colonne] for nom in a_calculer}
        return noter(toutes | siennes, petit_est_mieux=petit_est_mieux)[client]

    return [
        Formule(Case(client, titre), partial(note, rang))
        for rang, (_, titre, _) in enumerate(MESURES)
    ]


def _plans(
    mesures, a_calculer, refus, envoi: ConditionsDEnvoi, relations: coherence.Relations
) -> list[Formule]:
    notes = noter_tous(mesures)

    def reponses(clients: Sequence[str], v: Valeurs) -> float:
        recences = {
            client: v[client, "Note R"] if client in a_calculer else notes[client].recence
            for client in clients
        }
        return sum(TAUX_DE_REPONSE[recence] for recence in recences.values())

    def du_plan(nom: str, clients: Sequence[str]) -> list[Formule]:
        return [
            Formule(Case(nom, "Clients attendus"), partial(reponses, clients)),
            Formule(
                Case(nom, "Marge attendue"), lambda v: v[nom, "Clients attendus"] * envoi.marge
            ),
            Formule(Case(nom, "Coût"), lambda v: len(clients) * envoi.cout),
            relations[Case(nom, "Gain attendu")],
        ]

    tous = plans(mesures, refus, envoi.courriers)
    return [formule for nom, clients in tous.items() for formule in du_plan(nom, clients)]
