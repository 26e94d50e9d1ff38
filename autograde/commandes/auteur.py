"""Le cours lui-même : le produire, relire ses barèmes, le donner aux stagiaires."""

from autograde.commandes.commune import ajouter, le_cours, le_cours_et_la_classe


def inscrire(commandes) -> None:
    ajouter(commandes, "produire", _produire, "produit course/ d'après solutions/").add_argument(
        "devoir", nargs="*", help="devoirs à produire (tous si rien n'est indiqué)"
    )
    ajouter(
        commandes,
        "verifier-bareme",
        _verifier_bareme,
        "relit les barèmes des réponses rédigées et dit leurs défauts",
    ).add_argument(
        "devoir",
        nargs="*",
        help="devoirs à vérifier (tous ceux qui ont un barème si rien n'est indiqué)",
    )
    ajouter(
        commandes,
        "distribuer",
        _distribuer,
        "fait le .zip à donner aux stagiaires, le contrôle, et dit ce qu'il a contrôlé",
    ).add_argument(
        "devoir", nargs="?", default="", help="un seul devoir (sans rien : tout le cours)"
    )


def _produire(options) -> None:
    from autograde.production.console import produire_et_montrer

    produire_et_montrer(le_cours_et_la_classe(), options.devoir)


def _verifier_bareme(options) -> int:
    from autograde.production.console import verifier_et_montrer

    cours = le_cours()
    return verifier_et_montrer(cours, options.devoir or cours.devoirs_notes())


def _distribuer(options) -> None:
    from autograde.production.console import distribuer_et_montrer

    distribuer_et_montrer(le_cours_et_la_classe(), options.devoir)
