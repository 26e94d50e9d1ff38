// @ts-check
/* Les questions posées au serveur du poste (points_acces.py). Une panne donne null : le confort manque, rien d'autre. */
import { noter } from "./panne.js";

/**
 * Ce que l'on peut lire, et ce que l'on peut envoyer : par sujet, ce que répond le serveur.
 *
 * @typedef {{ cahier: EtatDuCahier, seances: Seance[], versions: Version[], activites: Record<string, string> }} Lectures
 * @typedef {{ versions: { remise: string }, effacer: { restes: string[] }, remise: Rendu, verdict: Verdict }} Envois
 *
 * @typedef {object} Reprise  un fichier rapporté, remis à sa place
 * @property {string} chemin
 * @property {string} titre  de la séance
 * @property {boolean} garde  un autre travail y était : il est dans les versions
 *
 * @typedef {object} EtatDuCahier
 * @property {Avancement | null} avancement  s'il a des questions notées
 * @property {Parcours | null} parcours  sinon, s'il a des exercices
 * @property {Entrainement} entrainement
 * @property {string[]} messages  ce qui vient d'être réparé, en mots
 * @property {CelluleReparee[]} touchees
 * @property {string} avertissement
 * @property {ARendre | null} a_rendre
 * @property {Rendu | null} rendu
 *
 * @typedef {{ rang: number, cellule: Jupyter.CelluleDuFichier }} CelluleReparee
 *
 * @typedef {object} Mesure  où l'on en est ; une durée est un texte, vide quand on ne la connaît pas
 * @property {string} texte
 * @property {string} en_bref
 * @property {number} total
 * @property {number} faites
 * @property {string} reste
 *
 * @typedef {object} DesQuestions
 * @property {number} commencees
 * @property {Record<string, string>} etats  par question : répondue, vide, à compléter…
 * @property {{ cellule: string, numero: string } | null} suivante
 * @property {string[]} a_reprendre  leurs numéros
 * @typedef {Mesure & DesQuestions} Avancement
 *
 * @typedef {object} DesExercices
 * @property {number} commencees  les activités lancées ou faites
 * @property {{ cellule: string, etape: number } | null} suivante
 * @typedef {Mesure & DesExercices} Parcours
 *
 * @typedef {object} Entrainement  les exercices d'un cahier
 * @property {number} total
 * @property {number} reussis
 * @property {string} texte
 * @property {Record<string, Resultat>} resultats  par cellule ; vide s'il n'est pas fait
 *
 * @typedef {"premier" | "second" | "pas encore" | ""} Resultat
 *
 * @typedef {object} Seance
 * @property {string} chemin
 * @property {string} titre
 * @property {string} sequence
 * @property {string} duree
 * @property {string} note_sur  vide si elle n'est pas notée
 * @property {string} but
 * @property {boolean} outil  un simulateur, ni leçon ni TP
 * @property {Avancement | null} avancement
 * @property {Parcours | null} parcours
 * @property {Entrainement} entrainement
 * @property {number} modifie  en secondes
 * @property {Rendu | null} rendu
 *
 * @typedef {{ nom: string, date: string, en_bref: string }} Version
 *
 * @typedef {object} Rendu  le dernier fichier préparé pour être rendu, et son reçu
 * @property {string} fichier
 * @property {string} nom
 * @property {string} groupe
 * @property {string} date
 * @property {string} code
 * @property {boolean} a_jour  il contient les réponses du fichier de travail
 *
 * @typedef {object} Verdict  ce qu'il faut dire d'une réponse, jamais si elle est juste
 * @property {"recue" | "a_reprendre" | "commencee" | "vide"} etat
 * @property {string} phrase
 * @property {string[]} lignes
 * @property {[ligne: string, colonne: string][]} cases  celles du tableau qui sont à reprendre
 *
 * @typedef {object} ARendre  avant de rendre : ce qui manque, et le nom donné la dernière fois
 * @property {string[]} a_faire
 * @property {string} nom
 * @property {string} groupe
 */

export class Serveur {
  /**
   * @param {Jupyter.Application} application
   * @param {Jupyter.Modules["@jupyterlab/services"]} services
   */
  constructor(application, services) {
    this.connexion = services.ServerConnection;
    this.reglages = application.serviceManager.serverSettings;
    this.contenus = application.serviceManager.contents;
  }

  /**
   * @template {keyof Lectures} S
   * @param {S} sujet
   * @returns {Promise<Lectures[S] | null>}
   */
  lire(sujet, chemin = "") {
    return this._appeler(sujet, chemin, { method: "GET" });
  }

  /**
   * @template {keyof Envois} S
   * @param {S} sujet
   * @returns {Promise<Envois[S] | null>}
   */
  envoyer(sujet, chemin = "", corps = {}) {
    return this._appeler(sujet, chemin, { method: "POST", body: JSON.stringify(corps) });
  }

  /**
   * Met un fichier rapporté à sa place ; un refus est une phrase à montrer.
   *
   * @param {string} contenu
   * @returns {Promise<Reprise | { refus: string }>}
   */
  async reprendre(contenu) {
    try {
      const reponse = await this.connexion.makeRequest(
        `${this.reglages.baseUrl}grc/reprendre`,
        { method: "POST", body: JSON.stringify({ contenu }) },
        this.reglages,
      );
      const recu = await reponse.json();
      return reponse.ok ? recu : { refus: recu.message };
    } catch (erreur) {
      noter("reprendre", erreur);
      return { refus: "Le cours ne répond pas : rien n’a été changé. Appelez le formateur." };
    }
  }

  async repond() {
    return (await this.lire("seances")) !== null;
  }

  /** @param {string} chemin */
  adresseDeTelechargement(chemin) {
    return this.contenus.getDownloadUrl(chemin);
  }

  /**
   * @param {string} sujet
   * @param {string} chemin
   * @param {RequestInit} options
   */
  async _appeler(sujet, chemin, options) {
    const morceaux = ["grc", sujet, ...chemin.split("/").filter(Boolean).map(encodeURIComponent)];
    try {
      const reponse = await this.connexion.makeRequest(
        this.reglages.baseUrl + morceaux.join("/"),
        options,
        this.reglages,
      );
      return reponse.ok ? await reponse.json() : null;
    } catch (erreur) {
      noter("serveur injoignable", erreur);
      return null;
    }
  }
}
