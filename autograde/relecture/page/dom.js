// Trouver un élément de la page, en fabriquer un.

export const ici = (identifiant) => document.getElementById(identifiant);

/** creer("li", { class: "discret" }, enfants…) : textes ou éléments. Un texte n'est jamais lu comme du HTML. */
export function creer(balise, attributs = {}, ...enfants) {
  const element = document.createElement(balise);
  for (const [nom, valeur] of Object.entries(attributs)) element.setAttribute(nom, valeur);
  element.append(...enfants);
  return element;
}
