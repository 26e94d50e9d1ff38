// @ts-check
// La vue par réponses : la question ouverte, la réponse montrée, et ce que fait chaque geste.

import {
  compter as compterLaQuestion,
  dire,
  ouvrirLaQuestion,
  quelqueChoseEstRelu,
  suivanteARelire,
  toutEstFait,
} from "./avancement.js";
import { ouvrirLaBanque } from "./banque.js";
import {
  CREDITS,
  dessiner,
  dessinerLAvancement,
  dessinerLaFin,
  dessinerLaNotation,
  dessinerLaQuestion,
} from "./dessin.js";
import { aLeClavier, boutonsDesElements, page } from "./page.js";
import { demander, envoyer } from "./serveur.js";

/** @import { Credit, Groupe, Question } from "./serveur.js" */

/** @type {Record<Credit, Credit>} */
const SUIVANT = { 0: 0.5, 0.5: 1, 1: 0 };
/** @type {Credit} le premier appui sur un élément dont la machine ne sait rien */
const PREMIER = 0.5;
const DEFILEMENT = 120; // pixels

const seance = {
  /** @type {Question} celle qui est ouverte */
  question: { id: "", enonce: "", corrige: { texte: "", cases: [] }, groupes: [] },
  /** @type {Groupe[]} ceux que l'on parcourt */
  montres: [],
  rang: 0,
};

/** Le groupe montré ; rien après le dernier. */
const courant = () => seance.montres.at(seance.rang);

/**
 * Ouvre une question dans cette vue, sur une réponse s'il en est dit une.
 *
 * @param {string} identifiant
 * @param {string} [reponse]
 */
export async function voirParReponses(identifiant, reponse) {
  seance.question = await demander(`questions/${identifiant}`);
  dessinerLaQuestion(seance.question);
  choisirLesReponses(reponse);
}

/**
 * Les réponses à parcourir : celles qui attendaient à l'ouverture de la question, ou toutes.
 *
 * @param {string} [voulue]  celle qu'il faut montrer, même si elle n'attend plus
 */
export function choisirLesReponses(voulue) {
  const { groupes } = seance.question;
  seance.montres = page.toutes.checked
    ? groupes
    : groupes.filter((groupe) => groupe.a_relire || groupe.id === voulue);
  const rang = seance.montres.findIndex((groupe) => groupe.id === voulue);
  seance.rang = Math.max(rang, 0);
  montrer();
}

function montrer() {
  compter();
  boutonsDesElements().find(aLeClavier)?.blur();
  const groupe = courant();
  document.body.classList.toggle("fini", !groupe);
  if (groupe) dessiner(groupe, seance.rang + 1, seance.montres.length);
  else dessinerLaFin(...laFin());
  page.gauche.scrollTop = page.elements.scrollTop = 0;
}

function compter() {
  const { id, groupes } = seance.question;
  compterLaQuestion(id, {
    a_relire: groupes.filter((groupe) => groupe.a_relire).length,
    relues: groupes.filter((groupe) => groupe.relue).length,
  });
  dessinerLAvancement(seance.montres);
}

/** @returns {[titre: string, suite: string]} */
function laFin() {
  const passees = seance.montres.filter((groupe) => groupe.a_relire).length;
  if (passees) {
    return [
      passees > 1 ? `${passees} réponses passées` : "1 réponse passée",
      "Entrée : revenir à la première qui attend.",
    ];
  }
  if (!toutEstFait()) {
    return [
      "Cette question n'attend plus rien",
      "Entrée : ouvrir la question suivante à relire. Pour revoir les réponses sûres, cochez « Montrer aussi les réponses sûres ».",
    ];
  }
  return [
    quelqueChoseEstRelu() ? "Tout est relu" : "Rien n'attend de relecture",
    "Tout est enregistré dans le carnet. Fermez cette page, puis arrêtez « grc relire » par Ctrl + C ; suite : grc retours, grc notes.",
  ];
}

/** @param {number} pas */
export function aller(pas) {
  seance.rang = Math.min(Math.max(seance.rang + pas, 0), seance.montres.length);
  montrer();
}

/** La réponse suivante qui attend, puis celles qu'on a sautées ; à la fin, la question suivante qui en a. */
async function avancer() {
  const apres = seance.montres.findIndex(
    (groupe, rang) => rang > seance.rang && (groupe.a_relire || page.toutes.checked),
  );
  const suivante = apres < 0 ? seance.montres.findIndex((groupe) => groupe.a_relire) : apres;
  seance.rang = suivante < 0 ? seance.montres.length : suivante;
  if (seance.rang < seance.montres.length) return montrer();
  compter();
  const prochaine = suivanteARelire(seance.question.id);
  return prochaine ? ouvrirLaQuestion(prochaine.id) : montrer();
}

