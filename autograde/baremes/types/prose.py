"""``type: prose`` : quelques phrases, idée par idée."""

from autograde.baremes.types.redige import Redigee
from autograde.prose.bareme import BaremeReponse


class BaremeProse(Redigee, BaremeReponse):
    pass
