// @ts-check
// La page : choisir une question et une vue, et ce que fait chaque touche.

import { dire, lireLesQuestions, ouvrirLaQuestion, quandOnOuvre, resume } from "./avancement.js";
import { dessinerLaFin, dessinerLaQuestion } from "./dessin.js";
import { LETTRES } from "./dessin_idees.js";
import * as gestes from "./gestes_idees.js";
import * as idees from "./idees.js";
import { aLeClavier, boutonsDesElements, page } from "./page.js";
import * as reponses from "./reponses.js";
import { demander, envoyer } from "./serveur.js";

/** @import { Annule } from "./serveur.js" */

/** La vue que le formateur préfère, et celle qui est à l'écran : une question sans réponse rédigée n'a pas d'idées. */
const vues = { parIdees: false, montree: false };

/**
 * @param {string} identifiant
 * @param {string} [reponse]  celle qu'il faut montrer, dans la vue par réponses
 */
async function ouvrir(identifiant, reponse) {
  page.question.value = identifiant;
  vues.montree = vues.parIdees && Boolean(resume(identifiant)?.par_idees);
  document.body.classList.toggle("par-idees", vues.montree);
  page.nomDeLaVue.textContent = vues.montree ? "Par réponses" : "Par idées";
  page.vue.disabled = !resume(identifiant)?.par_idees;
  if (!vues.montree) return reponses.voirParReponses(identifiant, reponse);
  document.body.classList.remove("fini");
  dessinerLaQuestion(await demander(`questions/${identifiant}`));
  return idees.voirParIdees(identifiant);
}

async function changerDeVue() {
  if (page.vue.disabled) return;
  vues.parIdees = !vues.montree;
  await ouvrir(page.question.value);
}

function annuler() {
  envoyer({
    groupe: "",
    chemin: "annuler",
    envoi: {},
    suivi: dire,
    dit: (/** @type {Annule} */ recu) => recu.dit,
    fait: (/** @type {Annule} */ recu) => ouvrir(recu.question, recu.groupes[0]),
    refuse() {},
  });
}

// --- Les touches --------------------------------------------------------------------------------------------------

/** @param {HTMLDetailsElement} rappel */
function plier(rappel) {
  rappel.open = !rappel.open;
}

/** @type {Record<string, (maj: boolean) => void>} */
const COMMUNES = {
  e: () => plier(page.enonce),
  r: () => plier(page.corrige),
  v: changerDeVue,
  "?": () => page.touches.showModal(),
};

/** @type {typeof COMMUNES} */
const DES_REPONSES = {
  ...COMMUNES,
  ArrowLeft: () => reponses.aller(-1),
  ArrowRight: () => reponses.aller(1),
  ArrowUp: () => reponses.defiler(-1),
  ArrowDown: () => reponses.defiler(1),
  Enter: reponses.valider,
  a: () => reponses.donnerATout(1),
  z: () => reponses.donnerATout(0),
  c: reponses.commenter,
  n: () => page.note.select(),
  0: () => boutonsDesElements()[9]?.focus(),
};

/** @type {typeof COMMUNES} */
const DES_IDEES = {
  ...COMMUNES,
  ArrowLeft: () => idees.changerDIdee(-1),
  ArrowRight: () => idees.changerDIdee(1),
  ArrowUp: () => idees.changerDeLigne(-1),
  ArrowDown: () => idees.changerDeLigne(1),
  Enter: (maj) => (maj ? gestes.accepterTout() : gestes.accepter()),
  Escape: idees.renoncer,
  " ": idees.ouvrirLeGroupe,
  m: gestes.taperLaMoitie,
  d: gestes.attendreUnElement,
  ...Object.fromEntries([...LETTRES].map((lettre) => [lettre, () => idees.allerALaLettre(lettre)])),
};

/** @param {KeyboardEvent} evenement */
function leGeste(evenement) {
  // Sur un clavier français, les chiffres du haut demandent Maj : la place de la touche compte, pas son signe.
  const chiffre = /^(?:Digit|Numpad)([0-9])$/.exec(evenement.code)?.[1];
  const touche =
    chiffre ?? (evenement.key.length === 1 ? evenement.key.toLowerCase() : evenement.key);
  if (vues.montree && chiffre) return () => gestes.taperUnChiffre(Number(chiffre));
  if (Number(chiffre) > 0) return () => reponses.basculer(Number(chiffre));
  return (vues.montree ? DES_IDEES : DES_REPONSES)[touche];
}

addEventListener("keydown", (evenement) => {
  const cible = evenement.target;
  if (document.querySelector("dialog[open]") || !(cible instanceof Element)) return;
  if (cible.matches("input:not([type=checkbox]), textarea, select")) return;
  const commande = evenement.ctrlKey || evenement.metaKey;
  if (evenement.altKey || (commande && evenement.key.toLowerCase() !== "z")) return;
  const fait = commande ? annuler : leGeste(evenement);
  const actionne = evenement.key === "Enter" || (evenement.key === " " && vues.montree);
  const bouton = actionne && cible.matches("button:not(.element), summary");
  if (!fait || bouton) return;
  evenement.preventDefault();
  if (!evenement.repeat || evenement.key.startsWith("Arrow")) fait(evenement.shiftKey);
});

page.note.addEventListener("keydown", (evenement) => {
  if (evenement.key === "Escape") reponses.oublierLaSaisie();
  if (evenement.key === "Escape" || evenement.key === "Enter") page.note.blur();
});
page.note.addEventListener("change", reponses.noter);
page.elements.addEventListener("click", ({ target }) => {
  const vise = boutonsDesElements().findIndex((b) => target instanceof Node && b.contains(target));
  reponses.basculer(vise + 1);
});

/**
 * Un bouton fait ce que fait sa touche, puis rend le clavier à la page.
 *
 * @param {HTMLButtonElement} bouton
 * @param {() => unknown} faire
 */
function brancher(bouton, faire) {
  bouton.addEventListener("click", () => {
    if (aLeClavier(bouton)) bouton.blur();
    faire();
  });
}

brancher(page.precedente, () => (vues.montree ? idees.changerDIdee(-1) : reponses.aller(-1)));
brancher(page.suivante, () => (vues.montree ? idees.changerDIdee(1) : reponses.aller(1)));
brancher(page.valider, reponses.valider);
brancher(page.tout, () => reponses.donnerATout(1));
brancher(page.rien, () => reponses.donnerATout(0));
brancher(page.accepter, gestes.accepter);
brancher(page.accepterTout, gestes.accepterTout);
brancher(page.commenter, reponses.commenter);
brancher(page.vue, changerDeVue);
brancher(page.defaire, annuler);
brancher(page.aide, () => page.touches.showModal());
page.question.addEventListener("change", () =>
  ouvrirLaQuestion(page.question.value).then(() => page.question.blur()),
);
page.toutes.addEventListener("change", () => reponses.choisirLesReponses());

quandOnOuvre(ouvrir);
lireLesQuestions()
  .then(ouvrirLaQuestion)
  .then(() => dire("ok", "Tout s'enregistre"))
  .catch((erreur) => {
    document.body.classList.add("fini");
    dessinerLaFin("La page ne peut pas s'ouvrir", erreur.message);
    dire("erreur", "Rien n'est chargé");
  });
