// @ts-check
// Parler au serveur : le jeton de l'adresse dans un en-tête, et les gestes envoyés un par un, dans l'ordre, jusqu'à ce qu'ils soient enregistrés.

/**
 * Ce que le serveur dit (relecture/vue.py). Une note est un texte, à la française.
 *
 * @typedef {0 | 0.5 | 1} Credit
 *
 * @typedef {{ devoir: string, questions: ResumeDeQuestion[] }} Questions
 *
 * @typedef {object} ResumeDeQuestion
 * @property {string} id
 * @property {string} titre
 * @property {number} a_relire  réponses
 * @property {number} relues  par un humain
 * @property {number} total
 * @property {boolean} par_idees  elle se relit aussi par idées
 * @property {number} gestes  combien il en reste, à peu près
 *
 * @typedef {object} Question
 * @property {string} id
 * @property {string} enonce  du HTML, écrit par l'auteur du cours
 * @property {{ texte: string, cases: Case[] }} corrige
 * @property {Groupe[]} groupes
 *
 * @typedef {object} Groupe  des réponses identiques
 * @property {string} id
 * @property {number} copies  combien
 * @property {boolean} a_relire
 * @property {boolean} relue  par un humain ; sinon, ce qui n'attend pas est sûr
 * @property {string[]} motifs  pourquoi il attend
 * @property {string[]} messages
 * @property {{ texte: string, rangs: number[] }[]} reponse  le texte découpé ; les rangs des éléments que chaque morceau justifie
 * @property {string[]} a_cote  ce qui est écrit ailleurs dans la copie, et n'est pas lu comme réponse
 * @property {Attendu[]} elements
 * @property {Case[]} cases
 * @property {string | null} points
 * @property {string | null} calculee
 * @property {string} maximum
 * @property {string} commentaire
 *
 * @typedef {object} Attendu  un élément du barème, et le crédit de la réponse
 * @property {string} nom
 * @property {string} libelle
 * @property {Credit | null} credit  null : rien de reconnu, la machine n'en sait rien
 * @property {string} passage
 * @property {string} motif
 * @property {boolean} decide  par le formateur
 *
 * @typedef {{ ligne: string, colonne: string, ecrit: string, statut: string }} Case
 *
 * @typedef {{ commentaires: string[] }} Banque
 *
 * @typedef {object} QuestionParIdees
 * @property {string} question
 * @property {number} a_relire
 * @property {number} relues
 * @property {number} gestes
 * @property {number} une_a_une  réponses à relire où aucune proposition n'attend plus : à voir dans l'autre vue
 * @property {number} entre_temps  propositions d'un geste que quelqu'un d'autre avait déjà décidées
 * @property {Record<string, string>} reponses  le texte de chacune
 * @property {Idee[]} idees
 *
 * @typedef {object} Idee
 * @property {string} nom
 * @property {"element" | "fausse" | "reste"} genre
 * @property {number} rang  d'un élément, le chiffre qui le désigne
 * @property {string} libelle
 * @property {GroupeDIdee[]} groupes
 *
 * @typedef {object} GroupeDIdee  des propositions qui se décident d'un geste
 * @property {string} id
 * @property {number} copies
 * @property {boolean} attend
 * @property {Credit | null} propose
 * @property {Credit | null} decide
 * @property {string} motif
 * @property {string[]} extraits
 * @property {Proposition[]} passages
 *
 * @typedef {{ id: string, reponse: string, copies: number, debut: number, fin: number }} Proposition
 *
 * @typedef {{ dit: string, question: string, groupes: string[] }} Annule
 */

/**
 * Un geste à enregistrer. `suivi` dit où il en est ; `fait` reçoit ce qui est enregistré, et s'il attend encore un geste sur le
 * même groupe ; `refuse` est appelé si le serveur n'en veut pas.
 *
 * @typedef {object} Geste
 * @property {string} groupe
 * @property {string} chemin
 * @property {Record<string, string>} envoi
 * @property {(sorte: "attente" | "ok" | "erreur", message: string) => void} suivi
 * @property {(recu: any) => string} [dit]  le message, une fois enregistré
 * @property {(recu: any, encore: boolean) => unknown} fait  la page n'annonce l'enregistrement qu'une fois cela fait
 * @property {() => unknown} refuse
 */

const CLE = "grc-jeton";
if (location.hash.length > 1) {
  sessionStorage.setItem(CLE, location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

const ATTENTE = 2000; // millisecondes avant de réessayer un geste que le serveur n'a pas pu prendre
const REFUS = [400, 401, 403, 404, 409, 422]; // réessayer n'y changerait rien

/** Réessayer n'y changerait rien. */
class Refus extends Error {}

/**
 * Demande au serveur ; lève une erreur dont le message est à montrer.
 *
 * @param {string} chemin
 * @param {Record<string, string>} [envoi]  un geste ; rien pour une simple lecture
 * @returns {Promise<any>} ce que le serveur répond
 */
export async function demander(chemin, envoi) {
  const options = { headers: { "X-Jeton": sessionStorage.getItem(CLE) ?? "" } };
  if (envoi) Object.assign(options, { method: "POST", body: JSON.stringify(envoi) });
  let reponse;
  try {
    reponse = await fetch("/api/" + chemin, options);
  } catch {
    throw new Error(
      "La page ne joint plus « grc relire ». Relancez-le s'il est arrêté ; sinon, nouvel essai dans un instant.",
    );
  }
  const recu = await reponse.json();
  if (reponse.ok) return recu;
  throw REFUS.includes(reponse.status) ? new Refus(recu.message) : new Error(recu.message);
}

/** @type {Geste[]} */
const file = [];
let occupee = false;

/**
 * Met un geste dans la file.
 *
 * @param {Geste} geste
 */
export function envoyer(geste) {
  file.push(geste);
  if (!occupee) vider();
}

async function vider() {
  occupee = true;
  while (file.length) await tenter(file[0]);
  occupee = false;
}

/**
 * Envoie un geste ; il reste dans la file tant que le serveur n'a pas répondu.
 *
 * @param {Geste} geste
 */
async function tenter(geste) {
  geste.suivi("attente", "Enregistrement…");
  let recu;
  try {
    recu = await demander(geste.chemin, geste.envoi);
  } catch (erreur) {
    const { message } = /** @type {Error} */ (erreur);
    if (erreur instanceof Refus) {
      file.shift();
      await mettreAJour(geste, () => geste.refuse());
      return geste.suivi("erreur", message);
    }
    geste.suivi("erreur", `Pas encore enregistré. ${message}`);
    await new Promise((suite) => setTimeout(suite, ATTENTE));
    return;
  }
  file.shift();
  const encore = file.some((autre) => autre.groupe === geste.groupe);
  const affiche = await mettreAJour(geste, () => geste.fait(recu, encore));
  if (affiche && !file.length) geste.suivi("ok", geste.dit?.(recu) ?? "Enregistré");
}

/**
 * Ce que la page montre après un geste ; vrai si elle a pu le montrer.
 *
 * @param {Geste} geste
 * @param {() => unknown} faire
 */
async function mettreAJour(geste, faire) {
  try {
    await faire();
    return true;
  } catch (erreur) {
    const { message } = /** @type {Error} */ (erreur);
    geste.suivi("erreur", `La page n'a pas pu se mettre à jour. ${message}`);
    return false;
  }
}

// Fermer la page pendant qu'un geste attend le perdrait : le navigateur demande confirmation.
addEventListener("beforeunload", (evenement) => {
  if (file.length) evenement.preventDefault();
});
