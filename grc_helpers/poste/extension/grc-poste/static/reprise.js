// @ts-check
/*
 * « Reprendre avec mon fichier » : un cahier emporté d'un autre PC, ou d'une session en ligne, revient à sa place. Le serveur le
 * reconnaît à son contenu ; son nom ne compte pas.
 */
import { bouton, creer } from "./dom.js";
import { ouvrirUnCahier } from "./page.js";

/** @import { OutilsDeSurete } from "./surete.js" */

const TROP_GROS = 20_000_000; // octets
const GARDE =
  "Ce qui était à sa place est gardé : le bouton « Versions », dans la séance, le remettra si vous le voulez.";

/**
 * Le bouton et la place où déposer un fichier ; toute la page d'accueil l'accepte aussi.
 *
 * @param {Jupyter.Panneau} accueil
 * @param {OutilsDeSurete} outils
 */
export function zoneDeReprise(accueil, outils) {
  const dit = creer("p", { class: "grc-reprise-dit", role: "status" });
  const dire = (/** @type {string} */ texte) => dit.replaceChildren(texte);
  const reprendre = async (/** @type {File | null | undefined} */ fichier) => {
    if (!fichier) return;
    dire(`Lecture de « ${fichier.name} »…`);
    if (fichier.size > TROP_GROS)
      return dire(`« ${fichier.name} » est trop gros pour être un cahier du cours.`);
    const recu = await outils.serveur.reprendre(await fichier.text());
    if ("refus" in recu) return dire(`« ${fichier.name} » : ${recu.refus}`);
    dire(`« ${recu.titre} » est à sa place, avec vos réponses. ${recu.garde ? GARDE : ""}`);
    await ouvrirUnCahier(outils.application, outils.cahiers, recu.chemin);
  };
  const choix = creer("input", {
    type: "file",
    accept: ".ipynb,application/json",
    hidden: true,
    "aria-label": "Le fichier à reprendre",
    onchange: () => {
      reprendre(choix.files?.[0]);
      choix.value = "";
    },
  });
  const zone = creer(
    "div",
    { class: "grc-reprise" },
    creer(
      "p",
      {},
      bouton("Reprendre avec mon fichier", () => choix.click()),
      " Vous avez emporté un fichier ? Choisissez-le, ou déposez-le sur cette page.",
      choix,
    ),
    dit,
  );
  accepterLeDepot(accueil.node, zone, reprendre);
  return zone;
}

/**
 * @param {HTMLElement} page
 * @param {HTMLElement} zone
 * @param {(fichier: File | undefined) => void} reprendre
 */
function accepterLeDepot(page, zone, reprendre) {
  const apporteUnFichier = (/** @type {DragEvent} */ { dataTransfer }) =>
    dataTransfer?.types.includes("Files");
  page.addEventListener("dragover", (evenement) => {
    if (!apporteUnFichier(evenement)) return;
    evenement.preventDefault();
    zone.classList.add("grc-reprise-prete");
  });
  page.addEventListener("dragleave", () => zone.classList.remove("grc-reprise-prete"));
  page.addEventListener("drop", (evenement) => {
    if (!apporteUnFichier(evenement)) return;
    evenement.preventDefault();
    evenement.stopPropagation();
    zone.classList.remove("grc-reprise-prete");
    reprendre(evenement.dataTransfer?.files[0]);
  });
}
