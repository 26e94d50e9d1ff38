"""``grc apprendre`` : le formateur accepte, refuse ou récrit chaque formulation ; puis la classe est recorrigée sous ses yeux."""

from dataclasses import dataclass, field, replace

from autograde.apprentissage.banc import Banc
from autograde.apprentissage.changement import Changement
from autograde.apprentissage.fichier import ecrire_au_bareme
from autograde.apprentissage.journal import (
    ACCEPTE,
    REFUSE,
    chemin_du_journal,
    journal_ouvert,
    refuses,
)
from autograde.apprentissage.propositions import Proposition, est_utile, proposer
from autograde.apprentissage.question_decidee import Effet, ReponseDecidee
from autograde.console import Console, Ecran, en_points, gras
from autograde.correction.console import montrer_les_changements
from autograde.correction.recorrection import recorriger
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur

EXTRAITS = 2
NOMMES = 3  # Au-delà, les stagiaires dont la note change se comptent.


class Arret(Exception):
    """Le formateur arrête : ce qui est accepté est déjà écrit."""


@dataclass
class SeanceDApprentissage:
    """Une séance d'apprentissage. ``essai`` : tout montrer, ne rien demander, ne rien écrire."""

    cours: Cours
    nom: str
    ecran: Ecran
    essai: bool
    banc: Banc = field(init=False)
    montrees: int = 0
    acceptes: int = 0

    def __post_init__(self):
        self.banc = Banc(self.cours, self.nom)
        self.journal = chemin_du_journal(self.cours, self.nom)

    def dire(self, texte: str, style: str = "") -> None:
        self.ecran.dire(texte, style=style)

    def demander(self, invite: str) -> str:
        saisie = self.ecran.demander(invite)
        if saisie is None or saisie == "q":
            raise Arret
        return saisie

    def noter(self, proposition: Proposition, geste: str) -> None:
        """Écrit la décision du formateur : au barème si elle est acceptée, au journal toujours."""
        with journal_ouvert(self.journal) as noter:
            origine = self._origine(proposition)
            if geste == ACCEPTE:
                ecrire_au_bareme(
                    self.cours.solutions / self.nom / "bareme.yml", proposition.changement
                )
                self.banc = Banc(self.cours, self.nom)
                self.acceptes += 1
            noter(proposition.changement, geste, origine)

    def citer(self, changement: Changement, reponse: ReponseDecidee) -> str:
        return extrait(self.banc.question(changement.question).citation(changement, reponse))

    def _origine(self, proposition: Proposition) -> str:
        return " ; ".join(
            f"« {self.citer(proposition.changement, r)} » ({', '.join(r.reponse.stagiaires)})"
            for r in proposition.effet.utiles
        )


def apprendre(cours: Cours, nom: str, essai: bool = False, console: Console | None = None) -> None:
    """Propose au barème d'apprendre de vos décisions, puis recorrige la classe et montre les notes changées."""
    if not charger_devoir(cours, nom).decisions.par_question:
        raise ErreurFormateur(f"Aucune décision pour « {nom} ». Commencez par : grc decider {nom}")
    seance = SeanceDApprentissage(cours, nom, Ecran(console), essai)
    try:
        for question in seance.banc.noms:
            _parcourir(seance, question)
        if not seance.montrees:
            seance.dire(_rien_a_proposer(seance.banc))
    except Arret:
        seance.dire("Arrêté. Ce qui est accepté est écrit ; le reste attend la prochaine fois.")
    if essai:
        seance.dire("Essai : rien n'est écrit.", "bold")
        return
    if seance.acceptes:
        lieu = cours.solutions / nom / "bareme.yml"
        seance.dire(
            f"{seance.acceptes} changement(s) dans {lieu.relative_to(cours.racine)}. Journal : {seance.journal}"
        )
    montrer_les_changements(recorriger(cours, nom), seance.ecran)


def _rien_a_proposer(banc: Banc) -> str:
    if any(banc.question(nom).ecarts for nom in banc.noms):
        return "Rien à proposer : aucune formulation ne rapproche deux copies de vos décisions sans nuire à une autre."
    return "Le barème donne déjà tous les crédits que vous avez décidés : il n'a rien à apprendre."


def _parcourir(seance: SeanceDApprentissage, question: str) -> None:
    """Les propositions d'une question, une à une ; celles qu'une réponse du formateur a rendues inutiles ne se montrent plus."""
    titre = seance.banc.devoir.titres.get(question, question)
    numero = 0
    for proposee in proposer(seance.banc, question, refuses(seance.journal)):
        proposition = _a_jour(seance, proposee) if seance.acceptes else proposee
        if proposition is None:
            continue
        if not numero:
            seance.dire("")
            seance.ecran.separer(titre)
        numero += 1
        seance.montrees += 1
        _montrer(seance, proposition, f"{numero}.")
        if not seance.essai:
            _juger(seance, proposition)


def _a_jour(seance: SeanceDApprentissage, proposition: Proposition) -> Proposition | None:
    """La même proposition d'après le barème tel qu'il est devenu ; None si elle n'y sert plus."""
    changement = proposition.changement
    effet = seance.banc.question(changement.question).effet(changement)
    if not est_utile(effet) or seance.banc.refus(changement):
        return None
    return replace(proposition, effet=effet)


