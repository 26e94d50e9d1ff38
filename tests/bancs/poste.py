"""Ce que pèse la première ouverture du poste dans un navigateur neuf : octets reçus, requêtes, et durée sur un réseau faible."""

import time
from dataclasses import dataclass, field

from tests.poste_ouvert import DELAI, Serveur

UN_MEGABIT = 125_000  # octets par seconde


@dataclass
class Ouverture:
    """``requetes`` : par adresse, les octets reçus, en-têtes compris et compressés s'ils le sont. ``secondes`` : jusqu'aux cartes."""

    secondes: float = 0
    requetes: dict[str, int] = field(default_factory=dict)

    @property
    def octets(self) -> int:
        return sum(self.requetes.values())


def ouvrir_l_accueil(navigateur, serveur: Serveur, debit: int = 0) -> Ouverture:
    """Charge l'accueil dans un profil vierge, jusqu'à ce que ses cartes se voient ; ``debit`` en octets par seconde bride le réseau."""
    contexte = navigateur.new_context()
    page = contexte.new_page()
    pilote = contexte.new_cdp_session(page)
    pilote.send("Network.enable")
    if debit:
        bride = {
            "offline": False,
            "latency": 60,
            "downloadThroughput": debit,
            "uploadThroughput": debit,
        }
        pilote.send("Network.emulateNetworkConditions", bride)
    ouverture = Ouverture()
    adresses: dict[str, str] = {}
    pilote.on(
        "Network.requestWillBeSent",
        lambda e: adresses.update({e["requestId"]: e["request"]["url"]}),
    )
    pilote.on(
        "Network.loadingFinished",
        lambda e: ouverture.requetes.update(
            {adresses[e["requestId"]]: int(e["encodedDataLength"])}
        ),
    )
    debut = time.monotonic()
    page.goto(
        f"{serveur.adresse}lab/tree/accueil/accueil.ipynb?token={serveur.jeton}", timeout=4 * DELAI
    )
    page.locator(".grc-carte").first.wait_for(timeout=4 * DELAI)
    ouverture.secondes = time.monotonic() - debut
    page.wait_for_load_state("networkidle")
    contexte.close()
    return ouverture
