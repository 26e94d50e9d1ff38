"""JupyterLab chargé une seule fois dans une page, où chaque essai ouvre son cahier : changer de cahier coûte six fois moins."""

from contextlib import contextmanager

from playwright.sync_api import Page

from tests.poste_ouvert import DELAI, Serveur, rien_ne_sort

ECRAN = {"width": 1280, "height": 720}

# Ferme tout sans rien enregistrer : aucun cahier, aucun noyau, aucun brouillon ne passe d'un essai au suivant.
VIDER = """async () => {
  const { shell, serviceManager, restored } = window.jupyterapp;
  await restored;
  // Comme après « Terminer » : l'accueil ne se rouvre pas de lui-même.
  document.body.classList.add('grc-seance-fermee');
  document.querySelectorAll('dialog[open]').forEach(boite => boite.close());
  for (const ouvert of [...shell.widgets('main')]) ouvert.dispose();
  await serviceManager.sessions.shutdownAll();
  localStorage.clear();
}"""

# Ouvre un cahier, seul, comme le fait un clic dans l'accueil. Le noyau remet Python à toutes les cellules quand il répond : on l'attend.
OUVRIR = """async chemin => {
  const { shell, commands } = window.jupyterapp;
  for (const ouvert of [...shell.widgets('main')]) ouvert.dispose();
  const panneau = await commands.execute('docmanager:open', { path: chemin, factory: 'Notebook' });
  await panneau.revealed;
  await panneau.sessionContext.ready;
  const { session } = panneau.sessionContext;
  await session?.kernel.info;
  return session !== null;
}"""


class Lab:
    """La page partagée. ``ouvrir`` y montre un cahier du poste ; ``neuf`` l'entoure, pour un essai qui n'y trouve et n'y laisse rien."""

    def __init__(self, page: Page, serveur: Serveur):
        self.page, self.serveur = page, serveur
        page.goto(f"{serveur.adresse}lab?reset&token={serveur.jeton}", timeout=DELAI)
        page.wait_for_function("window.jupyterapp", timeout=DELAI)
        # Une adresse qui ne nomme aucun cahier mène à l'accueil, jamais à un lanceur.
        page.locator(".grc-carte:visible").first.wait_for(timeout=DELAI)
        page.wait_for_load_state("networkidle")
        self._vider()

    @contextmanager
    def neuf(self):
        try:
            with rien_ne_sort(self.page, self.serveur):
                yield self
        finally:
            self.page.unroute_all()
            self._vider()

    def _vider(self) -> None:
        while self.page.locator(".jp-Dialog").count():
            self.page.keyboard.press("Escape")
        self.page.evaluate(VIDER)
        self.page.set_viewport_size(ECRAN)

    def ouvrir(self, chemin: str) -> Page:
        """La page, une fois ce cahier affiché et son noyau prêt, s'il en a un."""
        if self.page.evaluate(OUVRIR, chemin):
            self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(
                state="attached", timeout=DELAI
            )
        return self.page

    @contextmanager
    def a_l_ecran(self, taille: dict[str, int], agrandi: int):
        """La page sur un écran de cette taille (en pixels CSS), agrandie autant de fois, le temps du bloc."""
        pilote = self.page.context.new_cdp_session(self.page)
        demande = "Emulation.setDeviceMetricsOverride"
        pilote.send(demande, {**taille, "deviceScaleFactor": agrandi, "mobile": False})
        try:
            yield
        finally:
            pilote.send(demande, {**ECRAN, "deviceScaleFactor": 1, "mobile": False})

    @contextmanager
    def au_theme(self, nom: str):
        """Le thème clair (« Light ») ou sombre (« Dark »), le temps du bloc ; puis le clair, celui de départ."""
        self._choisir_le_theme(nom)
        try:
            yield
        finally:
            self._choisir_le_theme("Light")

    def _choisir_le_theme(self, nom: str) -> None:
        """Attend qu'il soit à l'écran et dans les préférences."""
        choisi = self.page.locator(f"body[data-jp-theme-name='JupyterLab {nom}']")
        if choisi.count():
            return
        with self.page.expect_response(
            lambda reponse: reponse.request.method == "PUT" and "themes" in reponse.url
        ):
            self.page.evaluate(
                f"window.jupyterapp.commands.execute('apputils:change-theme', {{ theme: 'JupyterLab {nom}' }})"
            )
        choisi.wait_for(state="attached")
