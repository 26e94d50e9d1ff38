// @ts-check
/*
 * « Terminer » : enregistrer, emporter son fichier, puis fermer. Sur un PC partagé, tout peut être effacé, mais seulement
 * après avoir confirmé que le fichier est emporté.
 */
import { effacerTousLesBrouillons } from "./brouillons.js";
import { bouton, creer } from "./dom.js";
import { DIT, EN_LIGNE, LIEU } from "./lieu.js";
import { dialogue } from "./page.js";
import { PERIME } from "./remise.js";

/** @import { Seance } from "./serveur.js" */
/** @import { OutilsDeSurete, Suivi } from "./surete.js" */

/** @typedef {Pick<Seance, "chemin"> & Partial<Seance>} ATelecharger  un cahier hors des séances n'a que son chemin */

/**
 * @param {Suivi} suivi
 * @param {OutilsDeSurete} outils
 */
export async function terminer(suivi, outils) {
  const enregistre = await suivi.enregistrer();
  const seances = (await outils.serveur.lire("seances")) || [];
  const ouverte = seances.find((seance) => seance.chemin === suivi.contexte.path);
  // Un simulateur, une leçon à peine ouverte : rien à emporter. Dans une leçon commencée, un tableau personnel peut être rempli.
  const sansReponse = ouverte?.outil || ouverte?.parcours?.commencees === 0;
  /** @type {ATelecharger[]} */
  const aEmporter = seances.filter((seance) => seance.avancement?.commencees && seance !== ouverte);
  if (!sansReponse) aEmporter.unshift(ouverte ?? { chemin: suivi.contexte.path });
  const liens = await Promise.all(aEmporter.map((seance) => aTelecharger(outils.serveur, seance)));
  dialogue("Terminer la séance", (boite, fermer) => {
    if (enregistre) {
      boite.append(
        creer("p", {}, DIT.enregistre),
        ...emporter(liens),
        ...(EN_LIGNE ? uneFacon : deuxFacons)(outils, fermer, liens.length > 0),
      );
      return;
    }
    const rate =
      "Attention : le dernier enregistrement a échoué. Appelez le formateur avant de partir.";
    boite.append(
      creer("p", { class: "grc-alerte" }, rate),
      creer("div", { class: "grc-choix" }, bouton("Retour à la séance", fermer, "grc-principal")),
    );
  });
}

/** @param {HTMLElement[]} liens */
function emporter(liens) {
  if (!liens.length) return [creer("p", {}, "Il n’y a rien à emporter.")];
  return [
    creer("h3", {}, "1. Emportez votre fichier"),
    creer("p", {}, DIT.emporter),
    creer("ul", { class: "grc-fichiers" }, ...liens),
    creer("h3", {}, "2. Fermez"),
  ];
}

/**
 * @param {OutilsDeSurete["serveur"]} serveur
 * @param {ATelecharger} seance
 */
async function aTelecharger(serveur, seance) {
  const travail = await lienDeTelechargement(serveur, seance.chemin, seance.chemin);
  const { rendu } = seance;
  if (!rendu) {
    return creer("li", {}, travail, seance.avancement && ` · ${seance.avancement.en_bref}`);
  }
  const aRendre = await lienDeTelechargement(
    serveur,
    rendu.fichier,
    rendu.a_jour ? seance.chemin : "",
  );
  return creer(
    "li",
    {},
    aRendre,
    ` · à rendre, préparé le ${rendu.date}`,
    rendu.a_jour ? null : creer("strong", { class: "grc-perime" }, ` · ${PERIME}`),
    creer("br"),
    travail,
    " · pour continuer plus tard",
  );
}

/**
 * @param {OutilsDeSurete["serveur"]} serveur
 * @param {string} chemin
 * @param {string} cahier  celui dont ce fichier emporte toutes les réponses
 */
async function lienDeTelechargement(serveur, chemin, cahier) {
  const nom = chemin.split("/").pop();
  const href = await serveur.adresseDeTelechargement(chemin);
  return creer("a", { href, download: nom, "data-grc-cahier": cahier }, `Télécharger ${nom}`);
}

/**
 * Deux façons de finir, selon qui viendra ensuite sur ce PC.
 *
 * @param {OutilsDeSurete} outils
 * @param {() => void} fermer
 * @param {boolean} aEmporter  il y a un fichier à emporter avant de tout effacer
 */
