/* Les questions posées au serveur du poste (points_acces.py). Une panne donne null : le confort manque, rien d'autre. */
import { noter } from "./panne.js";

export class Serveur {
  constructor(application, services) {
    this.connexion = services.ServerConnection;
    this.reglages = application.serviceManager.serverSettings;
    this.contenus = application.serviceManager.contents;
  }

  lire(sujet, chemin = "") {
    return this._appeler(sujet, chemin, { method: "GET" });
  }

  envoyer(sujet, chemin = "", corps = {}) {
    return this._appeler(sujet, chemin, { method: "POST", body: JSON.stringify(corps) });
  }

  async repond() {
    return (await this.lire("seances")) !== null;
  }

  adresseDeTelechargement(chemin) {
    return this.contenus.getDownloadUrl(chemin);
  }

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
