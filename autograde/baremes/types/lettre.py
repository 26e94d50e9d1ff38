"""``type: lettre`` : une lettre, sa forme et son texte."""

from autograde.baremes.types.redige import Redigee
from autograde.prose.bareme import BaremeLettre


class BaremeDeLettre(Redigee, BaremeLettre):
    pass
