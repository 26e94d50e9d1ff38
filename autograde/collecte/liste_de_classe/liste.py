"""Qui peut rendre une copie : les stagiaires d'une classe, retrouvés par leur nom, leur numéro ou leur courriel."""

from dataclasses import dataclass, field

from autograde.collecte.liste_de_classe.cles import peut_identifier
from autograde.collecte.liste_de_classe.noms import TEXTE_LU, colle, mots
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire

# Ce que l'on met dans un nom de fichier sans vouloir dire de qui il est.
_MOTS_NEUTRES = frozenset(
    mots(
        "copie copies copy devoir exercice exo fichier final finale fini grc groupe ipynb notebook rendu réponse réponses "
        "tp1 tp2 tp3 travail travaux txt version"
    )
)
_RESSEMBLANTS, _RESSEMBLANCE = 5, 80


@dataclass(frozen=True)
class Changement:
    """Un identifiant dont le nom n'est plus le même, ou pourrait n'être plus à la même personne : ``pourquoi`` le dit."""

    identifiant: str
    avant: str
    maintenant: str
    pourquoi: str

    @property
    def en_clair(self) -> str:
        """
        >>> Changement("petit_lea", "Léa Petit", "Léa Roux", "le nom a changé, pas le courriel").en_clair
        '« Léa Petit » (petit_lea) devient « Léa Roux » : le nom a changé, pas le courriel.'
        """
        return f"« {self.avant} » ({self.identifiant}) devient « {self.maintenant} » : {self.pourquoi}."


@dataclass(frozen=True)
class ListeDeClasse:
    """Les stagiaires d'une classe ; vide tant que le formateur n'en a pas donné.

    ``remarques`` et ``changements`` : ce que la réunion de deux listes apprend au formateur.
    """

    stagiaires: tuple[Stagiaire, ...] = ()
    remarques: tuple[str, ...] = field(default=(), compare=False)
    changements: tuple[Changement, ...] = field(default=(), compare=False)

    def en_toutes_lettres(self, texte: str) -> list[Stagiaire]:
        """Ceux dont le nom entier est dans le texte ; le nom le plus long l'emporte sur celui qu'il contient."""
        lus = mots(texte[:TEXTE_LU])
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
            for mot in mots(texte[:TEXTE_LU])
            if len(mot) > 2 and not mot.isdecimal() and mot not in sauf | _MOTS_NEUTRES
        ]
        return self.en_toutes_lettres(texte) or [
            stagiaire for stagiaire in self.stagiaires if stagiaire.est_a_moitie_nomme(restes)
        ]

    def ressemblants(self, texte: str) -> list[Stagiaire]:
        """Ceux dont le nom ressemble à ce texte, le plus ressemblant d'abord : à proposer, jamais à choisir."""
        lu = texte[:TEXTE_LU]
        proches = {
            stagiaire: proche
            for stagiaire in self.stagiaires
            if (proche := stagiaire.ressemblance(lu)) >= _RESSEMBLANCE
        }
        return sorted(proches, key=lambda un: -proches[un])[:_RESSEMBLANTS]

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
                and (cle != "numero" or peut_identifier(cle, stagiaire.numero))
            ]
            if trouves:
                return trouves[0] if len(trouves) == 1 else None
        return None

    def designation(self, stagiaire: Stagiaire) -> str:
        """Son nom ; s'ils sont plusieurs à le porter, son groupe et son identifiant aussi.

        >>> deux = ListeDeClasse((Stagiaire("a", "Ali", "Alami", groupe="G1"), Stagiaire("b", "Ali", "Alami", groupe="G2")))
        >>> deux.designation(deux.stagiaires[1])
        'Ali Alami (G2, b)'
        """
        memes = [autre for autre in self.stagiaires if sorted(autre.noms) == sorted(stagiaire.noms)]
        if len(memes) < 2:
            return stagiaire.nom_complet
        details = ", ".join(filter(None, (stagiaire.groupe, stagiaire.identifiant)))
        return f"{stagiaire.nom_complet} ({details})"
