"""Les commandes du formateur, ajoutées à ``grc``."""

import sys

from autograde.cours import Cours, ErreurFormateur
from autograde.retours import NIVEAUX

# jsonschema, chargé par nbgrader, compile au démarrage des grammaires d'adresses web dont rien ne se sert ici :
# plusieurs secondes à chaque commande. Ce paquet est facultatif pour lui ; on le lui cache.
sys.modules.setdefault("rfc3987_syntax", None)


def inscrire(commandes) -> None:
    """Ajoute les commandes du formateur (appelé par ``grc_helpers.commandes``)."""
    _ajouter(commandes, "produire", _produire, "produit course/ d'après solutions/").add_argument(
        "devoir", nargs="*", help="devoirs à produire (tous si rien n'est indiqué)"
    )
    _ajouter(commandes, "verifier-bareme", _verifier_bareme, "relit les barèmes des réponses rédigées et dit leurs défauts").add_argument(
        "devoir", nargs="*", help="devoirs à vérifier (tous ceux qui ont un barème si rien n'est indiqué)"
    )
    _ajouter(commandes, "corriger", _corriger, "corrige toutes les copies d'un devoir").add_argument("devoir", help="nom du devoir")
    decider = _ajouter(commandes, "decider", _decider, "relit les réponses rédigées dans la console, élément par élément")
    decider.add_argument("devoir", help="nom du devoir")
    decider.add_argument("--question", help="une seule question, par son identifiant")
    decider.add_argument("--toutes", action="store_true", help="montre aussi les réponses qui ne sont pas à relire")
    apprendre = _ajouter(commandes, "apprendre", _apprendre, "propose au barème les formulations que vos décisions lui apprennent")
    apprendre.add_argument("devoir", help="nom du devoir")
    apprendre.add_argument("--essai", action="store_true", help="montre tout, n'écrit rien")
    retours = _ajouter(commandes, "retours", _retours, "écrit la page de retour de chaque stagiaire")
    retours.add_argument("devoir", help="nom du devoir")
    retours.add_argument(
        "--niveau", choices=list(NIVEAUX), default="detail", help=" ; ".join(f"{nom} : {sens}" for nom, sens in NIVEAUX.items())
    )
    _ajouter(commandes, "notes", _notes, "sort les notes d'un devoir en CSV et en .xlsx").add_argument("devoir", help="nom du devoir")
    relire = _ajouter(commandes, "relire", _relire, "ouvre la page où relire et noter, question par question, au clavier")
    relire.add_argument("devoir", nargs="?", help="nom du devoir")
    relire.add_argument("--formgrader", action="store_true", help="ouvre plutôt formgrader, la page de nbgrader, copie par copie")
    relire.add_argument("--sans-navigateur", action="store_true", help="démarre sans ouvrir de page")
    tableaux = _ajouter(commandes, "tableaux", _tableaux, "projette les tableaux de bord (Voilà)")
    tableaux.add_argument("--sans-navigateur", action="store_true", help="démarre sans ouvrir de page")
    tableaux.add_argument("--port", type=int, default=8866, help="numéro de port (8866 par défaut)")
    _ajouter(commandes, "demo", _demo, "fabrique une petite classe fictive, la corrige et montre les résultats")


def _ajouter(commandes, nom: str, fonction, aide: str):
    commande = commandes.add_parser(nom, help=aide, description=aide[0].upper() + aide[1:] + ".")
    commande.set_defaults(fonction=fonction)
    return commande


def _produire(options) -> None:
    from rich.console import Console

    from autograde.avancement import suivre
    from autograde.production import produire
    from autograde.sommaire import ACCUEIL, ecrire_le_sommaire

    cours = Cours.courant()
    ecrire_le_sommaire(cours)
    devoirs = list(dict.fromkeys([*options.devoir, ACCUEIL])) if options.devoir else cours.dossiers()
    for devoir in suivre(devoirs, "Production"):
        produire(cours, devoir)
    Console().print(f"{len(devoirs)} dossier(s) produit(s) dans {cours.distribue.name}/.")


def _verifier_bareme(options) -> int:
    from autograde.verification import verifier_et_montrer

    cours = Cours.courant()
    return verifier_et_montrer(cours, options.devoir or cours.devoirs_notes())


def _corriger(options) -> None:
    from autograde.avancement import montrer_la_classe, suivre
    from autograde.classe import corriger_la_classe
    from autograde.copies import copies_remises

    cours = Cours.courant()
    total = len(copies_remises(cours, options.devoir))
    corrigees = list(suivre(corriger_la_classe(cours, options.devoir), "Correction", total))
    montrer_la_classe(cours, options.devoir, corrigees)


def _decider(options) -> None:
    from autograde.decider import decider

    decider(Cours.courant(), options.devoir, options.question, options.toutes)


def _apprendre(options) -> None:
    from autograde.apprentissage import apprendre

    apprendre(Cours.courant(), options.devoir, options.essai)


def _retours(options) -> None:
    from autograde.retours import ecrire_les_retours

    chemins = ecrire_les_retours(Cours.courant(), options.devoir, options.niveau)
    if not chemins:
        raise ErreurFormateur(f"Aucune copie corrigée. Lancez d'abord : grc corriger {options.devoir}")
    print(f"{len(chemins)} page(s) de retour dans {chemins[0].parent}")


def _notes(options) -> None:
    from autograde.exports import exporter_les_notes

    for chemin in exporter_les_notes(Cours.courant(), options.devoir):
        print(chemin)


def _relire(options) -> int:
    cours, navigateur = Cours.courant(), not options.sans_navigateur
    if options.formgrader:
        from autograde.relecture.formgrader import ouvrir_formgrader

        return ouvrir_formgrader(cours, navigateur)
    if not options.devoir:
        raise ErreurFormateur(f"Dites quel devoir relire : grc relire DEVOIR. Devoirs notés : {', '.join(cours.devoirs_notes())}.")
    from autograde.relecture.ouverture import ouvrir_la_page

    ouvrir_la_page(cours, options.devoir, navigateur)
    return 0


def _tableaux(options) -> int:
    import os
    import subprocess

    from autograde.tableaux import commande_voila, environnement_voila

    dossier = Cours.courant().distribue / "tableaux_de_bord"
    print(f"Tableaux de bord : http://127.0.0.1:{options.port}/  (pour arrêter : Ctrl + C)")
    commande = commande_voila(dossier, options.port, navigateur=not options.sans_navigateur)
    return subprocess.call(commande, env=os.environ | environnement_voila())


def _demo(_options) -> None:
    from autograde.demo import lancer

    lancer()
