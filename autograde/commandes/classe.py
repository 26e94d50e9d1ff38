"""Le dossier de la classe : où il est, en choisir un autre, reprendre un carnet de notes d'avant."""

from functools import partial
from pathlib import Path

from autograde.commandes.commune import ajouter, le_cours_et_la_classe


def inscrire(commandes) -> None:
    ajouter(
        commandes,
        "classe",
        _classe,
        "dit où sont les données de la classe (copies, carnet, retours), ou en choisit une autre",
    ).add_argument(
        "dossier",
        nargs="?",
        help="le dossier de la classe, hors de celui du cours : neuf, ou celui d'une classe déjà commencée ; il est retenu",
    )
    restaurer = commandes.choices["restaurer"]
    restaurer.add_argument(
        "--carnet",
        action="store_true",
        help="plutôt le carnet de notes : montre ses copies datées, ou remet celle dont vous donnez le numéro",
    )
    restaurer.set_defaults(
        fonction=partial(_restaurer, celle_du_stagiaire=restaurer.get_default("fonction"))
    )


def _classe(options) -> None:
    from autograde.emplacement.console import changer_de_classe, montrer_la_classe

    if options.dossier:
        changer_de_classe(Path(options.dossier))
    else:
        montrer_la_classe()


def _restaurer(options, celle_du_stagiaire) -> None:
    if not options.carnet:
        celle_du_stagiaire(options)
        return
    from autograde.carnet.console import restaurer_le_carnet

    restaurer_le_carnet(le_cours_et_la_classe(), options.notebook)
