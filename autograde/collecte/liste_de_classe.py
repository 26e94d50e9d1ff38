"""La liste de classe : qui peut rendre une copie, et sous quel identifiant il est au carnet.

On la lit telle que Moodle ou un tableur l'exporte (.csv ou .xlsx, en français ou en anglais), et on la garde à côté du carnet :
donnée une fois, elle sert ensuite, et un stagiaire y garde son identifiant même si la liste change.
"""

import csv
import io
import re
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from pathlib import Path

from autograde.collecte.noms import colle, mots, nomme
from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.fichiers.ecriture import ecrire_en_entier
from autograde.fichiers.tableur import sans_formule, texte_d_origine

# Les titres de colonnes, collés et sans accent : exports français et anglais de Moodle, listes faites à la main.
_COLONNES = {
    "identifiant": ["nomdutilisateur", "username", "login", "stagiaire"],
    "prenom": ["prenom", "prenoms", "firstname", "givenname"],
    "nom": ["nomdefamille", "nom", "lastname", "surname", "familyname"],
    "complet": [
        "nomcomplet",
        "fullname",
        "nometprenom",
        "prenometnom",
        "nomprenom",
        "prenomnom",
        "utilisateur",
        "user",
    ],
    "courriel": [
        "adressedecourriel",
        "courriel",
        "email",
        "emailaddress",
        "adresseemail",
        "mail",
        "adressemail",
    ],
    "numero": [
        "numerodidentification",
        "idnumber",
        "matricule",
        "numero",
        "numerodetudiant",
        "cef",
    ],
    "participant": ["identifiant", "identifier", "participant"],
    "groupe": ["groupe", "groupes", "group", "groups", "classe", "section"],
}
# Ce que l'on met dans un nom de fichier sans vouloir dire de qui il est.
_MOTS_NEUTRES = frozenset(
    mots(
        "copie copies copy devoir exercice exo fichier final finale fini grc groupe ipynb notebook rendu réponse réponses "
        "tp1 tp2 tp3 travail travaux txt version"
    )
)
_NUMERO_DE_PARTICIPANT = re.compile(r"\D*(\d+)")


@dataclass(frozen=True)
class Stagiaire:
    """Une ligne de la liste. ``participant`` est le numéro que Moodle met dans le nom des fichiers qu'il télécharge."""

    identifiant: str = ""
    prenom: str = ""
    nom: str = ""
    courriel: str = ""
    numero: str = ""
    participant: str = ""
    groupe: str = ""

    @property
    def nom_complet(self) -> str:
        return " ".join(filter(None, (self.prenom, self.nom))) or self.identifiant

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
        return {
            cle
            for texte in (self.identifiant, self.numero, self.courriel)
            if len(cle := colle(texte)) >= 4
        } - set(self.noms)

    def est_nomme(self, texte: list[str]) -> bool:
        """Son nom entier, son courriel ou un de ses identifiants est dans ces mots."""
        return nomme(texte, self.noms) or any(nomme(texte, [cle]) for cle in self.cles)

    def est_a_moitie_nomme(self, texte: list[str]) -> bool:
        """Ces mots sont tous à lui : son seul prénom, son seul nom de famille, son groupe."""
        a_lui = {*self.noms, *mots(self.nom_complet)}
        return bool(a_lui & set(texte)) and set(texte) <= a_lui | set(mots(self.groupe))


