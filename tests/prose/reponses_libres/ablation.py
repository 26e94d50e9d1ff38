"""À quoi sert chaque mécanisme du moteur : on le débranche seul, on rejoue les jeux étiquetés et tous les essais, on dit ce qui change.

``python -m tests.prose.reponses_libres.ablation`` essaie tous les mécanismes (compter un quart d'heure) ; suivie de mots, la commande
n'essaie que ceux dont le nom les contient. ``--lexique`` compte, d'un seul passage, les lignes du lexique qui jouent.

Une ligne par mécanisme : combien de réponses étiquetées changent, combien se rapprochent de la note juste et combien s'en éloignent, ce
que deviennent l'accord (qwk) et l'erreur moyenne (mae), combien d'essais des barèmes échouent, combien d'essais écrits à la main. Rien ne
change et rien n'échoue : le mécanisme est à retirer, ou il lui manque un essai.
"""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.production.essais_du_bareme import charger_essais
from autograde.prose import Evaluation, evaluer
from autograde.prose.bareme import BaremeRedige
from autograde.prose.lexique import (
    CHEMIN,
    Grammaire,
    decouper,
    grammaire,
    lexique,
    lire_lignes,
    variantes,
)
from tests.prose.reponses_libres.mesures import evaluer_le_jeu, evaluer_les_jeux, mesurer

ESSAIS_A_LA_MAIN = ["test_tournures.py", "test_refus.py", "test_prose.py"]
# Les mesures d'ensemble ne sont pas des essais à la main ; les textes tirés au sort et la ligne de commande n'apprennent rien ici.
PAS_CEUX_LA = "not mesures and not huit and not etiquetes and not ligne_de_commande and not texte and not ajouter"
# Ce que ces fonctions rendent une fois débranchées : une valeur, ou ce qu'elles font de leurs arguments.
DEBRANCHEES: dict[str, Any] = {
    "texte.recoller_les_lignes": lambda texte: texte,
    "texte.sans_points_de_titre": lambda texte: texte,
    "texte.deplier": lambda forme: (forme,),
    "texte.ecarter_ce_qui_est_dedit": lambda mots, plat: mots,
    "texte.mettre_les_expressions": lambda mots: mots,
    "texte._nomme_un_client": False,
    "poles.couper_entre_les_poles": lambda mots, poles, reponse: mots,
    "polarite._fin_de_la_negation": lambda formes, place: len(formes),
    "polarite._refus": None,
    "polarite._portees": [],
    "polarite._restriction": None,
    "polarite._n_est_qu_une_restriction": False,
    "polarite.est_un_refus": False,
    "polarite.est_une_restriction": False,
    "refus.portees_des_refus": [],
    "refus.verbe_nie": None,
    "diminutions.portees_des_diminutions": [],
    "ressemblance.son": lambda mot: mot,
    "ressemblance.contraire": None,
    "ressemblance.anneaux_du_mot": frozenset(),
    "ressemblance._a_une_faute_pres": False,
    "ressemblance._familles_par_son": {},
    "moteur._sous_entendues": lambda formulation, connus: (False,) * len(formulation.places),
    "moteur._est_generale": False,
    "moteur._comparatif_ailleurs": False,
    "moteur._dans_la_phrase": False,
    "moteur._dans_l_ordre": True,
    "moteur._dont_on_parle": False,
    "moteur._se_partagent_un_mot": False,
    "moteur._est_decisif": False,
    "sens.est_retournee": False,
    "sens.absence_niee": False,
    "sens.dit_non": False,
    "sens._parti_oppose": False,
    "sens._apres_sinon": False,
    "sens._coordonne_a_part": False,
    "sens._oppose": False,
    "roles.joue_par_un_autre": False,
    "roles._designe": "",
    "roles._a_pour_sujet_un_autre": False,
    "evaluation.annuler_par_les_idees_fausses": ([], []),
    "accusation._s_etire": False,
    "accusation._perd_son_sens": False,
    "accusation._fait_parler_un_autre": False,
    "accusation._compare": False,
    "accusation._est_citee": False,
    "signes.pose_une_condition": False,
    "signes.telle_quelle": True,
    "evaluation._est_dite_ailleurs": False,
    "evaluation._douter_des_voisines": None,
    "evaluation.ce_qui_fait_douter": "",
    "evaluation._idees_refusees": 0,
    "preparation._tout_nie": False,
    "gardes._est_une_liste": False,
    "gardes._est_telegraphique": False,
    "gardes._est_une_recopie": False,
    "gardes._est_une_lettre_nommee": False,
    "gardes.revirement": "",
    "gardes.dedit": "",
}
SUR_LES_MOTS = ("autograde.prose.ressemblance", "autograde.prose.lexique")
# Les rubriques du lexique que l'on débranche ligne à ligne, et celles que l'on vide.
LIGNE_A_LIGNE = ["coupures", "ecarts", "coupures_devant", "reperes_de_temps"]
MOT_A_MOT = ["exceptions", "attributs_qui_refusent", "reculs", "negations", "negations_avec_ne"]
RUBRIQUES = ["refusent", "hesitent", "revirements", "reprises", "dedits", "contraires", "attentes"]