function deuxFacons(outils, fermer, aEmporter) {
  const effacer = bouton(
    "Tout effacer de ce PC et fermer",
    () => finir(outils, fermer, true, true),
    "grc-danger",
  );
  effacer.disabled = aEmporter;
  return [
    creer("p", {}, creer("strong", {}, "Vous reviendrez sur ce PC : "), DIT.revenir),
    creer(
      "div",
      { class: "grc-choix" },
      bouton("Fermer la séance", () => finir(outils, fermer, false, true), "grc-principal"),
      bouton("Retour à la séance", fermer),
    ),
    creer(
      "p",
      {},
      creer("strong", {}, "Quelqu’un d’autre va s’en servir : "),
      "le cours redevient vierge, vos réponses et leurs copies disparaissent de ce PC.",
    ),
    ...(aEmporter ? [confirmation((emporte) => (effacer.disabled = !emporte))] : []),
    creer("div", { class: "grc-choix" }, effacer),
  ];
}

/**
 * En ligne, rien n'est sur ce PC que le navigateur : une seule façon de finir, une fois le fichier emporté. Sur le serveur d'un
 * établissement, le travail reste, et l'on peut fermer sans cela.
 *
 * @param {OutilsDeSurete} outils
 * @param {() => void} fermer
 * @param {boolean} aEmporter
 */
function uneFacon(outils, fermer, aEmporter) {
  let emporte = !aEmporter;
  const finirIci = bouton(
    "Fermer la séance",
    () => finir(outils, fermer, false, emporte),
    "grc-principal",
  );
  finirIci.disabled = aEmporter && LIEU === "binder";
  const confirmer = (/** @type {boolean} */ oui) => {
    emporte = oui;
    finirIci.disabled = !oui && LIEU === "binder";
  };
  return [
    ...(aEmporter ? [confirmation(confirmer)] : []),
    creer("div", { class: "grc-choix" }, finirIci, bouton("Retour à la séance", fermer)),
  ];
}

/** @param {(emporte: boolean) => void} suite */
function confirmation(suite) {
  const id = "grc-emporte";
  const emporte = creer("input", { type: "checkbox", id });
  emporte.addEventListener("change", () => suite(emporte.checked));
  const texte = "J’ai vérifié : mon fichier est bien sur ma clé ou dans mon espace.";
  return creer("p", {}, emporte, " ", creer("label", { for: id }, texte));
}

/**
 * @param {OutilsDeSurete} outils
 * @param {() => void} fermer
 * @param {boolean} toutEffacer
 * @param {boolean} oublier  ce navigateur n'a plus à garder le texte
 */
async function finir({ application, cahiers, serveur }, fermer, toutEffacer, oublier) {
  fermer();
  /** @type {Jupyter.Panneau[]} */
  const ouverts = [];
  cahiers.forEach((panneau) => ouverts.push(panneau));
  for (const { context } of ouverts) {
    // Un autre cahier peut encore attendre son enregistrement : le fermer sans cela poserait une question de plus.
    if (context.model.dirty && !toutEffacer) await context.save();
  }
  // D'abord l'écran d'adieu : éteindre les noyaux prend du temps, et il n'y a plus rien à montrer derrière.
  const adieu = poserLAdieu();
  for (const panneau of ouverts) panneau.dispose();
  await application.serviceManager.sessions.shutdownAll();
  /** @type {string[]} */
  let restes = [];
  if (toutEffacer) {
    const fait = await serveur.envoyer("effacer");
    restes = fait ? fait.restes : ["?"];
  }
  if (oublier) effacerTousLesBrouillons();
  auRevoir(adieu, application, toutEffacer, restes);
}

/** Tant que cette marque est là, l'accueil ne se rouvre pas de lui-même. */
export const SEANCE_FERMEE = "grc-seance-fermee";

function poserLAdieu() {
  document.body.classList.add(SEANCE_FERMEE);
  const adieu = creer(
    "main",
    { class: "grc-au-revoir", lang: "fr" },
    creer("p", { role: "status" }, "La séance se ferme…"),
  );
  document.body.append(adieu);
  return adieu;
}

/**
 * @param {HTMLElement} adieu
 * @param {Jupyter.Application} application
 * @param {boolean} toutEffacer
 * @param {string[]} restes  ce qui n'a pas pu être remis à neuf
 */
function auRevoir(adieu, application, toutEffacer, restes) {
  const base = application.serviceManager.serverSettings.baseUrl;
  const dit = toutEffacer ? "Il ne reste rien de votre travail sur ce PC." : DIT.adieu;
  const reste = `Le formateur doit encore remettre à neuf : ${restes.join(", ")}.`;
  adieu.replaceChildren(
    creer("h1", {}, "Séance terminée"),
    creer("p", {}, restes.length ? reste : dit),
    creer("p", {}, DIT.partir),
    creer("p", {}, creer("a", { class: "grc-bouton", href: base }, "Rouvrir le cours")),
  );
  document.title = "Séance terminée";
}
