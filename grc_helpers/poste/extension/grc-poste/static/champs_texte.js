// @ts-check
/*
 * Les réponses tapées d'un seul tenant : prose et nombre.
 *
 * La prose s'écrit dans un vrai champ de texte et non dans l'éditeur de code dont on masquerait la magie. Le champ n'a que
 * la réponse : Tout sélectionner puis Effacer, un collage ou un retour arrière au début ne peuvent pas abîmer la magie. Il
 * a aussi, sans rien ajouter, Tab pour sortir, l'annulation du navigateur, et ses corrections au clic droit.
 */
import { creer, identifiantUnique } from "./dom.js";

const EN_FRANCAIS = { spellcheck: "true", lang: "fr", autocomplete: "off", autocorrect: "on" };

/** @import { Champ, OutilsDuChamp, TypeDeReponse } from "./types.js" */

/** @type {TypeDeReponse} */
export const reponse = { nombreDArguments: () => 0, champ: champProse, phrases: true };

/** @type {TypeDeReponse} */
export const nombre = {
  /** L'unité, si ce n'est pas déjà le nombre. */
  nombreDArguments: ([premier]) => (premier && !/\d/.test(premier) ? 1 : 0),
  champ: champNombre,
};

/**
 * @param {OutilsDuChamp} outils
 * @returns {Champ}
 */
function champProse({ titre, ecrire }) {
  const id = identifiantUnique();
  const zone = creer("textarea", {
    id,
    class: "grc-prose",
    rows: 6,
    ...EN_FRANCAIS,
    autocapitalize: "sentences",
  });
  const compteur = creer("span", { class: "grc-compteur" });
  zone.addEventListener("input", () => ecrire(zone.value));
  return {
    element: creer("div", {}, creer("label", { for: id, class: "grc-titre" }, titre), zone),
    pied: compteur,
    premier: () => zone,
    afficher({ corps }) {
      poserLaValeur(zone, corps.replace(/\r\n?/g, "\n"));
      compteur.textContent = compterLesMots(corps);
      return true;
    },
  };
}

/**
 * Le même compte que l'écho sous la cellule.
 *
 * @param {string} texte
 */
function compterLesMots(texte) {
  const mots = texte.split(/\s+/).filter(Boolean).length;
  return `${mots} mot${mots > 1 ? "s" : ""}`;
}

/**
 * @param {OutilsDuChamp} outils
 * @returns {Champ}
 */
function champNombre({ titre, magie, ecrire }) {
  const id = identifiantUnique();
  const zone = creer("input", {
    id,
    type: "text",
    class: "grc-nombre",
    ...EN_FRANCAIS,
    autocapitalize: "off",
  });
  zone.addEventListener("input", () => ecrire(zone.value));
  const unite = magie.arguments[0] || "";
  if (unite) zone.setAttribute("aria-describedby", `${id}-unite`);
  const ligne = creer(
    "div",
    { class: "grc-ligne-nombre" },
    zone,
    creer("span", { id: `${id}-unite` }, unite),
  );
  return {
    element: creer("div", {}, creer("label", { for: id, class: "grc-titre" }, titre), ligne),
    premier: () => zone,
    afficher({ corps }) {
      const lignes = corps.split(/[\r\n]+/).filter((texte) => texte.trim());
      if (lignes.length > 1) return false;
      poserLaValeur(zone, lignes[0] || "");
      return true;
    },
  };
}

/**
 * Ne touche au champ que s'il diffère : le curseur de celui qui tape ne bouge pas.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} zone
 * @param {string} valeur
 */
function poserLaValeur(zone, valeur) {
  if (zone.value !== valeur) zone.value = valeur;
}
