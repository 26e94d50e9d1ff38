// @ts-check
/*
 * Une feuille de papier : l'énoncé et les réponses, un nom, une date. Elle se compose de ce qui est à l'écran, dans un cadre à part
 * qui ne demande rien à personne, et que le navigateur imprime ou enregistre en PDF.
 */
import { lireMagie } from "./cellule.js";
import { creer } from "./dom.js";

const STYLE = `
  @page { margin: 16mm; }
  body { margin: 0; color: #000; background: #fff; font: 11pt/1.45 "Segoe UI", "Liberation Sans", Arial, sans-serif; }
  header { display: flex; gap: 2em; justify-content: space-between; margin-bottom: 1em; padding-bottom: .5em; border-bottom: 1px solid #000; }
  h1 { font-size: 17pt; } h2 { font-size: 14pt; } h3 { font-size: 12pt; }
  h1, h2, h3 { margin: 1em 0 .4em; line-height: 1.25; break-after: avoid; }
  p, ul, ol { margin: .4em 0; }
  table { border-collapse: collapse; margin: .5em 0; }
  th, td { padding: 3px 8px; border: 1px solid #555; text-align: left; vertical-align: top; }
  tr, .grc-imprimee { break-inside: avoid; }
  .grc-imprimee { margin: .6em 0 1em; padding: .4em .8em; border: 1px solid #000; border-left-width: 4px; }
  .grc-imprimee > strong { display: block; }
  .grc-valeur { white-space: pre-wrap; }
  img, svg { max-width: 100%; height: auto; }
  a { color: inherit; text-decoration: none; }
  footer { margin-top: 2em; font-size: 9.5pt; }
`;

/**
 * Imprime ces éléments sur une feuille à ce titre.
 *
 * @param {string} titre
 * @param {(Node | string)[]} corps
 */
export function imprimer(titre, corps) {
  document.querySelector("iframe.grc-feuille")?.remove();
  const cadre = creer("iframe", { class: "grc-feuille", title: titre, "aria-hidden": "true" });
  document.body.append(cadre);
  const feuille = cadre.contentDocument;
  if (!feuille || !cadre.contentWindow) return;
  feuille.documentElement.lang = "fr";
  feuille.title = titre;
  feuille.head.append(creer("style", {}, STYLE));
  feuille.body.append(...corps);
  cadre.contentWindow.print();
}

/**
 * Qui, quand : en tête de toute feuille.
 *
 * @param {string} qui
 */
export function enTete(qui) {
  const date = new Date().toLocaleDateString("fr-FR", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return creer(
    "header",
    {},
    creer("span", {}, `Nom : ${qui || "…………………………………………"}`),
    creer("span", {}, `Le ${date}`),
  );
}

/**
 * Un cahier tel qu'on le lit et tel qu'on y a répondu : ni code, ni bouton, ni simulateur.
 *
 * @param {Jupyter.Panneau} panneau
 * @param {string} qui
 */
export function imprimerLeCahier(panneau, qui) {
  const feuillets = panneau.content.widgets.flatMap((cellule) => {
    if (cellule.hasClass("grc-reponse")) return [reponse(cellule)];
    const lu = cellule.node.querySelector(".jp-MarkdownOutput");
    return lu && cellule.model.id !== "rendre_texte" ? [texteDuCours(lu)] : [];
  });
  imprimer(document.title, [enTete(qui), ...feuillets]);
}

/** @param {Element} lu */
function texteDuCours(lu) {
  const copie = creer("section");
  copie.append(...lu.cloneNode(true).childNodes);
  // Ce qui est replié à l'écran (ce qu'il fallait voir, un corrigé) n'a pas sa place sur une copie.
  const inutiles = ".jp-InternalAnchorLink, button, details";
  for (const inutile of copie.querySelectorAll(inutiles)) inutile.remove();
  return copie;
}

/**
 * Une réponse, ses champs remplacés par ce qui y est écrit ; telle quelle, si elle ne tient pas dans son formulaire.
 *
 * @param {Jupyter.Cellule} cellule
 */
function reponse(cellule) {
  const titre = cellule.node.querySelector(".jp-InputArea-editor")?.getAttribute("data-grc-titre");
  const source = cellule.model.sharedModel.getSource();
  const formulaire = cellule.hasClass("grc-en-code")
    ? null
    : cellule.node.querySelector(".grc-formulaire > :first-child");
  return creer(
    "div",
    { class: "grc-imprimee" },
    creer("strong", {}, titre || "Votre réponse"),
    formulaire
      ? sansChamps(formulaire)
      : creer("div", { class: "grc-valeur" }, lireMagie(source)?.corps ?? source),
  );
}

/** @param {Element} original */
function sansChamps(original) {
  const copie = /** @type {Element} */ (original.cloneNode(true));
  const champs = "input, textarea, select";
  const lus = [...original.querySelectorAll(champs)];
  [...copie.querySelectorAll(champs)].forEach((champ, rang) =>
    champ.replaceWith(creer("span", { class: "grc-valeur" }, valeur(lus[rang]))),
  );
  for (const inutile of copie.querySelectorAll("button, datalist, [hidden]")) inutile.remove();
  return copie;
}

/** @param {Element} champ */
function valeur(champ) {
  if (champ instanceof HTMLInputElement && ["radio", "checkbox"].includes(champ.type))
    return champ.checked ? "☒ " : "☐ ";
  if (champ instanceof HTMLSelectElement) return champ.selectedOptions[0]?.textContent ?? "";
  const texte =
    champ instanceof HTMLInputElement || champ instanceof HTMLTextAreaElement ? champ.value : "";
  return texte.trim() || "…………";
}
