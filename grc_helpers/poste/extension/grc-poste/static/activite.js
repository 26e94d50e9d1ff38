// @ts-check
/*
 * Les activités (exercices, simulateurs, explorateurs) : une carte à la place du code, avec leur titre et « Commencer ». Rien ne se
 * lance tout seul : sur un PC lent, faire défiler une leçon de quarante exercices chargerait matplotlib et quarante écrans.
 */
import { bouton, creer } from "./dom.js";
import { isolerDeJupyter } from "./page.js";
import { noter } from "./panne.js";

const PATIENCE = 60_000; // millisecondes laissées au cours pour finir de s'ouvrir
const ATTENTE = "Un instant, l’activité s’ouvre…";
const RATE =
  "L’activité n’a pas pu s’ouvrir. Cliquez de nouveau ; si cela continue, rechargez la page (F5).";

/**
 * Vrai pour une cellule du cours que l'on lance pour voir quelque chose.
 *
 * @param {Jupyter.Cellule} cellule
 */
export function estUneActivite(cellule) {
  const source = cellule.model.sharedModel.getSource();
  // Une réponse verrouillée (« %%… ») n'est pas une activité : elle se lit.
  const repond = /^\s*(%%|(verifier|rendre_ma_copie)\()/.test(source);
  return duCours(cellule) && !repond && !muette(source);
}

/**
 * Vrai pour une cellule du cours qui ne montre rien : elle prépare la session, ce que le poste fait déjà.
 *
 * @param {Jupyter.Cellule} cellule
 */
export function estMuette(cellule) {
  return duCours(cellule) && muette(cellule.model.sharedModel.getSource());
}

/** Une cellule que le stagiaire a ajoutée est à lui : elle reste comme il l'a écrite. @param {Jupyter.Cellule} cellule */
const duCours = ({ model }) => model.type === "code" && model.getMetadata("editable") === false;

/** @param {string} source */
function muette(source) {
  return source
    .split("\n")
    .every((ligne) => /^\s*((%load_ext|from|import|#)\b.*|#.*)?$/.test(ligne));
}

export class Carte {
  /**
   * @param {Jupyter.Cellule} cellule
   * @param {Jupyter.Panneau} panneau
   * @param {Jupyter.Modules["@jupyterlab/cells"]} cellules
   */
  constructor(cellule, panneau, cellules) {
    this.cellule = cellule;
    this.panneau = panneau;
    this.cellules = cellules;
    this.titre = creer("strong", {});
    this.dit = creer("span", { class: "grc-activite-dit", role: "status" });
    this.bouton = bouton("Commencer", () => this.lancer(), "grc-principal");
    this.element = creer(
      "div",
      { class: "grc-activite-carte", lang: "fr" },
      this.titre,
      this.bouton,
      this.dit,
    );
    this.element.addEventListener("keydown", (evenement) => evenement.stopPropagation());
    isolerDeJupyter(this.element);
    cellule.inputArea?.node.append(this.element);
    cellule.addClass("grc-activite");
    cellule.model.stateChanged.connect((_, { name, newValue }) => {
      if (name === "executionCount" && newValue) this.montrer(true);
    });
    // Un écran ne survit pas à son noyau : plutôt une carte à recommencer qu'un bouton qui ne répond plus.
    panneau.sessionContext.statusChanged.connect((_, etat) => {
      if (["restarting", "autorestarting", "dead"].includes(etat)) this.montrer(false);
    });
    panneau.sessionContext.kernelChanged.connect(() => this.montrer(false));
    this.nommer("");
    this.montrer(false);
  }

  /** @param {string} titre */
  nommer(titre) {
    this.titre.textContent = titre || "Activité";
    this.bouton.setAttribute(
      "aria-label",
      `${this.bouton.textContent} : ${this.titre.textContent}`,
    );
  }

  /** @param {boolean} lancee  dans cette session : son écran répond */
  montrer(lancee) {
    if (this.cellule.isDisposed) return;
    this.cellule.toggleClass("grc-lancee", lancee);
    this.bouton.textContent = lancee ? "Relancer" : "Commencer";
    this.bouton.classList.toggle("grc-principal", !lancee);
    this.nommer(this.titre.textContent ?? "");
  }

  async lancer() {
    if (this.bouton.disabled) return;
    this.bouton.disabled = true;
    this.dit.textContent = ATTENTE;
    try {
      await this._enregistrer();
      const { sessionContext } = this.panneau;
      await Promise.race([
        sessionContext.ready.then(() => sessionContext.session?.kernel?.info),
        new Promise((_, rejeter) => setTimeout(rejeter, PATIENCE)),
      ]);
      const fait = await this.cellules.CodeCell.execute(this.cellule, sessionContext);
      this.dit.textContent = fait ? "" : RATE;
    } catch (erreur) {
      noter("activité", erreur);
      this.dit.textContent = RATE;
    } finally {
      this.bouton.disabled = false;
    }
  }

  /** Une activité peut relire les réponses du fichier : il doit avoir ce qui est à l'écran. */
  async _enregistrer() {
    const { context } = this.panneau;
    if (!context.model.dirty || context.model.readOnly) return;
    await context.save().catch((erreur) => noter("enregistrement", erreur));
  }
}
