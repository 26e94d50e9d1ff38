// @ts-check
/* Le serveur répare le fichier en l'enregistrant (reparation.py) ; la page montre les mêmes cellules, sans être rechargée. */

import { lireMagie } from "./cellule.js";

const PROTECTIONS = ["nbgrader", "deletable", "editable", "grc_suite"];

/** @import { CelluleReparee } from "./serveur.js" */

/**
 * @param {Jupyter.Panneau} panneau
 * @param {CelluleReparee[]} touchees
 */
export function appliquerLesReparations(panneau, touchees) {
  const modele = panneau.content.model;
  if (!modele) return;
  for (const { rang, cellule } of touchees) {
    const place = [...modele.cells].findIndex((presente) => presente.id === cellule.id);
    if (place < 0) {
      inserer(modele, Math.min(rang, modele.cells.length), cellule);
    } else if (modele.cells.get(place).type !== cellule.cell_type) {
      modele.sharedModel.deleteCell(place);
      inserer(modele, place, cellule);
    } else {
      accorder(modele.cells.get(place), cellule);
    }
  }
}

/**
 * @param {Jupyter.ModeleDuCahier} modele
 * @param {number} rang
 * @param {Jupyter.CelluleDuFichier} cellule
 */
function inserer(modele, rang, cellule) {
  modele.sharedModel.insertCell(rang, { ...cellule, source: texte(cellule) });
}

/**
 * @param {Jupyter.ModeleDeCellule} presente
 * @param {Jupyter.CelluleDuFichier} cellule
 */
function accorder(presente, cellule) {
  for (const cle of PROTECTIONS) {
    const voulue = cellule.metadata[cle];
    if (voulue === undefined) presente.deleteMetadata(cle);
    else if (JSON.stringify(presente.getMetadata(cle)) !== JSON.stringify(voulue))
      presente.setMetadata(cle, voulue);
  }
  const ecrit = presente.sharedModel.getSource();
  const magieRemise = !lireMagie(ecrit) && lireMagie(texte(cellule));
  if ((cellule.metadata.nbgrader?.locked || magieRemise) && ecrit !== texte(cellule))
    presente.sharedModel.setSource(texte(cellule));
}

/** @param {Jupyter.CelluleDuFichier} cellule */
function texte(cellule) {
  return Array.isArray(cellule.source) ? cellule.source.join("") : cellule.source;
}
