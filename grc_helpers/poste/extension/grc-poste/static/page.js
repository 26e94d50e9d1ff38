// @ts-check
/* De quoi aller d'un cahier à l'autre, et parler par-dessus la page. */
import { creer } from "./dom.js";

/**
 * Un lien qui ouvre un cahier : dans le même JupyterLab, ou dans la même page de Notebook 7.
 *
 * @param {Jupyter.Application} application
 * @param {string} texte
 * @param {string} chemin
 */
export function lienVersUnCahier(application, texte, chemin, { cellule = "", classe = "" } = {}) {
  const lab = application.name === "JupyterLab";
  const fragment = cellule ? `#cell-id=${cellule}` : "";
  const base = application.serviceManager.serverSettings.baseUrl;
  const adresse = `${base}${lab ? "lab/tree" : "notebooks"}/${chemin.split("/").map(encodeURIComponent).join("/")}${fragment}`;
  const lien = creer("a", { href: adresse, class: classe }, texte);
  lien.addEventListener("click", async (evenement) => {
    if (!lab || evenement.ctrlKey || evenement.metaKey) return;
    evenement.preventDefault();
    const panneau = await application.commands.execute("docmanager:open", { path: chemin });
    if (cellule && panneau) allerALaCellule(panneau, cellule);
  });
  return lien;
}

/** @param {Jupyter.Panneau} panneau */
export function estLAccueil(panneau) {
  return /(^|\/)accueil\/accueil\.ipynb$/.test(panneau.context.path);
}

/**
 * Ouvre un cahier ; s'il est déjà ouvert, le montre tel qu'il est dans son fichier.
 *
 * @param {Jupyter.Application} application
 * @param {Jupyter.Cahiers} cahiers
 * @param {string} chemin
 */
export async function ouvrirUnCahier(application, cahiers, chemin) {
  if (application.name !== "JupyterLab") {
    const base = application.serviceManager.serverSettings.baseUrl;
    location.assign(`${base}notebooks/${chemin.split("/").map(encodeURIComponent).join("/")}`);
    return;
  }
  /** @type {Jupyter.Panneau[]} */
  const dejaOuverts = [];
  cahiers.forEach((panneau) => panneau.context.path === chemin && dejaOuverts.push(panneau));
  await application.commands.execute("docmanager:open", { path: chemin });
  for (const { context } of dejaOuverts) await context.revert();
}

/**
 * Montre une cellule. Un cahier qui finit de s'afficher remonte parfois en haut : on recommence jusqu'à ce qu'elle y reste.
 *
 * @param {Jupyter.Panneau} panneau
 * @param {string} id
 */
export async function allerALaCellule(panneau, id) {
  await panneau.context.ready;
  let stable = 0;
  for (let essai = 0; essai < 25 && stable < 3 && !panneau.isDisposed; essai++) {
    const cellule = panneau.content.widgets.find((presente) => presente.model.id === id);
    if (!cellule) return;
    const { top } = cellule.node.getBoundingClientRect();
    const cadre = panneau.content.node.getBoundingClientRect();
    if (cadre.height && top >= cadre.top - 2 && top < cadre.bottom - 40) stable++;
    else {
      stable = 0;
      panneau.setFragment(`#cell-id=${id}`);
    }
    await new Promise((suite) => setTimeout(suite, 200));
  }
}

/**
 * Une boîte de dialogue du navigateur : le clavier y reste, Échap la ferme. `remplir(boite, fermer)` y met ce qu'il veut.
 *
 * @param {string} titre
 * @param {(boite: HTMLDialogElement, fermer: () => void) => void} remplir
 */
export function dialogue(titre, remplir) {
  const boite = creer(
    "dialog",
    { class: "grc-dialogue", lang: "fr", "aria-label": titre },
    creer("h2", {}, titre),
  );
  const fermer = () => boite.close();
  boite.addEventListener("close", () => boite.remove());
  // JupyterLab écoute le clavier de toute la page : une lettre tapée ici ne doit pas agir sur le cahier.
  boite.addEventListener("keydown", (evenement) => evenement.stopPropagation());
  remplir(boite, fermer);
  document.body.append(boite);
  boite.showModal();
  return boite;
}

/**
 * Ce que l'on tape ou clique dans cet élément d'une cellule ne regarde que lui.
 *
 * @param {HTMLElement} element
 */
export function isolerDeJupyter(element) {
  // Sans cela, JupyterLab étendrait la sélection des cellules sur Maj + clic, et cacherait les corrections du clic droit.
  for (const nom of ["mousedown", "contextmenu"])
    element.addEventListener(nom, (evenement) => evenement.stopPropagation());
  // Dans une cellule, JupyterLab 4.6 refuse à tout champ le saut de ligne et l'annulation : il guette chaque frappe à son arrivée.
  element.addEventListener("beforeinput", (evenement) => evenement.stopPropagation(), {
    capture: true,
  });
  // Aucun raccourci de JupyterLab ne mange une touche tapée ici ; il ne cherche cette marque que sur l'élément actif.
  element.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element) target.setAttribute("data-lm-suppress-shortcuts", "true");
  });
}
