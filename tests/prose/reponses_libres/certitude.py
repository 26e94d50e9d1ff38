"""Apprendre de nos réponses étiquetées quand une note proposée est sûre : ``python -m tests.prose.reponses_libres.certitude``.

Récrit les nombres d'``autograde/prose/certitude.yml`` (les phrases y restent) et affiche, pour chaque ensemble de réponses, ce que valent
les notes sûres avant (la règle d'autrefois : « sept dixièmes des points suffisent ») et après. Les mêmes jeux et le même moteur
donnent le même fichier, en une minute de calcul. À relancer dès que le moteur, le lexique ou un barème change ; ``--sans-ecrire``
n'affiche que le tableau.

Chaque question est jugée par un modèle qui n'en a vu aucune réponse (validation croisée par question). Un barème de nos jeux connaît
trop bien leurs réponses : chacun sert aussi amaigri d'une partie de ses formulations, tirées au sort une fois pour toutes. Le seuil se
choisit sur les barèmes entiers ; la classe entière, dont personne n'avait vu les réponses, est comptée à part.
« Avant » : l'ancienne règle, avec les relectures imposées d'aujourd'hui.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from autograde.notation.recalage import borne_superieure
from autograde.prose.bareme import BaremeRedige
from autograde.prose.certitude import (
    A_PEU_PRES,
    CHEMIN,
    Cas,
    Chances,
    attenuer,
    cas_de,
    chances_d_etre_proche,
)
from autograde.prose.credit import Credit
from autograde.prose.evaluation import (
    NOTE_HAUTE,
    Lue,
    bien_lue,
    evaluer,
    lire_la_reponse,
    motif_impose,
    part_du_doute,
    ponderer,
)
from autograde.prose.gardes import refuser
from autograde.prose.repli import suivre
from autograde.prose.signes import relever
from tests.prose.reponses_libres.mesures import (
    CLASSES,
    JEUX_ETIQUETES,
    charger_le_jeu,
    enonce_d_avant,
)

PLIS = 8
REGULARISATION = 0.1  # l'inverse de la force qui retient les poids près de zéro
# Quelle part de ses formulations perd chaque élément d'un barème amaigri.
MAIGREURS = (0.4,)
# Ce que pèse une réponse à l'apprentissage : lue avec un vrai barème de nos TP, elle compte double ; avec un barème amaigri, quatre fois
# moins.
POIDS_D_UNE_CLASSE = 2.0
POIDS_D_UN_AMAIGRI = 0.25
# Parmi les notes sûres, pour chaque écart à la juste note : ce que la borne supérieure de l'erreur ne doit pas dépasser, toutes réponses
# ensemble, et ce que la part mesurée d'erreurs ne doit pas dépasser dans chaque ensemble.
TOLERANCES = {0.5: 0.025, 0.25: 0.105, A_PEU_PRES: 0.2}
EXIGENCES = {
    "jeux": {0.5: 0.02, 0.25: 0.08},
    "classes": {0.5: 0.02, 0.25: 0.08, A_PEU_PRES: 0.12},
}
PART_POUR_JUGER = (
    0.25  # un seuil qui garderait moins de réponses ne s'essaie pas : aucune borne n'y dit rien
)
SEUILS = np.arange(0.95, 0.3, -0.0025)
AUTRES_SEUILS = (0.8, 0.7, 0.65, 0.6, 0.55, 0.5)
BAREMES_ENTIERS = 0.0


@dataclass(frozen=True)
class Exemple:
    """Une réponse étiquetée, lue avec un barème. ``signes`` est vide si sa relecture est imposée, ou si elle est refusée d'avance."""

    question: str
    ensemble: str
    bareme: BaremeRedige
    credits: dict[str, Credit]
    fraction: float
    juste: float
    etiquettes: dict[str, float]
    signes: dict[str, dict[str, float]]
    impose: bool
    autrefois: bool
    doute: float = 1.0

    @property
    def ecart(self) -> float:
        return abs(self.fraction - self.juste)

    @property
    def poids(self) -> float:
        de_la_classe = POIDS_D_UNE_CLASSE if self.ensemble.startswith("classes") else 1.0
        return de_la_classe * (1.0 if est_entier(self) else POIDS_D_UN_AMAIGRI)


