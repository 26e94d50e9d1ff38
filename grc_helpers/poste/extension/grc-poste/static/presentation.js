// @ts-check
/*
 * L'apparence des cellules. Une cellule dont la première ligne est une magie du cours (%%reponse, %%nombre…) reçoit son
 * formulaire, et son texte n'est pas du code : pas de couleurs Python, retour à la ligne, correcteur orthographique du
 * navigateur en français. Une activité reçoit sa carte. Ce qui ne montre rien (préparation, verifier("…")) ne se voit pas : chaque
 * réponse a son « Vérifier ». Les couleurs sont dans poste.css.
 */
import { Carte, estMuette, estUneActivite } from "./activite.js";
import { lireMagie, titreDeReponse } from "./cellule.js";
import { monteur } from "./formulaires.js";
import { sansBruit } from "./panne.js";
import { Serveur } from "./serveur.js";
import { TYPES } from "./types.js";

/** @import { Outils } from "./activation.js" */
/** @import { Magie } from "./cellule.js" */

const VERIFICATION = /^\s*verifier\(/;
const REMISE = /^\s*rendre_ma_copie\(/;

/**
 * @typedef {object} Modules  ce que JupyterLab partage ; null s'il ne le partage pas
 * @property {CodeMirror.Vue | null} vue
 * @property {Jupyter.Modules["@jupyterlab/cells"] | null} cellules
 * @property {Serveur | null} serveur
 */

/** @param {Outils} outils */
export async function activer({ application, cahiers, module }) {
  const [vue, cellules, services] = await Promise.all([
    module("@codemirror/view"),
    module("@jupyterlab/cells"),
    module("@jupyterlab/services"),
  ]);
  const serveur = services && new Serveur(application, services);
  const suivre = sansBruit((/** @type {Jupyter.Panneau} */ panneau) =>
    suivreLeCahier(panneau, { vue, cellules, serveur }, application),
  );
  cahiers.forEach(suivre);
  cahiers.widgetAdded.connect((_, panneau) => suivre(panneau));
}

/**
 * @param {Jupyter.Panneau} panneau
 * @param {Modules} modules
 * @param {Jupyter.Application} application
 */
function suivreLeCahier(panneau, { vue, cellules, serveur }, application) {
  const suivies = new WeakSet();
  const cahier = panneau.content;
  const monter = monteur(application, panneau, serveur);
  /** @type {Carte[]} */
  const cartes = [];
  const suivreTout = sansBruit(() => {
    for (const cellule of cahier.widgets) {
      if (cellule.model.type !== "code" || suivies.has(cellule)) continue;
      suivies.add(cellule);
      suivre(cellule, cahier, vue, monter);
      if (cellules && estUneActivite(cellule)) cartes.push(new Carte(cellule, panneau, cellules));
    }
  });
  // Une cellule ajoutée n'est à l'écran qu'après ce signal.
  cahier.modelContentChanged.connect(() => setTimeout(suivreTout));
  panneau.context.ready.then(suivreTout).then(() => nommerLesCartes(cartes, panneau, serveur));
  if (application.name !== "JupyterLab") panneau.context.ready.then(() => donnerLeClavier(panneau));
}

/**
 * @param {Carte[]} cartes
 * @param {Jupyter.Panneau} panneau
 * @param {Serveur | null} serveur
 */
async function nommerLesCartes(cartes, panneau, serveur) {
  if (!cartes.length) return;
  const titres = (await serveur?.lire("activites", panneau.context.path)) ?? {};
  if (panneau.isDisposed) return;
  for (const carte of cartes) carte.nommer(titres[carte.cellule.model.id] ?? "");
}

/**
 * À l'ouverture, le clavier est dans le cahier. Notebook 7, occupé à se charger, le laisse parfois hors de toute zone.
 *
 * @param {Jupyter.Panneau} panneau
 */
async function donnerLeClavier(panneau) {
  let stable = 0;
  for (let essai = 0; essai < 15 && stable < 3 && !panneau.isDisposed; essai++) {
    const personne =
      document.activeElement === document.body &&
      !document.querySelector(".jp-Dialog, dialog[open]");
    if (personne && panneau.isVisible) panneau.content.activate();
    stable = personne ? 0 : stable + 1;
    await new Promise((suite) => setTimeout(suite, 200));
  }
}

/**
 * Suit une cellule de code toute sa vie : création, démarrage du noyau, frappe.
 *
 * @param {Jupyter.Cellule} cellule
 * @param {Jupyter.Cahier} cahier
 * @param {CodeMirror.Vue | null} vue
 * @param {(cellule: Jupyter.Cellule) => void} monter
 */
function suivre(cellule, cahier, vue, monter) {
  const rafraichir = sansBruit(() => {
    if (!cellule.isDisposed) habiller(cellule, cahier);
  });
  cellule.model.contentChanged.connect(rafraichir);
  cellule.model.mimeTypeChanged.connect(() => setTimeout(rafraichir));
  cellule.ready.then(
    sansBruit(() => {
      // La page vide que JupyterLab montre d'abord a déjà disparu quand elle se dit prête.
      if (cellule.isDisposed) return;
      if (vue && cellule.editor) cellule.editor.injectExtension(saisieEnFrancais(vue));
      rafraichir();
      monter(cellule);
    }),
  );
  rafraichir();
}

/**
 * Les cellules dont le texte n'est plus du code Python.
 *
 * @type {WeakSet<Jupyter.Cellule>}
 */
const enProse = new WeakSet();

/**
 * Donne à la cellule l'apparence qui correspond à ce qui y est écrit en ce moment.
 *
 * @param {Jupyter.Cellule} cellule
 * @param {Jupyter.Cahier} cahier
 */
function habiller(cellule, cahier) {
  const source = cellule.model.sharedModel.getSource();
  const magie = lireMagie(source);
  cellule.toggleClass("grc-reponse", !!magie);
  cellule.toggleClass("grc-verification", VERIFICATION.test(source));
  cellule.toggleClass("grc-a-rendre", REMISE.test(source));
  cellule.toggleClass("grc-muette", estMuette(cellule));
  const titre = magie ? titreDeReponse(magie) : "";
  cellule.node.querySelector(".jp-InputArea-editor")?.setAttribute("data-grc-titre", titre);
  const donnees = cellule.node.dataset;
  if (magie) Object.assign(donnees, { grcType: magie.type, grcQuestion: magie.identifiant });
  else for (const nom of ["grcType", "grcQuestion"]) delete donnees[nom];
  const langage = magie ? "text/plain" : cahier.codeMimetype;
  // Le noyau remet Python à son démarrage : on n'écrit que si cela change, pour ne pas se répondre sans fin.
  if (langage && cellule.model.mimeType !== langage && (magie || enProse.has(cellule)))
    cellule.model.mimeType = langage;
  if (magie) enProse.add(cellule);
  else enProse.delete(cellule);
}

/**
 * Posée une fois par éditeur ; relue à chaque frappe, elle ne vaut que tant que la magie est là.
 *
 * @param {CodeMirror.Vue} vue
 */
function saisieEnFrancais(vue) {
  const lire = (/** @type {CodeMirror.Editeur} */ editeur) =>
    lireMagie(editeur.state.doc.toString());
  const estompee = vue.Decoration.line({ class: "grc-magie" });
  return [
    vue.EditorView.contentAttributes.of((editeur) => {
      const magie = lire(editeur);
      return magie && attributs(magie);
    }),
    vue.EditorView.decorations.of((editeur) => {
      const magie = lire(editeur);
      return magie
        ? vue.Decoration.set([estompee.range(editeur.state.doc.line(magie.ligne).from)])
        : vue.Decoration.none;
    }),
  ];
}

/** @param {Magie} magie */
function attributs(magie) {
  return {
    class: "cm-lineWrapping",
    spellcheck: "true",
    lang: "fr",
    autocorrect: "on",
    autocapitalize: TYPES[magie.type].phrases ? "sentences" : "off",
    "aria-label": titreDeReponse(magie),
  };
}
