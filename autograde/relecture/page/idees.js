// @ts-check
// La vue par idées : la question, l'idée et le groupe choisis, et comment on en change.

import { compter } from "./avancement.js";
import { LETTRES, dessinerLesIdees, dessinerUneIdee, laFinDesIdees } from "./dessin_idees.js";
import { page } from "./page.js";
import { demander } from "./serveur.js";

/** @import { GroupeDIdee, Idee, Proposition, QuestionParIdees } from "./serveur.js" */

/**
 * Une ligne que l'on choisit : un groupe, ou une copie d'un groupe ouvert.
 *
 * @typedef {{ groupe: GroupeDIdee, proposition: Proposition | null }} Ligne
 */

/**
 * Ce que dira le nombre qui suit : l'élément à qui donner, à moitié ou non ; ce qui en est déjà tapé.
 *
 * @typedef {{ donner: boolean, moitie: boolean, nombre: string }} Attente
 */

/** @returns {Attente} */
export const rienNAttend = () => ({ donner: false, moitie: false, nombre: "" });

export const etat = {
  /** @type {QuestionParIdees} */
  question: {
    question: "",
    a_relire: 0,
    relues: 0,
    gestes: 0,
    une_a_une: 0,
    entre_temps: 0,
    reponses: {},
    idees: [],
  },
  idee: 0,
  rang: 0,
  ouvert: "",
  attente: rienNAttend(),
};

/** @returns {Idee | undefined} */
export const lIdee = () => etat.question.idees.at(etat.idee);

/** @param {Idee} idee */
export const attend = (idee) => idee.groupes.some((groupe) => groupe.attend);

/** @returns {Ligne[]} */
function lesLignes() {
  return (lIdee()?.groupes ?? []).flatMap((groupe) => [
    { groupe, proposition: null },
    ...(groupe.id === etat.ouvert
      ? groupe.passages.map((proposition) => ({ groupe, proposition }))
      : []),
  ]);
}

/** @returns {Ligne | undefined} */
export const laLigne = () => lesLignes().at(etat.rang);

/** @type {(rang: number, touche?: string) => void} */
let cliquer = () => {};

/**
 * Ce que fait un clic : sur une ligne, ou sur une de ses touches.
 *
 * @param {typeof cliquer} faire
 */
export const quandOnClique = (faire) => {
  cliquer = faire;
};

// --- Naviguer -----------------------------------------------------------------------------------------------------

/**
 * Ouvre une question dans cette vue, sur la première idée qui attend.
 *
 * @param {string} identifiant
 */
export async function voirParIdees(identifiant) {
  const memeQuestion = etat.question.question === identifiant;
  etat.question = await demander(`questions/${identifiant}/idees`);
  const idee = memeQuestion ? lIdee() : undefined;
  if (!idee || !attend(idee)) etat.idee = Math.max(etat.question.idees.findIndex(attend), 0);
  choisirLeGroupe();
  dessiner();
}

/** Le premier groupe qui attend dans l'idée, ou le premier. */
function choisirLeGroupe() {
  const lignes = lesLignes();
  etat.rang = Math.max(
    lignes.findIndex(({ groupe, proposition }) => groupe.attend && !proposition),
    0,
  );
  etat.ouvert = "";
  etat.attente = rienNAttend();
}

export function dessiner() {
  const { question } = etat;
  compter(question.question, question);
  dessinerLesIdees(question, etat.idee, allerALIdee);
  const idee = lIdee();
  const fini = !question.idees.some(attend);
  if (!idee || (fini && !idee.groupes.length)) laFinDesIdees(question);
  else dessinerUneIdee(question, idee, lesLignes(), etat, cliquer);
}

/** @param {number} rang */
function allerALIdee(rang) {
  etat.idee = rang;
  choisirLeGroupe();
  dessiner();
}

/** @param {number} pas */
export function changerDIdee(pas) {
  const rang = Math.min(Math.max(etat.idee + pas, 0), etat.question.idees.length - 1);
  allerALIdee(rang);
}

/** @param {number} pas */
export function changerDeLigne(pas) {
  etat.rang = Math.min(Math.max(etat.rang + pas, 0), Math.max(lesLignes().length - 1, 0));
  etat.attente = rienNAttend();
  dessiner();
}

/**
 * Va à la ligne de cette lettre.
 *
 * @param {string} lettre
 */
export function allerALaLettre(lettre) {
  const rang = LETTRES.indexOf(lettre);
  if (rang < lesLignes().length) changerDeLigne(rang - etat.rang);
}

export function ouvrirLeGroupe() {
  const ligne = laLigne();
  if (!ligne) return;
  etat.rang = lesLignes().findIndex(({ groupe }) => groupe === ligne.groupe);
  etat.ouvert = etat.ouvert === ligne.groupe.id ? "" : ligne.groupe.id;
  if (etat.ouvert && ligne.groupe.passages.length) etat.rang += 1;
  dessiner();
}

export function renoncer() {
  etat.attente = rienNAttend();
  dessiner();
}

/** L'idée suivante qui attend, de cette question puis des autres. */
export function avancer() {
  const { idees } = etat.question;
  const apres = idees.findIndex((idee, rang) => rang > etat.idee && attend(idee));
  const suivante = apres < 0 ? idees.findIndex(attend) : apres;
  if (suivante >= 0) return allerALIdee(suivante);
  etat.idee = idees.length - 1;
  choisirLeGroupe();
  return dessiner();
}

/** @param {GroupeDIdee} groupe */
export function allerAuSuivant(groupe) {
  const lignes = lesLignes();
  const ici = lignes.findIndex((ligne) => ligne.groupe === groupe);
  const apres = lignes.findIndex((ligne, rang) => rang > ici && ligne.groupe.attend);
  const suivant = apres < 0 ? lignes.findIndex((ligne) => ligne.groupe.attend) : apres;
  if (suivant < 0) return avancer();
  etat.rang = suivant;
  dessiner();
}

/**
 * Ce que le serveur a enregistré remplace ce qui était affiché ; le choix reste sur la même proposition.
 *
 * @param {QuestionParIdees} recu
 */
export function reprendre(recu) {
  const nom = lIdee()?.nom;
  const lignes = lesLignes();
  const ligne = lignes.at(etat.rang);
  const suivantes = ligne?.proposition
    ? lignes.slice(etat.rang).flatMap(({ proposition }) => (proposition ? [proposition.id] : []))
    : (ligne?.groupe.passages ?? []).map((passage) => passage.id);
  const ouvert = ligne?.proposition ? ligne.groupe.passages.map((passage) => passage.id) : [];
  etat.question = recu;
  etat.idee = Math.max(
    recu.idees.findIndex((idee) => idee.nom === nom),
    0,
  );
  const groupes = lIdee()?.groupes ?? [];
  /** @param {string[]} identifiants */
  const celuiDe = (identifiants) =>
    groupes.find((groupe) => groupe.passages.some(({ id }) => identifiants.includes(id)));
  etat.ouvert = celuiDe(ouvert)?.id ?? "";
  const voulu = suivantes.find((id) => celuiDe([id]));
  const nouvelles = lesLignes();
  const rang = nouvelles.findIndex(({ groupe, proposition }) =>
    proposition
      ? proposition.id === voulu
      : groupe.id !== etat.ouvert && groupe.passages.some(({ id }) => id === voulu),
  );
  if (rang >= 0) etat.rang = rang;
  else choisirLeGroupe();
  dessiner();
}

page.propositions.addEventListener("dblclick", ouvrirLeGroupe);
