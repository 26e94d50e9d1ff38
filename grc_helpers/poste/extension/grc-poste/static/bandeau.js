// @ts-check
/* Le bandeau sous la barre d'outils : où l'on en est, si c'est enregistré, et les gestes de la séance. */
import { bouton, creer, enUneLigne, jauge } from "./dom.js";
import { DIT } from "./lieu.js";
import { allerALaCellule, lienVersUnCahier } from "./page.js";
import { A_RENDRE, PERIME } from "./remise.js";

/** @import { Avancement, Mesure, Parcours, Rendu } from "./serveur.js" */
/** @import { OutilsDeSurete } from "./surete.js" */

const PANNE_DISQUE =
  "L'enregistrement a échoué (le disque est peut-être plein). Votre texte est gardé dans ce navigateur : ne fermez pas la page et " +
  "appelez le formateur. Un nouvel essai a lieu tout seul.";

export class Bandeau {
  /**
   * @param {Jupyter.Panneau} panneau
   * @param {OutilsDeSurete} outils
   * @param {{ terminer: () => void, versions: () => void }} gestes
   */
  constructor(panneau, { application, Widget }, { terminer, versions }) {
    this.panneau = panneau;
    /** @type {string[]} les cellules où mène le bouton vers la suite */
    this.cibles = [];
    this.etat = creer("span", { class: "grc-etat" });
    this.heure = creer("span", { class: "grc-heure" });
    this.suivante = bouton("", () => this._aller(), "grc-suivante");
    this.suivante.hidden = true;
    this.rappel = creer("p", { class: "grc-rappel", hidden: true });
    this.messages = creer("div", { class: "grc-messages", role: "status" });
    this.alerte = creer("p", { class: "grc-alerte", role: "alert", hidden: true });
    const accueil = panneau.context.path.replace(/(?:[^/]+\/)?[^/]+$/, "accueil/accueil.ipynb");
    const ligne = creer(
      "div",
      { class: "grc-ligne" },
      lienVersUnCahier(application, "Accueil", accueil, { classe: "grc-bouton" }),
      this.etat,
      this.suivante,
      creer("span", { class: "grc-ressort" }),
      this.heure,
      bouton("Versions", versions),
      bouton("Terminer", terminer, "grc-principal"),
    );
    this.node = creer(
      "div",
      { class: "grc-bandeau", role: "region", "aria-label": "Avancement", lang: "fr" },
      ligne,
      this.rappel,
      this.messages,
      this.alerte,
    );
    this._poser(Widget);
  }

  /**
   * @param {Avancement | null} mesure
   * @param {Rendu | null} rendu
   */
  avancement(mesure, rendu) {
    if (!mesure) return;
    const { suivante, a_reprendre: aReprendre } = mesure;
    this._dire(
      mesure,
      aReprendre.length > 0 && `à compléter : ${aReprendre.join(", ")}`,
      rendu
        ? rendu.a_jour && `fichier préparé le ${rendu.date}`
        : !suivante && "il ne reste qu’à rendre",
    );
    if (rendu && !rendu.a_jour) return this._proposer("Rendre de nouveau", [A_RENDRE], PERIME);
    if (!suivante) return this._proposer(rendu ? "" : "Rendre ma copie", [A_RENDRE]);
    const { cellule, numero } = suivante;
    this._proposer(`Aller à la question ${numero}`, [`${cellule}_enonce`, cellule]);
  }

  /**
   * Une leçon n'a rien de noté ni à rendre : on dit l'étape, et ce qui reste à lancer.
   *
   * @param {Parcours | null} mesure
   */
  parcours(mesure) {
    if (!mesure) return;
    const { suivante } = mesure;
    this._dire(mesure, !suivante && "rien à rendre");
    if (!suivante) return this._proposer("", []);
    this._proposer(`Aller à l’étape ${suivante.etape}`, [suivante.cellule]);
  }

  modifie() {
    this.heure.textContent = "Enregistrement…";
  }

