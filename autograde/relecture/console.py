"""``grc relire`` et ``grc decider`` à la console : ouvrir la page de relecture, ou relire ici, élément par élément."""

import asyncio
import re
import webbrowser
from dataclasses import dataclass
from datetime import date

from autograde.carnet.copies_datees import garder_une_copie
from autograde.carnet.ouverture import refuser_un_carnet_perdu
from autograde.console import Console, Ecran, Tableau, en_points, gras, suivre
from autograde.copie.remises import dossiers_remis
from autograde.correction.classe import corriger_la_classe
from autograde.correction.console import montrer_les_changements
from autograde.correction.recorrection import recorriger
from autograde.cours.decisions import DECISIONS_PERIMEES, Decision, enregistrer, lire_credit
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.prose.bareme import BaremeRedige
from autograde.prose.passages import trouver_passage
from autograde.relecture.formgrader import commande_formgrader
from autograde.relecture.groupe_relu import gardee
from autograde.relecture.reponses_redigees import (
    ReponseRedigee,
    questions_redigees,
    reponses_redigees,
)
from autograde.relecture.seance import SeanceDeRelecture
from autograde.relecture.serveur import ecouter
from grc_helpers.affichage import dire
from grc_helpers.francais.affichable import sur_une_ligne
from grc_helpers.processus import lancer_et_attendre

AIDE = """\
1 1            l'élément 1 est acquis
2 0,5          l'élément 2 l'est à moitié (0 : pas du tout)
1 1 le trou    l'élément 1 est acquis grâce aux mots « le trou » (facultatif)
Entrée         garder les crédits affichés et passer à la réponse suivante
q              arrêter ; tout ce qui est saisi est déjà enregistré
?              revoir cette aide"""


@dataclass(frozen=True)
class Relecture:
    """Le cours et le devoir que le formateur relit, et l'écran où il le fait."""

    cours: Cours
    nom: str
    ecran: Ecran

    @property
    def devoir(self):
        """Le devoir tel qu'il est sur le disque : une décision qui vient d'être enregistrée y est déjà."""
        return charger_devoir(self.cours, self.nom)

    def enregistrer(self, reponse: ReponseRedigee, elements: dict[str, Decision]) -> None:
        enregistrer(
            self.cours.decisions / f"{self.nom}.yml",
            reponse.question,
            reponse.texte,
            list(reponse.stagiaires),
            elements,
        )


def ouvrir_la_page(
    cours: Cours, nom: str, navigateur: bool = True, console: Console | None = None
) -> None:
    """Sert la page jusqu'à Ctrl + C. La classe est d'abord corrigée : ce qui est montré est ce qui est au carnet."""
    ecran = Ecran(console)
    remises = len(dossiers_remis(cours, nom))
    copies = list(suivre(corriger_la_classe(cours, nom), "Correction", remises))
    for copie in copies:
        if copie.motif:
            ecran.dire(
                f"• {sur_une_ligne(copie.stagiaire)} n'est pas dans la page, sa copie est illisible : {copie.motif}"
            )
    seance = SeanceDeRelecture(cours, charger_devoir(cours, nom), copies)
    try:
        asyncio.run(_servir(seance, navigateur, ecran))
    except KeyboardInterrupt:
        ecran.dire(
            "\nRelecture arrêtée ; tout est enregistré. Ensuite : ",
            gras(f"grc retours {nom}"),
            ", ",
            gras(f"grc notes {nom}"),
            ".",
        )


async def _servir(seance: SeanceDeRelecture, navigateur: bool, ecran: Ecran) -> None:
    _, adresse = ecouter(seance)
    ecran.dire(f"Page de relecture : {adresse}\nPour arrêter : Ctrl + C.", replier=False)
    if navigateur:
        webbrowser.open(adresse)
    await asyncio.Event().wait()


def ouvrir_formgrader(cours: Cours, navigateur: bool = True) -> int:
    """Lance formgrader et attend qu'on l'arrête. Il ne s'ouvre pas sur un carnet perdu, qu'il referait vide."""
    refuser_un_carnet_perdu(cours)
    garder_une_copie(cours)
    commande, environnement = commande_formgrader(cours, navigateur)
    dire("Formgrader s'ouvre dans votre navigateur. Pour arrêter : Ctrl + C.")
    return lancer_et_attendre(commande, environnement)


