"""Reconnaître un cahier du cours à ce qu'il contient : de quel devoir c'est une copie, combien de réponses elle a, ou quelle page c'est."""

from collections import Counter
from functools import cached_property

from autograde.copie.remplie import nombre_de_reponses
from autograde.cours.devoir import charger_devoir
from autograde.cours.dossiers import Cours
from autograde.fichiers.notebook import lire_notebook
from grc_helpers.reponses.cellule import lire_cellule
from grc_helpers.reponses.notebook import cellules, identifiant, source
from grc_helpers.reponses.recu import lire_la_remise

TEXTE_QUI_SE_RECONNAIT = 40  # signes : plus court, un texte peut être de n'importe qui


class Devoirs:
    """Les devoirs du cours, reconnus à ce qu'un notebook dit de lui-même."""

    def __init__(self, cours: Cours):
        self._cours = cours
        self.noms = cours.devoirs_notes()
        self._identifiants: dict[str, str] = {}
        self._textes: dict[str, str] = {}
        for nom in self.noms:
            fichier = cours.notebook_distribue(nom)
            distribue = lire_notebook(fichier.read_bytes())[0] if fichier.is_file() else None
            for cellule in cellules(distribue or {}):
                if identifiant(cellule):
                    self._identifiants[identifiant(cellule)] = nom
                    self._textes["".join(source(cellule).split())] = nom

    def reconnaitre(self, notebook: dict | None, chemin: str) -> str:
        """Le devoir d'une copie : par ses cellules (identifiants, magies, textes), sinon par son reçu, sinon par le nom du fichier.

        Rien si la copie n'en dit rien, ou si elle tient autant de deux devoirs.
        """
        votes: Counter[str] = Counter()
        for cellule in cellules(notebook or {}):
            lue = lire_cellule(source(cellule))
            noms = {
                identifiant(cellule),
                lue.identifiant if lue else "",
                str(cellule.get("id", "")),
            }
            trouves = {self._identifiants[nom] for nom in noms if nom in self._identifiants}
            votes.update(
                trouves
                or {
                    self._textes[texte]
                    for texte in ["".join(source(cellule).split())]
                    if texte in self._textes
                }
            )
        if votes:
            premier, *autres = votes.most_common(2)
            return "" if autres and 2 * autres[0][1] > premier[1] else premier[0]
        remise = lire_la_remise(notebook or {})
        if remise and remise.devoir in self.noms:
            return remise.devoir
        cites = [nom for nom in self.noms if nom in chemin.lower()]
        return cites[0] if len(cites) == 1 else ""

    def nombre_de_reponses(self, notebook: dict, devoir: str) -> int:
        """Combien de questions du devoir ont une réponse dans cette copie."""
        return nombre_de_reponses(notebook, charger_devoir(self._cours, devoir))

    def est_une_page_du_cours(self, notebook: dict) -> bool:
        """Vrai pour un cahier du cours qui ne se note pas (leçon, accueil, tableau de bord) : la plupart de ses textes en viennent."""
        textes = ["".join(source(cellule).split()) for cellule in cellules(notebook)]
        longs = [texte for texte in textes if len(texte) >= TEXTE_QUI_SE_RECONNAIT]
        return bool(longs) and 2 * sum(texte in self._textes_des_pages for texte in longs) > len(
            longs
        )

    @cached_property
    def _textes_des_pages(self) -> set[str]:
        pages = [f for f in self._cours.distribue.glob("*/*.ipynb") if f.stem not in self.noms]
        notebooks = (lire_notebook(page.read_bytes())[0] or {} for page in pages)
        return {"".join(source(cellule).split()) for lu in notebooks for cellule in cellules(lu)}
