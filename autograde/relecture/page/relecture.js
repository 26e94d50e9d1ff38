// @ts-check
// La séance : la question ouverte, la réponse montrée, et ce que fait chaque touche.

import { ouvrirLaBanque } from "./banque.js";
import {
  CREDITS,
  dessiner,
  dessinerLAvancement,
  dessinerLaFin,
  dessinerLaNotation,
  dessinerLaQuestion,
} from "./dessin.js";
import { creer } from "./dom.js";
import { aLeClavier, boutonsDesElements, page } from "./page.js";
import { demander, envoyer } from "./serveur.js";

/** @import { Credit, Geste, Groupe, Question, Questions, ResumeDeQuestion } from "./serveur.js" */

/** @type {Record<Credit, Credit>} */
const SUIVANT = { 0: 0.5, 0.5: 1, 1: 0 };
const DEFILEMENT = 120; // pixels

const seance = {
  /** @type {ResumeDeQuestion[]} */
  questions: [],
  /** @type {Question} celle qui est ouverte */
  question: { id: "", enonce: "", corrige: { texte: "", cases: [] }, groupes: [] },
  /** @type {Groupe[]} ceux que l'on parcourt */
  montres: [],
  rang: 0,
};

/** Le groupe montré ; rien après le dernier. */
const courant = () => seance.montres.at(seance.rang);

/** @type {Geste["suivi"]} */
function dire(sorte, message) {
  page.etat.dataset.sorte = sorte;
  page.etat.textContent = message;
}

// --- Naviguer -----------------------------------------------------------------------------------------------------

async function ouvrir() {
  /** @type {Questions} */
  const recu = await demander("questions");
  seance.questions = recu.questions;
  page.devoir.textContent = recu.devoir;
  document.title = `Relecture : ${recu.devoir}`;
  page.question.replaceChildren(
    ...recu.questions.map((question) => creer("option", { value: question.id }, "")),
  );
  nommerLesQuestions();
  await ouvrirLaQuestion(
    (recu.questions.find((question) => question.a_relire) ?? recu.questions[0]).id,
  );
  dire("ok", "Tout s'enregistre");
}

function nommerLesQuestions() {
  seance.questions.forEach((question, rang) => {
    const reste = question.a_relire ? `${question.a_relire} à relire` : "relue";
    page.question.options[rang].textContent = `${reste} · ${question.titre}`;
  });
}

/** @param {string} identifiant */
async function ouvrirLaQuestion(identifiant) {
  seance.question = await demander(`questions/${identifiant}`);
  page.question.value = identifiant;
  dessinerLaQuestion(seance.question);
  choisirLesReponses();
}

/** Les réponses à parcourir : celles qui attendaient à l'ouverture de la question, ou toutes. */
function choisirLesReponses() {
  const { groupes } = seance.question;
  seance.montres = page.toutes.checked ? groupes : groupes.filter((groupe) => groupe.a_relire);
  seance.rang = 0;
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
  const restent = seance.question.groupes.filter((groupe) => groupe.a_relire);
  const resume = seance.questions.find((question) => question.id === seance.question.id);
  if (resume) resume.a_relire = restent.length;
  nommerLesQuestions();
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
  if (seance.questions.some((question) => question.a_relire)) {
    return [
      "Cette question n'attend plus rien",
      "Entrée : ouvrir la question suivante à relire. Pour revoir les réponses sûres, cochez « Montrer aussi les réponses sûres ».",
    ];
  }
  return [
    "Tout est relu",
    "Tout est enregistré dans le carnet. Fermez cette page, puis arrêtez « grc relire » par Ctrl + C ; suite : grc retours, grc notes.",
  ];
}

/** @param {number} pas */
function aller(pas) {
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
  const debut = seance.questions.findIndex((question) => question.id === seance.question.id) + 1;
  const ordre = [...seance.questions.slice(debut), ...seance.questions.slice(0, debut)];
  const prochaine = ordre.find((question) => question.a_relire);
  return prochaine && prochaine.id !== seance.question.id
    ? ouvrirLaQuestion(prochaine.id)
    : montrer();
}

// --- Décider ------------------------------------------------------------------------------------------------------

/**
 * Envoie un geste sur un groupe ; ce que le serveur a enregistré remplace ce qui était affiché.
 *
 * @param {Groupe} groupe
 * @param {"element" | "valider" | "note" | "commentaire"} geste
 * @param {Record<string, string>} envoi
 */
