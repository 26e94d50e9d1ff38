// @ts-check
/* Fabriquer un élément de page en une ligne. */

/**
 * creer("input", { type: "radio", onchange: … }, enfants…) ; un attribut faux ou absent n'est pas posé, un enfant vide est
 * passé. Un texte n'est jamais lu comme du HTML.
 *
 * @template {keyof HTMLElementTagNameMap} B
 * @param {B} balise
 * @param {Record<string, string | number | boolean | null | undefined | ((evenement: any) => unknown)>} [attributs]
 * @param {...(Node | string | null | undefined)} enfants
 */
export function creer(balise, attributs = {}, ...enfants) {
  const element = document.createElement(balise);
  for (const [nom, valeur] of Object.entries(attributs)) {
    if (typeof valeur === "function") element.addEventListener(nom.slice(2), valeur);
    else if (valeur === true) element.setAttribute(nom, "");
    else if (valeur !== false && valeur != null) element.setAttribute(nom, String(valeur));
  }
  element.append(...enfants.filter((enfant) => enfant != null));
  return element;
}

/**
 * @param {string} texte
 * @param {() => unknown} onclick
 */
export function bouton(texte, onclick, classe = "") {
  return creer("button", { type: "button", class: `grc-bouton ${classe}`.trim(), onclick }, texte);
}

/**
 * La part de ce qui est fait, d'un coup d'œil ; le texte voisin la dit aux lecteurs d'écran.
 *
 * @param {{ faites: number, total: number }} mesure
 */
export function jauge({ faites, total }) {
  return creer("progress", { max: total, value: faites, "aria-hidden": "true" });
}

/**
 * Les morceaux qui ont quelque chose à dire, séparés d'un point.
 *
 * @param {...(string | false)} morceaux
 */
export function enUneLigne(...morceaux) {
  return morceaux.filter(Boolean).join(" · ");
}

/**
 * La lettre, et ce qu'elle désigne si l'énoncé le dit.
 *
 * @param {string} lettre
 * @param {Map<string, string>} propositions
 */
export function lettreEtTexte(lettre, propositions) {
  const texte = propositions.get(lettre.toLowerCase());
  return [
    creer("span", { class: "grc-lettre" }, lettre),
    ...(texte ? [creer("span", {}, texte)] : []),
  ];
}

let compte = 0;

/** Un identifiant que rien d'autre ne porte dans la page : deux cahiers ouverts peuvent poser la même question. */
export function identifiantUnique() {
  compte += 1;
  return `grc-champ-${compte}`;
}
