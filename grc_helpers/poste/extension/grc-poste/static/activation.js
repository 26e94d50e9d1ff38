/*
 * Ce que l'extension met dans une page de JupyterLab : son style, l'accès au clavier, puis un sujet par module. L'absence
 * de l'un n'empêche pas les autres.
 */
import { noter, sansBruit } from "./panne.js";

export function activer(outils) {
  for (const feuille of ["poste.css", "surete.css"]) poserLaFeuille(feuille);
  refermerLesCotes(outils.application);
  charger("acces.js", () => import("./acces.js"));
  charger("presentation.js", () =>
    import("./presentation.js").then((sujet) => sujet.activer(outils)),
  );
  charger("surete.js", () => import("./surete.js").then((sujet) => sujet.activer(outils)));
}

function charger(sujet, importer) {
  importer().catch((erreur) => noter(`${sujet} indisponible`, erreur));
}

function poserLaFeuille(nom) {
  const lien = document.createElement("link");
  lien.rel = "stylesheet";
  lien.href = new URL(nom, import.meta.url).href;
  document.head.append(lien);
}

/**
 * Toute la largeur pour la séance. Les panneaux de droite sont éteints (page_config.json), JupyterLab en garde la place ;
 * à gauche, la liste des fichiers se rouvre d'un clic sur le dossier.
 */
function refermerLesCotes({ restored, shell }) {
  restored.then(
    sansBruit(() => shell.collapseRight && (shell.collapseRight(), shell.collapseLeft())),
  );
}
