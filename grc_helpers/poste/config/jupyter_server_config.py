"""Réglages du serveur, lus quand JUPYTER_CONFIG_PATH contient ce dossier (``grc ouvrir``, Binder).

``labconfig/page_config.json``, à côté, éteint les modules de JupyterLab qui ne servent pas au stagiaire.
"""

from grc_helpers.poste.serveur import regler

regler(get_config())  # noqa: F821 - fournie par Jupyter
