"""Les commandes du formateur, ajoutées à ``grc``."""

from pathlib import Path

from autograde.cours import Cours, ErreurFormateur
from autograde.niveaux import NIVEAUX


def inscrire(commandes) -> None:
    """Ajoute les commandes du formateur (appelé par ``grc_helpers.commandes``)."""
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
        "fait le .zip à donner aux stagiaires, sans aucun corrigé",
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
    tableaux.add_argument("--port", type=int, default=8866, help="numéro de port (8866 par défaut)")
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
    rapport.add_argument("--port", type=int, default=8867, help="numéro de port (8867 par défaut)")
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


def _produire(options) -> None:
    from rich.console import Console

    from autograde.avancement import suivre
    from autograde.production import produire
    from autograde.sommaire import ACCUEIL, ecrire_le_sommaire

    cours = Cours.courant()
    ecrire_le_sommaire(cours)
    devoirs = (
        list(dict.fromkeys([*options.devoir, ACCUEIL])) if options.devoir else cours.dossiers()
    )
    for devoir in suivre(devoirs, "Production"):
        produire(cours, devoir)
    Console().print(f"{len(devoirs)} dossier(s) produit(s) dans {cours.distribue.name}/.")


def _verifier_bareme(options) -> int:
    from autograde.verification import verifier_et_montrer

    cours = Cours.courant()
    return verifier_et_montrer(cours, options.devoir or cours.devoirs_notes())


def _distribuer(options) -> None:
    from autograde.distribution import distribuer

    paquet = distribuer(Cours.courant(), options.devoir)
    print(f"{paquet.chemin} ({paquet.taille} ko) : {', '.join(paquet.seances)}.")
    print(
        "Contrôlé : à jour, sans réponse ni corrigé. Le stagiaire le décompresse, puis lit README.md."
    )


def _ramasser(options) -> None:
    from autograde.collecte import ramasser

    ramasser(
        Cours.courant(),
        Path(options.source),
        options.devoir,
        Path(options.liste) if options.liste else None,
    )


def _corriger(options) -> None:
    from autograde.avancement import montrer_la_classe, suivre
    from autograde.classe import poursuivre
    from autograde.copies import dossiers_remis

    cours = Cours.courant()
    devoirs = list(dict.fromkeys(options.devoir)) or [
        nom for nom in cours.devoirs_notes() if dossiers_remis(cours, nom)
    ]
    if not devoirs:
        raise ErreurFormateur(
            f"Aucune copie. Rangez chaque fichier dans {cours.remises.name}/<stagiaire>/<devoir>/."
        )
    for devoir in devoirs:
        nombre = len(dossiers_remis(cours, devoir))
        montrer_la_classe(
            cours, devoir, suivre(poursuivre(cours, devoir), f"Correction de {devoir}", nombre)
        )


def _journal(options) -> None:
    from autograde.journal import montrer_le_journal

    montrer_le_journal(Cours.courant(), options.devoir, options.stagiaire)


def _decider(options) -> None:
    from autograde.decider import decider

    decider(Cours.courant(), options.devoir, options.question, options.toutes)


def _apprendre(options) -> None:
    from autograde.apprentissage import apprendre

    apprendre(Cours.courant(), options.devoir, options.essai)


def _retours(options) -> None:
    from autograde.rendre import rendre

    rendre(Cours.courant(), options.devoir, options.niveau)


def _notes(options) -> None:
    from autograde.rendre import sortir_les_notes

    sortir_les_notes(Cours.courant(), options.devoir)


def _relire(options) -> int:
    cours, navigateur = Cours.courant(), not options.sans_navigateur
    if options.formgrader:
        from autograde.relecture.formgrader import ouvrir_formgrader

        return ouvrir_formgrader(cours, navigateur)
    if not options.devoir:
        raise ErreurFormateur(
            f"Dites quel devoir relire : grc relire DEVOIR. Devoirs notés : {', '.join(cours.devoirs_notes())}."
        )
    from autograde.relecture.ouverture import ouvrir_la_page

    ouvrir_la_page(cours, options.devoir, navigateur)
    return 0


def _tableaux(options) -> int:
    from autograde.tableaux import commande_voila, environnement_voila
    from autograde.tableaux.projection import projeter

    commande = commande_voila(Cours.courant().distribue / "tableaux_de_bord", options.port)
    return projeter(
        "Tableaux de bord",
        commande,
        environnement_voila(),
        options.port,
        navigateur=not options.sans_navigateur,
    )


def _rapport(options) -> int:
    from autograde.rapport.ouverture import ouvrir_le_rapport

    return ouvrir_le_rapport(
        Cours.courant(), options.devoir, options.port, navigateur=not options.sans_navigateur
    )


def _demo(options) -> None:
    from autograde.demo import CLASSE, DEVOIR, lancer

    connus = Cours.courant().devoirs_notes()
    devoirs = connus if options.devoirs == ["tous"] else options.devoirs or [DEVOIR]
    for inconnu in set(devoirs) - set(connus):
        raise ErreurFormateur(
            f"Le devoir « {inconnu} » n'existe pas. Devoirs connus : {', '.join(connus)}."
        )
    if options.classe is not None and options.classe < 1:
        raise ErreurFormateur(
            "Une classe compte au moins un stagiaire : écrivez par exemple « --classe 30 »."
        )
    lancer(devoirs, options.classe or (CLASSE if options.devoirs else None))
