"""Les types de barème : ce que l'auteur peut écrire pour une question, et comment elle se note, se montre, se compte.

En ajouter un : un module à côté, une ligne ici ; côté stagiaire, ``grc_helpers/reponses/types``.
"""

from autograde.notation.types.association import BaremeAssociation
from autograde.notation.types.choix import BaremeChoix
from autograde.notation.types.classement import BaremeClassement
from autograde.notation.types.contrat import Bareme
from autograde.notation.types.lettre import BaremeDeLettre
from autograde.notation.types.nombre import BaremeNombre
from autograde.notation.types.ordre import BaremeOrdre
from autograde.notation.types.prose import BaremeProse
from autograde.notation.types.tableau import BaremeTableau

TYPES: tuple[type[Bareme], ...] = (
    BaremeNombre,
    BaremeTableau,
    BaremeChoix,
    BaremeOrdre,
    BaremeAssociation,
    BaremeClassement,
    BaremeProse,
    BaremeDeLettre,
)
