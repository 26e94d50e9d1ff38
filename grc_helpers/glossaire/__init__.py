"""Le glossaire du cours, écrit une fois dans ``glossaire.toml`` : un mot, un sens, un exemple.

Un cahier montre les siens par une ligne, que ``%load_ext grc_helpers`` rend possible ; la page « Glossaire » les montre tous :

    glossaire("s1_tp1_historique")
    glossaire()

Ajouter un mot, c'est ajouter un bloc à ``glossaire.toml``. Quels cahiers l'emploient, ``grc produire`` le cherche et l'écrit dans
``emplois.json``.
"""

from IPython.display import display


def glossaire(cahier: str = "") -> None:
    """Affiche les mots d'un cahier (ceux qu'il introduit, puis ceux qu'il reprend) ; sans nom, tous, avec une recherche."""
    from grc_helpers.glossaire import rendu
    from grc_helpers.glossaire.entrees import du_cahier, toutes

    if cahier:
        texte = rendu.mots_du_cahier(cahier, *du_cahier(cahier))
        display({"text/html": texte, "text/plain": "Glossaire"}, raw=True)
        return
    from grc_helpers.glossaire.ecran import Page

    vue = Page(toutes()).afficher()._repr_mimebundle_()
    secours = {"text/html": rendu.tableau(toutes()), "text/plain": "Glossaire"}
    display({**vue, **secours}, raw=True)
