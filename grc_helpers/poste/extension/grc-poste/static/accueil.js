// @ts-check
/*
 * L'accueil : les séances en cartes, avec leur état, d'après les fichiers du dossier. La cellule « seances » contient la
 * même liste en texte : sans ce module, elle reste affichée.
 */
import { demanderLeReleve } from "./attestation.js";
import { bouton, creer, enUneLigne, jauge } from "./dom.js";
import { LIEU } from "./lieu.js";
import { lienVersUnCahier } from "./page.js";
import { PERIME } from "./remise.js";
import { zoneDeReprise } from "./reprise.js";

/** @import { Avancement, Mesure, Parcours, Seance } from "./serveur.js" */
/** @import { OutilsDeSurete } from "./surete.js" */

/**
 * @param {Jupyter.Panneau} panneau
 * @param {OutilsDeSurete} outils
 */
export async function afficherLAccueil(panneau, outils) {
  const cellule = panneau.content.widgets.find((presente) => presente.model.id === "seances");
  if (!cellule) return;
  // Rien à exécuter ici : la page se lit, se parcourt et s'ouvre d'un clic.
  panneau.addClass("grc-page-accueil");
  panneau.toolbar.hide();
  const cartes = creer("div", { class: "grc-accueil", lang: "fr" });
  const reprise = zoneDeReprise(panneau, outils);
  const rafraichir = async () => {
    const seances = panneau.isDisposed ? null : await outils.serveur.lire("seances");
    if (!seances || !seances.length) return;
    cartes.replaceChildren(...dessiner(seances, outils.application, reprise));
    if (!cartes.isConnected) cellule.node.prepend(cartes);
    cellule.addClass("grc-avec-cartes");
  };
  await rafraichir();
  // On y revient depuis une séance : les états ont changé.
  const { shell } = outils.application;
  const auRetour = () => shell.currentWidget === panneau && rafraichir();
  shell.currentChanged.connect(auRetour);
  window.addEventListener("focus", auRetour);
  panneau.disposed.connect(() => {
    shell.currentChanged.disconnect(auRetour);
    window.removeEventListener("focus", auRetour);
  });
}

/**
 * @param {Seance[]} seances
 * @param {Jupyter.Application} application
 * @param {HTMLElement} reprise
 */
function dessiner(seances, application, reprise) {
  const travaux = seances.filter((seance) => !seance.outil);
  const outils = seances.filter((seance) => seance.outil);
  const titres = [...new Set(travaux.map((seance) => seance.sequence))];
  return [
    ...ouLOnEst(),
    suite(travaux, application),
    total(travaux),
    reprise,
    ...titres.map((titre) => {
      const siennes = travaux.filter((seance) => seance.sequence === titre);
      return groupe(titre, siennes, application, releve(titre, siennes));
    }),
    ...(outils.length ? [groupe("À manipuler", outils, application)] : []),
  ];
}

/**
 * @param {string} titre
 * @param {Seance[]} seances
 * @param {Jupyter.Application} application
 * @param {...HTMLElement} suite  ce qui vient après les cartes
 */
function groupe(titre, seances, application, ...suite) {
  const cartes = seances.map((seance) => carte(seance, application));
  return creer(
    "section",
    {},
    creer("h2", {}, titre),
    creer("ul", { class: "grc-cartes" }, ...cartes),
    ...suite,
  );
}

/** En ligne, ce qu'il faut savoir avant de commencer. */
function ouLOnEst() {
  const dits = {
    pc: "",
    hub: "Votre travail s’enregistre sur le serveur du cours. Pour en avoir une copie à vous, emportez votre fichier (« Terminer »).",
    binder:
      "Session en ligne : rien n’y est gardé après votre départ. Emportez votre fichier (« Terminer ») ; la prochaine fois, « Reprendre avec mon fichier » le remettra à sa place.",
  };
  return dits[LIEU] ? [creer("p", { class: "grc-avis-en-ligne" }, dits[LIEU])] : [];
}

/**
 * Sur tout le cours : les réponses écrites, les exercices réussis.
 *
 * @param {Seance[]} travaux
 */
function total(travaux) {
  const somme = (/** @type {(seance: Seance) => number | undefined} */ lire) =>
    travaux.reduce((compte, seance) => compte + (lire(seance) ?? 0), 0);
  const [reponses, questions, reussis, exercices] = [
    somme(({ avancement }) => avancement?.faites),
    somme(({ avancement }) => avancement?.total),
    somme(({ entrainement }) => entrainement.reussis),
    somme(({ entrainement }) => entrainement.total),
  ];
  const s = (/** @type {number} */ nombre) => (nombre > 1 ? "s" : "");
  return creer(
    "p",
    { class: "grc-compte grc-total" },
    jauge({ faites: reponses + reussis, total: questions + exercices }),
    `Dans tout le cours : ${reponses} réponse${s(reponses)} sur ${questions}, ` +
      `${reussis} exercice${s(reussis)} réussi${s(reussis)} sur ${exercices}.`,
  );
}

