"""Réglages du serveur, lus quand JUPYTER_CONFIG_PATH contient ce dossier (``grc ouvrir``, Binder).

``labconfig/page_config.json``, à côté, éteint les modules de JupyterLab qui ne servent pas au stagiaire.
"""

from grc_helpers.poste.serveur import regler

# Jupyter fournit get_config ; pytest, qui ouvre aussi ce fichier pour y chercher des exemples, n'a rien à régler.
if "get_config" in globals():
    regler(get_config())  # noqa: F821
