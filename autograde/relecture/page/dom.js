// @ts-check
// Fabriquer un élément de page en une ligne.

/**
 * creer("li", { class: "discret" }, enfants…) : textes ou éléments. Un texte n'est jamais lu comme du HTML.
 *
 * @template {keyof HTMLElementTagNameMap} B
 * @param {B} balise
 * @param {Record<string, string | number>} [attributs]
 * @param {...(Node | string)} enfants
 */
export function creer(balise, attributs = {}, ...enfants) {
  const element = document.createElement(balise);
  for (const [nom, valeur] of Object.entries(attributs)) element.setAttribute(nom, String(valeur));
  element.append(...enfants);
  return element;
}
