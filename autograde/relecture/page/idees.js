// @ts-check
// La vue par idées : l'idée ouverte, le groupe choisi, et ce que fait chaque geste.

import { compter, dire, ouvrirLaQuestion, pluriel, suivanteARelire } from "./avancement.js";
import { CREDITS } from "./dessin.js";
import { LETTRES, dessinerLesIdees, dessinerUneIdee, laFinDesIdees } from "./dessin_idees.js";
import { page } from "./page.js";
import { demander, envoyer } from "./serveur.js";

/** @import { Credit, GroupeDIdee, Idee, Proposition, QuestionParIdees } from "./serveur.js" */

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
const rienNAttend = () => ({ donner: false, moitie: false, nombre: "" });

const etat = {
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
const laIdee = () => etat.question.idees.at(etat.idee);

/** @param {Idee} idee */
const attend = (idee) => idee.groupes.some((groupe) => groupe.attend);

/** @returns {Ligne[]} */
function lesLignes() {
  return (laIdee()?.groupes ?? []).flatMap((groupe) => [
    { groupe, proposition: null },
    ...(groupe.id === etat.ouvert
      ? groupe.passages.map((proposition) => ({ groupe, proposition }))
      : []),
  ]);
}

/** @returns {Ligne | undefined} */
const laLigne = () => lesLignes().at(etat.rang);

// --- Naviguer -----------------------------------------------------------------------------------------------------

/**
 * Ouvre une question dans cette vue, sur la première idée qui attend.
 *
 * @param {string} identifiant
 */
export async function voirParIdees(identifiant) {
  const memeQuestion = etat.question.question === identifiant;
  etat.question = await demander(`questions/${identifiant}/idees`);
  const idee = memeQuestion ? laIdee() : undefined;
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

function dessiner() {
  const { question } = etat;
  compter(question.question, question);
  dessinerLesIdees(question, etat.idee, allerALIdee);
  const idee = laIdee();
  const fini = !question.idees.some(attend);
  if (!idee || (fini && !idee.groupes.length)) laFinDesIdees(question);
  else dessinerUneIdee(question, idee, lesLignes(), etat, choisir);
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
function avancer() {
  const { idees } = etat.question;
  const apres = idees.findIndex((idee, rang) => rang > etat.idee && attend(idee));
  const suivante = apres < 0 ? idees.findIndex(attend) : apres;
  if (suivante >= 0) return allerALIdee(suivante);
  etat.idee = idees.length - 1;
  choisirLeGroupe();
  return dessiner();
}

// --- Décider ------------------------------------------------------------------------------------------------------

/**
 * Une touche de chiffre : un crédit pour le groupe ; du reste, ou après D, l'élément à qui le donner.
 *
 * @param {number} chiffre
 */
export function taperUnChiffre(chiffre) {
  const ligne = laLigne();
  if (!ligne) return;
  if (etat.attente.donner) return taperUnNombre(chiffre);
  if (laIdee()?.genre === "reste" && chiffre) return donner(ligne, chiffre);
  if (chiffre > 1)
    return dire(
      "erreur",
      "Ici : 1 acquis, M à moitié, 0 non ; D puis un chiffre pour un autre élément",
    );
  return decider(ligne, chiffre ? 1 : 0);
}

/**
 * Après D : le numéro d'un élément. S'il peut encore avoir un chiffre de plus, Entrée l'achève.
 *
 * @param {number} chiffre
 */
function taperUnNombre(chiffre) {
  const nombre = `${etat.attente.nombre}${chiffre}`;
  const elements = etat.question.idees.filter(({ genre }) => genre === "element").length;
  etat.attente.nombre = nombre;
  if (Number(nombre) * 10 > elements) acheverLeNombre();
  else dessiner();
}

/** Donne à l'élément dont le numéro est tapé. Faux s'il n'y en a pas. */
function acheverLeNombre() {
  const ligne = laLigne();
  const { nombre } = etat.attente;
  if (!ligne || !nombre) return false;
  donner(ligne, Number(nombre));
  return true;
}

export function taperLaMoitie() {
  const ligne = laLigne();
  const genre = laIdee()?.genre;
  if (!ligne) return;
  if (genre === "element" && !etat.attente.donner) return decider(ligne, 0.5);
  if (genre === "fausse" && !etat.attente.donner)
    return dire("erreur", "Une idée fausse l'est (1) ou ne l'est pas (0)");
  etat.attente.moitie = true;
  dessiner();
}

/** Le numéro qui suit sera celui de l'élément à qui donner. */
export function attendreUnElement() {
  if (!laLigne()) return;
  etat.attente.donner = true;
  dessiner();
}

/**
 * @param {Ligne} ligne
 * @param {Credit} credit
 */
function decider(ligne, credit) {
  const reste = laIdee()?.genre === "reste";
  envoyerLeGeste("decider", laSuite(ligne), { credit: String(credit) }, ligne, credit, () =>
    reste ? "Écarté" : `${CREDITS[credit].mot}`,
  );
}

/**
 * @param {Ligne} ligne
 * @param {number} rang  le numéro de l'élément
 */
function donner(ligne, rang) {
  const credit = etat.attente.moitie ? 0.5 : 1;
  const element = etat.question.idees.find(
    (idee) => idee.genre === "element" && idee.rang === rang,
  );
  if (!element) {
    renoncer();
    return dire("erreur", `Il n'y a pas d'élément ${rang}`);
  }
  const decidee = laIdee()?.genre === "reste" ? ligne : null;
  const envoi = { element: element.nom, credit: String(credit) };
  const dit = `Donné à l'élément ${rang}${credit === 1 ? "" : ", à moitié"}`;
  envoyerLeGeste("donner", laSuite(ligne), envoi, decidee, credit, () => dit);
}

/** Tout ce qui reste de l'idée, tel que proposé. */
export function accepter() {
  if (acheverLeNombre()) return;
  const idee = laIdee();
  if (!idee || !attend(idee)) return passer();
  accepterLes([idee]);
}

/** Tout ce qui reste de la question. */
export function accepterTout() {
  if (!etat.question.idees.some(attend)) return passer();
  accepterLes(etat.question.idees);
}

/** @param {Idee[]} idees */
function accepterLes(idees) {
  const groupes = idees.flatMap((idee) => idee.groupes.filter((groupe) => groupe.attend));
  const designes = groupes.flatMap((groupe) => groupe.passages.map((passage) => passage.id));
  for (const groupe of groupes)
    Object.assign(groupe, { attend: false, decide: groupe.propose ?? 0 });
  avancer();
  envoyerLeGeste(
    "accepter",
    designes,
    {},
    null,
    0,
    () => `${pluriel(groupes.length, "groupe")} ${groupes.length > 1 ? "acceptés" : "accepté"}`,
  );
}

/** Rien n'attend plus ici : l'idée suivante, ou la question suivante. */
function passer() {
  if (etat.question.idees.some(attend)) return avancer();
  const prochaine = suivanteARelire(etat.question.question);
  if (prochaine) return void ouvrirLaQuestion(prochaine.id);
  dire("ok", "Plus aucune proposition n'attend");
}

/**
 * Ce que désigne une ligne.
 *
 * @param {Ligne} ligne
 */
const laSuite = ({ groupe, proposition }) =>
  (proposition ? [proposition] : groupe.passages).map((passage) => passage.id);

/**
 * Envoie un geste ; d'un groupe entier, la page passe au suivant sans attendre.
 *
 * @param {"decider" | "donner" | "accepter"} geste
 * @param {string[]} designes
 * @param {Record<string, string>} envoi
 * @param {Ligne | null} ligne  celle que le geste décide
 * @param {Credit} credit
 * @param {() => string} dit
 */
function envoyerLeGeste(geste, designes, envoi, ligne, credit, dit) {
  const { question } = etat.question;
  etat.attente = rienNAttend();
  if (ligne && !ligne.proposition) {
    Object.assign(ligne.groupe, { attend: false, decide: credit });
    etat.ouvert = "";
    allerAuSuivant(ligne.groupe);
  }
  envoyer({
    groupe: `idées ${question}`,
    chemin: `questions/${question}/idees/${geste}`,
    envoi: { passages: designes.join(" "), ...envoi },
    suivi: dire,
    dit: (recu) =>
      recu.entre_temps
        ? `${dit()}, sauf ${pluriel(recu.entre_temps, "proposition")} déjà décidée par un autre`
        : `Enregistré : ${dit()}`,
    fait(recu, encore) {
      if (!encore && etat.question.question === question) reprendre(recu);
    },
    async refuse() {
      if (etat.question.question === question)
        reprendre(await demander(`questions/${question}/idees`));
    },
  });
}

/** @param {GroupeDIdee} groupe */
function allerAuSuivant(groupe) {
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
function reprendre(recu) {
  const nom = laIdee()?.nom;
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
  const groupes = laIdee()?.groupes ?? [];
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

/**
 * Un clic : sur une ligne, il la choisit ; sur une de ses touches, il la tape aussi.
 *
 * @param {number} rang
 * @param {string} [touche]
 */
function choisir(rang, touche) {
  etat.rang = rang;
  const ligne = laLigne();
  if (!touche || !ligne) dessiner();
  else if (touche === "M") taperLaMoitie();
  else if (laIdee()?.genre === "reste" && touche !== "0") donner(ligne, Number(touche));
  else decider(ligne, touche === "1" ? 1 : 0);
}

/** La question ouverte. */
export const questionDesIdees = () => etat.question.question;

page.propositions.addEventListener("dblclick", ouvrirLeGroupe);
