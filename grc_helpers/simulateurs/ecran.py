"""Les pièces d'écran communes aux simulateurs : feuille de style, titre, bouton, boîte de message."""

import asyncio
from collections.abc import Callable
from importlib.resources import files

import ipywidgets as widgets
from markupsafe import Markup

from grc_helpers.couleurs import VARIABLES_CSS
from grc_helpers.francais.typographie import insecables

# Secondes laissées à la dernière saisie pour arriver : le navigateur envoie un clic sans attendre qu'elle soit partie.
DELAI_DE_SAISIE = 0.25


def feuille_de_style(paquet: str = "simulateurs", fichier: str = "simulateur.css") -> widgets.HTML:
    """La mise en forme voyage avec l'outil affiché : la même dans JupyterLab et sous Voilà.

    ``paquet`` : le sous-paquet de ``grc_helpers`` où se trouve le ``fichier`` CSS.
    """
    css = files(f"grc_helpers.{paquet}").joinpath(fichier).read_text(encoding="utf-8")
    return widgets.HTML(f"<style>{VARIABLES_CSS}{css}</style>").add_class("grc-style")


def titre_html(titre: str, precision: str) -> widgets.HTML:
    """Le nom du simulateur et, à côté, ce qui n'y bouge pas."""
    return widgets.HTML(
        Markup('<h3 class="grc-titre">{} <small>{}</small></h3>').format(titre, precision)
    )


def bouton(libelle: str, infobulle: str, action: Callable[[], None]) -> widgets.Button:
    """Un bouton qui appelle ``action()`` sans argument."""
    piece = widgets.Button(description=libelle, tooltip=infobulle).add_class("grc-bouton")
    piece.on_click(lambda clic: action())
    return piece


def apres_la_saisie(action: Callable[[], None]) -> None:
    """Lance ``action`` une fois la dernière saisie arrivée ; tout de suite s'il n'y a pas de noyau en marche."""
    try:
        asyncio.get_running_loop().call_later(DELAI_DE_SAISIE, action)
    except RuntimeError:
        action()


def boite_de_message() -> widgets.HTML:
    """Une boîte vide ; voir ``ecrire_message``."""
    return widgets.HTML().add_class("grc-message")


def ecrire_message(boite: widgets.HTML, message: str) -> None:
    """Affiche un message que le lecteur d'écran annonce ; un message vide efface la boîte.

    >>> boite = boite_de_message()
    >>> ecrire_message(boite, "CA : écrivez <un> nombre.")
    >>> str(boite.value)
    '<p role="alert">CA\\xa0: écrivez &lt;un&gt; nombre.</p>'
    """
    boite.value = Markup('<p role="alert">{}</p>').format(insecables(message)) if message else ""
