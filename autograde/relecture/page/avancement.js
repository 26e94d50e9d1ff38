// @ts-check
// Où en est la relecture : les questions du devoir, ce qui y reste, et ce que la page dit du dernier geste.

import { creer } from "./dom.js";
import { page } from "./page.js";
import { demander } from "./serveur.js";

/** @import { Geste, Questions, ResumeDeQuestion } from "./serveur.js" */

/** @type {ResumeDeQuestion[]} */
let questions = [];

/** @type {(identifiant: string) => Promise<void>} */
let ouvrir = async () => {};

/**
 * Ce qu'il faut faire pour ouvrir une question, dans la vue choisie.
 *
 * @param {typeof ouvrir} faire
 */
export const quandOnOuvre = (faire) => {
  ouvrir = faire;
};

/** @param {string} identifiant */
export const ouvrirLaQuestion = (identifiant) => ouvrir(identifiant);

/** @type {Geste["suivi"]} */
export function dire(sorte, message) {
  page.etat.dataset.sorte = sorte;
  page.etat.textContent = message;
}

/**
 * @param {number} nombre
 * @param {string} mot
 */
export const pluriel = (nombre, mot) => `${nombre} ${mot}${nombre > 1 ? "s" : ""}`;

/** Lit les questions du devoir. Renvoie la première à relire. */
export async function lireLesQuestions() {
  /** @type {Questions} */
  const recu = await demander("questions");
  questions = recu.questions;
  page.devoir.textContent = recu.devoir;
  document.title = `Relecture : ${recu.devoir}`;
  page.question.replaceChildren(
    ...questions.map((question) => creer("option", { value: question.id }, "")),
  );
  nommer();
  return (questions.find((question) => question.a_relire) ?? questions[0]).id;
}

/** @param {string} identifiant */
export const resume = (identifiant) => questions.find((question) => question.id === identifiant);

/**
 * La question suivante qui attend, dans l'ordre, celle-ci exceptée.
 *
 * @param {string} identifiant
 */
export function suivanteARelire(identifiant) {
  const debut = questions.findIndex((question) => question.id === identifiant) + 1;
  const ordre = [...questions.slice(debut), ...questions.slice(0, debut)];
  return ordre.find((question) => question.a_relire && question.id !== identifiant);
}

/** Plus rien n'attend, nulle part. */
export const toutEstFait = () => questions.every((question) => !question.a_relire);

/** Quelqu'un a relu quelque chose. */
export const quelqueChoseEstRelu = () => questions.some((question) => question.relues);

/**
 * Ce qui reste à une question. ``gestes`` : à peu près ; sans lui, il diminue comme le nombre de réponses.
 *
 * @param {string} identifiant
 * @param {{ a_relire: number, relues: number, gestes?: number }} reste
 */
export function compter(identifiant, { a_relire, relues, gestes }) {
  const question = resume(identifiant);
  if (!question) return;
  const part = question.a_relire ? a_relire / question.a_relire : 1;
  question.gestes = gestes ?? Math.max(Math.round(question.gestes * part), a_relire ? 1 : 0);
  question.a_relire = a_relire;
  question.relues = relues;
  nommer();
  direLeRecalage(identifiant);
}

/**
 * Ce que les décisions prises disent de la certitude de la machine à cette question. Sans réponse du serveur, la phrase d'avant reste.
 *
 * @param {string} identifiant
 */
async function direLeRecalage(identifiant) {
  try {
    const { phrase } = await demander(`questions/${identifiant}/recalage`);
    if (page.question.value === identifiant) page.recalage.textContent = phrase;
  } catch {
    // Le prochain geste dira que le serveur ne répond pas, et le redemandera.
  }
}

function nommer() {
  questions.forEach((question, rang) => {
    const faite = question.relues ? "faite" : "sûre";
    const reste = question.a_relire ? `${question.a_relire} à relire` : faite;
    page.question.options[rang].textContent = `${reste} · ${question.titre}`;
  });
  const reponses = questions.reduce((somme, question) => somme + question.a_relire, 0);
  const gestes = questions.reduce((somme, question) => somme + question.gestes, 0);
  page.total.textContent = reponses
    ? `En tout : ${pluriel(reponses, "réponse")}, environ ${pluriel(gestes, "geste")}`
    : "";
}
