// @ts-check
/*
 * La source d'une cellule de réponse : mêmes règles que grc_helpers/reponses/cellule.py. Rien ici ne touche à la page.
 */
import { sansAccents } from "./texte.js";
import { TYPES } from "./types.js";

/** @import { NomDeType } from "./types.js" */

// Mêmes tolérances que le lecteur : lignes vides et commentaires au-dessus, espace, majuscule, accent.
const MAGIE = /^((?:[ \t]*(?:#(?!##)[^\n]*)?\n)*)[ \t\ufeff]*%%[ \t]*(\p{L}+)[ \t]*([^\n]*)(\n|$)/u;

/**
 * Ce que dit la ligne de magie, et où commence le corps.
 *
 * @typedef {object} Magie
 * @property {NomDeType} type
 * @property {string} identifiant  de la question
 * @property {string[]} arguments
 * @property {number} ligne  celle de la magie, comptée à partir de 1
 * @property {string} autour  ce qui est écrit au-dessus de la magie ou à sa suite, et que seul le texte brut montre
 * @property {string} corps
 * @property {number} debut  la place du corps dans la source
 * @property {boolean} manqueUneLigne  la cellule est réduite à sa magie : le corps s'écrira sur une ligne neuve
 */

/**
 * La ligne de magie d'une cellule ; null si ce n'est pas une cellule de réponse.
 *
 * @param {string} source
 * @returns {Magie | null}
 */
export function lireMagie(source) {
  const trouve = MAGIE.exec(source);
  if (!trouve) return null;
  const type = sansAccents(trouve[2]);
  if (!estUnType(type)) return null;
  const [identifiant = "", ...mots] = trouve[3].split(/\s+/).filter(Boolean);
  const lesArguments = mots.slice(0, TYPES[type].nombreDArguments(mots));
  return {
    type,
    identifiant,
    arguments: lesArguments,
    ligne: trouve[1].split("\n").length,
    autour: (trouve[1] + mots.slice(lesArguments.length).join(" ")).trim(),
    corps: source.slice(trouve[0].length),
    debut: trouve[0].length,
    manqueUneLigne: trouve[4] === "",
  };
}

/**
 * @param {string} mot
 * @returns {mot is NomDeType}
 */
function estUnType(mot) {
  return Object.hasOwn(TYPES, mot);
}

/**
 * Le morceau de source à remplacer pour que le corps devienne celui-ci, le plus petit possible ; null s'il l'est déjà.
 *
 * @param {string} source
 * @param {Magie} magie
 * @param {string} corps
 */
export function changement(source, magie, corps) {
  const ancien = source.slice(magie.debut);
  const nouveau = (magie.manqueUneLigne ? "\n" : "") + corps;
  if (ancien === nouveau) return null;
  const commun = Math.min(ancien.length, nouveau.length);
  let avant = 0;
  while (avant < commun && ancien[avant] === nouveau[avant]) avant++;
  if (avant && /[\ud800-\udbff]/.test(ancien[avant - 1])) avant--; // un émoji ne se coupe pas en deux
  let apres = 0;
  while (
    apres < commun - avant &&
    ancien[ancien.length - 1 - apres] === nouveau[nouveau.length - 1 - apres]
  )
    apres++;
  if (apres && /[\udc00-\udfff]/.test(ancien[ancien.length - apres])) apres--;
  return {
    debut: magie.debut + avant,
    fin: source.length - apres,
    texte: nouveau.slice(avant, nouveau.length - apres),
  };
}

/**
 * Vrai si la cellule porte une réponse type entre les repères de nbgrader : elle se lit et s'écrit comme du texte.
 *
 * @param {string} corps
 */
export function estUnCorrige(corps) {
  return (
    /^[ \t]*### BEGIN SOLUTION[ \t]*$/m.test(corps) && /^[ \t]*### END SOLUTION[ \t]*$/m.test(corps)
  );
}

/**
 * « s2_tp1_q3 » se lit « 3 », « s2_tp3_q2b2 » « 2b bis » ; « » pour un identifiant d'entraînement, qui n'est pas une question notée.
 *
 * @param {string} identifiant
 */
export function numeroDeQuestion(identifiant) {
  const numero = /(?:^|_)q(\d+\w*)$/i.exec(identifiant);
  return numero ? numero[1].replace(/(?<=[a-z])2$/i, " bis") : "";
}

/** @param {Magie} magie */
export function titreDeReponse(magie) {
  const numero = numeroDeQuestion(magie.identifiant);
  return numero ? `Votre réponse à la question ${numero}` : "Pour vous exercer (non noté)";
}
