"""Les outils du stagiaire pour le cours « Gestion de la relation client ».

Dans un notebook, une ligne suffit pour ouvrir une séance de travail :

    %load_ext grc_helpers

Elle installe les cellules de réponse (``%%reponse``, ``%%nombre``, ``%%tableau``…), la vérification
(``verifier``) et la remise de la copie (``rendre_ma_copie``).
"""


def load_ipython_extension(ip):
    """Point d'entrée de ``%load_ext grc_helpers`` (le nom est imposé par IPython)."""
    from grc_helpers.noyau.magies import installer

    installer(ip)
