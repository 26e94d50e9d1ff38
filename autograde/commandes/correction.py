"""Des copies reçues aux notes décidées : ramasser, corriger, relire, et ce que les décisions apprennent."""

from pathlib import Path

from autograde.commandes.commune import ajouter, ajouter_la_page, le_cours_et_la_classe
from autograde.erreurs import ErreurFormateur


def inscrire(commandes) -> None:
    ramasser = ajouter(
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
    ajouter(
        commandes,
        "corriger",
        _corriger,
        "corrige les copies nouvelles ou changées ; interrompue, elle reprend",
    ).add_argument(
        "devoir",
        nargs="*",
        help="devoirs à corriger (tous ceux qui ont des copies si rien n'est indiqué)",
    )
    relire = ajouter(
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
    ajouter_la_page(relire)
    decider = ajouter(
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
    apprendre = ajouter(
        commandes,
        "apprendre",
        _apprendre,
        "propose au barème les formulations que vos décisions lui apprennent",
    )
    apprendre.add_argument("devoir", help="nom du devoir")
    apprendre.add_argument("--essai", action="store_true", help="montre tout, n'écrit rien")
    journal = ajouter(
        commandes,
        "journal",
        _journal,
        "montre chaque décision de la correction : quand, qui, quelle note, pourquoi",
    )
    journal.add_argument("devoir", help="nom du devoir")
    journal.add_argument("--stagiaire", help="un seul stagiaire, par son identifiant")


def _ramasser(options) -> None:
    from autograde.collecte.console import ramasser

    liste = Path(options.liste) if options.liste else None
    ramasser(
        le_cours_et_la_classe(),
        Path(options.source),
        options.devoir,
        liste,
        plus_courte=options.liste_plus_courte,
    )


def _corriger(options) -> None:
    from autograde.correction.console import corriger

    corriger(le_cours_et_la_classe(), options.devoir)


def _relire(options) -> int:
    from autograde.relecture.console import ouvrir_formgrader, ouvrir_la_page

    cours, navigateur = le_cours_et_la_classe(), not options.sans_navigateur
    if options.formgrader:
        return ouvrir_formgrader(cours, navigateur)
    if not options.devoir:
        connus = ", ".join(cours.devoirs_notes())
        raise ErreurFormateur(
            f"Dites quel devoir relire : grc relire DEVOIR. Devoirs notés : {connus}."
        )
    ouvrir_la_page(cours, options.devoir, navigateur)
    return 0


def _decider(options) -> None:
    from autograde.relecture.console import decider

    decider(le_cours_et_la_classe(), options.devoir, options.question, options.toutes)


def _apprendre(options) -> None:
    from autograde.apprentissage.console import apprendre

    apprendre(le_cours_et_la_classe(), options.devoir, options.essai)


def _journal(options) -> None:
    from autograde.correction.console import montrer_le_journal

    montrer_le_journal(le_cours_et_la_classe(), options.devoir, options.stagiaire)
