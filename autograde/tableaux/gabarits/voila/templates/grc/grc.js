// Les curseurs d'ipywidgets n'ont pas de nom pour un lecteur d'écran : on leur donne celui du champ voisin.
// Le résultat est annoncé quand il change, sans voler le focus.
function nommer() {
  for (const reglage of document.querySelectorAll(".grc-reglage")) {
    const nom = reglage.querySelector(".widget-text label");
    const poignee = reglage.querySelector('[role="slider"]:not([aria-label])');
    if (nom && poignee) poignee.setAttribute("aria-label", `${nom.textContent} (curseur)`);
  }
  for (const zone of document.querySelectorAll(".grc-ecart:not([aria-live])")) zone.setAttribute("aria-live", "polite");
}
new MutationObserver(nommer).observe(document.body, { childList: true, subtree: true });
nommer();

// L'onglet porte le titre du tableau de bord plutôt que le nom du fichier.
const titre = document.querySelector("h1");
if (titre) document.title = titre.firstChild.textContent.trim();
