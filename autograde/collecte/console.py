"""``grc ramasser`` à la console : les questions posées pour les copies à préciser, puis les copies prêtes, leur état, et le reste."""

from collections import Counter
from datetime import datetime
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from autograde.carnet.releve import devoirs_au_carnet, ont_rendu
from autograde.collecte.liste import ListeDeClasse
from autograde.collecte.liste_de_classe import Confirmer, liste_gardee, prendre_la_liste
from autograde.collecte.precisions import DEVOIR, IGNORER, STAGIAIRE, Attente
from autograde.collecte.ramassage import Bilan, Ramassage
from autograde.collecte.reconnaissance import lisible
from autograde.collecte.versions import VERSIONS
from autograde.console import demander, est_un_terminal, oui_ou_non
from autograde.copie.remplie import lire_la_copie_remplie
from autograde.copie.triage import CopieTriee, Etat, trier
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours

_STYLES = {Etat.LUE: "green", Etat.REPAREE: "yellow", Etat.ILLISIBLE: "red"}


def ramasser(
    cours: Cours,
    source: Path,
    devoir: str = "",
    liste: Path | None = None,
    console: Console | None = None,
    plus_courte: bool = False,
) -> None:
    """Ramasse les copies d'une source, puis montre ce qui est prêt et ce qu'il reste à préciser. Lève ``ErreurFormateur``.

    ``devoir`` : celui qu'on attend ; sans lui, chaque copie va au sien. ``liste`` : la liste de classe, gardée pour les fois suivantes ;
    ``plus_courte`` : elle peut avoir moins de personnes que la fois d'avant.
    """
    console = console or Console()
    quelqu_un = est_un_terminal(console)
    confirmer = partial(oui_ou_non, console) if quelqu_un else None
    classe = (
        _prendre_et_inscrire(cours, liste, console, confirmer, plus_courte)
        if liste
        else liste_gardee(cours)
    )
    bilan = Ramassage(cours, devoir, classe).ramasser(
        source, Questions(console, classe) if quelqu_un else None
    )
    montrer_le_ramassage(cours, bilan, devoir, console)


def _prendre_et_inscrire(
    cours: Cours, fichier: Path, console: Console, confirmer: Confirmer | None, plus_courte: bool
) -> ListeDeClasse:
    """La liste donnée, gardée et mise au carnet, après avoir dit ce qu'il faut en savoir."""
    from autograde.carnet.api import inscrire_la_classe

    classe = prendre_la_liste(cours, fichier, confirmer, plus_courte)
    _dire(console, *classe.remarques)
    devoirs = devoirs_au_carnet(cours) if classe.changements else []
    rendus = {devoir: ont_rendu(cours, devoir) for devoir in devoirs}
    for changement in classe.changements:
        deja = [devoir for devoir, noms in rendus.items() if changement.identifiant in noms]
        _dire(console, changement.en_clair + (f" Déjà noté : {', '.join(deja)}." if deja else ""))
    inscrire_la_classe(cours, classe.stagiaires)
    return classe


