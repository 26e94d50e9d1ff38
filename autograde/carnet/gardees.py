"""Les corrections gardées au carnet : ce qui permet de ne pas corriger deux fois la même copie."""

from collections.abc import Sequence
from typing import NamedTuple

from autograde.carnet.sql import Base, parmi
from autograde.carnet.tables import garde_les_corrections


class CorrectionGardee(NamedTuple):
    """``texte`` : la copie corrigée (``notation.gardee``) ; ``empreinte`` : le fichier, le devoir et les outils dont elle vient ;
    ``regles`` : les barèmes et les décisions d'après lesquels les notes du carnet ont été écrites."""

    empreinte: str
    regles: str
    texte: str


def corrections_gardees(
    base: Base, devoir: str, stagiaires: Sequence[str]
) -> dict[str, CorrectionGardee]:
    """Ce que le carnet garde des copies de ces stagiaires. Rien n'est écrit, même dans un carnet d'avant."""
    if not stagiaires or not garde_les_corrections(base):
        return {}
    lignes = base.lire(
        "select s.student_id, c.empreinte, c.regles, c.correction from assignment a"
        " join submitted_assignment s on s.assignment_id = a.id join grc_copie c on c.remise_id = s.id"
        f" where a.name = ? and s.student_id {parmi(stagiaires)}",
        (devoir, *stagiaires),
    )
    return {stagiaire: CorrectionGardee(*gardee) for stagiaire, *gardee in lignes}


def garder(base: Base, gardees: dict[str, CorrectionGardee | None]) -> None:
    """Remplace ce qui est gardé de ces copies, désignées par leur remise au carnet ; None : il n'en est plus rien gardé."""
    base.ecrire("delete from grc_copie where remise_id = ?", [(remise,) for remise in gardees])
    base.ecrire(
        "insert into grc_copie (remise_id, empreinte, regles, correction) values (?, ?, ?, ?)",
        [(remise, *gardee) for remise, gardee in gardees.items() if gardee],
    )
