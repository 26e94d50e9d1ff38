"""``grc restaurer`` : montrer les versions gardées d'un notebook, et en remettre une."""

import sys
from pathlib import Path

from grc_helpers.poste.sauvegardes import Sauvegardes


def restaurer(cours: Path, nom: str | None = None, numero: int | None = None) -> int:
    """Sans ``nom`` : la liste des notebooks ; sans ``numero`` : les versions de celui-ci. Renvoie 0, ou 1 si rien n'a pu être fait."""
    sauvegardes = Sauvegardes(cours)
    connus = {Path(chemin).stem: chemin for chemin in sauvegardes.notebooks()}
    if not connus:
        return _refuser(
            "Aucune version n'est gardée sur ce PC : elles naissent au premier enregistrement."
        )
    if nom is None:
        print("Des versions sont gardées pour :")
        for connu in connus:
            print(f"  {connu}")
        print(f"Pour voir celles d'un notebook : grc restaurer {next(iter(connus))}")
        return 0
    chemin = connus.get(Path(nom).stem)
    if chemin is None:
        return _refuser(
            f"Aucune version gardée de « {nom} ». Choisissez parmi : {', '.join(connus)}."
        )
    versions = sauvegardes.versions(chemin)
    if numero is None:
        print(f"{Path(chemin).stem} : versions gardées sur ce PC, la plus récente d'abord")
        for rang, version in enumerate(versions, start=1):
            print(f"  {rang:>3}   {version.date:%d/%m/%Y à %H:%M:%S}   {version.avancement.texte}")
        print(f"Pour en remettre une : grc restaurer {Path(chemin).stem} NUMÉRO")
        return 0
    if not 1 <= numero <= len(versions):
        return _refuser(
            f"Il n'y a pas de version {numero}. Choisissez un numéro de 1 à {len(versions)}."
        )
    choisie = versions[numero - 1]
    sauvegardes.remettre(chemin, choisie)
    print(
        f"La version du {choisie.date:%d/%m/%Y à %H:%M:%S} est remise ({choisie.avancement.texte})."
    )
    print(
        "La version qui était en place est gardée, en tête de la liste. Si le notebook est ouvert, rechargez la page (F5)."
    )
    return 0


def _refuser(message: str) -> int:
    print(message, file=sys.stderr)
    return 1
