"""Les types de question, côté stagiaire : lire la réponse, en faire l'écho, dire si elle est recevable.

En ajouter un : un module à côté, une ligne ici, son champ dans ``static/types.js`` ; côté formateur, ``autograde/baremes/types``.
"""

from grc_helpers.reponses.types.association import ASSOCIATION
from grc_helpers.reponses.types.choix import CHOIX
from grc_helpers.reponses.types.classement import CLASSEMENT
from grc_helpers.reponses.types.contrat import TypeDeReponse
from grc_helpers.reponses.types.croisement import CROISEMENT
from grc_helpers.reponses.types.nombre import NOMBRE
from grc_helpers.reponses.types.ordre import ORDRE
from grc_helpers.reponses.types.reponse import REPONSE
from grc_helpers.reponses.types.tableau import TABLEAU

TYPES: dict[str, TypeDeReponse] = {
    genre.nom: genre
    for genre in (
        REPONSE,
        NOMBRE,
        TABLEAU,
        CROISEMENT,
        CHOIX,
        ORDRE,
        ASSOCIATION,
        CLASSEMENT,
    )
}