@dataclass(frozen=True)
class ListeDeClasse:
    """Les stagiaires d'une classe ; vide tant que le formateur n'en a pas donné."""

    stagiaires: tuple[Stagiaire, ...] = ()

    def en_toutes_lettres(self, texte: str) -> list[Stagiaire]:
        """Ceux dont le nom entier est dans le texte ; le nom le plus long l'emporte sur celui qu'il contient."""
        lus = mots(texte)
        entiers = [stagiaire for stagiaire in self.stagiaires if stagiaire.est_nomme(lus)]
        return [
            un for un in entiers if not any(set(un.noms) < set(autre.noms) for autre in entiers)
        ]

    def nommes(self, texte: str, sauf: frozenset[str] = frozenset()) -> list[Stagiaire]:
        """Ceux que le texte peut désigner : par leur nom entier ou, s'il ne dit rien d'autre, par leur seul prénom ou leur seul nom.

        Un seul : pas de doute. Plusieurs : c'est ambigu. « hugo alami » ne désigne pas Hugo Martin. ``sauf`` : des mots qui ne
        nomment personne ici, en plus de « tp », « copie »…
        """
        restes = [
            mot
            for mot in mots(texte)
            if len(mot) > 2 and not mot.isdecimal() and mot not in sauf | _MOTS_NEUTRES
        ]
        return self.en_toutes_lettres(texte) or [
            stagiaire for stagiaire in self.stagiaires if stagiaire.est_a_moitie_nomme(restes)
        ]

    def du_participant(self, numero: str) -> list[Stagiaire]:
        return [
            stagiaire for stagiaire in self.stagiaires if numero and stagiaire.participant == numero
        ]

    def d_identifiant(self, texte: str) -> Stagiaire | None:
        """Celui dont c'est l'identifiant, le numéro ou le courriel (même sans son domaine) ; rien s'il y en a plusieurs."""
        for cle in ("identifiant", "numero", "courriel", "compte"):
            trouves = [
                stagiaire
                for stagiaire in self.stagiaires
                if colle(getattr(stagiaire, cle)) == colle(texte) != ""
            ]
            if trouves:
                return trouves[0] if len(trouves) == 1 else None
        return None


def liste_gardee(cours: Cours) -> ListeDeClasse:
    """La liste que le formateur a donnée la dernière fois ; vide s'il n'y en a pas."""
    fichier = cours.liste_de_classe
    if not fichier.is_file():
        return ListeDeClasse()
    champs = [champ.name for champ in fields(Stagiaire)]
    lignes = csv.DictReader(io.StringIO(texte_du_fichier(fichier), newline=""), delimiter=";")
    lues = [
        {champ: texte_d_origine(ligne.get(champ) or "") for champ in champs} for ligne in lignes
    ]
    return ListeDeClasse(tuple(Stagiaire(**lue) for lue in lues if lue["identifiant"]))


def prendre_la_liste(cours: Cours, fichier: Path) -> ListeDeClasse:
    """Lit la liste donnée, la réunit à celle d'avant et la garde. Lève ``ErreurFormateur`` si elle ne se lit pas."""
    liste = reunir(liste_gardee(cours), lire_la_liste(fichier))
    cours.liste_de_classe.parent.mkdir(parents=True, exist_ok=True)
    sortie = io.StringIO()
    ecrivain = csv.DictWriter(
        sortie, [champ.name for champ in fields(Stagiaire)], delimiter=";", lineterminator="\r\n"
    )
    ecrivain.writeheader()
    ecrivain.writerows(
        {champ: sans_formule(valeur) for champ, valeur in asdict(stagiaire).items()}
        for stagiaire in liste.stagiaires
    )
    ecrire_en_entier(cours.liste_de_classe, "\ufeff" + sortie.getvalue())
    return liste


def lire_la_liste(fichier: Path) -> list[Stagiaire]:
    """Les stagiaires d'un export, identifiants compris seulement s'il les donne. Lève ``ErreurFormateur``."""
    try:
        lignes = (
            _lignes_xlsx(fichier)
            if fichier.suffix.lower() in (".xlsx", ".xlsm")
            else _lignes_csv(texte_du_fichier(fichier))
        )
    except Exception as erreur:
        raise ErreurFormateur(
            f"Je n'arrive pas à lire la liste « {fichier.name} ». Donnez un fichier .csv ou .xlsx."
        ) from erreur
    for rang, titres in enumerate(lignes[:20]):
        colonnes = _colonnes(titres)
        if {"nom", "complet"} & colonnes.keys() or {"identifiant", "courriel"} & colonnes.keys():
            trouves = [
                _stagiaire({nom: ligne[i].strip() for nom, i in colonnes.items() if i < len(ligne)})
                for ligne in lignes[rang + 1 :]
            ]
            return [
                stagiaire for stagiaire in trouves if stagiaire.nom_complet or stagiaire.courriel
            ]
    raise ErreurFormateur(
        f"La liste « {fichier.name} » n'a pas de colonne que je reconnaisse. Il faut au moins « Nom » et « Prénom », ou « Nom complet » ; "
        "« Adresse de courriel », « Nom d'utilisateur », « Numéro d'identification » et « Groupe » aident aussi."
    )


