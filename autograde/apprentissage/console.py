"""``grc apprendre`` : le formateur accepte, refuse ou récrit chaque formulation ; puis la classe est recorrigée sous ses yeux."""

from dataclasses import dataclass, field

from autograde.apprentissage.banc import Banc, Verdict, extrait
from autograde.apprentissage.changement import Changement
from autograde.apprentissage.ecarts import (
    DEJA_REFUSE,
    Desaccord,
    Proposition,
    ajouts,
    desaccords,
    modifiee,
    notions_absentes,
    retrait,
    sans_remede,
)
from autograde.apprentissage.fichier import ecrire_au_bareme
from autograde.apprentissage.journal import (
    ACCEPTE,
    REFUSE,
    chemin_du_journal,
    cle_du_refus,
    journal_ouvert,
    refuses,
)
from autograde.console import Console, Ecran, en_points
from autograde.correction.console import montrer_les_changements
from autograde.correction.recorrection import recorriger
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur

PROPOSITIONS_MONTREES = 3


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

    def noter(self, proposition: Proposition, desaccord: Desaccord, geste: str) -> None:
        """Écrit la décision du formateur : au barème si elle est acceptée, au journal toujours."""
        with journal_ouvert(self.journal) as noter:
            if geste == ACCEPTE:
                ecrire_au_bareme(
                    self.cours.solutions / self.nom / "bareme.yml", proposition.changement
                )
                self.banc = Banc(self.cours, self.nom)
                self.acceptes += 1
            noter(
                proposition.changement,
                geste,
                desaccord.origine(proposition.passage or desaccord.reponse.texte),
            )


def apprendre(cours: Cours, nom: str, essai: bool = False, console: Console | None = None) -> None:
    """Propose au barème d'apprendre de chaque décision, puis recorrige la classe et montre les notes changées."""
    if not charger_devoir(cours, nom).decisions.par_question:
        raise ErreurFormateur(f"Aucune décision pour « {nom} ». Commencez par : grc decider {nom}")
    seance = SeanceDApprentissage(cours, nom, Ecran(console), essai)
    try:
        _parcourir(seance)
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


def _parcourir(seance: SeanceDApprentissage) -> None:
    """Les désaccords un à un. Ce qui vient d'être appris peut en régler d'autres : ils sont recherchés à chaque fois."""
    vus: set = set()
    while suivants := [d for d in desaccords(seance.banc) if d.cle not in vus]:
        vus.add(suivants[0].cle)
        _traiter(seance, suivants[0])
    if not vus:
        seance.dire(
            "Le barème donne déjà tous les crédits que vous avez décidés : il n'a rien à apprendre."
        )


def _traiter(seance: SeanceDApprentissage, desaccord: Desaccord) -> None:
    reponse, avant, apres = (
        desaccord.reponse,
        en_points(desaccord.credit.valeur),
        en_points(desaccord.decision.credit),
    )
    seance.dire("")
    seance.ecran.separer(reponse.question)
    seance.dire(
        f"{desaccord.element.libelle} : le barème donne {avant}, vous avez décidé {apres}", "bold"
    )
    seance.dire(f"Réponse : {extrait(reponse.texte, 400)}")
    motif = sans_remede(desaccord, seance.banc)
    if motif:
        seance.dire(f"Rien à proposer : {motif}", "yellow")
    elif desaccord.augmente:
        _proposer_des_ajouts(seance, desaccord)
    else:
        seance.dire(
            f"Ce qui le donne : « {desaccord.credit.formulation} », reconnue dans « {' '.join(desaccord.credit.passage.split())} »"
        )
        proposition = retrait(desaccord, seance.banc)
        if cle_du_refus(proposition.changement) in refuses(seance.journal):
            seance.dire(f"Retirer cette formulation : {DEJA_REFUSE}", "dim")
        else:
            _juger(seance, desaccord, proposition)


