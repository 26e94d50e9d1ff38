"""Ce que le serveur du poste dit à la page, prêt à afficher : où en est un cahier, une séance, une version, un fichier rendu."""

from datetime import datetime
from pathlib import Path

from grc_helpers.poste.enregistrement import DossierDeTravail
from grc_helpers.poste.reconnaissance import seance_de
from grc_helpers.poste.remise import a_faire, derniere_remise, fichier_rendu, origine_connue
from grc_helpers.reponses.notebook import numero
from grc_helpers.seances.avancement import Avancement, mesurer_l_avancement
from grc_helpers.seances.exercices import lire_l_entrainement
from grc_helpers.seances.parcours import lire_le_parcours
from grc_helpers.seances.seances import (
    Seance,
    ecrire_duree,
    est_une_page,
    lire_le_notebook,
    seances,
)


def travaux(dossier: DossierDeTravail) -> list[str]:
    """Les notebooks dont quelqu'un s'est servi sur ce PC : copies gardées, réponses écrites, activités lancées."""

    def commence(chemin: str) -> bool:
        avancement, parcours = (
            etat_des_questions(dossier, chemin),
            etat_du_parcours(dossier, chemin),
        )
        entrainement = etat_de_l_entrainement(dossier, chemin)
        return bool(
            (avancement and avancement["commencees"])
            or (parcours and parcours["commencees"])
            or any(entrainement["resultats"].values())
        )

    gardes = (chemin for chemin in dossier.sauvegardes.notebooks() if not est_une_page(chemin))
    return sorted({s.chemin for s in seances(dossier.cours) if commence(s.chemin)} | set(gardes))


def etat_des_questions(dossier: DossierDeTravail, chemin: str) -> dict | None:
    """L'avancement d'un fichier, prêt à afficher ; rien s'il n'a pas de question notée."""
    notebook, origine = _lire(dossier, chemin)
    mesure = mesurer_l_avancement(notebook, origine)
    if not mesure.total:
        return None
    return {
        "texte": mesure.texte,
        "en_bref": mesure.en_bref,
        "total": mesure.total,
        "faites": mesure.recevables,
        "commencees": mesure.commencees,
        "etats": mesure.etats,
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
    notebook, origine = _lire(dossier, chemin)
    parcours = lire_le_parcours(notebook)
    if not parcours.total or mesurer_l_avancement(notebook, origine).total:
        return None
    return {
        "texte": parcours.texte,
        "en_bref": parcours.texte,
        "total": parcours.total,
        "faites": parcours.reussis,
        "commencees": parcours.commencees,
        "suivante": {"cellule": parcours.suivante, "etape": parcours.etape}
        if parcours.etape
        else None,
        "reste": ecrire_duree(parcours.minutes_restantes) if parcours.minutes_restantes else "",
    }


def etat_de_l_entrainement(dossier: DossierDeTravail, chemin: str) -> dict:
    """Les exercices d'un cahier : leur nombre, combien sont réussis, et ce que chacun a donné (par cellule)."""
    entrainement = lire_l_entrainement(_lire(dossier, chemin)[0])
    return {
        "total": entrainement.total,
        "reussis": entrainement.reussis,
        "texte": entrainement.texte,
        "resultats": {
            cellule: entrainement.resultats[nom] for nom, cellule in entrainement.cellules.items()
        },
    }


def _lire(dossier: DossierDeTravail, chemin: str) -> tuple[dict, dict | None]:
    """Le cahier de ce chemin, et la version distribuée de la séance dont il est la copie."""
    sauvegardes = dossier.sauvegardes
    notebook = lire_le_notebook(sauvegardes.fichier(chemin)) or {}
    return notebook, sauvegardes.origine(seance_de(sauvegardes, chemin, notebook))


def etat_de_la_seance(dossier: DossierDeTravail, seance: Seance, ailleurs: str = "") -> dict:
    """L'état d'une séance ; ``ailleurs`` : où est son fichier, s'il a été renommé et qu'il est ouvert."""
    chemin = ailleurs or seance.chemin
    fichier = dossier.sauvegardes.fichier(chemin)
    notebook = lire_le_notebook(fichier) or {}
    place = dossier.sauvegardes.fichier(seance.chemin)
    return {
        "chemin": dossier.prefixe + chemin,
        "titre": seance.titre,
        "sequence": seance.sequence,
        "duree": ecrire_duree(seance.minutes) if seance.minutes else "",
        "note_sur": seance.note_sur,
        "but": seance.but,
        "outil": seance.est_un_outil,
        "avancement": etat_des_questions(dossier, chemin),
        "parcours": etat_du_parcours(dossier, chemin),
        "entrainement": etat_de_l_entrainement(dossier, chemin),
        "modifie": fichier.stat().st_mtime,
        "rendu": etat_du_rendu(dossier, place, notebook),
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
