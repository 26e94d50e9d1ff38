// @ts-check
/*
 * Les types de réponse, les mêmes que dans grc_helpers/reponses/types. Chacun dit ce qu'il lit sur la ligne de magie et
 * bâtit le champ qui montre sa réponse. En ajouter un : un module à côté, une ligne ici.
 */
import { association } from "./champ_association.js";
import { choix } from "./champ_choix.js";
import { classement } from "./champ_classement.js";
import { ordre } from "./champ_ordre.js";
import { croisement, tableau } from "./champ_tableau.js";
import { nombre, reponse } from "./champs_texte.js";

/** @import { Magie } from "./cellule.js" */

/**
 * @typedef {keyof typeof TYPES} NomDeType
 *
 * @typedef {object} TypeDeReponse
 * @property {(mots: string[]) => number} nombreDArguments  combien des mots qui suivent l'identifiant font partie de la magie
 * @property {(outils: OutilsDuChamp) => Champ} champ
 * @property {boolean} [phrases]  la réponse est faite de phrases
 * @property {boolean} [reprend]  le champ montre toutes les propositions de l'énoncé, qui n'a plus à les lister
 *
 * @typedef {object} OutilsDuChamp  ce que le formulaire donne à son champ
 * @property {string} titre
 * @property {Magie} magie  telle qu'elle était quand le champ a été bâti : son type et ses arguments valent, pas son corps
 * @property {string} enonce
 * @property {(corps: string) => void} ecrire  met ce corps dans la source
 * @property {(texte: string) => void} dire  le montre sous le champ, et l'annonce aux lecteurs d'écran
 *
 * @typedef {object} Champ
 * @property {HTMLElement} element
 * @property {HTMLElement} [pied]  ce qui se range sous le champ
 * @property {() => HTMLElement | null | undefined} premier  où va le clavier quand on entre dans le champ
 * @property {(cases: [ligne: string, colonne: string][]) => void} [marquer]  montre les cases à reprendre, et elles seules
 * @property {(magie: Magie) => boolean} afficher  montre cette réponse ; faux si le champ ne sait pas la montrer en entier
 */

export const TYPES = {
  reponse,
  nombre,
  tableau,
  croisement,
  choix,
  ordre,
  association,
  classement,
};
