"""Les commandes du formateur, ajoutées à ``grc``."""

from functools import partial
from pathlib import Path

from autograde.cours.dossiers import Cours
from autograde.erreurs import ErreurFormateur
from autograde.rendu.niveaux import NIVEAUX
from grc_helpers.affichage import dire


def inscrire(commandes) -> None:
    """Ajoute les commandes du formateur (appelé par ``grc_helpers.commandes``)."""
    _ajouter(
        commandes,
        "classe",
        _classe,
        "dit où sont les données de la classe (copies, carnet, retours), ou en choisit une autre",
    ).add_argument(
        "dossier",
        nargs="?",
        help="le dossier de la classe, hors de celui du cours : neuf, ou celui d'une classe déjà commencée ; il est retenu",
    )
    _ajouter(commandes, "produire", _produire, "produit course/ d'après solutions/").add_argument(
        "devoir", nargs="*", help="devoirs à produire (tous si rien n'est indiqué)"
    )
    _ajouter(
        commandes,
        "verifier-bareme",
        _verifier_bareme,
        "relit les barèmes des réponses rédigées et dit leurs défauts",
    ).add_argument(
        "devoir",
        nargs="*",
        help="devoirs à vérifier (tous ceux qui ont un barème si rien n'est indiqué)",
    )
    _ajouter(
        commandes,
        "distribuer",
        _distribuer,
        "fait le .zip à donner aux stagiaires, le contrôle, et dit ce qu'il a contrôlé",
    ).add_argument(
        "devoir", nargs="?", default="", help="un seul devoir (sans rien : tout le cours)"
    )
    ramasser = _ajouter(
        commandes,
        "ramasser",
        _ramasser,
        "range les copies reçues (archive de Moodle, dossier, clé USB, nbgrader)",
    )
    ramasser.add_argument("source", help="l'archive .zip ou le dossier qui contient les copies")
    ramasser.add_argument(
        "devoir",
        nargs="?",
        default="",
        help="le devoir attendu (sans rien : chaque copie va au sien)",
    )
    ramasser.add_argument(
        "--liste", help="la liste de classe, .csv ou .xlsx ; retenue pour les fois suivantes"
    )
    ramasser.add_argument(
        "--liste-plus-courte",
        action="store_true",
        help="accepte une liste qui a moins de personnes que la précédente",
    )
    _ajouter(
        commandes,
        "corriger",
        _corriger,
        "corrige les copies nouvelles ou changées ; interrompue, elle reprend",
    ).add_argument(
        "devoir",
        nargs="*",
        help="devoirs à corriger (tous ceux qui ont des copies si rien n'est indiqué)",
    )
    journal = _ajouter(
        commandes,
        "journal",
        _journal,
        "montre chaque décision de la correction : quand, qui, quelle note, pourquoi",
    )
    journal.add_argument("devoir", help="nom du devoir")
    journal.add_argument("--stagiaire", help="un seul stagiaire, par son identifiant")
    decider = _ajouter(
        commandes,
        "decider",
        _decider,
        "relit les réponses rédigées dans la console, élément par élément",
    )
    decider.add_argument("devoir", help="nom du devoir")
    decider.add_argument("--question", help="une seule question, par son identifiant")
    decider.add_argument(
        "--toutes", action="store_true", help="montre aussi les réponses qui ne sont pas à relire"
    )
    apprendre = _ajouter(
        commandes,
        "apprendre",
        _apprendre,
        "propose au barème les formulations que vos décisions lui apprennent",
    )
    apprendre.add_argument("devoir", help="nom du devoir")
    apprendre.add_argument("--essai", action="store_true", help="montre tout, n'écrit rien")
    retours = _ajouter(
        commandes,
        "retours",
        _retours,
        "écrit la page de retour de chaque stagiaire, et le .zip pour Moodle",
    )
    retours.add_argument(
        "devoir",
        nargs="*",
        help="devoirs à rendre (tous ceux qui sont corrigés si rien n'est indiqué)",
    )
    retours.add_argument(
        "--niveau",
        choices=list(NIVEAUX),
        default="elements",
        help=" ; ".join(f"{nom} : {sens}" for nom, sens in NIVEAUX.items()),
    )
    _ajouter(
        commandes,
        "notes",
        _notes,
        "sort les notes en CSV, en .xlsx et pour Moodle, et les moyennes par séquence",
    ).add_argument(
        "devoir",
        nargs="*",
        help="devoirs à sortir (tous ceux qui sont corrigés si rien n'est indiqué)",
    )
    relire = _ajouter(
        commandes,
        "relire",
        _relire,
        "ouvre la page où relire et noter, question par question, au clavier",
    )
    relire.add_argument("devoir", nargs="?", help="nom du devoir")
    relire.add_argument(
        "--formgrader",
        action="store_true",
        help="ouvre plutôt formgrader, la page de nbgrader, copie par copie",
    )
    relire.add_argument(
        "--sans-navigateur", action="store_true", help="démarre sans ouvrir de page"
    )
    tableaux = _ajouter(commandes, "tableaux", _tableaux, "projette les tableaux de bord (Voilà)")
    tableaux.add_argument(
        "--sans-navigateur", action="store_true", help="démarre sans ouvrir de page"
    )
    tableaux.add_argument(
        "--port", type=int, help="numéro de port (8866 par défaut, un autre s'il est pris)"
    )
    rapport = _ajouter(
        commandes,
        "rapport",
        _rapport,
        "ouvre le rapport de classe : notes, réussite, erreurs fréquentes, remises (Voilà)",
    )
    rapport.add_argument(
        "devoir",
        nargs="?",
        default="",
        help="devoir à montrer d'abord (le dernier rendu si rien n'est indiqué)",
    )
    rapport.add_argument(
        "--sans-navigateur", action="store_true", help="démarre sans ouvrir de page"
    )
    rapport.add_argument(
        "--port", type=int, help="numéro de port (8867 par défaut, un autre s'il est pris)"
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
    demo = _ajouter(
        commandes,
        "demo",
        _demo,
        "fabrique une petite classe fictive, la corrige et montre les résultats",
    )
    demo.add_argument(
        "--classe", type=int, metavar="N", help="nombre de stagiaires (12 par défaut)"
    )
    demo.add_argument(
        "--devoirs",
        nargs="+",
        metavar="DEVOIR",
        help="devoirs de la classe, ou « tous » (« valeur client » par défaut)",
    )


def _ajouter(commandes, nom: str, fonction, aide: str):
    commande = commandes.add_parser(nom, help=aide, description=aide[0].upper() + aide[1:] + ".")
    commande.set_defaults(fonction=fonction)
    return commande


def _cours() -> Cours:
    """Le cours, et la classe choisie, ses données à leur place."""
    from autograde.emplacement.console import cours_en_usage

    return cours_en_usage()


def _cours_et_classe() -> Cours:
    """Les mêmes, pour une commande qui écrit dans la classe : le formateur voit laquelle."""
    cours = _cours()
    dire(f"Classe : {cours.travail}")
    return cours


def _classe(options) -> None:
    from autograde.emplacement.console import changer_de_classe, montrer_la_classe

    if options.dossier:
        changer_de_classe(Path(options.dossier))
    else:
        montrer_la_classe()


def _produire(options) -> None:
    from autograde.production.console import produire_et_montrer

    produire_et_montrer(_cours_et_classe(), options.devoir)


def _verifier_bareme(options) -> int:
    from autograde.production.console import verifier_et_montrer

    cours = _cours()
    return verifier_et_montrer(cours, options.devoir or cours.devoirs_notes())


def _distribuer(options) -> None:
    from autograde.production.console import distribuer_et_montrer

    distribuer_et_montrer(_cours_et_classe(), options.devoir)


def _ramasser(options) -> None:
    from autograde.collecte.console import ramasser

    liste = Path(options.liste) if options.liste else None
    ramasser(
        _cours_et_classe(),
        Path(options.source),
        options.devoir,
        liste,
        plus_courte=options.liste_plus_courte,
    )


def _corriger(options) -> None:
    from autograde.correction.console import corriger

    corriger(_cours_et_classe(), options.devoir)


def _journal(options) -> None:
    from autograde.correction.console import montrer_le_journal

    montrer_le_journal(_cours_et_classe(), options.devoir, options.stagiaire)


def _decider(options) -> None:
    from autograde.relecture.console import decider

    decider(_cours_et_classe(), options.devoir, options.question, options.toutes)


def _apprendre(options) -> None:
    from autograde.apprentissage.console import apprendre

    apprendre(_cours_et_classe(), options.devoir, options.essai)


def _retours(options) -> None:
    from autograde.rendu.console import rendre

    rendre(_cours_et_classe(), options.devoir, options.niveau)


def _notes(options) -> None:
    from autograde.rendu.console import sortir_les_notes

    sortir_les_notes(_cours_et_classe(), options.devoir)


def _relire(options) -> int:
    from autograde.relecture.console import ouvrir_formgrader, ouvrir_la_page

    cours, navigateur = _cours_et_classe(), not options.sans_navigateur
    if options.formgrader:
        return ouvrir_formgrader(cours, navigateur)
    if not options.devoir:
        connus = ", ".join(cours.devoirs_notes())
        raise ErreurFormateur(
            f"Dites quel devoir relire : grc relire DEVOIR. Devoirs notés : {connus}."
        )
    ouvrir_la_page(cours, options.devoir, navigateur)
    return 0


def _tableaux(options) -> int:
    from autograde.tableaux.console import ouvrir_les_tableaux

    return ouvrir_les_tableaux(_cours(), options.port, not options.sans_navigateur)


def _rapport(options) -> int:
    from autograde.rapport.console import ouvrir_le_rapport

    return ouvrir_le_rapport(
        _cours_et_classe(), options.devoir, options.port, not options.sans_navigateur
    )


def _restaurer(options, celle_du_stagiaire) -> None:
    if not options.carnet:
        celle_du_stagiaire(options)
        return
    from autograde.carnet.console import restaurer_le_carnet

    restaurer_le_carnet(_cours_et_classe(), options.notebook)


def _demo(options) -> None:
    from autograde.demonstration.console import lancer

    lancer(_cours(), options.devoirs or [], options.classe)