/**
 * @param {string} sequence
 * @param {Seance[]} siennes
 */
function releve(sequence, siennes) {
  const imprimer = bouton("Imprimer mon relevé", () => demanderLeReleve(sequence, siennes));
  imprimer.setAttribute("aria-label", `Imprimer mon relevé : ${sequence}`);
  return creer("p", { class: "grc-releve" }, imprimer);
}

/**
 * Une seule chose à faire ensuite : reprendre la dernière séance commencée, ou commencer la première.
 *
 * @param {Seance[]} travaux
 * @param {Jupyter.Application} application
 */
function suite(travaux, application) {
  const enCours = travaux.filter((seance) => ["en-cours", "a-rendre"].includes(etat(seance).cle));
  enCours.sort((a, b) => b.modifie - a.modifie);
  const choisie = enCours[0] || travaux.find((seance) => etat(seance).cle === "a-commencer");
  if (!choisie) {
    return creer("p", { class: "grc-suite" }, "Toutes les séances sont terminées. Bravo !");
  }
  const mesure = mesureDe(choisie);
  const debut = enCours.length ? reprendre(mesure?.suivante) : "Commencer";
  const reste = enCours.length
    ? mesure?.reste && `Il reste environ ${mesure.reste}.`
    : choisie.duree;
  return creer(
    "p",
    { class: "grc-suite" },
    lienVersUnCahier(application, `${debut} : ${choisie.titre}`, choisie.chemin, {
      classe: "grc-bouton grc-principal",
      ...ici(choisie),
    }),
    creer("span", {}, reste),
  );
}

/** @param {Avancement["suivante"] | Parcours["suivante"] | undefined} suivante */
function reprendre(suivante) {
  if (!suivante) return "Rendre";
  return "etape" in suivante
    ? `Reprendre à l’étape ${suivante.etape}`
    : `Reprendre à la question ${suivante.numero}`;
}

/**
 * @param {Seance} seance
 * @param {Jupyter.Application} application
 */
function carte(seance, application) {
  const { cle, texte } = etat(seance);
  const mesure = cle === "a-commencer" ? null : mesureDe(seance);
  const { titre, chemin, but, outil, duree, note_sur: noteSur, entrainement } = seance;
  const lien = lienVersUnCahier(application, titre, chemin, cle === "en-cours" ? ici(seance) : {});
  return creer(
    "li",
    { class: `grc-carte grc-${cle}` },
    creer("h3", {}, lien),
    but ? creer("p", {}, outil ? but : `Vous saurez ${but}.`) : null,
    creer("p", { class: "grc-details" }, enUneLigne(duree, noteSur && `noté sur ${noteSur}`)),
    texte ? creer("p", { class: "grc-etat-seance" }, texte) : null,
    mesure && compte(mesure),
    // Ceux d'une leçon sont déjà dans sa mesure.
    !seance.parcours &&
      entrainement.resultats &&
      Object.values(entrainement.resultats).some(Boolean)
      ? creer("p", { class: "grc-compte" }, entrainement.texte)
      : null,
  );
}

/** @param {Mesure} mesure */
function compte(mesure) {
  const reste = mesure.reste && `encore ${mesure.reste} environ`;
  return creer("p", { class: "grc-compte" }, jauge(mesure), enUneLigne(mesure.en_bref, reste));
}

/**
 * L'avancement d'un TP (ses questions), ou le parcours d'une leçon (ses activités).
 *
 * @param {Seance} seance
 */
function mesureDe(seance) {
  return seance.parcours || seance.avancement;
}

/** @param {Seance} seance */
function etat({ rendu, parcours, avancement }) {
  if (rendu && !rendu.a_jour) return { cle: "a-rendre", texte: `À rendre de nouveau : ${PERIME}` };
  if (rendu) return { cle: "rendue", texte: `✔ Fichier préparé le ${rendu.date}` };
  if (parcours) return etatDeLaLecon(parcours);
  if (!avancement) return { cle: "a-lire", texte: "" };
  if (!avancement.commencees) return { cle: "a-commencer", texte: "À commencer" };
  return avancement.suivante
    ? { cle: "en-cours", texte: "En cours" }
    : { cle: "a-rendre", texte: "Complet : à rendre" };
}

/** @param {Parcours} parcours */
function etatDeLaLecon({ commencees, suivante }) {
  if (!commencees) return { cle: "a-commencer", texte: "À commencer" };
  return suivante
    ? { cle: "en-cours", texte: `En cours, étape ${suivante.etape}` }
    : { cle: "parcourue", texte: "✔ Leçon faite" };
}

/**
 * Là où l'on s'est arrêté : l'énoncé de la première question à faire (ou la remise), la première activité d'une leçon.
 *
 * @param {Seance} seance
 */
function ici({ parcours, avancement }) {
  if (parcours?.commencees && parcours.suivante) return { cellule: parcours.suivante.cellule };
  if (!avancement?.commencees) return {};
  const { suivante } = avancement;
  return { cellule: suivante ? `${suivante.cellule}_enonce` : "rendre_texte" };
}
