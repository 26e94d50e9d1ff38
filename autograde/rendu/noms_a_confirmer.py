"""Une note donnée sous un nom qui a changé ne part pas avant que le formateur l'ait vue."""

from autograde.carnet.releve import ont_rendu
from autograde.collecte.liste_de_classe import liste_gardee
from autograde.collecte.liste_de_classe.noms_changes import NomsChanges
from autograde.console import Console, Ecran
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur


def confirmer_les_noms(cours: Cours, devoirs: list[str], console: Console | None = None) -> None:
    """Demande si chaque nom changé, déjà noté dans ces devoirs, est bien celui de la même personne.

    Lève ``ErreurFormateur`` s'il y en a un que le formateur ne confirme pas, ou s'il n'y a personne pour répondre.
    """
    noms_changes = NomsChanges(cours)
    if not noms_changes:
        return  # le plus souvent : le carnet n'a pas à s'ouvrir
    notes = {stagiaire for devoir in devoirs for stagiaire in ont_rendu(cours, devoir)}
    a_confirmer = noms_changes.a_confirmer(liste_gardee(cours), notes)
    ecran = Ecran(console)
    if ecran.quelqu_un:
        for changement in a_confirmer:
            noms_changes.repondre(
                changement,
                ecran.oui_ou_non(f"Déjà noté : {changement.en_clair} Est-ce la même personne ?"),
            )
        a_confirmer = noms_changes.a_confirmer(liste_gardee(cours), notes)
    if a_confirmer:
        cites = "\n".join(f"• {changement.en_clair}" for changement in a_confirmer)
        raise ErreurFormateur(
            f"Rien n'est écrit : des notes ont été données sous un nom qui a changé.\n{cites}\nSi c'est la même personne, relancez la "
            f"commande dans un terminal et répondez « oui », ou écrivez-le dans la dernière colonne de {noms_changes.fichier}. Sinon, "
            f"écrivez-y « non », remettez l'ancien nom sur sa ligne de {cours.liste_de_classe}, et redonnez la liste à grc ramasser."
        )