def maigrir(bareme: BaremeRedige, part: float, graine: str) -> BaremeRedige:
    """Le même barème, auquel manque au hasard une part des formulations de chaque élément ; il en reste toujours une."""
    if not part:
        return bareme
    alea = random.Random(graine)
    elements = []
    for element in bareme.elements:
        gardees = [f for f in element.formulations if alea.random() > part]
        if element.formulations and not gardees:
            gardees = [alea.choice(element.formulations)]
        elements.append(element.model_copy(update={"formulations": gardees}))
    return bareme.model_copy(update={"elements": elements})


def exemples(maigreurs: tuple[float, ...] = (BAREMES_ENTIERS, *MAIGREURS)) -> Iterator[Exemple]:
    """Toutes nos réponses étiquetées, avec chaque barème, entier puis amaigri."""
    for jeu in (*JEUX_ETIQUETES, *CLASSES):
        reponses, baremes, cas = charger_le_jeu(jeu)
        for maigreur in maigreurs:
            for reponse in reponses:
                question = reponse["qid"]
                ensemble = "jeux" if jeu not in CLASSES else "classes"
                if enonce_d_avant(jeu, question):
                    ensemble = "classes, ancien énoncé"
                bareme = maigrir(baremes[question], maigreur, f"{question}{maigreur}")
                yield lire(
                    reponse | {"qid": question.replace("-", "_")},
                    bareme,
                    cas[question],
                    ensemble + (f" amaigris de {maigreur:.0%}" if maigreur else ""),
                )


def lire(reponse: dict, bareme: BaremeRedige, contexte: str, ensemble: str) -> Exemple:
    forme = suivre(reponse["answer"], bareme)
    vides: dict[str, Credit] = {element.id: Credit() for element in bareme.elements}
    if refuser(forme.texte, bareme, contexte):
        evaluation = evaluer(reponse["answer"], bareme, contexte)
        return Exemple(
            reponse["qid"], ensemble, bareme, vides, 0.0, reponse["fraction"], reponse["labels"],
            {}, evaluation.relire, not evaluation.relire,
        )  # fmt: skip
    lue = lire_la_reponse(forme, bareme)
    fraction = ponderer(bareme, lue.credits)
    signes = relever(lue.lecture(bareme))
    impose = bool(motif_impose(lue, bareme, fraction))
    return Exemple(
        reponse["qid"], ensemble, bareme, lue.credits, fraction, reponse["fraction"],
        reponse["labels"], signes, impose, sure_autrefois(lue, bareme, fraction),
        part_du_doute(lue, fraction),
    )  # fmt: skip


def sure_autrefois(lue: Lue, bareme: BaremeRedige, fraction: float) -> bool:
    """La règle d'avant : une note haute suffisait ; une note basse voulait peu de mots inexpliqués, une note nulle encore moins."""
    if motif_impose(lue, bareme, fraction) or (lue.soupcons and fraction):
        return False
    return fraction >= NOTE_HAUTE or bien_lue(lue, fraction)


@dataclass
class Appris:
    """Un modèle appris : la moyenne et l'écart de chaque signe ; par cas, leurs poids et les deux constantes."""

    moyennes: np.ndarray
    ecarts: np.ndarray
    poids: dict[Cas, np.ndarray]
    constantes: dict[Cas, tuple[float, float]]

    def chances(self, cas: Cas, signes: np.ndarray) -> Chances:
        somme = self.poids[cas] @ ((signes - self.moyennes) / self.ecarts)
        moitie, tout = (
            1 / (1 + np.exp(-(constante + somme))) for constante in self.constantes[cas]
        )
        return 1 - moitie, moitie - min(moitie, tout), min(moitie, tout)


@dataclass
class Lignes:
    """Un élément d'une réponse par ligne."""

    signes: np.ndarray
    etiquettes: np.ndarray
    cas: np.ndarray
    questions: np.ndarray
    poids: np.ndarray

    @classmethod
    def de(cls, connus: list[Exemple], noms: list[str]) -> "Lignes":
        lues = [
            ([signes[nom] for nom in noms], e.etiquettes[element],
             cas_de(e.credits[element]), e.question, e.poids)
            for e in connus
            for element, signes in e.signes.items()
            if element in e.etiquettes
        ]  # fmt: skip
        return cls(*(np.array(colonne) for colonne in zip(*lues, strict=True)))