def mecanismes() -> Iterator[tuple[str, Callable]]:
    """Le nom de chaque mécanisme, et de quoi le débrancher le temps d'un ``with``."""
    for nom, valeur in DEBRANCHEES.items():
        yield nom, partial(_fonction_remplacee, nom, valeur)
    g = grammaire()
    for rubrique in LIGNE_A_LIGNE + MOT_A_MOT:
        lignes = getattr(g, rubrique)
        for ligne in sorted(lignes, key=str):
            reste = type(lignes)(autre for autre in lignes if autre != ligne)
            yield (
                f"{rubrique} : {_en_clair(ligne)}",
                partial(_rubrique_remplacee, g, rubrique, reste),
            )
    for rubrique in Grammaire.model_fields:
        if rubrique not in LIGNE_A_LIGNE and not isinstance(getattr(g, rubrique), str):
            vide = type(getattr(g, rubrique))()
            yield f"{rubrique}", partial(_rubrique_remplacee, g, rubrique, vide)
    for rubrique in RUBRIQUES:
        vide = type(getattr(lexique(), rubrique))()
        yield f"{rubrique}", partial(_rubrique_remplacee, lexique(), rubrique, vide)


def _en_clair(ligne: Any) -> str:
    return ligne if isinstance(ligne, str) else f"{' '.join(ligne[0])} devant {', '.join(ligne[1])}"


@contextmanager
def _fonction_remplacee(nom: str, valeur: Any) -> Iterator[None]:
    """Remplace une fonction partout où un module du moteur l'emploie."""
    module, fonction = nom.split(".")
    vraie = getattr(sys.modules[f"autograde.prose.{module}"], fonction)
    fausse = valeur if callable(valeur) else lambda *_: valeur
    lieux = [m for m in _modules() if getattr(m, fonction, None) is vraie]
    for lieu in lieux:
        setattr(lieu, fonction, fausse)
    try:
        yield
    finally:
        for lieu in lieux:
            setattr(lieu, fonction, vraie)


@contextmanager
def _rubrique_remplacee(modele: Any, rubrique: str, valeur: Any) -> Iterator[None]:
    """Remplace une rubrique du lexique, que personne d'autre ne change : elle est gelée."""
    vraie = modele.__dict__[rubrique]
    modele.__dict__[rubrique] = valeur
    try:
        yield
    finally:
        modele.__dict__[rubrique] = vraie


def _modules() -> list:
    return [module for nom, module in sys.modules.items() if nom.startswith("autograde.prose")]


def oublier(mecanisme: str = "") -> None:
    """Vide ce que le moteur retient d'une évaluation à l'autre, sauf le lexique.

    Les ressemblances entre mots, de loin le plus long à refaire, ne dépendent que des mécanismes de leur module et des contraires.
    """
    gardes = () if mecanisme.startswith(("ressemblance", "contraires")) else SUR_LES_MOTS
    grammaire().__dict__.pop("determinants", None)
    for module in _modules():
        for nom, fonction in vars(module).items():
            if (
                hasattr(fonction, "cache_clear")
                and nom != "lexique"
                and fonction.__module__ not in gardes
            ):
                fonction.cache_clear()
    evaluer_le_jeu.cache_clear()


@cache
def essais_des_baremes() -> list[tuple[str, str, str, BaremeRedige, str]]:
    """La question, le titre et le texte de chaque essai d'une réponse rédigée ; son barème, et le texte de son devoir."""
    cours, trouves = Cours(), []
    for nom in cours.devoirs_notes():
        devoir = charger_devoir(cours, nom)
        for question, essais in charger_essais(cours.solutions / nom / "essais.yml").items():
            if isinstance(bareme := devoir.bareme[question], BaremeRedige):
                trouves += [(question, e.titre, e.reponse, bareme, devoir.contexte) for e in essais]
    return trouves


def evaluer_les_essais() -> dict[tuple[str, str], tuple]:
    """Ce que le moteur dit de chaque réponse rédigée des ``essais.yml``."""
    return {
        (question, titre): _dite(evaluer(reponse, bareme, contexte))
        for question, titre, reponse, bareme, contexte in essais_des_baremes()
    }


def essais_a_la_main_rates() -> int:
    """Combien d'essais écrits à la main échouent."""
    tests, compteur = Path(__file__).parent.parent, _Compteur()
    fichiers = [str(tests / nom) for nom in ESSAIS_A_LA_MAIN]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        pytest.main(["-q", "-k", PAS_CEUX_LA, *fichiers], plugins=[compteur])
    return compteur.rates


class _Compteur:
    """Un greffon de pytest qui compte les échecs."""

    rates = 0

    def pytest_runtest_logreport(self, report) -> None:
        self.rates += report.failed


