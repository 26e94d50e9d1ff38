// @ts-check
/*
 * Ce qui ferait sortir du cours, ou l'abîmerait sans le vouloir : une page vide, une cellule ajoutée par mégarde, le bouton
 * Précédent du navigateur, un menu de programmeur, un rechargement qui ramène en haut.
 */
import { ACCUEIL } from "./lieu.js";
import { sansBruit } from "./panne.js";
import { SEANCE_FERMEE } from "./terminer.js";

/** @import { Outils } from "./activation.js" */

const NOM_DU_COURS = "Gestion de la relation client";
const PLACE = "grc-poste:place";
const LENTEUR = 20_000; // millisecondes laissées au premier cahier pour s'ouvrir, sur un PC lent
const PATIENCE = 700; // millisecondes : d'un cahier à l'autre, la page est vide un instant

/** @param {Outils} outils */
export function activer({ application, cahiers }) {
  const titrer = titrerLaFenetre(application);
  const suivre = sansBruit((/** @type {Jupyter.Panneau} */ panneau) => {
    panneau.context.ready.then(
      sansBruit(() => {
        retirerLesCellulesVides(panneau);
        titrer();
        degagerLesEcransBas(panneau);
        cacherCeQuiEstAuFormateur(panneau);
        revenirALaMemePlace(panneau);
      }),
    );
  });
  cahiers.forEach(suivre);
  cahiers.widgetAdded.connect((_, panneau) => suivre(panneau));
  retenirLaPlace(cahiers);
  // Le menu du navigateur : il a les corrections d'orthographe, et aucun « Couper la cellule ».
  window.addEventListener("contextmenu", (evenement) => evenement.stopPropagation(), true);
  if (application.name !== "JupyterLab") return;
  suivreLesRetours(application);
  neJamaisLaisserVide(application);
}

/**
 * Plus rien d'ouvert (adresse sans cahier, dernier onglet fermé) : l'accueil, sauf si la séance est finie.
 *
 * @param {Jupyter.Application} application
 */
function neJamaisLaisserVide({ shell, commands, restored }) {
  let minuterie = 0;
  const verifier = (/** @type {number} */ patience) => {
    clearTimeout(minuterie);
    minuterie = setTimeout(() => {
      const finie = document.body.classList.contains(SEANCE_FERMEE);
      const vide = shell.widgets && ![...shell.widgets("main")].length;
      if (vide && !finie) commands.execute("docmanager:open", { path: ACCUEIL });
    }, patience);
  };
  restored.then(() => {
    // L'adresse nomme un cahier : il s'ouvre, peut-être lentement. Elle n'en nomme pas, ou plus : l'accueil.
    verifier(/\/tree\/./.test(location.pathname) ? LENTEUR : PATIENCE);
    shell.layoutModified?.connect(() => verifier(PATIENCE));
  });
}

/**
 * Précédent et Suivant du navigateur : l'adresse change, la page la suit.
 *
 * @param {Jupyter.Application} application
 */
