"""Les commandes « retours » et « notes » : un devoir, plusieurs ou tous ; et ce qu'il reste à faire, dit en clair."""

from autograde.carnet.releve import devoirs_au_carnet
from autograde.correction.classe import mettre_le_carnet_a_jour
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.rendu.moodle import (
    PourMoodle,
    notes_pour_le_carnet,
    notes_pour_le_devoir,
    zipper_les_retours,
)
from autograde.rendu.noms_a_confirmer import confirmer_les_noms
from autograde.rendu.notes import exporter_les_notes
from autograde.rendu.pages import ecrire_les_retours
from autograde.rendu.synthese import ecrire_la_synthese
from grc_helpers.affichage import dire

_CITES = 5  # noms cités avant « et d'autres »


def rendre(cours: Cours, devoirs: list[str], niveau: str) -> None:
    """Écrit les pages de retour et le .zip pour Moodle de chaque devoir, et dit où ils sont.

    Lève ``ErreurFormateur``, sans rien écrire, si un nom changé n'est pas confirmé.
    """
    a_rendre = _a_traiter(cours, devoirs)
    confirmer_les_noms(cours, a_rendre)
    for nom in a_rendre:
        pages = ecrire_les_retours(cours, nom, niveau)
        if not pages:
            raise ErreurFormateur(f"Aucune copie corrigée. Lancez d'abord : grc corriger {nom}")
        fait = zipper_les_retours(cours, nom, pages)
        dire(f"{nom} : {len(pages)} page(s) de retour dans {pages[0].parent}")
        if fait.reconnus:
            dire(f"  Pour Moodle : {fait.chemin} ({fait.reconnus} stagiaire(s) reconnus)")
            dire(
                "  Dans le devoir Moodle : « Déposer plusieurs fichiers de feedback dans un ZIP »."
            )
            _dire_les_absents(fait)
        else:
            dire(f"  Les pages, au nom de chacun : {fait.chemin}")
            dire(
                "  Moodle n'y reconnaîtrait personne : aucun numéro de participant n'est connu pour ce devoir. Ramassez l'archive "
                "« Télécharger tous les travaux remis » de Moodle, ou donnez les pages autrement."
            )


def sortir_les_notes(cours: Cours, devoirs: list[str]) -> None:
    """Écrit les notes de chaque devoir, celles que Moodle importe, et la synthèse de la classe.

    Lève ``ErreurFormateur``, sans rien écrire, si un nom changé n'est pas confirmé.
    """
    a_sortir = _a_traiter(cours, devoirs)
    confirmer_les_noms(cours, a_sortir)
    for nom in a_sortir:
        dire(f"{nom} :")
        mettre_le_carnet_a_jour(cours, nom)
        for chemin in exporter_les_notes(cours, nom):
            dire(f"  {chemin}")
        carnet, evaluation = notes_pour_le_carnet(cours, nom), notes_pour_le_devoir(cours, nom)
        usages = {
            "carnet de notes, Importer, Fichier CSV": carnet,
            "devoir, déposer la feuille d'évaluation hors ligne": evaluation,
        }
        for usage, fait in usages.items():
            if fait.chemin:
                dire(f"  {fait.chemin}")
                dire(
                    f"    Moodle : {usage} ; {fait.reconnus} note(s) définitive(s). À envoyer sans l'ouvrir dans un tableur."
                )
                _dire_les_absents(fait)
        if not carnet.chemin and not evaluation.chemin:
            dire("  Rien pour Moodle :")
            _dire_les_absents(PourMoodle(None, 0, evaluation.manquent | carnet.manquent))
    dire("Moyennes par séquence :")
    for chemin in ecrire_la_synthese(cours):
        dire(f"  {chemin}")


def _a_traiter(cours: Cours, devoirs: list[str]) -> list[str]:
    choisis = list(dict.fromkeys(devoirs)) or devoirs_au_carnet(cours)
    if not choisis:
        raise ErreurFormateur("Aucune copie corrigée. Lancez d'abord : grc corriger")
    return choisis


def _dire_les_absents(fait: PourMoodle) -> None:
    for motif, noms in fait.manquent.items():
        suite = "" if len(noms) <= _CITES else f" et {len(noms) - _CITES} autre(s)"
        dire(f"    Resteront hors de Moodle, {motif} : {', '.join(noms[:_CITES])}{suite}.")