def apprendre(lignes: Lignes, parmi: np.ndarray) -> Appris:
    """Deux modèles ordinaux : « au moins la moitié » et « en entier » ont les mêmes poids, et chacun sa constante."""
    moyennes = lignes.signes[parmi].mean(axis=0)
    ecarts = lignes.signes[parmi].std(axis=0)
    ecarts[ecarts == 0] = 1.0
    appris = Appris(moyennes, ecarts, {}, {})
    for cas in Cas:
        choisies = parmi[lignes.cas[parmi] == cas]
        reduits = (lignes.signes[choisies] - moyennes) / ecarts
        moitie, tout = lignes.etiquettes[choisies] >= 0.5, lignes.etiquettes[choisies] >= 1
        # Une colonne de plus dit laquelle des deux questions on pose : son poids sépare les deux constantes.
        double = np.vstack(
            [np.c_[reduits, np.zeros(len(reduits))], np.c_[reduits, np.ones(len(reduits))]]
        )
        regression = LogisticRegression(C=REGULARISATION, max_iter=5000, tol=1e-5)
        poids = lignes.poids[choisies]
        regression.fit(double, np.r_[moitie, tout], sample_weight=np.r_[poids, poids])
        depart, pas = float(regression.intercept_[0]), float(regression.coef_[0][-1])
        appris.poids[cas] = regression.coef_[0][:-1]
        appris.constantes[cas] = (depart, depart + pas)
    return appris


def probabilite(appris: Appris, exemple: Exemple, noms: list[str]) -> float:
    chances = {
        element: appris.chances(
            cas_de(exemple.credits[element]), np.array([signes[nom] for nom in noms])
        )
        for element, signes in exemple.signes.items()
    }
    proche = chances_d_etre_proche(exemple.bareme, chances, exemple.fraction, ponderer)
    return attenuer(proche, exemple.doute)


def hors_pli(connus: list[Exemple], noms: list[str]) -> dict[int, float]:
    """La probabilité de chaque exemple (par son rang), selon un modèle qui n'a vu aucune réponse à sa question."""
    lus = [rang for rang, exemple in enumerate(connus) if exemple.signes]
    lignes = Lignes.de(connus, noms)
    questions = np.array([connus[rang].question for rang in lus])
    plis = GroupKFold(PLIS, shuffle=True, random_state=0)
    trouvees: dict[int, float] = {}
    for _, ecartes in plis.split(lus, groups=questions):
        absentes = set(questions[ecartes])
        parmi = np.flatnonzero(~np.isin(lignes.questions, sorted(absentes)))
        appris = apprendre(lignes, parmi)
        for place in ecartes:
            trouvees[lus[place]] = probabilite(appris, connus[lus[place]], noms)
    return trouvees


def sures(connus: list[Exemple], chances: dict[int, float], seuil: float) -> list[Exemple]:
    return [
        exemple
        for rang, exemple in enumerate(connus)
        if not exemple.impose and chances.get(rang, 1.0) >= seuil
    ]


def part(eux: list[Exemple], ecart: float) -> float:
    return sum(_depasse(e, ecart) for e in eux) / max(1, len(eux))


def _depasse(exemple: Exemple, ecart: float) -> bool:
    return exemple.ecart > ecart + 1e-9 if ecart == A_PEU_PRES else exemple.ecart >= ecart - 1e-9


def choisir_le_seuil(connus: list[Exemple], chances: dict[int, float]) -> float:
    """Le dernier seuil, en partant du plus exigeant, qui respecte encore toutes les tolérances et toutes les exigences."""
    choisi = float(SEUILS[0])
    for seuil in map(float, SEUILS):
        gardes = sures(connus, chances, seuil)
        if len(gardes) < PART_POUR_JUGER * len(connus):
            continue
        if not _est_tolerable(gardes):
            break
        choisi = seuil
    return round(choisi, 4)


def _est_tolerable(gardes: list[Exemple]) -> bool:
    bornes = (
        borne_superieure(sum(_depasse(e, ecart) for e in gardes), len(gardes)) <= tolere
        for ecart, tolere in TOLERANCES.items()
    )
    parts = (
        part([e for e in gardes if e.ensemble == ensemble], ecart) <= exige
        for ensemble, ecarts in EXIGENCES.items()
        for ecart, exige in ecarts.items()
    )
    return all(bornes) and all(parts)


