"""``grc produire``, ``grc distribuer`` et ``grc verifier-bareme`` à la console."""

from autograde.console import Console, Ecran, suivre
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.production.defauts_du_bareme import CONSEIL, ERREUR
from autograde.production.distribution import CONTROLE, distribuer
from autograde.production.production import produire
from autograde.production.sommaire import ACCUEIL, ecrire_le_sommaire, ecrire_les_emplois
from autograde.production.verification import verifier_devoir
from grc_helpers.affichage import dire

COULEURS = {ERREUR: "red", CONSEIL: "yellow"}


def produire_et_montrer(cours: Cours, noms: list[str]) -> None:
    """Produit ces devoirs et l'accueil, ou tout le cours."""
    ecrire_le_sommaire(cours)
    ecrire_les_emplois(cours)
    devoirs = list(dict.fromkeys([*noms, ACCUEIL])) if noms else cours.dossiers()
    for devoir in suivre(devoirs, "Production"):
        produire(cours, devoir)
    dire(f"{len(devoirs)} dossier(s) produit(s) dans {cours.distribue.name}/.")


def distribuer_et_montrer(cours: Cours, devoir: str) -> None:
    """Écrit le .zip du stagiaire et dit ce qu'il contient."""
    paquet = distribuer(cours, devoir)
    dire(f"{paquet.chemin} ({paquet.taille} ko) : {', '.join(paquet.seances)}.")
    dire(f"{CONTROLE}\nLe stagiaire décompresse ce fichier, puis lit README.md.")


def verifier_et_montrer(cours: Cours, noms: list[str], console: Console | None = None) -> int:
    """Vérifie ces devoirs et dit leurs défauts, une ligne chacun. Renvoie 1 s'il y a une erreur, sinon 0."""
    ecran = Ecran(console)
    code = 0
    for nom in noms:
        try:
            defauts = verifier_devoir(cours, nom)
        except ErreurFormateur as erreur:
            ecran.dire(str(erreur), replier=False)
            ecran.dire(
                f"{nom} : le barème ne se lit pas, rien d'autre n'y est vérifié.", replier=False
            )
            code = 1
            continue
        for defaut in defauts:
            ecran.dire(
                f"{defaut.gravite} · {nom} · {defaut}",
                style=COULEURS[defaut.gravite],
                replier=False,
            )
        erreurs = sum(defaut.gravite == ERREUR for defaut in defauts)
        ecran.dire(
            f"{nom} : {_combien(erreurs, ERREUR)}, {_combien(len(defauts) - erreurs, CONSEIL)}",
            style="bold",
            replier=False,
        )
        code = code or int(erreurs > 0)
    return code


def _combien(nombre: int, mot: str) -> str:
    return f"{nombre} {mot}{'s' if nombre > 1 else ''}"