function suivreLesRetours({ shell, commands }) {
  window.addEventListener("popstate", () => {
    const trouve = /\/tree\/([^?#]+)$/.exec(location.pathname);
    const path = trouve ? decodeURIComponent(trouve[1]) : ACCUEIL;
    if (shell.currentWidget?.context?.path !== path) commands.execute("docmanager:open", { path });
  });
}

/**
 * ▶ sur la dernière cellule, le bas de page, un raccourci oublié : JupyterLab ajoute une cellule vide que rien n'enlève plus.
 *
 * @param {Jupyter.Panneau} panneau
 */
function retirerLesCellulesVides(panneau) {
  const { model } = panneau;
  const retirer = (/** @type {string} */ id) => {
    if (panneau.isDisposed || !model) return;
    const rang = [...model.cells].findIndex((cellule) => cellule.id === id);
    if (rang >= 0 && !model.cells.get(rang).sharedModel.getSource())
      model.sharedModel.deleteCell(rang);
  };
  model?.cells.changed.connect((_, { type, newValues }) => {
    if (type !== "add") return;
    for (const cellule of newValues)
      if (cellule.type === "code" && !cellule.sharedModel.getSource())
        setTimeout(() => retirer(cellule.id));
  });
}

/**
 * Le titre de la séance, et non le nom de son fichier. (L'écrire dans le panneau ferait renommer le fichier.)
 *
 * @param {Jupyter.Widget | null} ouvert
 */
export function titreDe(ouvert) {
  const premiere = /** @type {Partial<Jupyter.Panneau> | null} */ (ouvert)?.content?.widgets?.[0];
  const ecrit = /^#\s+(.+)$/m.exec(premiere?.model.sharedModel.getSource() ?? "");
  return ecrit ? ecrit[1].replace(/[*`]/g, "").trim() : "";
}

/**
 * Un tableau de bord sert aussi à la classe, sous Voilà : ses questions à poser à main levée ne regardent pas le stagiaire.
 *
 * @param {Jupyter.Panneau} panneau
 */
function cacherCeQuiEstAuFormateur({ content, context }) {
  if (!/(^|\/)tableaux_de_bord\//.test(context.path)) return;
  content.widgets.find(({ model }) => model.id === "questions")?.addClass("grc-pour-le-formateur");
}

/**
 * Écran bas (page agrandie deux fois, téléphone couché) : la barre d'outils, que le clavier remplace, laisse sa place au cahier.
 *
 * @param {Jupyter.Panneau} panneau
 */
function degagerLesEcransBas(panneau) {
  const bas = window.matchMedia("(max-height: 480px)");
  const accorder = () => {
    if (panneau.isDisposed || panneau.hasClass("grc-page-accueil")) return;
    if (bas.matches) panneau.toolbar.hide();
    else panneau.toolbar.show();
  };
  if (bas.matches) accorder();
  bas.addEventListener("change", accorder);
  panneau.disposed.connect(() => bas.removeEventListener("change", accorder));
}

/** @param {Jupyter.Application} application */
function titrerLaFenetre({ shell }) {
  const titrer = () => {
    if (document.querySelector(".grc-au-revoir")) return; // il a son propre titre
    const ouvert = titreDe(shell.currentWidget);
    const voulu = !ouvert || ouvert === NOM_DU_COURS ? NOM_DU_COURS : `${ouvert} · ${NOM_DU_COURS}`;
    if (document.title !== voulu) document.title = voulu;
  };
  const balise = document.querySelector("title");
  if (balise) new MutationObserver(titrer).observe(balise, { childList: true });
  shell.currentChanged?.connect(() => setTimeout(titrer));
  titrer();
  return titrer;
}

/**
 * La page rechargée (F5) revient où elle était. Cela ne vaut que pour cet onglet du navigateur : rien n'en reste au suivant.
 *
 * @param {Outils["cahiers"]} cahiers
 */
function retenirLaPlace(cahiers) {
  window.addEventListener("pagehide", () => {
    cahiers.forEach((panneau) => {
      if (!panneau.isVisible) return;
      const haut = panneau.content.node.getBoundingClientRect().top;
      const vue = defilant(panneau)?.getBoundingClientRect().top ?? haut;
      const cellule = panneau.content.widgets.find(
        ({ node }) => node.getBoundingClientRect().bottom > vue,
      );
      if (!cellule) return;
      const ecart = cellule.node.getBoundingClientRect().top - vue;
      const place = { chemin: panneau.context.path, cellule: cellule.model.id, ecart };
      sessionStorage.setItem(PLACE, JSON.stringify(place));
    });
  });
}

/** @param {Jupyter.Panneau} panneau */
async function revenirALaMemePlace(panneau) {
  const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  if (place?.chemin !== panneau.context.path || location.hash) return;
  sessionStorage.removeItem(PLACE);
  const lecteur = new AbortController();
  // Dès que la personne fait un geste, la page est à elle.
  for (const geste of ["wheel", "keydown", "pointerdown"])
    window.addEventListener(geste, () => lecteur.abort(), { signal: lecteur.signal });
  for (let essai = 0; essai < 30 && !lecteur.signal.aborted && !panneau.isDisposed; essai++) {
    const cellule = panneau.content.widgets.find(({ model }) => model.id === place.cellule);
    const vue = defilant(panneau);
    if (!cellule || !vue) break;
    const ecart = cellule.node.getBoundingClientRect().top - vue.getBoundingClientRect().top;
    if (Math.abs(ecart - place.ecart) > 2) vue.scrollTop += ecart - place.ecart;
    await new Promise((suite) => setTimeout(suite, 150));
  }
  lecteur.abort();
}

/** @param {Jupyter.Panneau} panneau */
function defilant(panneau) {
  return panneau.node.querySelector(".jp-WindowedPanel-outer");
}
