// @ts-check
/*
 * Le même cahier ouvert deux fois (deux onglets, un téléphone et un PC) : les réponses se réunissent une à une, depuis le dernier
 * état commun. Rien de ce qui est écrit ailleurs n'est effacé, et JupyterLab n'a rien à demander.
 */
import { lireMagie, titreDeReponse } from "./cellule.js";
import { CLE, reunirLesResultats } from "./exercices.js";
import { appliquerLesReparations } from "./reparations.js";
import { TYPES } from "./types.js";

/** @import { Suivi } from "./surete.js" */
/** @import { Textes } from "./brouillons.js" */

/** @typedef {{ id: string, ailleurs: string }} Divergence  une réponse changée des deux côtés ; ce qu'il y a de l'autre */

/**
 * Ce qu'il faut reprendre de l'autre côté, et ce qui y a été changé aussi.
 *
 * @param {Textes} commun  le dernier état que les deux côtés ont connu
 * @param {Textes} ici
 * @param {Textes} ailleurs
 * @returns {{ reprises: Textes, divergences: Divergence[] }}
 */
export function comparer(commun, ici, ailleurs) {
  /** @type {Textes} */
  const reprises = {};
  /** @type {Divergence[]} */
  const divergences = [];
  for (const [id, texte] of Object.entries(ailleurs)) {
    if (!(id in ici) || texte === commun[id] || texte === ici[id]) continue;
    if (ici[id] === commun[id]) reprises[id] = texte;
    else divergences.push({ id, ailleurs: texte });
  }
  return { reprises, divergences };
}

/**
 * Quand le fichier a changé sur le disque, JupyterLab demande en anglais s'il faut « écraser » : à la place, on réunit et on enregistre.
 *
 * @param {Suivi} suivi
 * @param {Jupyter.Contenus} contenus
 */
export function enregistrerEnsemble(suivi, contenus) {
  const { contexte } = suivi;
  // Son nom commence par un trait bas : JupyterLab n'en offre pas d'autre. S'il change, sa question revient, et un essai échoue.
  contexte._raiseConflict = async (_, options) => {
    const { path } = contexte;
    const disque = await contenus.get(path, { type: "notebook", content: true });
    reunir(suivi, disque.content);
    const ecrit = await contenus.save(path, { ...options, content: contexte.model.toJSON() });
    const { hash, hash_algorithm } = await contenus.get(path, { content: false, hash: true });
    return { ...ecrit, hash, hash_algorithm };
  };
}

/**
 * @param {Suivi} suivi
 * @param {Jupyter.CahierDuFichier} disque
 */
function reunir(suivi, disque) {
  const { brouillon, bandeau } = suivi;
  const { reprises, divergences } = comparer(
    brouillon.enregistres,
    brouillon.textes(),
    textes(disque),
  );
  brouillon.ecrire(reprises);
  appliquerLesReparations(suivi.panneau, ajoutees(suivi, disque));
  if (suivi.panneau.model) reunirLesResultats(suivi.panneau.model, disque.metadata?.[CLE] ?? {});
  suivi.enregistrementCommence();
  const nombre = Object.keys(reprises).length;
  if (nombre)
    bandeau.dire(
      `Ce cahier est ouvert ailleurs : ${nombre > 1 ? `${nombre} réponses écrites là-bas sont` : "une réponse écrite là-bas est"} reprise${nombre > 1 ? "s" : ""} ici.`,
    );
  for (const divergence of divergences) choisir(suivi, divergence);
}

/**
 * Les cellules que l'autre côté a ajoutées : inconnues d'ici, et qui ne sont pas effacées d'ici.
 *
 * @param {Suivi} suivi
 * @param {Jupyter.CahierDuFichier} disque
 */
function ajoutees({ panneau, brouillon }, disque) {
  const presentes = panneau.content.widgets.map((cellule) => cellule.model.id);
  return disque.cells
    .map((cellule, rang) => ({ rang, cellule }))
    .filter(({ cellule: { id } }) => !presentes.includes(id) && !(id in brouillon.enregistres));
}

/**
 * Une réponse changée des deux côtés : celle d'ici reste à sa place, l'autre est montrée et gardée dans les versions.
 *
 * @param {Suivi} suivi
 * @param {Divergence} divergence
 */
function choisir({ brouillon, bandeau }, { id, ailleurs }) {
  const magie = lireMagie(ailleurs);
  const titre = magie ? titreDeReponse(magie) : "Une cellule";
  const corps = (magie ? magie.corps : ailleurs).trim() || "(rien)";
  /** @type {[string, () => void][]} */
  const choix = [
    ["Garder celle d’ici", () => {}],
    ["Prendre l’autre", () => brouillon.ecrire({ [id]: ailleurs })],
  ];
  if (magie && TYPES[magie.type].phrases)
    choix.push([
      "Garder les deux",
      () => brouillon.ecrire({ [id]: `${brouillon.textes()[id].trimEnd()}\n\n${corps}` }),
    ]);
  bandeau.dire(
    `${titre} a aussi été changée ailleurs : « ${corps} ». Elle est dans « Versions ».`,
    choix,
  );
}

/** @param {Jupyter.CahierDuFichier} disque */
function textes(disque) {
  return Object.fromEntries(
    disque.cells
      .filter(({ cell_type, metadata }) => cell_type === "code" && metadata.editable !== false)
      .map(({ id, source }) => [id, Array.isArray(source) ? source.join("") : source]),
  );
}
