// @ts-check
// Ce que fait chaque geste de la vue par idées.

import { dire, ouvrirLaQuestion, pluriel, suivanteARelire } from "./avancement.js";
import { CREDITS } from "./dessin.js";
import {
  allerAuSuivant,
  attend,
  avancer,
  dessiner,
  etat,
  laLigne,
  lIdee,
  quandOnClique,
  renoncer,
  reprendre,
  rienNAttend,
} from "./idees.js";
import { demander, envoyer } from "./serveur.js";

/** @import { Ligne } from "./idees.js" */
/** @import { Credit, Idee } from "./serveur.js" */

/**
 * Une touche de chiffre : un crédit pour le groupe ; du reste, ou après D, l'élément à qui le donner.
 *
 * @param {number} chiffre
 */
export function taperUnChiffre(chiffre) {
  const ligne = laLigne();
  if (!ligne) return;
  if (etat.attente.donner) return taperUnNombre(chiffre);
  if (lIdee()?.genre === "reste" && chiffre) return donner(ligne, chiffre);
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
  const genre = lIdee()?.genre;
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
  const reste = lIdee()?.genre === "reste";
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
  const decidee = lIdee()?.genre === "reste" ? ligne : null;
  const envoi = { element: element.nom, credit: String(credit) };
  const dit = `Donné à l'élément ${rang}${credit === 1 ? "" : ", à moitié"}`;
  envoyerLeGeste("donner", laSuite(ligne), envoi, decidee, credit, () => dit);
}

/** Tout ce qui reste de l'idée, tel que proposé. */
export function accepter() {
  if (acheverLeNombre()) return;
  const idee = lIdee();
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
  else if (lIdee()?.genre === "reste" && touche !== "0") donner(ligne, Number(touche));
  else decider(ligne, touche === "1" ? 1 : 0);
}

quandOnClique(choisir);
