"""La commande ``grc`` : son aide et ses messages sont en français, et elle ne montre jamais de trace d'exécution.

Ce module porte les commandes du stagiaire ; celles du formateur viennent d'``autograde.commandes``, quand il est là.
Il n'utilise que la bibliothèque standard : il sert aussi avant toute installation.
"""

import argparse
import gc
import os
import re
from importlib import import_module
from pathlib import Path

from grc_helpers.affichage import dire, prevenir, sans_refus
from grc_helpers.erreurs import ErreurExpliquee
from grc_helpers.francais.affichable import affichable

# Les commandes du stagiaire, puis celles du formateur. Nommées ici : chercher qui en déclare demandait de lire les paquets installés.
_COMMANDES = ("grc_helpers.commandes", "autograde.commandes")
_ERREURS = [
    (r"the following arguments are required: (.+)", r"il manque : \1"),
    (r"unrecognized arguments: (.+)", r"je ne connais pas : \1"),
    (r"argument (\S+): expected one argument", r"\1 attend une valeur"),
    (
        r"argument (\S+): invalid choice: (.+?) \(choose from (.+)\)",
        r"\2 n'est pas possible pour \1 ; choisissez parmi \3",
    ),
    (r"argument (\S+): invalid int value: (.+)", r"\1 attend un nombre entier, pas \2"),
]


class Analyseur(argparse.ArgumentParser):
    """Un ``ArgumentParser`` qui parle français."""

    def __init__(self, **options):
        super().__init__(add_help=False, **options)
        self._positionals.title, self._optionals.title = "à indiquer", "options"
        self.add_argument("-h", "--aide", "--help", action="help", help="affiche cette aide")

    def error(self, message):
        for anglais, francais in _ERREURS:
            message = re.sub(anglais, francais, message)
        self.exit(2, f"grc : {affichable(message)}.\nPour l'aide : {self.prog} --aide\n")


def principal(arguments: list[str] | None = None) -> int:
    """Point d'entrée de ``grc``. Renvoie 0 si tout va bien, 1 si quelque chose est à corriger, 2 si l'appel est mal écrit."""
    # Une commande dure peu et garde presque tout ce qu'elle crée : chercher moins souvent ce qui peut être libéré lui épargne un dixième.
    gc.set_threshold(20_000, 50, 50)
    # Sans cela, pydantic cherche des greffons dans chacun des deux cents paquets installés.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sans_refus()
    analyseur = Analyseur(
        prog="grc",
        description="Le cours « Gestion de la relation client » : l'ouvrir, le corriger, le projeter.",
    )
    commandes = analyseur.add_subparsers(
        title="commandes", metavar="COMMANDE", required=True, parser_class=Analyseur
    )
    for module in _COMMANDES:
        try:
            import_module(module).inscrire(commandes)
        except ModuleNotFoundError:
            # Normal sur le poste d'un stagiaire : les outils du formateur n'y sont pas.
            analyseur.epilog = "Pour corriger des copies, installez une fois les outils du formateur : python -m autograde"
    options = analyseur.parse_args(arguments)
    try:
        return options.fonction(options) or 0
    except KeyboardInterrupt as arret:
        prevenir(
            "\nInterrompu. Ce qui était fait est gardé ; relancez la même commande pour continuer.",
            *getattr(arret, "__notes__", []),
        )
        return 1
    except Exception as erreur:
        from grc_helpers.explications import expliquer  # presque toujours, tout va bien

        prevenir(expliquer(erreur))
        return 1


def inscrire(commandes) -> None:
    """Ajoute les commandes du stagiaire."""
    ouvrir = commandes.add_parser(
        "ouvrir", help="ouvre le cours dans JupyterLab, à sa page d'accueil"
    )
    ouvrir.add_argument(
        "--sans-navigateur", action="store_true", help="démarre sans ouvrir de page"
    )
    ouvrir.add_argument(
        "--port", type=int, help="numéro de port à utiliser (sinon, le premier libre)"
    )
    ouvrir.add_argument(
        "--formateur",
        action="store_true",
        help="ouvre le JupyterLab complet, avec tous ses outils, sur tout le dépôt",
    )
    ouvrir.set_defaults(fonction=_ouvrir)
    restaurer = commandes.add_parser(
        "restaurer", help="montre les versions gardées d'un notebook, et en remet une"
    )
    restaurer.add_argument(
        "notebook", nargs="?", help="nom du notebook, par exemple s2_tp1_ltv (sans rien : la liste)"
    )
    restaurer.add_argument("version", nargs="?", type=int, help="numéro de la version à remettre")
    restaurer.set_defaults(fonction=_restaurer)


def _ouvrir(options) -> int:
    from grc_helpers.poste import commande_du_formateur, commande_jupyter, environnement_du_poste
    from grc_helpers.processus import lancer_et_attendre

    cours = dossier_du_cours()
    if options.formateur:
        dire("JupyterLab s'ouvre avec tous ses outils. Pour arrêter : Ctrl + C.")
        commande = commande_du_formateur(
            cours.parent, navigateur=not options.sans_navigateur, port=options.port
        )
        return lancer_et_attendre(commande, os.environ)
    ou = "à l'adresse ci-dessous" if options.sans_navigateur else "dans votre navigateur"
    dire(f"Le cours s'ouvre {ou}. Laissez cette fenêtre ouverte ; pour arrêter : Ctrl + C.")
    commande = commande_jupyter(
        cours, "accueil/accueil.ipynb", navigateur=not options.sans_navigateur, port=options.port
    )
    return lancer_et_attendre(commande, environnement_du_poste(os.environ))


def _restaurer(options) -> None:
    from grc_helpers.poste.restauration import restaurer

    restaurer(dossier_du_cours(), options.notebook, options.version)


def dossier_du_cours() -> Path:
    """Le dossier ``course`` d'ici ou d'un dossier parent ; sinon celui du dépôt d'où vient le paquet.

    Lève ``ErreurExpliquee`` s'il n'y en a aucun.
    """
    ici = Path.cwd()
    for dossier in (ici, *ici.parents, Path(__file__).resolve().parent.parent):
        if (dossier / "course" / "accueil").is_dir():
            return dossier / "course"
    raise ErreurExpliquee(
        "Je ne trouve pas le dossier « course ». Placez-vous dans le dossier du cours, puis relancez la même commande."
    )