@dataclass(frozen=True)
class Passage:
    """Ce que le moteur dit des réponses étiquetées et des essais, mécanisme branché ou non."""

    justes: dict[str, float]
    notes: dict[str, float]
    dites: dict[str, tuple]
    essais: dict[tuple[str, str], tuple]
    mesures: dict[str, float]

    @classmethod
    def faire(cls, mecanisme: str = "") -> "Passage":
        oublier(mecanisme)
        reponses, evaluations = evaluer_les_jeux()
        return cls(
            {reponse["aid"]: reponse["fraction"] for reponse in reponses},
            {aid: evaluation.fraction for aid, evaluation in evaluations.items()},
            {aid: _dite(evaluation) for aid, evaluation in evaluations.items()},
            evaluer_les_essais(),
            mesurer(reponses, evaluations),
        )

    def erreur(self, aid: str) -> float:
        return abs(self.notes[aid] - self.justes[aid])


def _dite(evaluation: Evaluation) -> tuple:
    valeurs = (credit.valeur for credit in evaluation.credits.values())
    return (evaluation.fraction, evaluation.relire, *valeurs)


def comparer(nom: str, avec: Passage, sans: Passage, a_la_main: int) -> str:
    """Une ligne du tableau : ce que le moteur perd, ou gagne, sans ce mécanisme."""
    changees = [aid for aid in avec.dites if avec.dites[aid] != sans.dites[aid]]
    mieux = sum(sans.erreur(aid) < avec.erreur(aid) for aid in changees)
    pire = sum(sans.erreur(aid) > avec.erreur(aid) for aid in changees)
    essais = sum(avec.essais[essai] != sans.essais[essai] for essai in avec.essais)
    qwk, mae = (sans.mesures[m] - avec.mesures[m] for m in ("qwk_toutes", "mae_toutes"))
    return (
        f"{len(changees):4} réponses ({mieux} mieux, {pire} moins bien, qwk {qwk:+.4f}, mae {mae:+.4f})"
        f" · {essais:3} essais · {a_la_main:3} à la main · {nom}"
    )


def compter_le_lexique() -> None:
    """Les lignes du lexique qui ne jouent dans aucune réponse étiquetée ni aucun essai, rubrique par rubrique."""
    jouent: dict[str, set] = {"expressions": set(), "messages": set(), "anneaux": set()}
    texte, ressemblance = (
        sys.modules[f"autograde.prose.{nom}"] for nom in ("texte", "ressemblance")
    )
    expression_a, deplier, se_valent = (
        texte.expression_a,
        texte.deplier,
        ressemblance._se_valent,
    )

    def noter_l_expression(mots, rang):
        longueur, valeur = expression_a(mots, rang)
        jouent["expressions"].add(" ".join(mot.forme for mot in mots[rang : rang + longueur]))
        return longueur, valeur

    def noter_le_message(forme):
        jouent["messages"].add(forme)
        return deplier(forme)

    def noter_les_anneaux(a, b):
        """Un anneau joue quand il réunit deux mots qui ne se ressemblent pas, ou sépare deux mots qui se ressemblent."""
        if a.anneaux and b.anneaux and se_valent(a, b) != ressemblance._meme_mot(a, b):
            jouent["anneaux"] |= a.anneaux & b.anneaux or a.anneaux | b.anneaux
        return se_valent(a, b)

    with (
        _fonction_remplacee("texte.expression_a", noter_l_expression),
        _fonction_remplacee("texte.deplier", noter_le_message),
        _fonction_remplacee("ressemblance._se_valent", noter_les_anneaux),
    ):
        Passage.faire()
    brut = YAML(typ="safe").load(CHEMIN.read_text(encoding="utf-8"))
    for rubrique, ceux_qui_jouent in jouent.items():
        lignes = lire_lignes(brut[rubrique])
        muettes = [
            ligne
            for numero, ligne in enumerate(lignes)
            if ceux_qui_jouent.isdisjoint({numero} if rubrique == "anneaux" else _tours(ligne))
        ]
        print(
            f"{rubrique} : {len(lignes) - len(muettes)} lignes sur {len(lignes)} jouent ; muettes :"
        )
        print("\n".join(f"  {ligne}" for ligne in muettes))


def _tours(ligne: str) -> set[str]:
    """Les tours qu'écrit une ligne du lexique, comme le moteur les lit."""
    return {" ".join(decouper(variante)) for variante in variantes(ligne.partition(":")[0])}


def main(cherches: list[str]) -> None:
    avec = Passage.faire()
    for nom, debrancher in mecanismes():
        if not cherches or any(cherche in nom for cherche in cherches):
            with debrancher():
                sans = Passage.faire(nom)
                a_la_main = essais_a_la_main_rates()
            oublier(nom)
            print(comparer(nom, avec, sans, a_la_main), flush=True)


if __name__ == "__main__":
    compter_le_lexique() if sys.argv[1:] == ["--lexique"] else main(sys.argv[1:])
