"""Un tableau de bord servi par Voilà et ouvert dans Chromium comme en salle : le serveur, la page, et ce que toute page doit vérifier."""

import os
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from autograde.tableaux.voila import commande_voila, environnement_voila
from tests.poste_ouvert import RACINE
from tests.serveurs import PATIENCE, port_libre, servir

JETON = "essai"
TABLEAUX = RACINE / "solutions" / "tableaux_de_bord"

# Chaque texte visible de la page et sa taille, pour trouver ceux qu'on ne lit pas du fond de la salle.
TEXTES = """() => {
  const trouves = [], visite = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (visite.nextNode()) {
    const texte = visite.currentNode.textContent.trim(), parent = visite.currentNode.parentElement;
    if (!texte || !parent.getClientRects().length || parent.closest('script, style')) continue;
    trouves.push([parseFloat(getComputedStyle(parent).fontSize), texte.slice(0, 40)]);
  }
  for (const champ of document.querySelectorAll('input, select, button'))
    trouves.push([parseFloat(getComputedStyle(champ).fontSize), champ.value]);
  return trouves;
}"""

# Ce que l'extension du poste ajoute à une page de JupyterLab.
TRACES_DU_POSTE = ".grc-bandeau, .grc-bandeau-hote, .grc-formulaire, .grc-avec-formulaire, .grc-reponse, .grc-accueil, dialog.grc-dialogue"


@dataclass(frozen=True)
class Tableau:
    """Un tableau de bord (le nom de son notebook) et ce qui prouve que son outil est dessiné."""

    nom: str
    outil: str
    curseurs: bool = True

    def ouvrir(self, page, adresse: str, theme: str = "light"):
        """Charge la page et attend que ses commandes répondent ; garde ce qu'elle demande et ses erreurs."""
        page.demandes, page.erreurs = [], []
        page.on("request", lambda demande: page.demandes.append(demande.url))
        page.on("pageerror", lambda erreur: page.erreurs.append(str(erreur)))
        demandee = avec_le_jeton(f"{adresse}/voila/render/{self.nom}.ipynb?theme={theme}")
        page.goto(demandee, timeout=PATIENCE * 1000)
        page.wait_for_selector(self.outil, timeout=PATIENCE * 1000)
        if self.curseurs:
            page.wait_for_selector('[role="slider"][aria-label]')
        return page


@contextmanager
def serveur_voila(base: Path):
    """L'adresse d'un serveur Voilà, et le dossier qu'il montre : les tableaux de bord du cours ; un essai peut y ajouter un notebook."""
    dossier, port = base / "tableaux", port_libre()
    shutil.copytree(TABLEAUX, dossier, ignore=shutil.ignore_patterns(".*"))
    chemins = [str(RACINE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environnement = {
        **environnement_voila(),
        "PYTHONPATH": os.pathsep.join(chemins),
        "JUPYTER_TOKEN": JETON,
    }
    adresse = f"http://127.0.0.1:{port}"
    commande = commande_voila(dossier, port)
    with servir(commande, environnement, avec_le_jeton(adresse), base / "voila.log"):
        yield adresse, dossier


def avec_le_jeton(adresse: str) -> str:
    """L'adresse d'une page de ce serveur, telle qu'on l'ouvre.

    >>> avec_le_jeton("http://127.0.0.1:8866/?theme=dark")
    'http://127.0.0.1:8866/?theme=dark&token=essai'
    """
    return f"{adresse}{'&' if '?' in adresse else '?'}token={JETON}"


def attendre(condition, motif: str) -> None:
    """Relance ``condition()`` jusqu'à ce qu'elle soit vraie ; l'essai échoue avec ``motif`` sinon."""
    fin = time.monotonic() + 20
    while time.monotonic() < fin:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail(motif)


def phrase(page) -> str:
    """Ce que conclut le graphique affiché."""
    return page.locator("figcaption").inner_text()


def remettre_au_depart(page, au_depart) -> None:
    """Clique sur chaque bouton de remise à zéro, puis attend que ``au_depart()`` soit vrai : l'essai d'avant n'a rien laissé."""
    for nom in ("Réinitialiser", "Tout recommencer"):
        for bouton in page.get_by_role("button", name=nom).all():
            bouton.click()
    attendre(au_depart, "la remise à zéro n'a pas rendu les valeurs de départ")


def verifier_la_page(page) -> None:
    """Ce que doit toute page projetée : se lire du fond de la salle, ne rien demander dehors, ne rien garder du poste."""
    verifier_que_tout_se_lit(page)
    verifier_que_rien_ne_sort(page)
    verifier_que_le_poste_se_tait(page)


def verifier_que_tout_se_lit(page) -> None:
    """Aucune faute d'accessibilité grave, aucun texte trop petit pour la salle, rien qui déborde."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    fautes = [
        (faute["id"], [noeud["html"][:120] for noeud in faute["nodes"]])
        for faute in axe.Axe().run(page).response["violations"]
        if faute["impact"] in ("serious", "critical")
    ]
    assert fautes == []
    assert [texte for taille, texte in page.evaluate(TEXTES) if taille < 18] == []
    assert page.evaluate("document.querySelector('main').scrollWidth <= window.innerWidth"), (
        "la page déborde"
    )


def verifier_que_rien_ne_sort(page) -> None:
    """La page n'a rien demandé hors de ce poste et n'a levé aucune erreur."""
    adresses = [urlsplit(url) for url in page.demandes]
    ailleurs = [
        url.geturl()
        for url in adresses
        if url.scheme not in ("data", "blob") and url.hostname != "127.0.0.1"
    ]
    assert len(adresses) > 3 and ailleurs == []
    assert page.erreurs == []


def verifier_que_le_poste_se_tait(page) -> None:
    """Ni bandeau, ni formulaire, ni brouillon : aucun script du poste n'est demandé ni n'agit sous Voilà."""
    assert page.locator(TRACES_DU_POSTE).count() == 0
    assert [
        url for url in page.demandes if "grc-poste" in url or urlsplit(url).path.startswith("/grc/")
    ] == []
    assert page.evaluate(
        "!(window._JUPYTERLAB || {})['grc-poste'] && !document.querySelector('[src*=grc-poste], [href*=grc-poste]')"
    )
    assert page.evaluate("Object.keys(localStorage).filter(cle => cle.startsWith('grc'))") == []
