"""Où tourne le poste. Ce qu'il dit de ce qui est gardé, et de ce qui disparaît, en dépend."""

from collections.abc import Mapping

PC = "pc"
HUB = "hub"  # le serveur d'un établissement : le travail y est, mais pas sur le PC que l'on a devant soi
BINDER = "binder"  # une session en ligne, effacée dès qu'on la quitte


def lieu(environnement: Mapping[str, str], base: str = "/") -> str:
    """Le lieu, d'après les variables du serveur et le début de son adresse.

    >>> lieu({"PATH": "/bin"}), lieu({"JUPYTERHUB_USER": "lea"}), lieu({}, "/user/lea/")
    ('pc', 'hub', 'hub')
    >>> lieu({"BINDER_LAUNCH_HOST": "https://mybinder.org/", "JUPYTERHUB_USER": "x"}, "/user/x/")
    'binder'
    """
    if any(nom.startswith("BINDER_") for nom in environnement):
        return BINDER
    if base.startswith("/user/") or any(nom.startswith("JUPYTERHUB_") for nom in environnement):
        return HUB
    return PC
