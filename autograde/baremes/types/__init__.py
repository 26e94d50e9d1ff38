"""Les types de barème : ce que l'auteur peut écrire pour une question, et comment elle se note, se montre, se compte.

En ajouter un : un module à côté, une ligne ici ; côté stagiaire, ``grc_helpers/reponses/types``.
"""

from autograde.baremes.types.association import BaremeAssociation
from autograde.baremes.types.choix import BaremeChoix
from autograde.baremes.types.classement import BaremeClassement
from autograde.baremes.types.contrat import Bareme
from autograde.baremes.types.croisement import BaremeCroisement
from autograde.baremes.types.lettre import BaremeDeLettre
from autograde.baremes.types.nombre import BaremeNombre
from autograde.baremes.types.ordre import BaremeOrdre
from autograde.baremes.types.placement import BaremePlacement
from autograde.baremes.types.prose import BaremeProse
from autograde.baremes.types.tableau import BaremeTableau

TYPES: tuple[type[Bareme], ...] = (
    BaremeNombre,
    BaremeTableau,
    BaremePlacement,
    BaremeChoix,
    BaremeOrdre,
    BaremeAssociation,
    BaremeClassement,
    BaremeCroisement,
    BaremeProse,
    BaremeDeLettre,
)
