"""Lire un tableau écrit avec des barres verticales, ou collé depuis un tableur (tabulations).

La première ligne nomme les colonnes, la première case de chaque ligne est son libellé. Une barre qui fait partie du texte
d'une case s'écrit ``\\|`` : c'est ce que fait le formulaire de saisie (``grille.js``). L'ordre des lignes et des colonnes
est libre ; un libellé un peu changé est reconnu, une colonne vide collée avec le reste est retirée, une ligne continuée à la
suivante est recousue ; ce qui n'est pas lu est cité dans une remarque, et n'est jamais une erreur.
"""

from dataclasses import dataclass, field

from grc_helpers.calculs.case import Case
from grc_helpers.francais.nombres import NombreLu, lire_nombre, sans_accents
from grc_helpers.reponses.decoupage import decouper, sans_colonne_vide, sans_fin_vide
from grc_helpers.reponses.libelles import citer, rapprocher_meme_abrege


@dataclass
class TableauLu:
    """Les textes lus, case par case, et les remarques à montrer ; ``rapprochements`` : celles qui disent comment un texte est compris.

    ``coin`` : la case où se croisent les libellés et les noms de colonnes.
    """

    colonnes: list[str] = field(default_factory=list)
    lignes: list[str] = field(default_factory=list)
    textes: dict[Case, str] = field(default_factory=dict)
    remarques: list[str] = field(default_factory=list)
    rapprochements: list[str] = field(default_factory=list)
    coin: str = ""

    def nombres(self) -> dict[Case, NombreLu]:
        """Les cases lues comme des nombres (celles qui sont vides donnent un nombre vide)."""
        return {case: self.lire_une_case(texte) for case, texte in self.textes.items()}

    def lire_une_case(self, texte: str) -> NombreLu:
        """Le nombre d'une case ; un mot des libellés, répété derrière lui, en est l'unité.

        >>> lire_tableau("Jour | Lundi\\nVisiteurs | ").lire_une_case("80 visiteurs").valeur
        80.0
        """
        lu = lire_nombre(texte)
        avant, _, mot = texte.strip().rpartition(" ")
        if lu.valeur is not None or not avant or _au_singulier(mot) not in self._mots:
            return lu
        seul = lire_nombre(avant)
        return seul if seul.valeur is not None and not seul.unite else lu

    @property
    def _mots(self) -> set[str]:
        libelles = " ".join([self.coin, *self.lignes, *self.colonnes])[:2000]
        return {_au_singulier(mot) for mot in libelles.split() if len(mot) > 2}

    def valeurs(self) -> dict[Case, float]:
        """Les seules cases lisibles comme des nombres."""
        return {
            case: nombre.valeur
            for case, nombre in self.nombres().items()
            if nombre.valeur is not None
        }

    def remplies(self) -> int:
        return sum(bool(texte) for texte in self.textes.values())

    @property
    def non_lu(self) -> list[str]:
        return [remarque for remarque in self.remarques if remarque not in self.rapprochements]

    def rapprocher(self, remarque: str) -> None:
        self.remarques.append(remarque)
        self.rapprochements.append(remarque)


def lire_tableau(texte: str, modele: TableauLu | None = None) -> TableauLu:
    """Lit le texte d'une réponse ``%%tableau``. Ne lève jamais d'erreur.

    ``modele`` : le tableau vierge de la version distribuée, quand on le connaît ; ses libellés font foi.

    >>> lu = lire_tableau("Clients | N1 | N2\\nPerdus | 10 | 9,5\\nRestants | 90 |")
    >>> lu.valeurs()["Perdus", "N2"]
    9.5
    >>> [str(case) for case, texte in lu.textes.items() if not texte]
    ['Restants N2']
    >>> lire_tableau("perdu\\t10\\t9,5", modele=lu).textes["Perdus", "N2"]
    '9,5'
    >>> lire_tableau("Clients | N1\\nPerdus | 10 \\\\| 12", modele=lu).textes["Perdus", "N1"]
    '10 | 12'
    >>> lire_tableau("\\t10\\t9,5\\n\\t90\\t80,5", modele=lu).remarques
    ["Lignes sans libellé, lues dans l'ordre du tableau."]
    """
    return _Lecture(texte, modele).lu