def ligne(nom: str, eux: list[Exemple], gardes: list[Exemple]) -> str:
    parts = "  ".join(f"{part(gardes, ecart):6.1%}" for ecart in TOLERANCES)
    return f"{nom:34}{len(eux):6}  {len(gardes) / len(eux):6.1%}  {parts}"


def tableau(connus: list[Exemple], chances: dict[int, float], seuil: float) -> Iterator[str]:
    """Avant et après, ensemble par ensemble ; puis ce que vaudraient d'autres seuils sur les barèmes entiers."""
    yield f"{'':34}{'n':>6}  {'sûres':>6}  {'≥ .5':>6}  {'≥ .25':>6}  {'> 15 %':>6}   (des notes sûres ; hors pli)"
    for ensemble in dict.fromkeys(e.ensemble for e in connus):
        eux, siennes = choisir(connus, chances, lambda e, nom=ensemble: e.ensemble == nom)
        yield ligne(f"{ensemble}, avant", eux, [e for e in eux if e.autrefois])
        yield ligne(f"{ensemble}, après", eux, sures(eux, siennes, seuil))
    eux, siennes = choisir(connus, chances, juge)
    for autre in AUTRES_SEUILS:
        yield ligne(f"barèmes entiers, seuil {autre:g}", eux, sures(eux, siennes, autre))


def est_entier(exemple: Exemple) -> bool:
    return "amaigris" not in exemple.ensemble


def juge(exemple: Exemple) -> bool:
    """Ce qui choisit le seuil : un barème entier, et un énoncé qui n'a pas changé depuis l'étiquetage."""
    return est_entier(exemple) and "ancien énoncé" not in exemple.ensemble


def choisir(
    connus: list[Exemple], chances: dict[int, float], lesquels: Callable[[Exemple], bool]
) -> tuple[list[Exemple], dict[int, float]]:
    """Une partie des exemples, et leurs probabilités par leur nouveau rang."""
    rangs = [rang for rang, exemple in enumerate(connus) if lesquels(exemple)]
    siennes = {k: chances[rang] for k, rang in enumerate(rangs) if rang in chances}
    return [connus[rang] for rang in rangs], siennes


def ecrire(appris: Appris, noms: list[str], seuil: float, chemin: Path = CHEMIN) -> str:
    """``certitude.yml`` avec ces nombres-là ; ses phrases et ses commentaires ne changent pas."""
    yaml = YAML()
    yaml.width = 200
    brut = yaml.load(chemin.read_text(encoding="utf-8"))
    brut["seuil"] = seuil
    for cas in Cas:
        for nom, constante in zip(("moitie", "tout"), appris.constantes[cas], strict=True):
            brut[cas][nom] = _arrondi(constante)
    for rang, nom in enumerate(noms):
        brut["signes"][nom].update(
            moyenne=_arrondi(appris.moyennes[rang]),
            ecart=_arrondi(appris.ecarts[rang]),
            **{cas: _arrondi(appris.poids[cas][rang]) for cas in Cas},
        )
    flux = StringIO()
    yaml.dump(brut, flux)
    return flux.getvalue()


def _arrondi(nombre: float) -> float:
    return round(float(nombre), 3)


def noms_des_signes(connus: list[Exemple]) -> list[str]:
    """Les signes, dans l'ordre où ``relever`` les donne."""
    return list(next(iter(next(e.signes for e in connus if e.signes).values())))


def tout_apprendre() -> tuple[str, list[str]]:
    """Le texte de ``certitude.yml``, et le tableau."""
    connus = list(exemples())
    noms = noms_des_signes(connus)
    chances = hors_pli(connus, noms)
    seuil = choisir_le_seuil(*choisir(connus, chances, juge))
    lignes = Lignes.de(connus, noms)
    appris = apprendre(lignes, np.arange(len(lignes.etiquettes)))
    return ecrire(appris, noms, seuil), [f"seuil : {seuil}", *tableau(connus, chances, seuil)]


def main() -> None:
    analyse = argparse.ArgumentParser(description="Apprend quand une note proposée est sûre.")
    analyse.add_argument("--sans-ecrire", action="store_true", help="n'affiche que le tableau")
    options = analyse.parse_args()
    texte, lignes_du_tableau = tout_apprendre()
    if not options.sans_ecrire:
        CHEMIN.write_text(texte, encoding="utf-8")
    print("\n".join(lignes_du_tableau))


if __name__ == "__main__":
    main()