def decider(
    cours: Cours,
    nom: str,
    question: str | None = None,
    toutes: bool = False,
    console: Console | None = None,
) -> None:
    """Montre les réponses à relire une par une (``toutes`` : les autres aussi), enregistre chaque geste, puis recorrige la classe."""
    relecture = Relecture(cours, nom, Ecran(console))
    devoir = relecture.devoir
    questions = questions_redigees(devoir, question)
    a_voir = [
        reponse
        for reponse in reponses_redigees(questions, corriger_la_classe(cours, nom))
        if toutes or reponse.a_relire(devoir)
    ]
    if not a_voir:
        relecture.ecran.dire(
            "Aucune réponse rédigée n'est à relire. Pour revoir aussi les autres : ajoutez --toutes."
        )
        return
    relecture.ecran.dire(AIDE)
    avant = devoir.decisions
    for rang, reponse in enumerate(a_voir, start=1):
        if not _relire(
            relecture, reponse, f"{reponse.question} · réponse {rang} sur {len(a_voir)}"
        ):
            break
    if relecture.devoir.decisions == avant:
        relecture.ecran.dire("Aucune décision : rien ne change.")
        return
    montrer_les_changements(recorriger(cours, nom), relecture.ecran)
    relecture.ecran.dire(
        "\nEnsuite : ",
        gras(f"grc apprendre {nom}"),
        " pour que le barème reconnaisse ce que vous venez de décider.",
    )


def _relire(relecture: Relecture, reponse: ReponseRedigee, titre: str) -> bool:
    """Une réponse, jusqu'à Entrée. Renvoie False si le formateur arrête."""
    combien = len(reponse.stagiaires)
    ecran, bareme = relecture.ecran, relecture.devoir.bareme[reponse.question]
    identiques = f" · {combien} copies identiques" if combien > 1 else ""
    ecran.encadrer(reponse.texte.strip(), titre + identiques)
    _montrer_les_elements(relecture, reponse, bareme)
    while True:
        saisie = ecran.demander("Votre décision (? : aide) : ")
        if saisie is None or saisie == "q":
            return False
        if saisie == "?":
            ecran.dire(AIDE)
        elif not saisie:
            credits = reponse.evaluation(relecture.devoir).credits
            prises = reponse.decisions(relecture.devoir)
            gardes = {nom: gardee(credit) for nom, credit in credits.items() if nom not in prises}
            relecture.enregistrer(reponse, gardes)
            return True
        else:
            try:
                element, decision = lire_geste(saisie, bareme, reponse.texte)
            except ValueError as erreur:
                message = str(erreur)
                ecran.dire(f"{message[0].upper()}{message[1:]}.", style="yellow")
            else:
                relecture.enregistrer(reponse, {element: decision})
                _montrer_les_elements(relecture, reponse, bareme)


def _montrer_les_elements(
    relecture: Relecture, reponse: ReponseRedigee, bareme: BaremeRedige
) -> None:
    devoir = relecture.devoir
    evaluation, decisions = reponse.evaluation(devoir), reponse.decisions(devoir)
    tableau = Tableau(box=None, padding=(0, 1))
    tableau.colonne("n°", justify="right")
    tableau.colonne("crédit", justify="right", min_width=6)
    tableau.colonne("élément", ratio=3)
    tableau.colonne("passage", ratio=2)
    for rang, (nom, libelle) in enumerate(bareme.criteres.items(), start=1):
        credit = evaluation.credits[nom]
        style = "bold" if nom in decisions else ""
        passage = " ".join(credit.passage.split())
        motif = f" ({credit.motif})" if credit.motif else ""
        cite = f"« {passage} »{motif}" if passage else ""
        tableau.ligne(str(rang), en_points(credit.valeur), libelle, cite, style=style)
    relecture.ecran.montrer(tableau)
    note = f"{en_points(reponse.points(devoir))} / {en_points(devoir.points[reponse.question])}"
    motifs = [DECISIONS_PERIMEES] if reponse.perimee else []
    motifs += [f"{evaluation.motif}."] if evaluation.motif else []
    relecture.ecran.dire(f"Note : {note}. {' '.join(motifs)}")


def lire_geste(saisie: str, bareme: BaremeRedige, texte: str) -> tuple[str, Decision]:
    """L'élément et la décision que dit une saisie. Lève ``ValueError`` avec ce qu'il faut corriger.

    >>> from autograde.prose.bareme import BaremeReponse
    >>> bareme = BaremeReponse(type="prose", elements=[{"id": "prix", "libelle": "le prix", "formulations": ["trop cher"]}])
    >>> element, decision = lire_geste("1 0,5 hors de prix", bareme, "C'est hors de PRIX.")
    >>> element, decision.credit, decision.passage
    ('prix', 0.5, 'hors de PRIX')
    """
    lu = re.fullmatch(r"(\d+)\s+(\S+)(?:\s+(.+))?", saisie)
    if not lu:
        raise ValueError(
            f"je ne comprends pas « {saisie} » ; tapez un numéro d'élément et un crédit, par exemple : 2 0,5"
        )
    rang, credit = int(lu[1]), lire_credit(lu[2])
    criteres = list(bareme.criteres)
    if not 1 <= rang <= len(criteres):
        raise ValueError(f"il n'y a pas d'élément {rang} ; ils vont de 1 à {len(criteres)}")
    passage = trouver_passage(texte, lu[3] or "")
    if lu[3] and not passage:
        raise ValueError(
            f"« {lu[3]} » n'est pas dans la réponse ; recopiez ses mots, dans leur ordre"
        )
    return criteres[rang - 1], Decision(credit=credit, passage=passage, date=date.today())
