// @ts-check
/*
 * Le noyau d'un cahier (ce qui fait marcher les activités) peut mourir sans que rien ne le dise : cours relancé, mémoire pleine, noyau éteint
 * par un hub. À chaque enregistrement, et dès que JupyterLab s'en doute, on le vérifie ; mort, il repart.
 */
import { noter } from "./panne.js";

const REPARTI =
  "Le cours avait été relancé : vos réponses sont là, et les activités répondent de nouveau. Cliquez sur « Commencer » pour reprendre.";
const MORT = "Les activités ne répondent plus. Vos réponses s’enregistrent toujours.";

const PATIENCE = 15_000; // millisecondes laissées au noyau neuf pour répondre
// Un serveur qui vient d'être relancé refuse parfois les premières demandes : avant chaque essai, une pause en millisecondes.
const ESSAIS = [0, 1000, 3000, 6000];

export class Veille {
  /**
   * @param {Jupyter.Panneau} panneau
   * @param {Jupyter.Application} application
   * @param {(texte: string, choix?: [string, () => void][]) => void} dire
   */
  constructor(panneau, application, dire) {
    this.seance = panneau.sessionContext;
    this.services = application.serviceManager;
    this.dire = dire;
    this.enCours = false;
    // La boîte de JupyterLab dirait la panne en anglais, à chaque essai ; le bandeau la dit une fois, s'il n'y a plus d'essai.
    this.seance._displayKernelError = async () => {};
    this.seance.statusChanged.connect((_, etat) => {
      if (etat === "dead" || etat === "unknown") this.verifier();
    });
  }

  /** Fait repartir le noyau s'il n'existe plus sur le serveur. */
  async verifier() {
    if (this.enCours || this.seance.isDisposed || !this.seance.isReady) return;
    this.enCours = true;
    try {
      if (!(await this._existe())) await this._relancer();
    } finally {
      this.enCours = false;
    }
  }

  /** Vrai aussi quand le serveur ne répond pas : on ne sait pas, et l'enregistrement le dit déjà. */
  async _existe() {
    const noyau = this.seance.session?.kernel;
    try {
      await this.services.kernels.refreshRunning();
    } catch (erreur) {
      return true;
    }
    return [...this.services.kernels.running()].some(({ id }) => id === noyau?.id);
  }

  async _relancer() {
    for (const pause of ESSAIS) {
      await attendre(pause);
      if (this.seance.isDisposed) return;
      if (await this._essayer()) return this.dire(REPARTI);
    }
    this.dire(MORT, [["Faire repartir", () => this.verifier()]]);
  }

  /** Vrai si un noyau neuf répond. */
  async _essayer() {
    try {
      // Le serveur a oublié la séance : JupyterLab doit l'apprendre avant d'en ouvrir une autre.
      await this.services.sessions.refreshRunning();
      const noyau = await this.seance.changeKernel({ name: "python3" });
      return !!noyau && (await Promise.race([noyau.info, attendre(PATIENCE)])) !== undefined;
    } catch (erreur) {
      noter("noyau", erreur);
      return false;
    }
  }
}

/** @returns {Promise<undefined>} */
const attendre = (/** @type {number} */ duree) =>
  new Promise((suite) => setTimeout(() => suite(undefined), duree));
