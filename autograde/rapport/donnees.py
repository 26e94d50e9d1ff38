"""Ce que le rapport lit : les notes du carnet (celles du formateur comprises) et, dans les copies, le détail de chaque réponse."""

from dataclasses import dataclass

from autograde.carnet.releve import Releve, releves
from autograde.carnet.stagiaires import stagiaires_inscrits
from autograde.copie.remises import stagiaire_de
from autograde.correction.classe import lire_la_classe
from autograde.cours.devoir import Devoir, charger_devoir
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.notation.copie import CopieCorrigee


@dataclass(frozen=True)
class Rapport:
    """Un devoir et sa classe : ``classe`` va de l'identifiant au nom, pour tous, même ceux qui n'ont rien rendu."""

    devoir: Devoir
    classe: dict[str, str]
    releves: list[Releve]
    copies: list[CopieCorrigee]

    @property
    def titre(self) -> str:
        return titre_du_devoir(self.devoir)

    @property
    def lisibles(self) -> list[CopieCorrigee]:
        return [copie for copie in self.copies if not copie.motif]

    def titre_de(self, question: str) -> str:
        """Le titre d'une question, tel que le stagiaire le lit."""
        return self.devoir.titres.get(question, question)

    def numero_de(self, question: str) -> str:
        """Le titre court : « Question 2a »."""
        return self.titre_de(question).partition(" · ")[0]

    def lieu(self, question: str, plusieurs: bool) -> str:
        """Où l'on est, en peu de mots : la question, et sa séquence si le rapport réunit ``plusieurs`` devoirs."""
        if not plusieurs:
            return self.numero_de(question)
        court = self.devoir.titres.get("", self.devoir.nom).partition(" · ")[0]
        return f"{_sequence(self.devoir)} {court} {self.numero_de(question)}"


def titre_du_devoir(devoir: Devoir) -> str:
    """Le titre du devoir, précédé de sa séquence : deux TP 1 ne se confondent pas."""
    return f"{_sequence(devoir)} · {devoir.titres.get('', devoir.nom)}"


def _sequence(devoir: Devoir) -> str:
    return devoir.nom.split("_")[0].upper()


def charger_rapport(cours: Cours, nom: str) -> Rapport:
    """Lit un devoir corrigé. Rien n'est écrit. Lève ``ErreurFormateur`` s'il n'y a pas de copie, ou si aucune n'est au carnet."""
    devoir = charger_devoir(cours, nom)
    copies = lire_la_classe(cours, nom)
    notes = releves(cours, devoir)
    if not notes:
        raise ErreurFormateur(
            f"Les copies de « {nom} » ne sont pas encore corrigées. Lancez d'abord : grc corriger {nom}"
        )
    return Rapport(devoir, noms_de_la_classe(cours), notes, list(copies))


def noms_de_la_classe(cours: Cours) -> dict[str, str]:
    """Le nom de chaque stagiaire connu du carnet, ou qui a rendu au moins une copie ; à défaut de nom, son identifiant."""
    noms = {stagiaire: inscrit.nom for stagiaire, inscrit in stagiaires_inscrits(cours).items()}
    remis = {
        stagiaire_de(dossier)
        for nom in cours.devoirs_notes()
        for dossier in cours.remises.glob(f"*/{nom}")
    }
    return dict(sorted(({stagiaire: stagiaire for stagiaire in remis} | noms).items()))


def devoirs_remis(cours: Cours) -> list[str]:
    """Les devoirs dont au moins une copie est rangée, dans l'ordre du cours."""
    return [nom for nom in cours.devoirs_notes() if any(cours.remises.glob(f"*/{nom}"))]
