"""``grc restaurer`` : montrer les versions gardées d'un notebook, et en remettre une."""

from pathlib import Path

from grc_helpers.affichage import dire
from grc_helpers.erreurs import ErreurExpliquee
from grc_helpers.poste.sauvegardes import Sauvegardes


def restaurer(cours: Path, nom: str | None = None, numero: int | None = None) -> None:
    """Sans ``nom`` : la liste des notebooks ; sans ``numero`` : les versions de celui-ci.

    Lève ``ErreurExpliquee`` si rien ne peut être fait.
    """
    sauvegardes = Sauvegardes(cours)
    connus = {Path(chemin).stem: chemin for chemin in sauvegardes.notebooks()}
    if not connus:
        raise ErreurExpliquee(
            "Aucune version n'est gardée sur ce PC : elles naissent au premier enregistrement."
        )
    if nom is None:
        dire("Des versions sont gardées pour :")
        for connu in connus:
            dire(f"  {connu}")
        dire(f"Pour voir celles d'un notebook : grc restaurer {next(iter(connus))}")
        return
    chemin = connus.get(Path(nom).stem)
    if chemin is None:
        raise ErreurExpliquee(
            f"Aucune version gardée de « {nom} ». Choisissez parmi : {', '.join(connus)}."
        )
    versions = sauvegardes.versions(chemin)
    if numero is None:
        dire(f"{Path(chemin).stem} : versions gardées sur ce PC, la plus récente d'abord")
        for rang, version in enumerate(versions, start=1):
            dire(f"  {rang:>3}   {version.date:%d/%m/%Y à %H:%M:%S}   {version.avancement.texte}")
        dire(f"Pour en remettre une : grc restaurer {Path(chemin).stem} NUMÉRO")
        return
    if not 1 <= numero <= len(versions):
        raise ErreurExpliquee(
            f"Il n'y a pas de version {numero}. Choisissez un numéro de 1 à {len(versions)}."
        )
    choisie = versions[numero - 1]
    sauvegardes.remettre(chemin, choisie)
    dire(
        f"La version du {choisie.date:%d/%m/%Y à %H:%M:%S} est remise ({choisie.avancement.texte})."
    )
    dire(
        "La version qui était en place est gardée, en tête de la liste. Si le notebook est ouvert, rechargez la page (F5)."
    )