class _Lecture:
    """La lecture d'un tableau, ligne après ligne."""

    def __init__(self, texte: str, modele: TableauLu | None):
        self.modele, self.lu = modele, TableauLu()
        self.connus = list(modele.lignes) if modele else []
        self.precedente = ""  # le libellé de la dernière ligne lue, que la suivante peut continuer
        self.vides_de_suite = (
            0  # de deux lignes vides, on ne sait pas laquelle les valeurs du dessous remplissent
        )
        self.sans_nom: set[int] = set()  # les colonnes dont la première ligne ne dit rien
        grille, self.lu.remarques = decouper(texte)
        grille = sans_colonne_vide(grille, 1 + len(modele.colonnes) if modele else 0)
        entete = bool(grille) and self._est_entete(grille[0])
        self.colonnes = self._lire_l_entete(grille[0]) if entete else self._colonnes_du_modele()
        self.lu.colonnes = (
            list(modele.colonnes) if modele else [nom for nom in self.colonnes if nom]
        )
        self.lu.lignes = list(self.connus)
        self.lu.textes = {Case(nom, c): "" for nom in self.connus for c in self.lu.colonnes}
        corps = grille[1:] if entete else grille
        valeurs = [cases for cases in corps if not self._est_vierge(cases)]
        if self._sans_aucun_libelle(valeurs):
            corps = self._dans_l_ordre(valeurs)
        for cases in corps:
            self._lire_ligne(cases)

    def _colonnes_du_modele(self) -> list[str]:
        return list(self.modele.colonnes) if self.modele else []

    def _est_entete(self, cases: list[str]) -> bool:
        connus = {sans_accents(nom) for nom in self.connus}
        return (
            any(cases[1:])
            and sans_accents(cases[0]) not in connus
            and not any(_est_un_nombre(case) for case in cases[1:])
        )

    def _lire_l_entete(self, cases: list[str]) -> list[str]:
        """Le nom de la colonne de chaque case après le libellé ; « » pour une colonne à ignorer."""
        self.lu.coin, noms = cases[0], cases[1:]
        self.sans_nom = {rang for rang, nom in enumerate(noms) if not nom}
        if not self.modele:
            while noms and not noms[-1]:
                noms = noms[:-1]
            return noms
        if cases[0] and not rapprocher_meme_abrege(cases[0], [self.modele.coin]).nom:
            self.lu.remarques.append(f"Coin du tableau, non lu : « {citer(cases[0], 80)} ».")
        connues = {sans_accents(nom): nom for nom in self.modele.colonnes}
        reconnues = [connues.get(sans_accents(nom)) or self._colonne_habillee(nom) for nom in noms]
        if not any(reconnues):
            self.lu.remarques.append(
                f"Colonnes non reconnues, lues dans l'ordre du tableau : « {citer(' | '.join(noms), 80)} »."
            )
            return self._colonnes_du_modele()
        en_trop = [nom for nom, connue in zip(noms, reconnues, strict=True) if nom and not connue]
        if en_trop:
            self.lu.remarques.append(f"Colonne non prévue, ignorée : {citer(', '.join(en_trop))}.")
        return reconnues

    def _colonne_habillee(self, ecrite: str) -> str:
        """La colonne du modèle écrite en gras, entre guillemets… ; « » si aucune."""
        trouvee = rapprocher_meme_abrege(ecrite, self._colonnes_du_modele()) if ecrite else None
        return trouvee.nom if trouvee and trouvee.certain else ""

    def _est_vierge(self, cases: list[str]) -> bool:
        """Une ligne du modèle laissée vide."""
        return not any(cases[1:]) and self._libelle_connu(cases[0])

    def _sans_aucun_libelle(self, corps: list[list[str]]) -> bool:
        """Autant de lignes que le modèle, aucune n'a de libellé : rien que des valeurs, à leur place."""
        return (
            bool(corps)
            and len(corps) == len(self.connus)
            and all(_est_sans_libelle(cases) and any(cases) for cases in corps)
            and all(
                len(valeurs) <= len(self.lu.colonnes) for valeurs in _valeurs_sans_libelle(corps)
            )
            and not any(rapprocher_meme_abrege(cases[0], self.connus).nom for cases in corps)
        )

    def _dans_l_ordre(self, corps: list[list[str]]) -> list[list[str]]:
        self.lu.rapprocher("Lignes sans libellé, lues dans l'ordre du tableau.")
        valeurs = _valeurs_sans_libelle(corps)
        return [[libelle, *siennes] for libelle, siennes in zip(self.connus, valeurs, strict=True)]

    def _lire_ligne(self, cases: list[str]) -> None:
        while len(cases) > 2 and not cases[0] and self._libelle_connu(cases[1]):
            cases = cases[1:]
        libelle = self._libelle(cases[0])
        if not libelle:
            self._continuer(cases)
            return
        self.vides_de_suite = 0 if any(cases[1:]) else self.vides_de_suite + 1
        self.precedente = libelle
        if libelle not in self.lu.lignes:
            self.lu.lignes.append(libelle)
        self._ranger(libelle, cases[1:], 0)

    def _libelle_connu(self, ecrit: str) -> bool:
        return bool(ecrit and rapprocher_meme_abrege(ecrit, self.connus).certain)

    def _libelle(self, ecrit: str) -> str:
        """Le libellé de la version distribuée qui correspond à ce qui est écrit ; « » si aucun."""
        if not self.modele:
            return ecrit.strip("* ")
        trouve = rapprocher_meme_abrege(ecrit, self.connus)
        if trouve.nom and not trouve.certain:
            self.lu.rapprocher(
                f"Libellé modifié : « {citer(ecrit, 80)} » est lu comme « {trouve.nom} »."
            )
        return trouve.nom

    def _ranger(self, libelle: str, valeurs: list[str], debut: int) -> None:
        """Écrit les valeurs d'une ligne dans ses cases, à partir de la colonne ``debut``."""
        for rang, texte in enumerate(valeurs, start=debut):
            colonne = self.colonnes[rang] if rang < len(self.colonnes) else ""
            if colonne:
                self._ecrire(Case(libelle, colonne), texte)
        for colonne in self.colonnes:
            if colonne:
                self.lu.textes.setdefault(Case(libelle, colonne), "")
        restent = [
            texte
            for rang, texte in enumerate(valeurs, start=debut)
            if texte and (rang >= len(self.colonnes) or rang in self.sans_nom)
        ]
        if restent:
            self.lu.remarques.append(
                f"{libelle} : il y a plus de cases que de colonnes ; les dernières sont ignorées ({citer(' | '.join(restent), 80)})."
            )

    def _ecrire(self, case: Case, texte: str) -> None:
        ancien = self.lu.textes.get(case, "")
        if ancien and texte and ancien != texte:
            self.lu.remarques.append(
                f"{case} : écrit deux fois (« {ancien} » puis « {texte} ») ; je garde le dernier."
            )
        self.lu.textes[case] = texte or ancien

    def _continuer(self, cases: list[str]) -> None:
        """Une ligne sans libellé connu continue la précédente si elle y tient ; sinon elle n'est pas lue, et le dit."""
        place, valeurs = self._suite(cases) if _est_sans_libelle(cases) else (0, [])
        if valeurs:
            self.vides_de_suite = 0
            self._ranger(self.precedente, valeurs, place)
            self.lu.rapprocher(
                f"{self.precedente} : continué à la ligne suivante ({citer(' | '.join(valeurs), 80)})."
            )
        elif any(cases):
            self.lu.remarques.append(
                f"Ligne non reconnue, ignorée : « {citer(' | '.join(cases), 80)} »."
            )

    def _suite(self, cases: list[str]) -> tuple[int, list[str]]:
        """Où ces valeurs prolongent la ligne précédente, et lesquelles ; aucune si elles n'y tiennent pas."""
        if not self.precedente or self.vides_de_suite > 1 or not all(self.colonnes):
            return 0, []
        ecrites = [self.lu.textes.get(Case(self.precedente, nom), "") for nom in self.colonnes]
        alignees = cases[1:]
        if (
            not cases[0]
            and len(alignees) == len(ecrites)
            and not any(a and b for a, b in zip(alignees, ecrites, strict=True))
        ):
            return 0, alignees if any(alignees) else []
        place = len(sans_fin_vide(ecrites))
        valeurs = sans_fin_vide(sans_fin_vide(cases[::-1])[::-1])
        return place, valeurs if len(valeurs) <= len(ecrites) - place else []


def _au_singulier(mot: str) -> str:
    return sans_accents(mot).strip(".,;:()").removesuffix("s")


def _est_sans_libelle(cases: list[str]) -> bool:
    """La ligne commence par une case vide ou par un nombre."""
    return not cases[0] or _est_un_nombre(cases[0])


def _est_un_nombre(case: str) -> bool:
    """Une valeur, et non « 1er trimestre » ou « 9h30 », qui peuvent nommer une ligne ou une colonne."""
    lu = lire_nombre(case)
    return lu.valeur is not None and not lu.tournure


def _valeurs_sans_libelle(corps: list[list[str]]) -> list[list[str]]:
    """Les valeurs de lignes qui n'ont pas de libellé : la première case est vide partout, ou porte déjà une valeur."""
    debut = 0 if any(cases[0] for cases in corps) else 1
    return [sans_fin_vide(cases[debut:]) for cases in corps]
