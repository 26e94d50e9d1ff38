// @ts-check
/*
 * « Vérifier », dans le cadre de la réponse : une phrase, à côté d'elle, qui se grise dès qu'elle change. Rien n'en reste dans le
 * fichier. Le serveur vérifie, avec le lecteur de la correction : cela marche même si le noyau du cahier est arrêté.
 */
import { bouton, creer } from "./dom.js";

/** @import { Verdict } from "./serveur.js" */

const PANNE =
  "La vérification ne répond pas. Votre réponse est à l’abri ; réessayez dans un instant.";
const PERIME = "Vous avez changé votre réponse : vérifiez-la de nouveau.";

/** Le signe de chaque état. ✔ est gardé pour « juste », dans l'entraînement. */
const SIGNES = { recue: "●", a_reprendre: "!", commencee: "…", vide: "…" };

export class Verification {
  /**
   * @param {() => string} source  la cellule telle qu'elle est à l'écran
   * @param {(source: string) => Promise<Verdict | null>} demander
   * @param {(cases: [string, string][]) => void} marquer
   */
  constructor(source, demander, marquer) {
    this.source = source;
    this.demander = demander;
    this.marquer = marquer;
    this.verifiee = ""; // la source qui a reçu le verdict affiché
    this.bouton = bouton("Vérifier", () => this.verifier());
    this.zone = creer("div", { class: "grc-verdict", role: "status" });
  }

  /** @param {string} question  pour les lecteurs d'écran : il y a un bouton par question */
  nommer(question) {
    this.bouton.setAttribute("aria-label", `Vérifier : ${question}`);
  }

  async verifier() {
    const source = this.source();
    this.bouton.disabled = true;
    const verdict = await this.demander(source);
    this.bouton.disabled = false;
    this.verifiee = source;
    this.marquer(verdict ? verdict.cases : []);
    this.zone.replaceChildren(...(verdict ? dire(verdict) : [creer("p", {}, PANNE)]));
    this.zone.className = `grc-verdict grc-${verdict ? verdict.etat : "a_reprendre"}`;
    // La réponse a pu changer pendant que le serveur lisait.
    this.rafraichir();
  }

  /** À chaque frappe : un verdict ne vaut que pour la réponse qu'il a lue. */
  rafraichir() {
    if (!this.verifiee) return;
    const perime = this.source() !== this.verifiee;
    this.zone.classList.toggle("grc-perime", perime);
    this.zone.querySelector(".grc-a-revoir")?.remove();
    if (!perime) return;
    this.marquer([]);
    this.zone.append(creer("p", { class: "grc-a-revoir" }, PERIME));
  }
}

/** @param {Verdict} verdict */
function dire({ etat, phrase, lignes }) {
  const signe = creer("span", { class: "grc-signe", "aria-hidden": "true" }, SIGNES[etat]);
  // Une seule chose à dire tient sur la ligne du verdict.
  const seule = etat === "a_reprendre" && lignes.length === 1;
  const suite = lignes.length > 0 && !seule;
  return [
    creer("p", {}, signe, " ", creer("strong", {}, phrase), seule ? ` ${lignes[0]}` : ""),
    ...(suite ? [creer("ul", {}, ...lignes.map((ligne) => creer("li", {}, ligne)))] : []),
  ];
}
