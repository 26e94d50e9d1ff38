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
import { creer, ici } from "./dom.js";
import { demander, envoyer } from "./serveur.js";

const SUIVANT = { 0: 0.5, 0.5: 1, 1: 0 };
const DEFILEMENT = 120; // pixels
const seance = { questions: [], question: null, montres: [], rang: 0 };
const courant = () => seance.montres[seance.rang];

function dire(sorte, message) {
  ici("etat").dataset.sorte = sorte;
  ici("etat").textContent = message;
}

// --- Naviguer -----------------------------------------------------------------------------------------------------

async function ouvrir() {
  const recu = await demander("questions");
  seance.questions = recu.questions;
  ici("devoir").textContent = recu.devoir;
  document.title = `Relecture : ${recu.devoir}`;
  ici("question").replaceChildren(
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
    ici("question").options[rang].textContent = `${reste} · ${question.titre}`;
  });
}

async function ouvrirLaQuestion(identifiant) {
  seance.question = await demander(`questions/${identifiant}`);
  ici("question").value = identifiant;
  dessinerLaQuestion(seance.question);
  choisirLesReponses();
}

/** Les réponses à parcourir : celles qui attendaient à l'ouverture de la question, ou toutes. */
function choisirLesReponses() {
  const { groupes } = seance.question;
  seance.montres = ici("toutes").checked ? groupes : groupes.filter((groupe) => groupe.a_relire);
  seance.rang = 0;
  montrer();
}

function montrer() {
  compter();
  if (document.activeElement.matches(".element")) document.activeElement.blur();
  const groupe = courant();
  document.body.classList.toggle("fini", !groupe);
  if (groupe) dessiner(groupe, seance.rang + 1, seance.montres.length);
  else dessinerLaFin(...laFin());
  ici("gauche").scrollTop = ici("elements").scrollTop = 0;
}

function compter() {
  const restent = seance.question.groupes.filter((groupe) => groupe.a_relire);
  seance.questions.find((question) => question.id === seance.question.id).a_relire = restent.length;
  nommerLesQuestions();
  dessinerLAvancement(seance.montres);
}

function laFin() {
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

function aller(pas) {
  seance.rang = Math.min(Math.max(seance.rang + pas, 0), seance.montres.length);
  montrer();
}

/** La réponse suivante qui attend, puis celles qu'on a sautées ; à la fin, la question suivante qui en a. */
async function avancer() {
  const apres = seance.montres.findIndex(
    (groupe, rang) => rang > seance.rang && (groupe.a_relire || ici("toutes").checked),
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

/** Envoie un geste sur un groupe ; ce que le serveur a enregistré remplace ce qui était affiché. */
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

/** Après un refus, ce qui est affiché redevient ce qui est enregistré, et la réponse refusée revient à l'écran. */
async function relireLeServeur(groupe) {
  if (!seance.question.groupes.includes(groupe)) return;
  const { groupes } = await demander(`questions/${seance.question.id}`);
  Object.assign(
    groupe,
    groupes.find((autre) => autre.id === groupe.id),
  );
  seance.rang = Math.max(seance.montres.indexOf(groupe), 0);
  montrer();
}

function basculer(rang) {
  const groupe = courant();
  const element = groupe?.elements[rang - 1];
  if (!element) return;
  const passage = surligne();
  element.credit = passage ? 1 : SUIVANT[element.credit];
  if (passage) element.passage = passage;
  dessinerLaNotation(groupe);
  getSelection().removeAllRanges();
  dire("attente", `Élément ${rang} : ${CREDITS[element.credit].mot}`);
  faire(groupe, "element", { nom: element.nom, credit: String(element.credit), passage });
}

/** Les mots que le formateur a surlignés dans la réponse. */
function surligne() {
  const choisi = getSelection();
  return choisi.anchorNode && ici("reponse").contains(choisi.anchorNode)
    ? choisi.toString().trim()
    : "";
}

function valider() {
  const groupe = courant();
  if (!groupe) return avancer();
  if (groupe.points === null) {
    dire("erreur", "Donnez d'abord une note à cette réponse");
    return ici("note").focus();
  }
  groupe.a_relire = false;
  faire(groupe, "valider", {});
  return avancer();
}

function noter() {
  const groupe = courant();
  const saisie = ici("note").value.trim();
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

const plier = (identifiant) => (ici(identifiant).open = !ici(identifiant).open);
const TOUCHES = {
  ArrowLeft: () => aller(-1),
  ArrowRight: () => aller(1),
  ArrowUp: () => ici("gauche").scrollBy(0, -DEFILEMENT),
  ArrowDown: () => ici("gauche").scrollBy(0, DEFILEMENT),
  Enter: valider,
  c: commenter,
  n: () => ici("note").select(),
  e: () => plier("enonce"),
  r: () => plier("corrige"),
  0: () => ici("elements").querySelector('[data-rang="10"]')?.focus(),
  "?": () => ici("touches").showModal(),
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
  if (cible.matches("input:not([type=checkbox]), textarea, select")) return;
  // Sur un clavier français, les chiffres du haut demandent Maj : la place de la touche compte, pas son signe.
  const chiffre = /^(?:Digit|Numpad)([0-9])$/.exec(evenement.code)?.[1];
  const touche =
    chiffre ?? (evenement.key.length === 1 ? evenement.key.toLowerCase() : evenement.key);
  const fait = chiffre > 0 ? () => basculer(Number(chiffre)) : TOUCHES[touche];
  const bouton = evenement.key === "Enter" && cible.matches("button:not(.element), summary");
  if (!fait || bouton) return;
  evenement.preventDefault();
  if (!evenement.repeat || evenement.key.startsWith("Arrow")) fait();
});

ici("note").addEventListener("keydown", (evenement) => {
  if (evenement.key === "Escape") ici("note").value = courant()?.points ?? "";
  if (evenement.key === "Escape" || evenement.key === "Enter") ici("note").blur();
});
ici("note").addEventListener("change", noter);
ici("elements").addEventListener("click", (evenement) =>
  basculer(Number(evenement.target.closest(".element")?.dataset.rang)),
);
ici("precedente").addEventListener("click", () => aller(-1));
ici("suivante").addEventListener("click", () => aller(1));
ici("valider").addEventListener("click", valider);
ici("commenter").addEventListener("click", commenter);
ici("aide").addEventListener("click", () => ici("touches").showModal());
ici("question").addEventListener("change", () =>
  ouvrirLaQuestion(ici("question").value).then(() => ici("question").blur()),
);
ici("toutes").addEventListener("change", choisirLesReponses);

ouvrir().catch((erreur) => {
  document.body.classList.add("fini");
  dessinerLaFin("La page ne peut pas s'ouvrir", erreur.message);
  dire("erreur", "Rien n'est chargé");
});