class Questions:
    """Une question par copie ; s'arrête pour de bon dès que le formateur le demande."""

    def __init__(self, console: Console, liste: ListeDeClasse):
        self._console, self._liste, self._fini = console, liste, False

    def __call__(self, attente: Attente, copie: Path | None) -> bool:
        """Complète la ligne ; faux si le formateur la laisse pour plus tard."""
        for champ in attente.manque:
            setattr(attente, champ, "")
        if self._fini:
            return False
        texte = Text(f"{lisible(attente.fichier)}\n{attente.pourquoi}\nla copie : {copie}")
        self._console.print(Panel(texte, title="À préciser", title_align="left"))
        for champ in attente.manque:
            reponse = self._demander(attente, champ)
            setattr(attente, champ, reponse)
            if not reponse:
                return False
            if attente.ignoree:
                attente.stagiaire = attente.devoir = IGNORER
                return True
        return True

    def _demander(self, attente: Attente, champ: str) -> str:
        proposes = attente.possibles.split(", ") if champ == STAGIAIRE and attente.possibles else []
        possibles = [propose.split(" (")[0] for propose in proposes]
        for rang, possible in enumerate(possibles, start=1):
            connu = self._liste.d_identifiant(possible)
            self._console.print(
                f"  {rang}. {self._liste.designation(connu) if connu else possible}",
                markup=False,
                highlight=False,
            )
        invite = (
            "Numéro ou nom du stagiaire, ou plusieurs séparés par des virgules"
            if champ == STAGIAIRE
            else "Nom du devoir"
        )
        reponse = demander(
            self._console, f"{invite} (Entrée : plus tard, {IGNORER}, q : arrêter) : "
        )
        if reponse is None or reponse == "q":
            self._fini = True
            return ""
        morceaux = [morceau.strip() for morceau in reponse.split(",")]
        return ", ".join(
            possibles[int(morceau) - 1]
            if morceau.isdecimal() and 1 <= int(morceau) <= len(possibles)
            else morceau
            for morceau in morceaux
        )


def montrer_le_ramassage(cours: Cours, bilan: Bilan, devoir: str, console: Console) -> None:
    """Tout ce qu'un ramassage a donné, et la suite à donner."""
    devoirs = [devoir] if devoir else bilan.devoirs
    for nom in devoirs:
        _montrer_le_devoir(cours, bilan, nom, console)
    _dire(console, *_ce_qui_est_fait(bilan), f"Les copies sont dans {cours.remises}.")
    _montrer_ce_qui_manque(cours, bilan, console)
    if devoirs:
        console.print(
            "\nEnsuite : " + ", ".join(f"[bold]grc corriger {nom}[/]" for nom in devoirs) + "."
        )


def _montrer_le_devoir(cours: Cours, bilan: Bilan, nom: str, console: Console) -> None:
    """Le triage de toutes les copies du devoir, celles des fois précédentes comprises, et qui n'en a pas."""
    devoir = charger_devoir(cours, nom)
    noms = {stagiaire.identifiant: stagiaire.nom_complet for stagiaire in bilan.liste.stagiaires}
    dossiers = {
        dossier.parent.name: dossier
        for dossier in cours.remises.glob(f"*/{nom}")
        if dossier.is_dir()
    }
    tableau = Table(title=f"{nom} : {_combien(len(dossiers), 'copie')}", title_justify="left")
    for titre in ("stagiaire", "état", "date"):
        tableau.add_column(titre, no_wrap=titre != "stagiaire")
    tableau.add_column("à savoir", overflow="fold", ratio=1)
    etats: Counter[Etat] = Counter()

    def par_nom(stagiaire: str) -> str:
        return noms.get(stagiaire, stagiaire).casefold()

    for stagiaire in sorted(dossiers, key=par_nom):
        dossier = dossiers[stagiaire]
        triee = trier(lire_la_copie_remplie(stagiaire, dossier, devoir), devoir)
        etats[triee.etat] += 1
        a_savoir = [
            *([triee.motif] if triee.motif else triee.reparations),
            *_versions(dossier),
            *bilan.rangees.get((stagiaire, nom), []),
        ]
        etat = Text(triee.etat, style=_STYLES[triee.etat])
        tableau.add_row(
            Text(noms.get(stagiaire, stagiaire)), etat, _date(triee), Text("\n".join(a_savoir))
        )
    if dossiers:
        console.print(tableau)
    detail = ", ".join(_combien(etats[etat], etat) for etat in Etat if etats[etat])
    absents = [
        stagiaire.nom_complet
        for stagiaire in bilan.liste.stagiaires
        if stagiaire.identifiant not in dossiers
    ]
    _dire(
        console,
        f"{nom} : {detail or 'aucune copie'}.",
        f"Sans copie ({len(absents)}) : {', '.join(absents)}." if absents else "",
    )


