"""``grc produire``, ``grc distribuer`` et ``grc verifier-bareme`` à la console."""

from functools import partial

from rich.console import Console

from autograde.console import suivre
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.production.defauts_du_bareme import CONSEIL, ERREUR
from autograde.production.distribution import CONTROLE, distribuer
from autograde.production.production import produire
from autograde.production.sommaire import ACCUEIL, ecrire_le_sommaire
from autograde.production.verification import verifier_devoir

COULEURS = {ERREUR: "red", CONSEIL: "yellow"}


def produire_et_montrer(cours: Cours, noms: list[str]) -> None:
    """Produit ces devoirs et l'accueil, ou tout le cours."""
    ecrire_le_sommaire(cours)
    devoirs = list(dict.fromkeys([*noms, ACCUEIL])) if noms else cours.dossiers()
    for devoir in suivre(devoirs, "Production"):
        produire(cours, devoir)
    print(f"{len(devoirs)} dossier(s) produit(s) dans {cours.distribue.name}/.")


def distribuer_et_montrer(cours: Cours, devoir: str) -> None:
    """Écrit le .zip du stagiaire et dit ce qu'il contient."""
    paquet = distribuer(cours, devoir)
    print(f"{paquet.chemin} ({paquet.taille} ko) : {', '.join(paquet.seances)}.")
    print(f"{CONTROLE}\nLe stagiaire décompresse ce fichier, puis lit README.md.")


def verifier_et_montrer(cours: Cours, noms: list[str], console: Console | None = None) -> int:
    """Vérifie ces devoirs et dit leurs défauts, une ligne chacun. Renvoie 1 s'il y a une erreur, sinon 0."""
    console = console or Console()
    # Une ligne par défaut, sans balises : un barème peut contenir des crochets.
    dire = partial(console.print, markup=False, highlight=False, soft_wrap=True)
    code = 0
    for nom in noms:
        try:
            defauts = verifier_devoir(cours, nom)
        except ErreurFormateur as erreur:
            dire(str(erreur))
            dire(f"{nom} : le barème ne se lit pas, rien d'autre n'y est vérifié.")
            code = 1
            continue
        for defaut in defauts:
            dire(f"{defaut.gravite} · {nom} · {defaut}", style=COULEURS[defaut.gravite])
        erreurs = sum(defaut.gravite == ERREUR for defaut in defauts)
        dire(
            f"{nom} : {_combien(erreurs, ERREUR)}, {_combien(len(defauts) - erreurs, CONSEIL)}",
            style="bold",
        )
        code = code or int(erreurs > 0)
    return code


def _combien(nombre: int, mot: str) -> str:
    return f"{nombre} {mot}{'s' if nombre > 1 else ''}"
