"""Ce que change un agent de plus ou de moins : la part des appels pris à temps, barre après barre, face à l'objectif."""

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.figure import Figure

from grc_helpers.calculs.centre_appels import cout_par_appel
from grc_helpers.calculs.files_attente import Prevision, agents_necessaires, charge, prevoir
from grc_helpers.couleurs import BLEU, ENCRE, VERMILLON
from grc_helpers.figures import accessible as a
from grc_helpers.francais.nombres import ecrire_nombre
from grc_helpers.francais.typographie import insecables

OBJECTIF, DELAI = 0.8, 20  # l'usage : 80 % des appels pris en 20 secondes
HEURE = 3600
VOISINS = 3  # d'agents en moins et en plus, autour de ceux que l'on a


@dataclass(frozen=True)
class Centre:
    """Un centre pendant une heure : ses ``agents`` à leur poste, ses ``appels``, durées en secondes, coût d'un agent en dirhams."""

    agents: int
    appels: float
    dmt: float
    patience: float
    cout_horaire: float

    @property
    def charge(self) -> float:
        """Le travail qui arrive, en erlangs : autant d'agents seraient occupés sans répit."""
        return charge(appels=self.appels, periode=HEURE, dmt=self.dmt)

    @property
    def necessaires(self) -> int:
        """Le plus petit nombre d'agents qui atteint l'objectif."""
        return agents_necessaires(self.charge, self.dmt, OBJECTIF, DELAI, self.patience)

    def avec(self, agents: int) -> Prevision:
        """Ce que donnerait ce nombre d'``agents``."""
        return prevoir(agents, self.charge, self.dmt, DELAI, self.patience)

    def cout_par_appel(self, agents: int) -> float:
        """Le coût de l'heure, partagé entre les appels auxquels on a répondu."""
        pris = self.appels * (1 - self.avec(agents).abandon)
        return cout_par_appel(cout=agents * self.cout_horaire, appels=pris)

    @property
    def autour(self) -> dict[int, Prevision]:
        """Les prévisions avec un peu moins et un peu plus d'agents."""
        debut = max(1, self.agents - VOISINS)
        return {n: self.avec(n) for n in range(debut, self.agents + VOISINS + 1)}


def phrase(centre: Centre) -> str:
    """La conclusion : ce que vit le client, ce que fait l'agent, ce que coûte l'appel, et l'effectif qu'il faudrait.

    >>> print(phrase(Centre(8, 120, 180, 120, 45)).replace("\\xa0", " ").replace(". ", ".\\n"))
    8 agents : 84 % des appels pris en 20 s, 7 s d'attente en moyenne, 6 % raccrochent.
    Agents occupés à 70 % ; 3,20 DH par appel pris.
    Pour l'objectif de 80 %, il en faut au moins 8.
    """
    prevision = centre.avec(centre.agents)
    return insecables(
        f"{_agents(centre.agents)} : {_pourcent(prevision.niveau_de_service)} des appels pris en {DELAI} s, "
        f"{_s(prevision.attente)} d'attente en moyenne, {_pourcent(prevision.abandon)} raccrochent. "
        f"Agents occupés à {_pourcent(prevision.occupation)} ; {_dh(centre.cout_par_appel(centre.agents))} par appel pris. "
        f"Pour l'objectif de {_pourcent(OBJECTIF)}, il en faut au moins {centre.necessaires}."
    )


def description(centre: Centre) -> str:
    """Ce que montrent les barres, pour qui ne les voit pas.

    >>> description(Centre(1, 10, 180, 120, 45)).replace("\\xa0", " ")
    'Barres de la part des appels pris en 20 secondes : 1 agent, 65 % ; 2 agents, 93 % ; 3 agents, 99 % ; 4 agents, 100 %. Objectif : 80 %.'
    """
    barres = " ; ".join(
        f"{_agents(n)}, {_pourcent(prevision.niveau_de_service)}"
        for n, prevision in centre.autour.items()
    )
    return f"Barres de la part des appels pris en {DELAI} secondes : {barres}. Objectif : {_pourcent(OBJECTIF)}."


def figure_service(centre: Centre, projection: bool = False) -> Figure:
    """Une barre par nombre d'agents : pleine pour celui que l'on a, vide pour les autres ; l'objectif en pointillé."""
    figure, axes = a.nouvelle_figure(projection, hauteur=3.3 if projection else 2.5)
    taille = a.police(projection)
    axes.grid(visible=False)
    autour: Mapping[int, Prevision] = centre.autour
    for n, prevision in autour.items():
        hauteur = 100 * prevision.niveau_de_service
        couleur = BLEU if n == centre.agents else "white"
        axes.bar(n, hauteur, width=0.7, facecolor=couleur, edgecolor=BLEU, linewidth=1.5)
        axes.annotate(
            _pourcent(prevision.niveau_de_service),
            (n, hauteur),
            (0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=taille,
            fontweight="bold" if n == centre.agents else "normal",
            color=ENCRE,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0},
        )
    axes.axhline(100 * OBJECTIF, color=VERMILLON, linewidth=1.5, linestyle=(0, (5, 3)))
    axes.annotate(
        f" objectif\n {_pourcent(OBJECTIF)}",
        (1, 100 * OBJECTIF),
        xycoords=("axes fraction", "data"),
        va="center",
        fontsize=taille,
        color=ENCRE,
    )
    # Sur deux lignes : en projection, « 7 agents » toucherait ses voisins.
    unite = "agent" if centre.agents == 1 else "agents"
    axes.set_xticks(
        list(autour), [f"{n}\n{unite}" if n == centre.agents else str(n) for n in autour]
    )
    axes.set_yticks([])
    axes.set_ylim(0, 115)
    axes.set_title(f"Appels pris en {DELAI} secondes", loc="left", pad=8, fontsize=taille)
    return figure


def _agents(nombre: int) -> str:
    return ecrire_nombre(nombre, unite="agent" if nombre == 1 else "agents")


def _pourcent(part: float) -> str:
    return ecrire_nombre(100 * part, 0, "%")


def _s(secondes: float) -> str:
    return ecrire_nombre(secondes, 0, "s")


def _dh(montant: float) -> str:
    return ecrire_nombre(montant, 2, "DH")
