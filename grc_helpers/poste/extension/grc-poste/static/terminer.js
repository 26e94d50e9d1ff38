// @ts-check
/*
 * « Terminer » : enregistrer, emporter son fichier, puis fermer. Sur un PC partagé, tout peut être effacé, mais seulement
 * après avoir confirmé que le fichier est emporté.
 */
import { effacerTousLesBrouillons } from "./brouillons.js";
import { bouton, creer } from "./dom.js";
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
  const sansReponse = ouverte?.outil || ouverte?.parcours?.faites === 0;
  /** @type {ATelecharger[]} */
  const aEmporter = seances.filter((seance) => seance.avancement?.commencees && seance !== ouverte);
  if (!sansReponse) aEmporter.unshift(ouverte ?? { chemin: suivi.contexte.path });
  const liens = await Promise.all(aEmporter.map((seance) => aTelecharger(outils.serveur, seance)));
  dialogue("Terminer la séance", (boite, fermer) => {
    if (enregistre) {
      boite.append(
        creer("p", {}, "✔ Votre travail est enregistré sur ce PC."),
        ...emporter(liens),
        ...deuxFacons(outils, fermer, liens.length > 0),
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
    creer(
      "p",
      {},
      "Il contient toutes vos réponses. Gardez-le sur une clé USB ou dans votre espace personnel.",
    ),
    creer("ul", { class: "grc-fichiers" }, ...liens),
    creer("h3", {}, "2. Fermez"),
  ];
}

/**
 * @param {OutilsDeSurete["serveur"]} serveur
 * @param {ATelecharger} seance
 */
async function aTelecharger(serveur, seance) {
  const travail = await lienDeTelechargement(serveur, seance.chemin);
  const { rendu } = seance;
  if (!rendu) {
    return creer("li", {}, travail, seance.avancement && ` · ${seance.avancement.en_bref}`);
  }
  const aRendre = await lienDeTelechargement(serveur, rendu.fichier);
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
 */
async function lienDeTelechargement(serveur, chemin) {
  const nom = chemin.split("/").pop();
  const href = await serveur.adresseDeTelechargement(chemin);
  return creer("a", { href, download: nom }, `Télécharger ${nom}`);
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
    () => finir(outils, fermer, true),
    "grc-danger",
  );
  effacer.disabled = aEmporter;
  return [
    creer("p", {}, creer("strong", {}, "Vous reviendrez sur ce PC : "), "vos réponses y restent."),
    creer(
      "div",
      { class: "grc-choix" },
      bouton("Fermer la séance", () => finir(outils, fermer, false), "grc-principal"),
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
 */
async function finir({ application, cahiers, serveur }, fermer, toutEffacer) {
  fermer();
  /** @type {Jupyter.Panneau[]} */
  const ouverts = [];
  cahiers.forEach((panneau) => ouverts.push(panneau));
  for (const { context } of ouverts) {
    // Un autre cahier peut encore attendre son enregistrement : le fermer sans cela poserait une question de plus.
    if (context.model.dirty && !toutEffacer) await context.save();
  }
  for (const panneau of ouverts) panneau.dispose();
  await application.serviceManager.sessions.shutdownAll();
  /** @type {string[]} */
  let restes = [];
  if (toutEffacer) {
    const fait = await serveur.envoyer("effacer");
    restes = fait ? fait.restes : ["?"];
  }
  effacerTousLesBrouillons();
  auRevoir(application, toutEffacer, restes);
}

/**
 * @param {Jupyter.Application} application
 * @param {boolean} toutEffacer
 * @param {string[]} restes  ce qui n'a pas pu être remis à neuf
 */
function auRevoir(application, toutEffacer, restes) {
  const base = application.serviceManager.serverSettings.baseUrl;
  const dit = toutEffacer
    ? "Il ne reste rien de votre travail sur ce PC."
    : "Votre travail est enregistré sur ce PC.";
  const reste = `Le formateur doit encore remettre à neuf : ${restes.join(", ")}.`;
  document.body.append(
    creer(
      "main",
      { class: "grc-au-revoir", lang: "fr" },
      creer("h1", {}, "Séance terminée"),
      creer("p", {}, restes.length ? reste : dit),
      creer("p", {}, "Vous pouvez fermer cet onglet, puis la fenêtre noire du cours."),
      creer("p", {}, creer("a", { class: "grc-bouton", href: base }, "Rouvrir le cours")),
    ),
  );
  document.title = "Séance terminée";
}