def reunir(avant: ListeDeClasse, lus: list[Stagiaire]) -> ListeDeClasse:
    """La liste d'avant, complétée : qui y était garde son identifiant, les nouveaux en reçoivent un, personne n'en part."""
    restants = list(avant.stagiaires)
    for lu in lus:
        rang = next((i for i, connu in enumerate(restants) if _est_le_meme(connu, lu)), None)
        if rang is None:
            restants.append(
                replace(
                    lu,
                    identifiant=_identifiant_libre(
                        lu, {connu.identifiant.casefold() for connu in restants}
                    ),
                )
            )
        else:
            nouveaux = {
                champ: valeur
                for champ, valeur in asdict(lu).items()
                if valeur and champ != "identifiant"
            }
            restants[rang] = replace(restants[rang], **nouveaux)
    return ListeDeClasse(tuple(restants))


def _est_le_meme(connu: Stagiaire, lu: Stagiaire) -> bool:
    for champ in ("courriel", "numero"):
        ici, la = getattr(connu, champ).casefold(), getattr(lu, champ).casefold()
        if ici and la:
            return ici == la
    if lu.identifiant:
        return connu.identifiant.casefold() == nom_de_dossier(lu.identifiant).casefold()
    return sorted(connu.noms) == sorted(lu.noms)


def _identifiant_libre(stagiaire: Stagiaire, pris: set[str]) -> str:
    """Celui que la liste donne ; sinon « nom_prenom », et de quoi distinguer deux homonymes."""
    base = (
        stagiaire.identifiant
        or "_".join(mots(f"{stagiaire.nom} {stagiaire.prenom}"))
        or stagiaire.compte
    )
    precis = [
        f"{base}_{cle}"
        for cle in (stagiaire.numero, stagiaire.compte, stagiaire.participant)
        if cle
    ]
    suite = [f"{base}_{rang}" for rang in range(2, len(pris) + 3)]
    return next(
        nom
        for candidat in [base, *precis, *suite]
        if (nom := nom_de_dossier(candidat)).casefold() not in pris
    )


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


def _stagiaire(cases: dict[str, str]) -> Stagiaire:
    """Une ligne lue. Un « Nom complet » sert de nom s'il n'y a rien de mieux."""
    cases = {champ: " ".join(valeur.split()) for champ, valeur in cases.items()}
    complet = cases.pop("complet", "")
    if not cases.get("nom") and not cases.get("prenom"):
        cases["nom"] = complet
    participant = _NUMERO_DE_PARTICIPANT.fullmatch(cases.get("participant", ""))
    cases["participant"] = participant[1] if participant else ""
    return Stagiaire(**cases)


def _colonnes(titres: list[str]) -> dict[str, int]:
    """Le rang de chaque colonne reconnue ; le premier titre de la liste des titres possibles l'emporte."""
    colles = [colle(titre) for titre in titres]
    return {
        champ: next(colles.index(nom) for nom in noms if nom in colles)
        for champ, noms in _COLONNES.items()
        if set(noms) & set(colles)
    }


def texte_du_fichier(fichier: Path) -> str:
    """Le texte d'un .csv, qu'il vienne de Moodle (UTF-8) ou d'un tableur sous Windows."""
    brut = fichier.read_bytes()
    if brut.startswith((b"\xff\xfe", b"\xfe\xff")):
        return brut.decode("utf-16")
    try:
        return brut.decode("utf-8-sig")
    except UnicodeDecodeError:
        return brut.decode("cp1252")


def _lignes_csv(texte: str) -> list[list[str]]:
    premiere = texte.split("\n", 1)[0]
    separateur = max(";,\t", key=premiere.count)
    return list(csv.reader(io.StringIO(texte, newline=""), delimiter=separateur))


def _lignes_xlsx(fichier: Path) -> list[list[str]]:
    from openpyxl import load_workbook

    feuille = load_workbook(fichier, read_only=True, data_only=True).worksheets[0]
    return [
        ["" if case is None else str(case) for case in ligne]
        for ligne in feuille.iter_rows(max_row=5000, values_only=True)
    ]
