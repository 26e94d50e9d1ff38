"""La liste de classe : qui peut rendre une copie, et sous quel identifiant il est au carnet.

La carte, du fichier donné à la liste gardée :

    encodage            en quel alphabet le fichier est écrit
    feuilles            ses feuilles et ses lignes, de Moodle, d'un tableur ou d'un classeur
    titres, lignes      quelle colonne dit quoi ; quelle ligne n'est personne (un titre, un total)
    lecture             les personnes lues, et ce qui a été laissé de côté
    stagiaire, noms     une personne, et les façons d'écrire son nom
    cles, identifiants  ce qui désigne une personne et une seule ; son identifiant au carnet
    repetitions         la même personne écrite deux fois
    identite            réunir avec la liste d'avant, sans jamais prendre quelqu'un pour un autre
    noms_changes        un nom qui n'est plus le même se confirme
    liste               la liste, et qui un texte désigne
    garde               la prendre, la garder à côté du carnet
"""

from autograde.collecte.liste_de_classe.garde import Confirmer, liste_gardee, prendre_la_liste
from autograde.collecte.liste_de_classe.liste import ListeDeClasse
from autograde.collecte.liste_de_classe.stagiaire import Stagiaire

__all__ = [
    "Confirmer",
    "ListeDeClasse",
    "Stagiaire",
    "liste_gardee",
    "prendre_la_liste",
]