def _proposer_des_ajouts(seance: SeanceDApprentissage, desaccord: Desaccord) -> None:
    notion = _choisir_la_notion(seance, desaccord) if desaccord.element.notions else None
    deja = refuses(seance.journal)
    ecartees: dict[str, list[str]] = {}
    montrees = 0
    for proposition in ajouts(desaccord, seance.banc, deja, notion):
        if proposition.verdict.refus:
            ecartees.setdefault(proposition.verdict.refus[0], []).append(
                proposition.changement.ajoute
            )
            continue
        montrees += 1
        if _juger(seance, desaccord, proposition) or montrees == PROPOSITIONS_MONTREES:
            return
    for motif, formulations in ecartees.items():
        seance.dire(f"Écartées : « {' », « '.join(formulations)} » ; {motif}", "dim")
    if not montrees and DEJA_REFUSE not in ecartees:
        seance.dire("Aucune formulation tirée de cette réponse ne convient.", "yellow")
        _laisser_ecrire(
            seance,
            desaccord,
            Changement(desaccord.reponse.question, desaccord.element.id, notion=notion),
        )


def _laisser_ecrire(seance: SeanceDApprentissage, desaccord: Desaccord, vide: Changement) -> None:
    """Le formateur peut trouver les mots que la réponse n'a pas donnés."""
    texte = (
        "" if seance.essai else seance.demander("Écrivez-en une (Entrée : passer, q : arrêter) : ")
    )
    if len(texte) > 1:  # « n » veut dire non
        _juger(
            seance,
            desaccord,
            modifiee(
                Proposition(vide, desaccord.decision.passage, Verdict()),
                texte,
                desaccord,
                seance.banc,
            ),
        )


def _choisir_la_notion(seance: SeanceDApprentissage, desaccord: Desaccord) -> int:
    """La notion à laquelle le passage se rattache ; à défaut de réponse, la première que la réponse ne dit pas."""
    absentes = notions_absentes(desaccord, seance.banc)
    if seance.essai or len(absentes) == 1:
        return absentes[0]
    for numero, rang in enumerate(absentes, start=1):
        seance.dire(f"  {numero}. {', '.join(desaccord.element.notions[rang][:3])}…")
    saisie = seance.demander(
        f"De quelle notion s'agit-il ? (1 à {len(absentes)}, Entrée : 1, q : arrêter) "
    )
    return (
        absentes[int(saisie) - 1]
        if saisie.isdigit() and 1 <= int(saisie) <= len(absentes)
        else absentes[0]
    )


def _juger(seance: SeanceDApprentissage, desaccord: Desaccord, proposition: Proposition) -> bool:
    """Montre une proposition et attend le formateur. Renvoie True si elle est acceptée (ou récrite, puis acceptée)."""
    premiere = proposition
    while True:
        _montrer(seance, desaccord, proposition)
        if seance.essai:
            return False
        interdit = bool(proposition.verdict.refus)
        saisie = seance.demander(
            f"{'' if interdit else 'o : accepter, '}n : refuser, m : modifier le texte, q : arrêter ? "
        ).lower()
        if saisie == "o" and not interdit:
            seance.noter(proposition, desaccord, ACCEPTE)
            return True
        if saisie == "n":
            if premiere.changement.retire or not premiere.verdict.refus:
                seance.noter(
                    premiere, desaccord, REFUSE
                )  # pour ne pas la reproposer ; une erreur de frappe ne se note pas
            return False
        if saisie == "m":
            texte = seance.demander("Votre formulation (2 à 4 mots) : ")
            proposition = (
                modifiee(proposition, texte, desaccord, seance.banc)
                if len(texte) > 1
                else proposition
            )
        else:
            seance.dire(
                "Répondez par n, m ou q." if interdit else "Répondez par o, n, m ou q.", "yellow"
            )


def _montrer(seance: SeanceDApprentissage, desaccord: Desaccord, proposition: Proposition) -> None:
    verdict = proposition.verdict
    seance.dire(f"→ {proposition.changement.texte}", "bold cyan")
    if proposition.passage and proposition.changement.ajoute:
        seance.dire(f"  d'après « {' '.join(proposition.passage.split())} »")
    for refus in verdict.refus:
        seance.dire(f"  impossible : {refus}", "red")
    if verdict.refus:
        return
    if verdict.credit.valeur < desaccord.decision.credit:
        seance.dire(
            f"  cette réponse aurait {en_points(verdict.credit.valeur)} d'après le barème ; votre décision reste",
            "yellow",
        )
    for conseil in verdict.conseils:
        seance.dire(f"  le vérificateur remarque : {conseil}", "yellow")
    seance.dire("  essais, corrigé et autres décisions : tout passe encore")
    effets = (
        f"changeraient de note : {' ; '.join(verdict.effets)}"
        if verdict.effets
        else "ne changent pas de note"
    )
    seance.dire(f"  les autres copies {effets}")
