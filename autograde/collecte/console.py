"""``grc ramasser`` à la console : les questions posées pour les copies à préciser, puis les copies prêtes, leur état, et le reste."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from autograde.carnet.releve import devoirs_au_carnet, ont_rendu
from autograde.collecte.liste_de_classe import Confirmer, liste_gardee, prendre_la_liste
from autograde.collecte.liste_de_classe.liste import ListeDeClasse
from autograde.collecte.precisions import DEVOIR, IGNORER, STAGIAIRE, Attente
from autograde.collecte.ramassage import Bilan, Ramassage
from autograde.collecte.reconnaissance import lisible
from autograde.collecte.versions import VERSIONS
from autograde.console import Console, Ecran, Tableau, gras, texte
from autograde.copie.remises import stagiaire_de
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
    ecran = Ecran(console)
    confirmer = ecran.oui_ou_non if ecran.quelqu_un else None
    classe = (
        _prendre_et_inscrire(cours, liste, ecran, confirmer, plus_courte)
        if liste
        else liste_gardee(cours)
    )
    bilan = Ramassage(cours, devoir, classe).ramasser(
        source, Questions(console, classe) if ecran.quelqu_un else None
    )
    montrer_le_ramassage(cours, bilan, devoir, console)


def _prendre_et_inscrire(
    cours: Cours, fichier: Path, ecran: Ecran, confirmer: Confirmer | None, plus_courte: bool
) -> ListeDeClasse:
    """La liste donnée, gardée et mise au carnet, après avoir dit ce qu'il faut en savoir."""
    from autograde.carnet.api import inscrire_la_classe

    classe = prendre_la_liste(cours, fichier, confirmer, plus_courte)
    _dire(ecran, *classe.remarques)
    devoirs = devoirs_au_carnet(cours) if classe.changements else []
    rendus = {devoir: ont_rendu(cours, devoir) for devoir in devoirs}
    for changement in classe.changements:
        deja = [devoir for devoir, noms in rendus.items() if changement.identifiant in noms]
        _dire(ecran, changement.en_clair + (f" Déjà noté : {', '.join(deja)}." if deja else ""))
    inscrire_la_classe(cours, classe.stagiaires)
    return classe


class Questions:
    """Une question par copie ; s'arrête pour de bon dès que le formateur le demande."""

    def __init__(self, console: Console, liste: ListeDeClasse):
        self._ecran, self._liste, self._fini = Ecran(console), liste, False

    def __call__(self, attente: Attente, copie: Path | None) -> bool:
        """Complète la ligne ; faux si le formateur la laisse pour plus tard."""
        for champ in attente.manque:
            setattr(attente, champ, "")
        if self._fini:
            return False
        self._ecran.encadrer(
            f"{lisible(attente.fichier)}\n{attente.pourquoi}\nla copie : {copie}", "À préciser"
        )
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
            nom = self._liste.designation(connu) if connu else possible
            self._ecran.dire(f"  {rang}. {nom}")
        invite = (
            "Numéro ou nom du stagiaire, ou plusieurs séparés par des virgules"
            if champ == STAGIAIRE
            else "Nom du devoir"
        )
        reponse = self._ecran.demander(f"{invite} (Entrée : plus tard, {IGNORER}, q : arrêter) : ")
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
    ecran = Ecran(console)
    devoirs = [devoir] if devoir else bilan.devoirs
    for nom in devoirs:
        _montrer_le_devoir(cours, bilan, nom, ecran)
    _dire(ecran, *_ce_qui_est_fait(bilan), f"Les copies sont dans {cours.remises}.")
    _montrer_ce_qui_manque(cours, bilan, ecran)
    if devoirs:
        ecran.dire("\nEnsuite : ", gras(", ".join(f"grc corriger {nom}" for nom in devoirs)), ".")


def _montrer_le_devoir(cours: Cours, bilan: Bilan, nom: str, ecran: Ecran) -> None:
    """Le triage de toutes les copies du devoir, celles des fois précédentes comprises, et qui n'en a pas."""
    devoir = charger_devoir(cours, nom)
    noms = {stagiaire.identifiant: stagiaire.nom_complet for stagiaire in bilan.liste.stagiaires}
    dossiers = {
        stagiaire_de(dossier): dossier
        for dossier in cours.remises.glob(f"*/{nom}")
        if dossier.is_dir()
    }
    tableau = Tableau(f"{nom} : {_combien(len(dossiers), 'copie')}", title_justify="left")
    for titre in ("stagiaire", "état", "date"):
        tableau.colonne(titre, no_wrap=titre != "stagiaire")
    tableau.colonne("à savoir", overflow="fold", ratio=1)
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
        etat = texte(triee.etat, _STYLES[triee.etat])
        tableau.ligne(noms.get(stagiaire, stagiaire), etat, _date(triee), "\n".join(a_savoir))
    if dossiers:
        ecran.montrer(tableau)
    detail = ", ".join(_combien(etats[etat], etat) for etat in Etat if etats[etat])
    absents = [
        stagiaire.nom_complet
        for stagiaire in bilan.liste.stagiaires
        if stagiaire.identifiant not in dossiers
    ]
    _dire(
        ecran,
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


def _montrer_ce_qui_manque(cours: Cours, bilan: Bilan, ecran: Ecran) -> None:
    if not bilan.a_preciser:
        return
    titre = f"À préciser : {_combien(len(bilan.a_preciser), 'copie')}"
    tableau = Tableau(titre, title_justify="left", title_style="bold yellow")
    for colonne in ("fichier", "pourquoi", "stagiaires possibles"):
        tableau.colonne(colonne, overflow="fold")
    for attente in bilan.a_preciser:
        tableau.ligne(lisible(attente.fichier), attente.pourquoi, attente.possibles)
    ecran.montrer(tableau)
    _dire(
        ecran,
        f"Ces copies attendent dans {cours.ramassage / 'a_preciser'}. Complétez les colonnes « {STAGIAIRE} » et « {DEVOIR} » de "
        f"{cours.ramassage / 'a_preciser.csv'} (ou écrivez « {IGNORER} » ; un travail à plusieurs : leurs noms, séparés par des "
        "virgules), puis relancez la même commande.",
        ""
        if bilan.liste.stagiaires
        else "Le plus souvent, la liste de classe suffit : ajoutez --liste FICHIER (.csv ou .xlsx).",
    )


def _dire(ecran: Ecran, *lignes: str) -> None:
    """Les lignes qui ont quelque chose à dire."""
    for ligne in filter(None, lignes):
        ecran.dire(ligne)


def _combien(nombre: int, mots: str) -> str:
    """
    >>> _combien(1, "copie"), _combien(2, "autre version gardée"), _combien(3, "déjà là")
    ('1 copie', '2 autres versions gardées', '3 déjà là')
    """
    return f"{nombre} " + (
        mots if nombre < 2 or mots == "déjà là" else " ".join(mot + "s" for mot in mots.split())
    )