function faire(groupe, geste, envoi) {
  const { a_relire: avant } = groupe;
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
      groupe.a_relire = avant;
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
function basculer(rang) {
  const groupe = courant();
  const element = groupe?.elements[rang - 1];
  if (!groupe || !element) return;
  const passage = surligne();
  element.credit = passage ? 1 : SUIVANT[element.credit];
  if (passage) element.passage = passage;
  dessinerLaNotation(groupe);
  getSelection()?.removeAllRanges();
  dire("attente", `Élément ${rang} : ${CREDITS[element.credit].mot}`);
  faire(groupe, "element", { nom: element.nom, credit: String(element.credit), passage });
}

/** Les mots que le formateur a surlignés dans la réponse. */
function surligne() {
  const choisi = getSelection();
  return choisi?.anchorNode && page.reponse.contains(choisi.anchorNode)
    ? choisi.toString().trim()
    : "";
}

function valider() {
  const groupe = courant();
  if (!groupe) return avancer();
  if (groupe.points === null) {
    dire("erreur", "Donnez d'abord une note à cette réponse");
    return page.note.focus();
  }
  groupe.a_relire = false;
  faire(groupe, "valider", {});
  return avancer();
}

function noter() {
  const groupe = courant();
  const saisie = page.note.value.trim();
  if (!groupe || saisie === (groupe.points ?? "")) return;
  groupe.points = saisie || groupe.calculee;
  faire(groupe, "note", { points: saisie });
}

function commenter() {
  const groupe = courant();
  if (!groupe) return;
  ouvrirLaBanque(seance.question.id, groupe.commentaire, (texte, banque) => {
    groupe.commentaire = texte;
    faire(groupe, "commentaire", { texte });
    if (banque) envoyer({ ...banque, groupe: "", suivi: dire, fait() {}, refuse() {} });
  });
}

// --- Les touches --------------------------------------------------------------------------------------------------

/** @param {HTMLDetailsElement} rappel */
function plier(rappel) {
  rappel.open = !rappel.open;
}

/** @type {Record<string, () => void>} */
const TOUCHES = {
  ArrowLeft: () => aller(-1),
  ArrowRight: () => aller(1),
  ArrowUp: () => page.gauche.scrollBy(0, -DEFILEMENT),
  ArrowDown: () => page.gauche.scrollBy(0, DEFILEMENT),
  Enter: valider,
  c: commenter,
  n: () => page.note.select(),
  e: () => plier(page.enonce),
  r: () => plier(page.corrige),
  0: () => boutonsDesElements()[9]?.focus(),
  "?": () => page.touches.showModal(),
};

addEventListener("keydown", (evenement) => {
  const cible = evenement.target;
  if (
    evenement.ctrlKey ||
    evenement.metaKey ||
    evenement.altKey ||
    document.querySelector("dialog[open]")
  )
    return;
  if (!(cible instanceof Element) || cible.matches("input:not([type=checkbox]), textarea, select"))
    return;
  // Sur un clavier français, les chiffres du haut demandent Maj : la place de la touche compte, pas son signe.
  const chiffre = /^(?:Digit|Numpad)([0-9])$/.exec(evenement.code)?.[1];
  const touche =
    chiffre ?? (evenement.key.length === 1 ? evenement.key.toLowerCase() : evenement.key);
  const fait = Number(chiffre) > 0 ? () => basculer(Number(chiffre)) : TOUCHES[touche];
  const bouton = evenement.key === "Enter" && cible.matches("button:not(.element), summary");
  if (!fait || bouton) return;
  evenement.preventDefault();
  if (!evenement.repeat || evenement.key.startsWith("Arrow")) fait();
});

page.note.addEventListener("keydown", (evenement) => {
  if (evenement.key === "Escape") page.note.value = courant()?.points ?? "";
  if (evenement.key === "Escape" || evenement.key === "Enter") page.note.blur();
});
page.note.addEventListener("change", noter);
page.elements.addEventListener("click", ({ target }) => {
  const vise = boutonsDesElements().findIndex((b) => target instanceof Node && b.contains(target));
  basculer(vise + 1);
});
page.precedente.addEventListener("click", () => aller(-1));
page.suivante.addEventListener("click", () => aller(1));
page.valider.addEventListener("click", valider);
page.commenter.addEventListener("click", commenter);
page.aide.addEventListener("click", () => page.touches.showModal());
page.question.addEventListener("change", () =>
  ouvrirLaQuestion(page.question.value).then(() => page.question.blur()),
);
page.toutes.addEventListener("change", choisirLesReponses);

ouvrir().catch((erreur) => {
  document.body.classList.add("fini");
  dessinerLaFin("La page ne peut pas s'ouvrir", erreur.message);
  dire("erreur", "Rien n'est chargé");
});
