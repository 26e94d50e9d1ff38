// @ts-check
/*
 * Le corps d'un %%tableau : mêmes règles que grc_helpers/reponses/tableaux.py. Une barre écrite dans une case devient
 * « \| » ; le lecteur la rend. Rien ici ne touche à la page.
 */
import { sansAccents } from "./texte.js";

/**
 * @typedef {object} Grille  un tableau ; chaque ligne a autant de cases que l'entête a de noms de colonnes
 * @property {string[]} entete  le coin, puis les noms de colonnes
 * @property {{ libelle: string, cases: string[] }[]} lignes
 */

const LARGEUR_ALIGNEE = 40; // au-delà, aligner les barres ne ferait qu'allonger le fichier
const RESSEMBLE_A_UN_NOMBRE = /^[\s\d.,%€+−-]*\d[\s\d.,%€+−-]*$/;

/**
 * Ce qu'une case garde de ce qui est tapé : le lecteur retire les blancs du bord, une ligne ne contient pas de saut.
 *
 * @param {string} texte
 */
export function nettoyer(texte) {
  return texte.replace(/[\t\r\n]+/g, " ").replace(/^[ \u00a0\u202f]+|[ \u00a0\u202f]+$/g, "");
}

/**
 * Les noms de colonnes et les lignes d'un tableau ; null si ce texte ne tient pas dans une grille, sans rien perdre.
 *
 * @param {string} corps
 * @returns {Grille | null}
 */
export function lireGrille(corps) {
  const lignes = corps
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .filter((ligne) => ligne.trim());
  const utiles = lignes.filter((ligne) => !/^[\s|:-]*-{2,}[\s|:-]*$/.test(ligne));
  const encadre = utiles.length > 0 && utiles.every((ligne) => ligne.trimStart().startsWith("|"));
  const rangees = utiles.map((ligne) => decouper(encadre ? ligne.trimStart().slice(1) : ligne));
  if (rangees.length < 2) return null;
  const entete = sansVidesALaFin(rangees[0]);
  if (entete.length < 2 || entete.slice(1).some((nom) => !nom || RESSEMBLE_A_UN_NOMBRE.test(nom)))
    return null;
  const grille = {
    entete,
    lignes: rangees
      .slice(1)
      .map(([libelle, ...cases]) => ({ libelle, cases: sansVidesALaFin(cases) })),
  };
  if (grille.lignes.some(({ libelle, cases }) => !libelle || cases.length > entete.length - 1))
    return null;
  // Une ligne sans séparateur n'est pas une ligne de tableau : c'est une phrase que le stagiaire a écrite là.
  if (rangees.some((cases) => cases.length < 2)) return null;
  for (const ligne of grille.lignes)
    while (ligne.cases.length < entete.length - 1) ligne.cases.push("");
  return grille;
}

/** @param {string} ligne */
function decouper(ligne) {
  const separateur = /[|\t]/.test(ligne) ? /\t|(?<!\\)\|/ : ";";
  return ligne.split(separateur).map((texte) => nettoyer(texte).replaceAll("\\|", "|"));
}

/** @param {string[]} cases */
function sansVidesALaFin(cases) {
  const dernier = cases.findLastIndex((texte) => texte !== "");
  return cases.slice(0, dernier + 1);
}

/**
 * Le tableau tel qu'on le taperait, barres alignées ; « lireGrille » le rend à l'identique.
 *
 * @param {Grille} grille
 */
export function ecrireGrille({ entete, lignes }) {
  const rangees = [entete, ...lignes.map(({ libelle, cases }) => [libelle, ...cases])].map(
    (cases) => cases.map((texte) => nettoyer(texte).replaceAll("|", "\\|")),
  );
  const largeurs = entete.map((_, rang) =>
    Math.min(LARGEUR_ALIGNEE, Math.max(...rangees.map((cases) => cases[rang].length))),
  );
  return rangees
    .map((cases) =>
      cases
        .map((texte, rang) => texte.padEnd(largeurs[rang]))
        .join(" | ")
        .trimEnd(),
    )
    .join("\n");
}

/**
 * Les cases d'un collage venu d'un tableur ; null si c'est un simple texte. Une case sur plusieurs lignes arrive entre guillemets.
 *
 * @param {string} texte
 */
export function lireCollage(texte) {
  const propre = texte.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  if (!/[\t\n]/.test(propre)) return null;
  /** @type {string[][]} */
  const rangees = [[]];
  for (const [, cite, nu, fin] of propre.matchAll(
    /(?:"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*))(\t|\n|$)/g,
  )) {
    rangees[rangees.length - 1].push(
      nettoyer(cite === undefined ? nu : cite.replaceAll('""', '"')),
    );
    if (fin === "") break;
    if (fin === "\n") rangees.push([]);
  }
  return rangees;
}

/**
 * Pose un bloc collé à partir d'une case. Un bloc qui porte les libellés du tableau se range d'après eux ; les autres se
 * posent case à case. Renvoie la grille, et ce qui n'y a pas trouvé de place.
 *
 * @param {Grille} grille
 * @param {string[][]} bloc
 * @param {number} ligne
 * @param {number} colonne
 */
export function poser(grille, bloc, ligne, colonne) {
  const noms = grille.entete.slice(1).map(sansAccents);
  const libelles = grille.lignes.map(({ libelle }) => sansAccents(libelle));
  /** @type {(connus: string[], texte: string) => number} */
  const rangDe = (connus, texte) => connus.indexOf(sansAccents(texte));
  const titree = bloc[0].length > 1 && bloc[0].slice(1).every((nom) => rangDe(noms, nom) >= 0);
  const rangees = titree ? bloc.slice(1) : bloc;
  const etiquetee =
    rangees.length > 0 &&
    rangees.every((cases) => cases.length > 1 && rangDe(libelles, cases[0]) >= 0);
  const nouvelle = {
    ...grille,
    lignes: grille.lignes.map(({ libelle, cases }) => ({ libelle, cases: [...cases] })),
  };
  /** @type {string[]} */
  const laisses = [];
  (etiquetee ? rangees : bloc).forEach((cases, i) => {
    (etiquetee ? cases.slice(1) : cases).forEach((texte, j) => {
      const l = etiquetee ? rangDe(libelles, cases[0]) : ligne + i;
      const c = !etiquetee ? colonne + j : titree ? rangDe(noms, bloc[0][j + 1] ?? "") : j;
      if (nouvelle.lignes[l]?.cases[c] !== undefined) nouvelle.lignes[l].cases[c] = texte;
      else if (texte) laisses.push(texte);
    });
  });
  return { grille: nouvelle, laisses };
}
