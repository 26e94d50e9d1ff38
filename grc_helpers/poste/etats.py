"""Ce que le serveur du poste dit à la page, prêt à afficher : où en est un cahier, une séance, une version, un fichier rendu."""

from datetime import datetime
from pathlib import Path

from grc_helpers.poste.enregistrement import DossierDeTravail
from grc_helpers.poste.remise import a_faire, derniere_remise, fichier_rendu, origine_connue
from grc_helpers.reponses.notebook import numero
from grc_helpers.seances.avancement import Avancement, mesurer_l_avancement
from grc_helpers.seances.parcours import lire_le_parcours
from grc_helpers.seances.seances import Seance, ecrire_duree, lire_le_notebook, seances


def travaux(dossier: DossierDeTravail) -> list[str]:
    """Les notebooks dont quelqu'un s'est servi sur ce PC : copies gardées, réponses écrites, activités lancées."""

    def commence(chemin: str) -> bool:
        avancement, parcours = (
            etat_des_questions(dossier, chemin),
            etat_du_parcours(dossier, chemin),
        )
        return bool((avancement and avancement["commencees"]) or (parcours and parcours["faites"]))

    return sorted(
        {s.chemin for s in seances(dossier.cours) if commence(s.chemin)}
        | set(dossier.sauvegardes.notebooks())
    )


def etat_des_questions(dossier: DossierDeTravail, chemin: str) -> dict | None:
    """L'avancement d'un fichier, prêt à afficher ; rien s'il n'a pas de question notée."""
    notebook = lire_le_notebook(dossier.sauvegardes.fichier(chemin))
    origine = dossier.sauvegardes.origine(chemin)
    mesure = mesurer_l_avancement(notebook or {}, origine)
    if not mesure.total:
        return None
    return {
        "texte": mesure.texte,
        "en_bref": mesure.en_bref,
        "total": mesure.total,
        "faites": mesure.recevables,
        "commencees": mesure.commencees,
        "reste": ecrire_duree(mesure.minutes_restantes) if mesure.minutes_restantes else "",
        "suivante": {"cellule": mesure.suivante, "numero": numero(mesure.suivante)}
        if mesure.suivante
        else None,
        "a_reprendre": [
            numero(identifiant)
            for identifiant, etat in mesure.etats.items()
            if etat not in ("répondue", "vide")
        ],
    }


def etat_du_parcours(dossier: DossierDeTravail, chemin: str) -> dict | None:
    """Où en est une leçon, prêt à afficher ; rien si le notebook a des questions notées, ou rien à lancer."""
    notebook = lire_le_notebook(dossier.sauvegardes.fichier(chemin)) or {}
    parcours = lire_le_parcours(notebook)
    if (
        not parcours.total
        or mesurer_l_avancement(notebook, dossier.sauvegardes.origine(chemin)).total
    ):
        return None
    return {
        "texte": parcours.texte,
        "en_bref": parcours.texte,
        "total": parcours.total,
        "faites": parcours.lancees,
        "suivante": {"cellule": parcours.suivante, "etape": parcours.etape}
        if parcours.etape
        else None,
        "reste": ecrire_duree(parcours.minutes_restantes) if parcours.minutes_restantes else "",
    }


def etat_de_la_seance(dossier: DossierDeTravail, seance: Seance) -> dict:
    fichier = dossier.sauvegardes.fichier(seance.chemin)
    notebook = lire_le_notebook(fichier) or {}
    return {
        "chemin": dossier.prefixe + seance.chemin,
        "titre": seance.titre,
        "sequence": seance.sequence,
        "duree": ecrire_duree(seance.minutes) if seance.minutes else "",
        "note_sur": seance.note_sur,
        "but": seance.but,
        "outil": seance.est_un_outil,
        "avancement": etat_des_questions(dossier, seance.chemin),
        "parcours": etat_du_parcours(dossier, seance.chemin),
        "modifie": fichier.stat().st_mtime,
        "rendu": etat_du_rendu(dossier, fichier, notebook),
    }


def etat_avant_de_rendre(fichier: Path, notebook: dict) -> dict | None:
    """Ce qui manque à un travail avant de le rendre, et le nom donné la dernière fois ; rien s'il n'a pas de question notée."""
    if not mesurer_l_avancement(notebook, origine_connue(fichier)).total:
        return None
    precedente = derniere_remise(fichier)
    return {
        "a_faire": a_faire(fichier, notebook),
        "nom": precedente.nom if precedente else "",
        "groupe": precedente.groupe if precedente else "",
    }


def etat_du_rendu(dossier: DossierDeTravail, fichier: Path, notebook: dict) -> dict | None:
    """Le dernier fichier préparé pour être rendu, prêt à afficher : son reçu, et s'il a encore les réponses du travail."""
    rendu = fichier_rendu(fichier, notebook)
    if rendu is None:
        return None
    return {
        "fichier": rendu.fichier.relative_to(dossier.racine).as_posix(),
        "nom": rendu.remise.nom,
        "groupe": rendu.remise.groupe,
        "date": rendu.remise.date_lisible,
        "code": rendu.remise.code,
        "a_jour": rendu.a_jour,
    }


def etat_de_la_version(date: datetime, avancement: Avancement) -> dict:
    return {
        "date": date.strftime("%d/%m/%Y à %H:%M:%S"),
        "en_bref": avancement.en_bref,
    }
