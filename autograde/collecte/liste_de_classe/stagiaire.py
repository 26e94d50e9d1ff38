"""Une personne de la liste de classe : ce que l'on sait d'elle, et ce qui la nomme dans un texte."""

import re
from dataclasses import asdict, dataclass
from functools import cached_property

from autograde.collecte.liste_de_classe.cles import CHAMPS, peut_identifier
from autograde.collecte.liste_de_classe.noms import colle, mots, mots_proches, nomme, ressemblance


@dataclass(frozen=True)
class Stagiaire:
    """Une ligne de la liste. ``participant`` est le numéro que Moodle met dans le nom des fichiers qu'il télécharge ; ``sorti`` vaut
    « oui » s'il n'est plus dans la dernière liste donnée."""

    identifiant: str = ""
    prenom: str = ""
    nom: str = ""
    courriel: str = ""
    numero: str = ""
    participant: str = ""
    groupe: str = ""
    sorti: str = ""

    @property
    def nom_complet(self) -> str:
        return " ".join(filter(None, (self.prenom, self.nom))) or self.identifiant

    @property
    def avec_ses_cles(self) -> str:
        """Son nom, son courriel et son numéro, s'ils peuvent l'identifier.

        >>> Stagiaire(prenom="Léa", nom="Dupont", courriel="lea@exemple.ma", numero="3").avec_ses_cles
        'Léa Dupont lea@exemple.ma'
        """
        cles = (
            cle
            for champ in ("courriel", "numero")
            if peut_identifier(champ, cle := getattr(self, champ))
        )
        return " ".join((self.nom_complet, *cles))

    @property
    def compte(self) -> str:
        """Le courriel sans son domaine : souvent le nom du compte informatique."""
        return self.courriel.partition("@")[0]

    @cached_property
    def noms(self) -> list[str]:
        """Chaque mot de son nom, collé : « N'Guyen » en est un."""
        return [colle(mot) for mot in self.nom_complet.split() if colle(mot)]

    @cached_property
    def cles(self) -> set[str]:
        """Ce qui le désigne à soi seul ; un compte qui n'est que son prénom n'en est pas."""
        textes = (
            texte
            for champ in CHAMPS
            if peut_identifier(champ, texte := getattr(self, champ)) or champ == "identifiant"
        )
        return {cle for texte in textes if len(cle := colle(texte)) >= 4} - set(self.noms)

    @property
    def renseigne(self) -> dict[str, str]:
        """Ce que l'on sait de lui, champ par champ."""
        return {champ: valeur for champ, valeur in asdict(self).items() if valeur}

    def pourrait_etre(self, autre: "Stagiaire", cle_sure: bool) -> bool:
        """Vrai si c'est la même personne sous un autre nom, quand elle porte la même clé : un nom allongé ou raccourci, une faute de
        frappe ; et, si la clé est sûre, le même prénom avec un autre nom de famille.

        Deux enfants d'une même famille ont le même nom de famille, parfois le même courriel, jamais le même prénom.

        >>> sara = Stagiaire(prenom="Sara", nom="Bennani")
        >>> [sara.pourrait_etre(Stagiaire(prenom=p, nom=n), True) for p, n in (("Sara", "Tazi"), ("Omar", "Bennani"))]
        [True, False]
        """
        if self.prenom and autre.prenom:
            if not _l_un_dans_l_autre(mots(self.prenom), mots(autre.prenom)):
                return mots_proches(self.noms, autre.noms)
            allonge = _l_un_dans_l_autre(mots(self.nom), mots(autre.nom))
        else:
            communs = set(self.noms) & set(autre.noms)
            allonge = _l_un_dans_l_autre(self.noms, autre.noms) and len(communs) > 1
            cle_sure = False
        return cle_sure or allonge or mots_proches(self.noms, autre.noms)

    def est_nomme(self, texte: list[str]) -> bool:
        """Son nom entier, son courriel ou un de ses identifiants est dans ces mots."""
        return nomme(texte, self.noms) or any(nomme(texte, [cle]) for cle in self.cles)

    def est_a_moitie_nomme(self, texte: list[str]) -> bool:
        """Ces mots sont tous à lui : son seul prénom, son seul nom de famille, son groupe."""
        a_lui = {*self.noms, *mots(self.nom_complet), colle(self.prenom), colle(self.nom)}
        return bool(a_lui & set(texte)) and set(texte) <= a_lui | set(mots(self.groupe))

    def ressemblance(self, texte: str) -> float:
        """De 0 à 100, combien ce texte ressemble à son nom, prénom d'abord ou nom d'abord."""
        return max(
            ressemblance(colle(texte), colle(f"{debut} {fin}"))
            for debut, fin in ((self.prenom, self.nom), (self.nom, self.prenom))
        )


def _l_un_dans_l_autre(ici: list[str], la: list[str]) -> bool:
    return set(ici) <= set(la) or set(la) <= set(ici)


def nom_de_dossier(texte: str) -> str:
    """Un nom que Windows, Linux et nbgrader acceptent pour un dossier, et qui ne peut pas en sortir.

    >>> nom_de_dossier("../../ali"), nom_de_dossier("Léa d'Arc"), nom_de_dossier("lea@exemple.ma"), nom_de_dossier("CON")
    ('ali', 'Léa_d_Arc', 'lea_exemple.ma', 'CON_')
    """
    propre = re.sub(r"[^\w.-]+", "_", texte).strip("._ -")[:80] or "sans_nom"
    return (
        propre + "_"
        if re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", propre)
        else propre
    )
