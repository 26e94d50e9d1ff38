// @ts-check
/*
 * JupyterLab garde ouverts tous les cahiers que l'on a vus, chacun avec son noyau, et rien ici ne sert à les fermer. Restent
 * celui que l'on voit et celui d'avant (une leçon et son TP) ; un plus ancien s'enregistre et se ferme, noyau compris.
 */
import { estLAccueil } from "./page.js";

/** @import { Outils } from "./activation.js" */

const GARDES = 2;

/** @param {Pick<Outils, "application" | "cahiers">} outils */
export function fermerLesAnciens({ application, cahiers }) {
  /** @type {Jupyter.Panneau[]} du dernier vu au plus ancien */
  let vus = [];
  application.shell.currentChanged.connect(() => {
    cahiers.forEach((panneau) => {
      if (panneau !== application.shell.currentWidget || estLAccueil(panneau)) return;
      vus = [panneau, ...vus.filter((vu) => vu !== panneau && !vu.isDisposed)];
    });
    for (const ancien of vus.slice(GARDES)) fermer(ancien);
  });
}

/** @param {Jupyter.Panneau} panneau */
async function fermer(panneau) {
  const { model } = panneau.context;
  try {
    if (model.dirty && !model.readOnly) await panneau.context.save();
  } catch (erreur) {
    return; // le bandeau le dit ; le cahier reste, avec ce qui y est écrit
  }
  // On a pu y revenir pendant l'enregistrement.
  if (!panneau.isDisposed && !panneau.isVisible && !(model.dirty && !model.readOnly))
    panneau.dispose();
}
