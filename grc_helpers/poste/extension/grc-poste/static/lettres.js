// @ts-check
/*
 * Le corps d'un %%choix, d'un %%ordre ou d'un %%association : mêmes règles que grc_helpers/reponses/lettres.py
 * et types/association.py. Rien ici ne touche à la page.
 */
import { sansAccents } from "./texte.js";

/** @typedef {{ libelle: string, lettre: string }} Paire  la lettre est vide tant qu'elle n'est pas choisie */

// Les mots que le lecteur passe sans rien dire.
const MOTS_PASSES = [
  "reponse",
  "reponses",
  "et",
  "puis",
  "la",
  "les",
  "le",
  "lettre",
  "lettres",
  "choix",
];

/**
 * Les lettres écrites, dans l'ordre ; null s'il y a là autre chose qu'un formulaire ferait disparaître.
 *
 * @param {string} corps
 * @param {string[]} permises
 */
export function lireLettres(corps, permises) {
  const propositions = new Map(permises.map((lettre) => [sansAccents(lettre), lettre]));
  const mots = (sansAccents(corps).match(/[\p{L}\p{N}]+/gu) || []).filter(
    (mot) => !MOTS_PASSES.includes(mot),
  );
  const lettres = mots.flatMap((mot) => propositions.get(mot) ?? []);
  const claires = lettres.length === mots.length && new Set(lettres).size === lettres.length;
  return claires ? lettres : null;
}

/** @param {string[]} lettres */
export function ecrireLettres(lettres) {
  return lettres.join(", ");
}

/**
 * Les paires « libellé : lettre », une par ligne ; null si une ligne n'en est pas une, ou si un libellé revient.
 *
 * @param {string} corps
 * @returns {Paire[] | null}
 */
export function lirePaires(corps) {
  const lignes = corps
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .filter((ligne) => ligne.trim());
  const paires = lignes.flatMap((ligne) => {
    const trouvee = /^\s*(.+?)\s*(?::|=|->|→|\|)\s*([\p{L}\p{N}]?)[\s.)]*$/u.exec(ligne);
    return trouvee ? [{ libelle: trouvee[1], lettre: sansAccents(trouvee[2]) }] : [];
  });
  if (!lignes.length || paires.length < lignes.length) return null;
  return new Set(paires.map(({ libelle }) => libelle)).size === paires.length ? paires : null;
}

/** @param {Paire[]} paires */
export function ecrirePaires(paires) {
  return paires.map(({ libelle, lettre }) => `${libelle} : ${lettre}`.trimEnd()).join("\n");
}

/**
 * Le texte de chaque lettre, quand l'énoncé les liste sous la forme « - **a** : … ».
 *
 * @param {string} enonce
 */
export function lirePropositions(enonce) {
  const lignes = enonce.matchAll(/^\s*[-*+]\s+\*\*([\p{L}\p{N}])\*\*\s*[:.)–-]?\s*(.+)$/gmu);
  return new Map(
    [...lignes].map(([, lettre, texte]) => [sansAccents(lettre), sansMiseEnForme(texte)]),
  );
}

/** @param {string} texte */
function sansMiseEnForme(texte) {
  return texte
    .replace(/[*`]/g, "")
    .replace(/\s*[;.]\s*$/, "")
    .trim();
}

/**
 * L'énoncé demande une seule lettre : « Écrivez **une** lettre », « Une seule réponse ». Dans le doute, non : des cases à
 * cocher laissent répondre une lettre, des boutons radio n'en laisseraient pas écrire deux.
 *
 * @param {string} enonce
 */
export function uneSeuleReponse(enonce) {
  const texte = sansAccents(enonce.replace(/[*_]/g, ""));
  return /\b(une seule|(ecrivez|donnez|choisissez|cochez|indiquez) une) (lettre|reponse)\b/.test(
    texte,
  );
}
