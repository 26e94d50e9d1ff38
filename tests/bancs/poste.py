"""Ce que pèse le poste : sa première ouverture dans un navigateur neuf (octets, requêtes, durée sur un réseau faible), puis sa mémoire."""

import time
from dataclasses import dataclass, field

import psutil

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


# Ouvre un cahier comme un clic dans l'accueil, lance sa première activité dessinée, et attend qu'elle le soit.
_OUVRIR_ET_LANCER = """async chemin => {
  const panneau = await window.jupyterapp.commands.execute('docmanager:open', { path: chemin });
  await panneau.sessionContext.ready;
  const noyau = panneau.sessionContext.session.kernel;
  const activite = panneau.content.widgets
    .map(cellule => cellule.model.sharedModel.getSource())
    .find(source => source.includes('grc_helpers.simulateurs'));
  await noyau.requestExecute({ code: activite ?? '1' }).done;
}"""


def ouvrir_et_lancer(page, cahier: str) -> None:
    page.evaluate(_OUVRIR_ET_LANCER, f"{cahier}/{cahier}.ipynb")


def memoire(serveur: Serveur) -> float:
    """Les Mo (de 2**20 octets) que prennent le serveur et ses noyaux ; ce qu'ils partagent n'est compté qu'une fois (PSS)."""
    option = f"--ServerApp.root_dir={serveur.dossier.resolve()}"
    [tete] = [p for p in psutil.process_iter(["cmdline"]) if option in (p.info["cmdline"] or [])]
    return sum(p.memory_full_info().pss for p in (tete, *tete.children(recursive=True))) / 2**20
