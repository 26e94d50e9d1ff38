"""Le barème d'un devoir (``bareme.yml``) : une entrée par question, lue d'après son « type »."""

from functools import reduce
from operator import or_
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from autograde.baremes.types import TYPES
from autograde.baremes.types.contrat import Bareme
from autograde.fichiers.yaml_valide import lire_yaml_valide

# L'union se construit d'après TYPES : un type ne peut pas l'écrire.
_BAREME: TypeAdapter[dict[str, Bareme]] = TypeAdapter(
    dict[str, Annotated[reduce(or_, TYPES), Field(discriminator="type")]]  # type: ignore[misc, arg-type]
)


def charger_bareme(chemin: Path) -> dict[str, Bareme]:
    """Lit et valide un barème. Lève ``ErreurFormateur`` : une ligne par défaut, avec le fichier et la ligne."""
    return lire_yaml_valide(chemin, _BAREME)
