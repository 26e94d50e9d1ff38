"""Ce que les reçus d'une classe disent ensemble : deux copies au même reçu, ou un reçu au nom d'un autre. Le formateur compare."""

from collections import defaultdict
from collections.abc import Iterable

from autograde.collecte.liste_de_classe import liste_gardee
from autograde.collecte.liste_de_classe.liste import ListeDeClasse
from autograde.collecte.liste_de_classe.noms import mots
from autograde.collecte.registre import Registre
from autograde.cours.dossiers import Cours
from autograde.notation.copie import CopieCorrigee


class Recus:
    """Les reçus d'un devoir, retenus une copie après l'autre : le code, et le nom tapé dans « Rendre ma copie »."""

    def __init__(self, liste: ListeDeClasse, a_plusieurs: Iterable[str] = ()):
        """``a_plusieurs`` : ceux à qui le formateur a lui-même attribué leur copie, un travail à deux par exemple."""
        self._liste, self._a_plusieurs = liste, set(a_plusieurs)
        self._par_code: dict[str, list[str]] = defaultdict(list)
        self._au_nom_d_un_autre: dict[str, str] = {}

    @classmethod
    def du_devoir(cls, cours: Cours, devoir: str) -> "Recus":
        """Les reçus d'un devoir, avec la liste de classe et le registre du ramassage."""
        return cls(liste_gardee(cours), Registre(cours).attribuees(devoir))

    def retenir(self, copie: CopieCorrigee) -> None:
        if copie.code:
            self._par_code[copie.code].append(copie.stagiaire)
        attribuee = copie.stagiaire in self._a_plusieurs
        if not attribuee and not self._est_de(copie.signee, copie.stagiaire):
            self._au_nom_d_un_autre[copie.stagiaire] = copie.signee

    def alertes(self) -> dict[str, list[str]]:
        """Par stagiaire, ce que le formateur doit regarder."""
        trouvees: dict[str, list[str]] = defaultdict(list)
        for stagiaire, nom in self._au_nom_d_un_autre.items():
            trouvees[stagiaire].append(f"reçu au nom de « {nom} »")
        for stagiaires in self._par_code.values():
            for stagiaire in stagiaires:
                autres = [un for un in stagiaires if un != stagiaire]
                if autres and not self._a_plusieurs.issuperset(stagiaires):
                    trouvees[stagiaire].append(f"même reçu que {', '.join(autres)}")
        return dict(trouvees)

    def _est_de(self, nom: str, stagiaire: str) -> bool:
        """Le nom tapé peut être celui du stagiaire : la liste ne le donne pas à un autre, et un de ses mots au moins est du sien."""
        nommes = [un.identifiant for un in self._liste.nommes(nom)]
        if nommes:
            return stagiaire in nommes
        connu = self._liste.d_identifiant(stagiaire)
        siens = mots(stagiaire) + (mots(connu.nom_complet) if connu else [])
        return not mots(nom) or bool(set(mots(nom)) & set(siens))
