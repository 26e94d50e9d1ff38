// @ts-check
/*
 * Rien ne se perd, et l'on sait où l'on en est. Pour chaque cahier ouvert : un bandeau (avancement, heure
 * d'enregistrement, Terminer), le texte gardé dans le navigateur jusqu'à son enregistrement, un enregistrement dès que
 * l'on cesse d'écrire. L'accueil reçoit les cartes des séances.
 */
import { afficherLAccueil } from "./accueil.js";
import { Bandeau } from "./bandeau.js";
import { Brouillon, ilResteAEmporter, noterQuIlEstEmporte } from "./brouillons.js";
import { Marques } from "./exercices.js";
import { enregistrerEnsemble } from "./fusion.js";
import { imprimerLeCahier } from "./impression.js";
import { EN_LIGNE, LIEU } from "./lieu.js";
import { Veille } from "./noyau.js";
import { fermerLesAnciens } from "./ouverts.js";
import { allerALaCellule, estLAccueil } from "./page.js";
import { Remise } from "./remise.js";
import { appliquerLesReparations } from "./reparations.js";
import { Serveur } from "./serveur.js";
import { terminer } from "./terminer.js";
import { choisirUneVersion } from "./versions.js";

/** @import { Outils } from "./activation.js" */

/**
 * @typedef {object} OutilsDeSurete
 * @property {Jupyter.Application} application
 * @property {Jupyter.Cahiers} cahiers
 * @property {new () => Jupyter.Widget} Widget
 * @property {Serveur} serveur
 * @property {symbol | undefined} impression  sous quel nom un cahier dit à JupyterLab comment s'imprimer
 */

const PAUSE_AVANT_ENREGISTRER = 1500; // millisecondes
const PAUSE_AVANT_BROUILLON = 400;
const PAUSE_AVANT_RETOUR = 2000;
const EMPORTE = "grc-fichier-emporte";

/** @param {Outils} outils */
export async function activer({ application, cahiers, module }) {
  const [widgets, services, apputils] = await Promise.all([
    module("@lumino/widgets"),
    module("@jupyterlab/services"),
    module("@jupyterlab/apputils"),
  ]);
  if (!widgets || !services) return;
  /** @type {OutilsDeSurete} */
  const outils = {
    application,
    cahiers,
    Widget: widgets.Widget,
    serveur: new Serveur(application, services),
    impression: apputils?.Printing.symbol,
  };
  const suivre = (/** @type {Jupyter.Panneau} */ panneau) => {
    panneau.context.ready.then(() => {
      if (estLAccueil(panneau)) afficherLAccueil(panneau, outils);
      else new Suivi(panneau, outils);
    });
  };
  cahiers.forEach(suivre);
  cahiers.widgetAdded.connect((_, panneau) => suivre(panneau));
  fermerLesAnciens(outils);
  if (EN_LIGNE) suivreCeQuiEstEmporte();
}

/** Un fichier téléchargé est emporté ; d'ici là, une session qui s'efface ne se quitte pas sans une question du navigateur. */
function suivreCeQuiEstEmporte() {
  document.addEventListener("click", ({ target }) => {
    const lien = target instanceof Element ? target.closest("a[download]") : null;
    const chemin = lien?.getAttribute("data-grc-cahier");
    if (chemin) noterQuIlEstEmporte(chemin);
    if (lien) document.dispatchEvent(new CustomEvent(EMPORTE, { detail: { lien, chemin } }));
  });
  window.addEventListener("beforeunload", (evenement) => {
    if (LIEU === "binder" && ilResteAEmporter()) evenement.preventDefault();
  });
}

