"""Ce que l'on rend et ce que l'on montre : retours, notes, rapport, tableaux de bord, classe de démonstration."""

from autograde.commandes.commune import ajouter, ajouter_la_page, le_cours, le_cours_et_la_classe
from autograde.rendu.niveaux import NIVEAUX


def inscrire(commandes) -> None:
    retours = ajouter(
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
    ajouter(
        commandes,
        "notes",
        _notes,
        "sort les notes en CSV, en .xlsx et pour Moodle, et les moyennes par séquence",
    ).add_argument(
        "devoir",
        nargs="*",
        help="devoirs à sortir (tous ceux qui sont corrigés si rien n'est indiqué)",
    )
    rapport = ajouter(
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
    ajouter_la_page(rapport)
    rapport.add_argument(
        "--port", type=int, help="numéro de port (8867 par défaut, un autre s'il est pris)"
    )
    tableaux = ajouter(commandes, "tableaux", _tableaux, "projette les tableaux de bord (Voilà)")
    ajouter_la_page(tableaux)
    tableaux.add_argument(
        "--port", type=int, help="numéro de port (8866 par défaut, un autre s'il est pris)"
    )
    demo = ajouter(
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


def _retours(options) -> None:
    from autograde.rendu.console import rendre

    rendre(le_cours_et_la_classe(), options.devoir, options.niveau)


def _notes(options) -> None:
    from autograde.rendu.console import sortir_les_notes

    sortir_les_notes(le_cours_et_la_classe(), options.devoir)


def _rapport(options) -> int:
    from autograde.rapport.console import ouvrir_le_rapport

    return ouvrir_le_rapport(
        le_cours_et_la_classe(), options.devoir, options.port, not options.sans_navigateur
    )


def _tableaux(options) -> int:
    from autograde.tableaux.console import ouvrir_les_tableaux

    return ouvrir_les_tableaux(le_cours(), options.port, not options.sans_navigateur)


def _demo(options) -> None:
    from autograde.demonstration.console import lancer

    lancer(le_cours(), options.devoirs or [], options.classe)