def _juger(seance: SeanceDApprentissage, premiere: Proposition) -> None:
    """Attend ce que le formateur décide d'une proposition, qu'il peut récrire."""
    proposition = premiere
    while True:
        saisie = seance.demander(
            "o : accepter, n : refuser, m : modifier le texte, q : arrêter ? "
        ).lower()
        if saisie == "o":
            seance.noter(_dans_sa_notion(seance, proposition), ACCEPTE)
            return
        if saisie == "n":
            seance.noter(premiere, REFUSE)  # pour ne pas la reproposer
            return
        if saisie == "m":
            proposition = _recrire(seance, proposition)
        else:
            seance.dire("Répondez par o, n, m ou q.", "yellow")


def _recrire(seance: SeanceDApprentissage, proposition: Proposition) -> Proposition:
    """La proposition avec les mots du formateur, si elle sert au moins une copie et ne nuit à rien ; sinon, la même et pourquoi."""
    texte = seance.demander("Votre formulation (2 à 4 mots) : ")
    if len(texte) < 2:
        return proposition
    recrite = _avec_ces_mots(seance, proposition, texte)
    banc, changement = seance.banc, recrite.changement
    motifs = (
        banc.refus(changement) or [*banc.fautifs(changement.question, [changement]).values()][:1]
    )
    if motifs:
        seance.dire(f"« {texte} » ne convient pas : {motifs[0]}", "yellow")
        return proposition
    _montrer(seance, recrite, "→")
    return recrite


def _avec_ces_mots(
    seance: SeanceDApprentissage, proposition: Proposition, texte: str
) -> Proposition:
    """À la place de la formulation ajoutée ; ou de celle qui était retirée, dans la même notion."""
    ancien, question = proposition.changement, seance.banc.question(proposition.changement.question)
    notions = question.element(ancien.element).notions
    notion = next((n for n, notion in enumerate(notions) if ancien.retire in notion), ancien.notion)
    changement = replace(ancien, ajoute=texte, notion=notion)
    return replace(proposition, changement=changement, effet=question.effet(changement))


def _dans_sa_notion(seance: SeanceDApprentissage, proposition: Proposition) -> Proposition:
    """Un élément fait de notions : le formateur dit à laquelle la formulation revient, si plusieurs y gagnent autant."""
    if len(proposition.notions) < 2:
        return proposition
    ancien = proposition.changement
    notions = seance.banc.question(ancien.question).element(ancien.element).notions
    for numero, rang in enumerate(proposition.notions, start=1):
        seance.dire(f"  {numero}. {', '.join(notions[rang][:3])}…")
    combien = len(proposition.notions)
    saisie = seance.demander(
        f"De quelle notion s'agit-il ? (1 à {combien}, Entrée : 1, q : arrêter) "
    )
    choix = int(saisie) if saisie.isdecimal() and 1 <= int(saisie) <= combien else 1
    notion = proposition.notions[choix - 1]
    return replace(proposition, changement=replace(ancien, notion=notion))


def _montrer(seance: SeanceDApprentissage, proposition: Proposition, marque: str) -> None:
    """Une ligne par proposition ; dessous, les mots de deux copies."""
    changement, effet = proposition.changement, proposition.effet
    libelle = seance.banc.question(changement.question).element(changement.element).libelle
    seance.ecran.dire(
        f"{marque} {libelle} : ", gras(changement.texte), f" → {effet_en_clair(effet)}"
    )
    # Deux copies peuvent dire la même phrase : deux phrases différentes montrent mieux ce que la formulation attrape.
    citations = list(dict.fromkeys(seance.citer(changement, r) for r in effet.utiles))[:EXTRAITS]
    seance.dire("   " + " · ".join(f"« {citation} »" for citation in citations), "dim")


def effet_en_clair(effet: Effet) -> str:
    """Ce que le changement fait à la classe, en une phrase."""
    rejoignent, approchent = (
        sum(r.copies for r in reponses) for reponses in (effet.rejointes, effet.rapprochees)
    )
    dits = []
    if rejoignent:
        dits.append(_accorder(rejoignent, "rejoint", "rejoignent") + " votre décision")
    if approchent:
        dits.append(_accorder(approchent, "s'en approche", "s'en approchent"))
    if not rejoignent:
        dits = [_accorder(approchent, "s'approche", "s'approchent") + " de votre décision"]
    changees = [
        f"{', '.join(r.reponse.stagiaires)} : {en_points(avant)} → {en_points(apres)}"
        for r, avant, apres in effet.autres
    ]
    if changees:
        noms = " ; ".join(changees) if len(changees) <= NOMMES else f"{len(changees)} notes"
        dits.append(f"sans décision de vous, change aussi {noms}")
    return " ; ".join(dits)


def _accorder(combien: int, singulier: str, pluriel: str) -> str:
    return f"{combien} copies {pluriel}" if combien > 1 else f"{combien} copie {singulier}"


def extrait(texte: str, longueur: int = 60) -> str:
    """Le début d'un texte, sur une ligne.

    >>> extrait("La première année\\nrapporte le plus.", 20)
    'La première année ra…'
    """
    ligne = " ".join(texte.split())
    return ligne if len(ligne) <= longueur else ligne[:longueur] + "…"
