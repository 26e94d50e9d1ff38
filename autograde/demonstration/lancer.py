"""Une petite classe fictive pour essayer la correction : des copies de toutes sortes, fabriquées d'après le corrigé."""

import shutil
import time

from autograde.cours.dossiers import Cours
from autograde.demonstration.copies import fabriquer_la_classe, ranger
from grc_helpers.francais.nombres import ecrire_nombre


def lancer(devoirs: list[str], combien: int | None) -> None:
    """Fabrique la classe, corrige ses devoirs, écrit les retours et les notes, et montre où tout se trouve.

    ``combien`` : le nombre de copies de chaque devoir ; None : une copie de chaque sorte, pour le devoir de démonstration.
    """
    from autograde.demonstration.classe import copies

    reel = Cours.courant()
    cours = Cours(reel.racine, reel.travail / "demo")
    shutil.rmtree(cours.travail, ignore_errors=True)
    for devoir in devoirs:
        if combien is None:
            fabriquer_la_classe(cours, devoir)
        else:
            for stagiaire, nom, contenu in copies(cours, devoir, combien):
                ranger(cours, stagiaire, devoir, nom, contenu)
    for devoir in devoirs:
        _corriger_et_montrer(cours, devoir)


def _corriger_et_montrer(cours: Cours, devoir: str) -> None:
    from autograde.console import suivre
    from autograde.correction.classe import poursuivre
    from autograde.correction.console import montrer_la_classe
    from autograde.rendu.notes import exporter_les_notes
    from autograde.rendu.pages import ecrire_les_retours

    depart = time.monotonic()
    remis = len(list(cours.remises.glob(f"*/{devoir}")))
    bilans = list(suivre(poursuivre(cours, devoir), f"Correction de {devoir}", remis))
    corrige = time.monotonic()
    pages = ecrire_les_retours(cours, devoir)
    notes = exporter_les_notes(cours, devoir)
    fini = time.monotonic()
    montrer_la_classe(cours, devoir, bilans)
    correction, suite = (
        ecrire_nombre(duree, 1, "s") for duree in (corrige - depart, fini - corrige)
    )
    print(f"{len(bilans)} copies corrigées en {correction} ; retours et notes en {suite}.")
    print(f"{len(pages)} pages de retour : {pages[0].parent}")
    print("Notes : " + ", ".join(str(chemin) for chemin in notes) + "\n")