/** Un cahier ouvert, de son ouverture à sa fermeture. */
export class Suivi {
  /**
   * @param {Jupyter.Panneau} panneau
   * @param {OutilsDeSurete} outils
   */
  constructor(panneau, outils) {
    this.panneau = panneau;
    this.outils = outils;
    this.brouillon = new Brouillon(panneau);
    this.enPanne = false;
    this.qui = ""; // le nom donné à la dernière remise
    this.changePendant = false; // un enregistrement
    this.minuterieBrouillon = 0;
    this.minuterieEnregistrement = 0;
    this.minuterieRetour = 0;
    this.bandeau = new Bandeau(panneau, outils, {
      terminer: () => terminer(this, outils),
      versions: () => choisirUneVersion(this, outils),
    });
    this.remise = new Remise(panneau, outils.serveur, this);
    this.marques = new Marques(panneau);
    if (outils.impression)
      panneau[outils.impression] = () => async () => imprimerLeCahier(panneau, this.qui);
    this.bandeau.enregistre(new Date(panneau.context.contentsModel.last_modified));
    enregistrerEnsemble(this, outils.application.serviceManager.contents);
    // JupyterLab ouvrirait sa boîte à chaque essai raté ; le bandeau dit la panne, en français, une seule fois.
    this.contexte._handleError = async () => {};
    this.veille = new Veille(panneau, outils.application, (texte, choix) => {
      if (this.enPanne) this.enregistrer(); // le noyau reparti, le serveur est là : l'alerte n'a plus lieu d'être
      this.bandeau.dire(texte, choix);
    });
    this.proposerLeBrouillon();
    this.rafraichir();
    panneau.context.saveState.connect(this.auChangementDEtat, this);
    panneau.model?.contentChanged.connect(this.aLaFrappe, this);
    this.auDepart = () => this.garderEtEnregistrer();
    // Capot fermé, onglet quitté, page fermée : le navigateur prévient par l'un ou l'autre.
    window.addEventListener("pagehide", this.auDepart);
    document.addEventListener("visibilitychange", this.auDepart);
    this.quandOnEmporte = (/** @type {Event} */ evenement) => this.emporte(evenement);
    document.addEventListener(EMPORTE, this.quandOnEmporte);
    panneau.disposed.connect(() => this.arreter());
    const visee = /^#cell-id=(.+)$/.exec(location.hash);
    if (outils.application.name !== "JupyterLab" && visee) allerALaCellule(panneau, visee[1]);
  }

  get contexte() {
    return this.panneau.context;
  }

  arreter() {
    clearTimeout(this.minuterieBrouillon);
    clearTimeout(this.minuterieEnregistrement);
    clearTimeout(this.minuterieRetour);
    window.removeEventListener("pagehide", this.auDepart);
    document.removeEventListener("visibilitychange", this.auDepart);
    document.removeEventListener(EMPORTE, this.quandOnEmporte);
  }

  /**
   * Un lien de ce cahier, ou de « Terminer », vient d'être cliqué.
   *
   * @param {Event} evenement
   */
  emporte(evenement) {
    if (!(evenement instanceof CustomEvent)) return;
    const { lien, chemin } = evenement.detail;
    if (chemin !== this.contexte.path && !this.panneau.node.contains(lien)) return;
    this.brouillon.emporte();
    this.rappeler();
  }

  /** En ligne, tant que le fichier n'est pas emporté. */
  async rappeler() {
    if (!EN_LIGNE) return;
    const { serveur } = this.outils;
    const adresse = this.brouillon.aEmporter
      ? await serveur.adresseDeTelechargement(this.contexte.path)
      : "";
    this.bandeau.rappeler(adresse);
  }

  aLaFrappe() {
    this.changePendant = true;
    this.bandeau.modifie();
    clearTimeout(this.minuterieBrouillon);
    this.minuterieBrouillon = setTimeout(() => this.brouillon.garder(), PAUSE_AVANT_BROUILLON);
    clearTimeout(this.minuterieEnregistrement);
    // En panne, l'enregistrement automatique de JupyterLab réessaie seul : inutile d'ajouter des messages d'erreur.
    if (!this.enPanne)
      this.minuterieEnregistrement = setTimeout(() => this.enregistrer(), PAUSE_AVANT_ENREGISTRER);
  }

  garderEtEnregistrer() {
    if (this.panneau.isDisposed) return;
    this.brouillon.garder();
    if (document.visibilityState === "hidden" && !this.enPanne) this.enregistrer();
  }

