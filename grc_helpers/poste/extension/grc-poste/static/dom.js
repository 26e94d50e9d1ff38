/* Fabriquer un élément de page en une ligne. */

/**
 * creer("input", { type: "radio", onchange: … }, enfants…) ; un attribut faux ou absent n'est pas posé, un enfant vide est
 * passé.
 */
export function creer(balise, attributs = {}, ...enfants) {
  const element = document.createElement(balise);
  for (const [nom, valeur] of Object.entries(attributs)) {
    if (nom.startsWith("on")) element.addEventListener(nom.slice(2), valeur);
    else if (valeur === true) element.setAttribute(nom, "");
    else if (valeur !== false && valeur != null) element.setAttribute(nom, valeur);
  }
  element.append(...enfants.filter((enfant) => enfant != null && enfant !== ""));
  return element;
}

export function bouton(texte, onclick, classe = "") {
  return creer("button", { type: "button", class: `grc-bouton ${classe}`.trim(), onclick }, texte);
}

/** La part de ce qui est fait, d'un coup d'œil ; le texte voisin la dit aux lecteurs d'écran. */
export function jauge({ faites, total }) {
  return creer("progress", { max: total, value: faites, "aria-hidden": "true" });
}

/** Les morceaux qui ont quelque chose à dire, séparés d'un point. */
export function enUneLigne(...morceaux) {
  return morceaux.filter(Boolean).join(" · ");
}

/** La lettre, et ce qu'elle désigne si l'énoncé le dit. */
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
