"""``grc corriger`` et ``grc journal`` à la console : le tableau de la classe, les notes qui ont changé, le journal des décisions."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from autograde.carnet.journal import DecisionJournal, lire_le_journal
from autograde.console import Console, Ecran, Tableau, en_points, gras, suivre
from autograde.copie.remises import dossiers_remis
from autograde.correction.classe import corriger_la_classe
from autograde.correction.recus import Recus
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.notation.copie import CopieCorrigee
from grc_helpers.francais.affichable import sur_une_ligne
from grc_helpers.francais.nombres import ecrire_nombre

if TYPE_CHECKING:
    from autograde.correction.recorrection import NoteChangee

LIGNES = 60  # au-delà, le tableau ne montre que les premières copies à regarder


def corriger(cours: Cours, devoirs: list[str]) -> None:
    """Corrige ces devoirs, ou tous ceux qui ont des copies, et montre chaque classe. Lève ``ErreurFormateur`` s'il n'y a rien."""
    choisis = list(dict.fromkeys(devoirs)) or [
        nom for nom in cours.devoirs_notes() if dossiers_remis(cours, nom)
    ]
    if not choisis:
        raise ErreurFormateur(
            f"Aucune copie. Rangez chaque fichier dans {cours.remises}/<stagiaire>/<devoir>/."
        )
    for devoir in choisis:
        copies = suivre(
            corriger_la_classe(cours, devoir),
            f"Correction de {devoir}",
            len(dossiers_remis(cours, devoir)),
        )
        montrer_les_notes(cours, devoir, copies)


def montrer_les_notes(
    cours: Cours, devoir: str, copies: Iterable[CopieCorrigee], console: Console | None = None
) -> None:
    """Le tableau des notes, ce qu'il reste à vérifier et la suite à donner. ``copies`` est parcouru une fois, sans être gardé."""
    ecran = Ecran(console)
    premiers, a_regarder, total, nombre_a_regarder = [], [], 0, 0
    recus = Recus.du_devoir(cours, devoir)
    for total, copie in enumerate(copies, start=1):
        recus.retenir(copie)
        premiers += [copie] if total <= LIGNES else []
        if copie.motif or copie.a_verifier or copie.remarques:
            nombre_a_regarder += 1
            a_regarder += [copie] if nombre_a_regarder <= LIGNES else []
    montres, alertes = premiers if total <= LIGNES else a_regarder, recus.alertes()
    tableau = Tableau(f"{devoir} : {total} copie{'s' * (total > 1)}")
    tableau.colonne("stagiaire")
    tableau.colonne(f"note auto / {ecrire_nombre(premiers[0].maximum)}", justify="right")
    tableau.colonne("copie")
    tableau.colonne("reçu")
    tableau.colonne("à vérifier par le formateur", overflow="fold")
    for copie in montres:
        tableau.ligne(
            copie.stagiaire,
            "—" if copie.motif else ecrire_nombre(copie.note, 2),
            copie.etat,
            f"{copie.recu} {copie.code}".strip(),
            copie.motif
            or ", ".join([*copie.a_verifier, *alertes.get(copie.stagiaire, [])])
            or "rien",
        )
    ecran.montrer(tableau)
    for copie in montres:
        for remarque in copie.remarques:
            ecran.dire(f"• {sur_une_ligne(copie.stagiaire)} : {remarque}")
    for stagiaire in alertes.keys() - {copie.stagiaire for copie in montres}:
        ecran.dire(f"• {sur_une_ligne(stagiaire)} : {', '.join(alertes[stagiaire])}")
    if total > LIGNES:
        ecran.dire(
            f"{nombre_a_regarder} copies à regarder ; en voici {len(montres)}. Toutes les notes : ",
            gras(f"grc notes {devoir}"),
        )
    ecran.dire(
        "\nEnsuite : ",
        gras(f"grc relire {devoir}"),
        " pour les questions à vérifier, ",
        gras(f"grc retours {devoir}"),
        " pour les pages de retour, ",
        gras(f"grc notes {devoir}"),
        f" pour les notes. Carnet : {cours.lieu_du_carnet}",
    )


def montrer_les_changements(changees: "list[NoteChangee]", ecran: Ecran) -> None:
    """Le tableau des notes changées, ou une phrase s'il n'y en a pas."""
    if not changees:
        ecran.dire("La classe est recorrigée : aucune note ne change.")
        return
    tableau = Tableau(f"La classe est recorrigée. Notes changées : {len(changees)}")
    for titre in ("stagiaire", "question"):
        tableau.colonne(titre)
    tableau.colonne("avant → après", justify="right")
    tableau.colonne("état")
    for changee in changees:
        avant, apres = en_points(changee.avant.points), en_points(changee.apres.points)
        etat = "à relire" if changee.apres.a_relire else "définitive"
        tableau.ligne(changee.stagiaire, changee.question, f"{avant} → {apres}", etat)
    ecran.montrer(tableau)


def montrer_le_journal(
    cours: Cours, devoir: str, stagiaire: str | None = None, console: Console | None = None
) -> None:
    """Le journal d'un devoir, ou d'un seul stagiaire. Lève ``ErreurFormateur`` s'il est vide."""
    decisions = lire_le_journal(cours, devoir, stagiaire)
    if not decisions:
        raise ErreurFormateur(
            f"Rien au journal pour « {stagiaire or devoir} ». Lancez d'abord : grc corriger {devoir}"
        )
    tableau = Tableau(f"{devoir} : {len(decisions)} décision(s)")
    for titre in ("date (UTC)", "par", "stagiaire", "question"):
        tableau.colonne(titre)
    tableau.colonne("points", justify="right")
    tableau.colonne("état")
    tableau.colonne("pourquoi", overflow="fold")
    for decision in decisions:
        tableau.ligne(
            decision.date[:19].replace("T", " "),
            decision.auteur,
            decision.stagiaire,
            decision.question,
            "—" if decision.points is None else ecrire_nombre(decision.points, 2),
            _etat(decision),
            decision.commentaire or "",
        )
    Ecran(console).montrer(tableau)


def _etat(decision: DecisionJournal) -> str:
    if decision.a_relire:
        return "à relire"
    if decision.manuelle is None:
        return "notée"
    return f"note manuelle gardée : {ecrire_nombre(decision.manuelle, 2)}"