  /** Enregistre s'il y a de quoi. Renvoie vrai si le fichier a tout ce qui est à l'écran. */
  async enregistrer() {
    if (this.panneau.isDisposed || this.contexte.model.readOnly) return false;
    // Une frappe pendant l'enregistrement n'y est pas : on recommence, sans poursuivre sans fin quelqu'un qui écrit.
    for (let essai = 0; essai < 3 && this.contexte.model.dirty; essai++) {
      try {
        await this.contexte.save();
      } catch (erreur) {
        return false; // JupyterLab l'a dit, et le bandeau aussi
      }
    }
    return !this.contexte.model.dirty;
  }

  /**
   * @param {unknown} _
   * @param {string} etat
   */
  auChangementDEtat(_, etat) {
    if (etat === "started") this.enregistrementCommence();
    else if (etat === "failed") this.enregistrementRate();
    else if (etat.startsWith("completed")) this.enregistrementReussi();
  }

  enregistrementCommence() {
    this.changePendant = false;
    this.brouillon.enregistrementCommence();
  }

  enregistrementReussi() {
    this.enPanne = false;
    this.bandeau.enregistre(new Date());
    this.veille.verifier();
    this.brouillon.enregistrementFini();
    if (this.changePendant) {
      // Ce qui a changé pendant l'enregistrement n'est pas dans le fichier, mais JupyterLab le croit à jour.
      this.contexte.model.dirty = true;
      this.aLaFrappe();
    }
    this.rafraichir();
  }

  async enregistrementRate() {
    this.enPanne = true;
    this.brouillon.garder();
    const joignable = await this.outils.serveur.repond();
    this.bandeau.enPanne(joignable);
    if (!joignable) this.guetterLeRetour();
  }

  /** Le cours relancé, tout s'enregistre aussitôt : rien à faire pour qui a laissé la page ouverte. */
  guetterLeRetour() {
    clearTimeout(this.minuterieRetour);
    this.minuterieRetour = setTimeout(async () => {
      if (!this.enPanne || this.panneau.isDisposed) return;
      if (await this.outils.serveur.repond()) this.enregistrer();
      else this.guetterLeRetour();
    }, PAUSE_AVANT_RETOUR);
  }

  /** Relit sur le serveur l'avancement du fichier, et ce qui vient d'y être réparé. */
  async rafraichir() {
    const etat = await this.outils.serveur.lire("cahier", this.contexte.path);
    if (!etat || this.panneau.isDisposed) return;
    this.rappeler();
    this.bandeau.avancement(etat.avancement, etat.rendu);
    this.remise.rafraichir(etat.a_rendre, etat.rendu);
    this.bandeau.parcours(etat.parcours);
    this.marques.montrer(etat.avancement, etat.entrainement);
    this.qui = etat.rendu?.nom ?? this.qui;
    this.bandeau.avertir(etat.avertissement);
    for (const message of etat.messages) this.bandeau.dire(message);
    appliquerLesReparations(this.panneau, etat.touchees);
  }

  proposerLeBrouillon() {
    const trouve = this.brouillon.retrouver();
    if (!trouve) return;
    const quand = new Date(trouve.date).toLocaleString("fr-FR", {
      day: "numeric",
      month: "long",
      hour: "2-digit",
      minute: "2-digit",
    });
    const combien = trouve.nombre > 1 ? `${trouve.nombre} réponses` : "une réponse";
    if (trouve.sansRisque) {
      trouve.remettre();
      this.bandeau.dire(
        `Texte retrouvé : ${combien} d’avant (${quand}), de nouveau à ${trouve.nombre > 1 ? "leur" : "sa"} place.`,
        [
          ["Garder ce texte", () => this.enregistrer()],
          ["Revenir au fichier enregistré", () => trouve.annuler()],
        ],
      );
    } else {
      this.bandeau.dire(
        `Un texte plus ancien est gardé dans ce navigateur (${combien}, ${quand}). Le fichier a changé depuis.`,
        [
          ["Remettre ce texte", () => trouve.remettre()],
          ["Garder le fichier", () => this.brouillon.effacer()],
        ],
      );
    }
  }
}
