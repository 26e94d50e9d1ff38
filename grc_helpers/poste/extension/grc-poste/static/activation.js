// @ts-check
/*
 * Ce que l'extension met dans une page de JupyterLab : son style, l'accès au clavier, puis un sujet par module. L'absence
 * de l'un n'empêche pas les autres.
 */
import { creer } from "./dom.js";
import { noter, sansBruit } from "./panne.js";

/**
 * @typedef {object} Outils  ce que reçoit chaque sujet
 * @property {Jupyter.Application} application
 * @property {Jupyter.Cahiers} cahiers
 * @property {Jupyter.Demander} module  un module que JupyterLab partage
 */

/** @param {Outils} outils */
export function activer(outils) {
  document.head.append(creer("link", { rel: "stylesheet", href: adresse("feuilles.css") }));
  refermerLesCotes(outils.application);
  // @ts-expect-error Un script, pas un module : Voilà l'inclut tel quel dans sa page.
  charger("acces.js", () => import("./acces.js"));
  charger("presentation.js", () =>
    import("./presentation.js").then((sujet) => sujet.activer(outils)),
  );
  charger("surete.js", () => import("./surete.js").then((sujet) => sujet.activer(outils)));
  charger("sorties.js", () => import("./sorties.js").then((sujet) => sujet.activer(outils)));
}

/**
 * @param {string} sujet
 * @param {() => Promise<unknown>} importer
 */
function charger(sujet, importer) {
  importer().catch((erreur) => noter(`${sujet} indisponible`, erreur));
}

/** L'adresse d'un fichier rangé à côté de celui-ci. */
const adresse = (/** @type {string} */ nom) => new URL(nom, import.meta.url).href;

/**
 * Toute la largeur pour la séance. Les panneaux de droite sont éteints (page_config.json), JupyterLab en garde la place ;
 * à gauche, la table des matières se rouvre d'un clic. Notebook 7 n'a pas ces panneaux.
 *
 * @param {Jupyter.Application} application
 */
function refermerLesCotes({ restored, shell }) {
  restored.then(
    sansBruit(() => {
      shell.collapseRight?.();
      shell.collapseLeft?.();
      // La ligne du logo et du nom de fichier : de la place perdue, et de quoi renommer le fichier d'un clic.
      if (shell.isTopInSimpleModeVisible?.()) shell.toggleTopInSimpleModeVisibility?.();
    }),
  );
}
