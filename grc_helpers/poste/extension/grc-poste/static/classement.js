// @ts-check
/*
 * Le corps d'un %%classement : mêmes règles que grc_helpers/reponses/types/classement.py, sans deviner. Rien ici ne touche à la page.
 */
import { lirePropositions } from "./lettres.js";
import { sansAccents } from "./texte.js";

/** @import { Paire } from "./lettres.js" */

/**
 * Les éléments que l'énoncé donne à classer : sa liste « - … », sans les boîtes, qui ont une lettre.
 *
 * @param {string} enonce
 */
function lireElements(enonce) {
  const lignes = enonce.matchAll(/^\s*[-*+]\s+(?!\*\*[\p{L}\p{N}]\*\*)(.+)$/gmu);
  return [...lignes].map(([, texte]) =>
    texte
      .replace(/[*`]/g, "")
      .replace(/\s*[;.]\s*$/, "")
      .trim(),
  );
}

/**
 * La boîte de chaque élément, d'abord ceux de l'énoncé ; null si une ligne en cite un autre, ou ne désigne pas une boîte.
 *
 * @param {string} corps
 * @param {string[]} boites
 * @param {string} enonce  il dit ce qu'est chaque boîte et peut lister les éléments
 * @returns {Paire[] | null}
 */
export function lireClassement(corps, boites, enonce) {
  const noms = lirePropositions(enonce);
  const elements = lireElements(enonce);
  /** @type {Map<string, Paire>} */
  const paires = new Map(
    elements.map((libelle) => [sansAccents(libelle), { libelle, lettre: "" }]),
  );
  const dejaLus = new Set();
  for (const ligne of corps.split(/[\r\n]+/).filter((texte) => texte.trim())) {
    const coupee = couper(ligne.trim(), paires);
    const lettre = coupee && boiteDe(coupee.boite, boites, noms);
    if (!coupee || lettre == null) return null;
    const cle = sansAccents(coupee.libelle);
    if (dejaLus.has(cle) || (elements.length && !paires.has(cle))) return null;
    dejaLus.add(cle);
    paires.set(cle, { libelle: paires.get(cle)?.libelle ?? coupee.libelle, lettre });
  }
  return paires.size ? [...paires.values()] : null;
}

/**
 * Un élément peut contenir « : » : la coupe qui donne un élément connu, sinon la dernière.
 *
 * @param {string} ligne
 * @param {Map<string, Paire>} connus
 */
function couper(ligne, connus) {
  const coupes = [...ligne.matchAll(/\s*(?:->|→|[:=|\t])\s*/g)].reverse().map((trouve) => ({
    libelle: ligne.slice(0, trouve.index).trim(),
    boite: ligne.slice(trouve.index + trouve[0].length).trim(),
  }));
  return (
    coupes.find(({ libelle }) => connus.has(sansAccents(libelle))) ??
    coupes.find(({ libelle }) => libelle)
  );
}

/**
 * La boîte que désigne sa lettre ou son nom ; « » si rien n'est écrit, null si ce n'en est pas une.
 *
 * @param {string} ecrite
 * @param {string[]} boites
 * @param {Map<string, string>} noms
 */
function boiteDe(ecrite, boites, noms) {
  const cherchee = sansAccents(ecrite).replace(/[\s.)]+$/, "");
  if (!cherchee) return "";
  const designee = boites.find((boite) =>
    [boite, noms.get(boite) ?? boite].some((nom) => sansAccents(nom) === cherchee),
  );
  return designee ?? null;
}