def _date(triee: CopieTriee) -> str:
    fichier = triee.copie.fichier
    return (
        datetime.fromtimestamp(fichier.stat().st_mtime).strftime("%d/%m %H:%M") if fichier else ""
    )


def _versions(dossier: Path) -> list[str]:
    autres = sum(1 for fichier in (dossier / VERSIONS).glob("*.ipynb*") if fichier.is_file())
    return [f"{_combien(autres, 'autre version gardée')}."] if autres else []


def _ce_qui_est_fait(bilan: Bilan) -> list[str]:
    """Les fichiers rangés et ceux qui ne sont pas des copies ; les fichiers joints à une copie ne font que du bruit : on les compte."""
    servis = {identifiant for identifiant, _ in bilan.rangees}
    joints = [
        un
        for un in bilan.ecartes
        if un.autre_chose and un.stagiaire and un.stagiaire.identifiant in servis
    ]
    lignes = [
        f"{_combien(bilan.nouvelles, 'fichier rangé')} cette fois ({_combien(bilan.deja_la, 'déjà là')})."
    ]
    lignes += (
        [f"{_combien(len(joints), 'fichier joint')} à une copie, sans objet pour la correction."]
        if joints
        else []
    )
    lignes += (
        [f"{_combien(bilan.ignorees, 'copie ignorée')}, à votre demande."] if bilan.ignorees else []
    )
    if bilan.pages:
        lignes.append(f"{_combien(bilan.pages, 'page')} du cours sans réponse à noter, de côté.")
    for devoir, personnes in bilan.autres_devoirs.items():
        lignes.append(
            f"• rendu en plus, pas rangé : {devoir} ({', '.join(personnes)}). Pour le prendre aussi : grc ramasser, sans nom de devoir."
        )
    for ecarte in bilan.ecartes:
        if ecarte not in joints:
            de_qui = f"{ecarte.stagiaire.nom_complet}, " if ecarte.stagiaire else ""
            lignes.append(
                f"• laissé de côté : {de_qui}« {lisible(ecarte.chemin)} » : {ecarte.motif}"
            )
    return lignes


def _montrer_ce_qui_manque(cours: Cours, bilan: Bilan, console: Console) -> None:
    if not bilan.a_preciser:
        return
    titre = f"À préciser : {_combien(len(bilan.a_preciser), 'copie')}"
    tableau = Table(title=titre, title_justify="left", title_style="bold yellow")
    for colonne in ("fichier", "pourquoi", "stagiaires possibles"):
        tableau.add_column(colonne, overflow="fold")
    for attente in bilan.a_preciser:
        tableau.add_row(*map(Text, (lisible(attente.fichier), attente.pourquoi, attente.possibles)))
    console.print(tableau)
    _dire(
        console,
        f"Ces copies attendent dans {cours.ramassage / 'a_preciser'}. Complétez les colonnes « {STAGIAIRE} » et « {DEVOIR} » de "
        f"{cours.ramassage / 'a_preciser.csv'} (ou écrivez « {IGNORER} » ; un travail à plusieurs : leurs noms, séparés par des "
        "virgules), puis relancez la même commande.",
        ""
        if bilan.liste.stagiaires
        else "Le plus souvent, la liste de classe suffit : ajoutez --liste FICHIER (.csv ou .xlsx).",
    )


def _dire(console: Console, *lignes: str) -> None:
    """Des lignes telles quelles : un nom de fichier n'est pas une mise en forme."""
    for ligne in filter(None, lignes):
        console.print(ligne, markup=False, highlight=False)


def _combien(nombre: int, mots: str) -> str:
    """
    >>> _combien(1, "copie"), _combien(2, "autre version gardée"), _combien(3, "déjà là")
    ('1 copie', '2 autres versions gardées', '3 déjà là')
    """
    return f"{nombre} " + (
        mots if nombre < 2 or mots == "déjà là" else " ".join(mot + "s" for mot in mots.split())
    )