  /** @param {Date} date */
  enregistre(date) {
    const jour =
      date.toDateString() === new Date().toDateString()
        ? ""
        : `le ${date.toLocaleDateString("fr-FR")} `;
    this.heure.textContent = `Enregistré ${jour}à ${date.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" })}`;
    this.node.classList.remove("grc-en-panne");
    this.avertir("");
  }

  /** @param {boolean} joignable  le serveur répond encore */
  enPanne(joignable) {
    this.heure.textContent = "Pas enregistré";
    this.node.classList.add("grc-en-panne");
    this.avertir(joignable ? PANNE_DISQUE : DIT.arret);
  }

  /**
   * En ligne, tant que le fichier n'est pas emporté : de quoi l'emporter, sous les yeux.
   *
   * @param {string} adresse  de quoi le télécharger ; vide s'il n'y a plus rien à emporter
   */
  rappeler(adresse) {
    this.rappel.hidden = !adresse;
    if (!adresse || this.rappel.firstChild) return;
    const download = this.panneau.context.path.split("/").pop();
    this.rappel.append(
      DIT.rappel,
      " ",
      creer("a", { href: adresse, download, class: "grc-bouton" }, "Emporter mon fichier"),
    );
  }

  /**
   * Une alerte à la fois, qui reste tant que la cause est là.
   *
   * @param {string} texte
   */
  avertir(texte) {
    if (this.node.classList.contains("grc-en-panne") && !texte) return;
    this.alerte.hidden = !texte;
    if (this.alerte.textContent !== texte) this.alerte.textContent = texte;
  }

  /**
   * Un message que le lecteur ferme lui-même, par un des choix.
   *
   * @param {string} texte
   * @param {[mot: string, action: () => void][]} choix
   */
  dire(texte, choix = [["J’ai compris", () => {}]]) {
    const deja = [...this.messages.children].map((message) => message.getAttribute("data-texte"));
    if (deja.includes(texte)) return;
    const message = creer("p", { "data-texte": texte }, texte);
    for (const [mot, action] of choix) {
      message.append(
        " ",
        bouton(mot, () => {
          message.remove();
          action();
        }),
      );
    }
    this.messages.append(message);
  }

  /**
   * Où l'on en est, et ce qui reste.
   *
   * @param {Mesure} mesure
   * @param {...(string | false)} suite
   */
  _dire(mesure, ...suite) {
    const reste = mesure.reste && `encore ${mesure.reste} environ`;
    this.etat.replaceChildren(jauge(mesure), enUneLigne(mesure.texte, reste, ...suite));
  }

  /**
   * Le bouton vers la suite : son texte, et les cellules où il mène (la première qui existe).
   *
   * @param {string} texte
   * @param {string[]} cibles
   * @param {string} [pourquoi]
   */
  _proposer(texte, cibles, pourquoi = "") {
    this.cibles = cibles;
    this.suivante.title = pourquoi;
    this.suivante.hidden = !texte;
    this.suivante.textContent = texte;
  }

  _aller() {
    const connues = this.panneau.content.widgets.map((cellule) => cellule.model.id);
    const cible = this.cibles.find((id) => connues.includes(id));
    if (cible) allerALaCellule(this.panneau, cible);
  }

  /**
   * Dans l'en-tête que JupyterLab prévoit au-dessus du cahier. Il ne mesure que les hauteurs déclarées : on la lui déclare.
   *
   * @param {OutilsDeSurete["Widget"]} Widget
   */
  _poser(Widget) {
    const widget = new Widget();
    widget.addClass("grc-bandeau-hote");
    widget.node.append(this.node);
    this.panneau.contentHeader.addWidget(widget);
    const mesurer = () => {
      widget.node.style.minHeight = `${Math.min(this.node.offsetHeight, window.innerHeight / 2)}px`;
      if (widget.parent) widget.parent.fit();
    };
    const observateur = new ResizeObserver(mesurer);
    observateur.observe(this.node);
    widget.disposed.connect(() => observateur.disconnect());
  }
}