// --- Décider ------------------------------------------------------------------------------------------------------

/**
 * Envoie un geste sur un groupe ; ce que le serveur a enregistré remplace ce qui était affiché.
 *
 * @param {Groupe} groupe
 * @param {"element" | "tout" | "valider" | "note" | "commentaire"} geste
 * @param {Record<string, string>} envoi
 */
function faire(groupe, geste, envoi) {
  const avant = { a_relire: groupe.a_relire, relue: groupe.relue };
  envoyer({
    groupe: groupe.id,
    chemin: `groupes/${groupe.id}/${geste}`,
    envoi,
    suivi: dire,
    dit: (recu) =>
      `Enregistré : ${recu.points === null ? "pas encore de note" : `${recu.points} / ${recu.maximum}`}`,
    fait(recu, encore) {
      if (encore) return;
      Object.assign(groupe, recu);
      if (groupe === courant()) dessiner(groupe, seance.rang + 1, seance.montres.length);
      compter();
    },
    async refuse() {
      Object.assign(groupe, avant);
      await relireLeServeur(groupe);
    },
  });
}

/**
 * Après un refus, ce qui est affiché redevient ce qui est enregistré, et la réponse refusée revient à l'écran.
 *
 * @param {Groupe} groupe
 */
async function relireLeServeur(groupe) {
  if (!seance.question.groupes.includes(groupe)) return;
  /** @type {Question} */
  const { groupes } = await demander(`questions/${seance.question.id}`);
  Object.assign(
    groupe,
    groupes.find((autre) => autre.id === groupe.id),
  );
  seance.rang = Math.max(seance.montres.indexOf(groupe), 0);
  montrer();
}

/** @param {number} rang */
export function basculer(rang) {
  const groupe = courant();
  const element = groupe?.elements[rang - 1];
  if (!groupe || !element) return;
  const passage = surligne();
  const credit = passage ? 1 : element.credit === null ? PREMIER : SUIVANT[element.credit];
  Object.assign(element, { credit, passage, motif: "" });
  dessinerLaNotation(groupe);
  getSelection()?.removeAllRanges();
  dire("attente", `Élément ${rang} : ${CREDITS[credit].mot}`);
  faire(groupe, "element", { nom: element.nom, credit: String(credit), passage });
}

/**
 * Le même crédit à tous les éléments.
 *
 * @param {Credit} credit
 */
export function donnerATout(credit) {
  const groupe = courant();
  if (!groupe?.elements.length) return;
  for (const element of groupe.elements) element.credit = credit;
  dessinerLaNotation(groupe);
  faire(groupe, "tout", { credit: String(credit) });
}

/** Les mots que le formateur a surlignés dans la réponse. */
function surligne() {
  const choisi = getSelection();
  return choisi?.anchorNode && page.reponse.contains(choisi.anchorNode)
    ? choisi.toString().trim()
    : "";
}

export function valider() {
  const groupe = courant();
  if (!groupe) return avancer();
  if (groupe.points === null && !groupe.elements.length) {
    dire("erreur", "Donnez d'abord une note à cette réponse");
    return page.note.focus();
  }
  Object.assign(groupe, { a_relire: false, relue: true });
  faire(groupe, "valider", {});
  return avancer();
}

export function noter() {
  const groupe = courant();
  const saisie = page.note.value.trim();
  if (!groupe || saisie === (groupe.points ?? "")) return;
  groupe.points = saisie || groupe.calculee;
  faire(groupe, "note", { points: saisie });
}

export function commenter() {
  const groupe = courant();
  if (!groupe) return;
  ouvrirLaBanque(seance.question.id, groupe.commentaire, (texte, banque) => {
    groupe.commentaire = texte;
    faire(groupe, "commentaire", { texte });
    if (banque) envoyer({ ...banque, groupe: "", suivi: dire, fait() {}, refuse() {} });
  });
}

/** Revenir à la note enregistrée, sans rien changer. */
export const oublierLaSaisie = () => {
  page.note.value = courant()?.points ?? "";
};

/** @param {-1 | 1} sens */
export const defiler = (sens) => page.gauche.scrollBy(0, sens * DEFILEMENT);
