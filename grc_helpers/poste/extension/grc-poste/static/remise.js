// @ts-check
/*
 * « Rendre ma copie » : dans la cellule qui le demande, un formulaire à la place du code. Il enregistre d'abord : ce qui est
 * rendu est ce qui est à l'écran. Le fichier ne garde rien de ce qui se montre ici.
 */
import { bouton, creer, identifiantUnique } from "./dom.js";
import { isolerDeJupyter } from "./page.js";

/** @import { ARendre, Rendu, Serveur } from "./serveur.js" */

const DEMANDE = /^\s*rendre_ma_copie\(\s*["'](\w+)["']/;

/** L'énoncé de la remise, où mène le bandeau. */
export const A_RENDRE = "rendre_texte";
export const PERIME = "vos réponses ont changé depuis";

const MANQUE = "Indiquez votre nom et votre groupe, puis cliquez de nouveau.";
const PAS_ENREGISTRE =
  "Vos dernières réponses n’ont pas pu être enregistrées : rien n’a été préparé. Votre texte est gardé dans cette page ; appelez le formateur.";
const PAS_PREPARE =
  "Le fichier n’a pas pu être écrit (le disque est peut-être plein). Rien n’est perdu ; appelez le formateur.";

export class Remise {
  /**
   * @param {Jupyter.Panneau} panneau
   * @param {Serveur} serveur
   * @param {{ enregistrer: () => Promise<boolean>, rafraichir: () => Promise<void> }} cahier  enregistrer dit vrai si le fichier
   *   a tout ce qui est à l'écran
   */
  constructor(panneau, serveur, cahier) {
    this.panneau = panneau;
    this.serveur = serveur;
    this.cahier = cahier;
    this.nom = champ("name");
    this.groupe = champ("off");
    this.bilan = creer("div");
    this.suite = creer("div", { role: "status" });
    this.bouton = bouton("Préparer le fichier à rendre", () => this.preparer(), "grc-principal");
    this.element = creer(
      "div",
      { class: "grc-remise", lang: "fr" },
      this.bilan,
      etiquette("Nom et prénom", this.nom),
      etiquette("Groupe", this.groupe),
      this.bouton,
      this.suite,
    );
    // Une touche tapée ici ne doit pas agir sur le cahier ; Entrée vaut un clic.
    this.element.addEventListener("keydown", (evenement) => {
      evenement.stopPropagation();
      if (evenement.key === "Enter" && evenement.target instanceof HTMLInputElement)
        this.preparer();
    });
    isolerDeJupyter(this.element);
  }

  /** La cellule qui demande de rendre, et le nom du devoir ; null dans un cahier qui ne se rend pas. */
  get demande() {
    for (const cellule of this.panneau.content.widgets) {
      const trouve = DEMANDE.exec(cellule.model.sharedModel.getSource());
      if (trouve && cellule.model.type === "code") return { cellule, devoir: trouve[1] };
    }
    return null;
  }

  /**
   * Après chaque enregistrement : ce qui manque encore, et si le dernier fichier préparé est à jour.
   *
   * @param {ARendre | null} etat
   * @param {Rendu | null} rendu
   */
  async rafraichir(etat, rendu) {
    const { demande } = this;
    if (!demande || !etat) return;
    if (!this.element.isConnected) {
      demande.cellule.inputArea?.node.append(this.element);
      demande.cellule.addClass("grc-avec-remise");
    }
    this.nom.value ||= etat.nom;
    this.groupe.value ||= etat.groupe;
    this.bilan.replaceChildren(...manques(etat.a_faire));
    if (rendu) await this.montrer(rendu);
  }

  async preparer() {
    const { demande } = this;
    const [nom, groupe] = [this.nom.value.trim(), this.groupe.value.trim()];
    if (!demande) return;
    if (!nom || !groupe) {
      (nom ? this.groupe : this.nom).focus();
      return this.dire(MANQUE);
    }
    this.bouton.disabled = true;
    try {
      if (!(await this.cahier.enregistrer())) return this.dire(PAS_ENREGISTRE);
      const corps = { nom, groupe, devoir: demande.devoir };
      const rendu = await this.serveur.envoyer("remise", this.panneau.context.path, corps);
      if (!rendu) return this.dire(PAS_PREPARE);
      await this.cahier.rafraichir();
    } finally {
      this.bouton.disabled = false;
    }
  }

  /** @param {string} texte */
  dire(texte) {
    this.suite.replaceChildren(creer("p", { class: "grc-alerte" }, texte));
  }

  /** @param {Rendu} rendu */
  async montrer(rendu) {
    const nom = rendu.fichier.split("/").pop() ?? "";
    const href = await this.serveur.adresseDeTelechargement(rendu.fichier);
    const lignes = [
      ["Nom", rendu.nom],
      ["Groupe", rendu.groupe],
      ["Date", rendu.date],
      ["Code", rendu.code],
    ].map(([titre, texte]) =>
      creer("tr", {}, creer("th", { scope: "row" }, titre), creer("td", {}, texte)),
    );
    this.suite.replaceChildren(
      creer(
        "div",
        { class: rendu.a_jour ? "grc-recu" : "grc-recu grc-recu-perime" },
        rendu.a_jour
          ? creer("p", {}, "Votre fichier à rendre est prêt.")
          : creer(
              "p",
              { class: "grc-alerte" },
              `Attention : ${PERIME}. Préparez un nouveau fichier.`,
            ),
        creer(
          "p",
          {},
          creer("a", { href, download: nom, class: "grc-bouton" }, `Télécharger ${nom}`),
        ),
        creer("p", {}, "Déposez ce seul fichier là où le formateur l’a demandé."),
        creer(
          "p",
          {},
          creer("strong", {}, "Votre reçu"),
          " (photographiez-le, ou notez le code) :",
        ),
        creer("table", {}, creer("tbody", {}, ...lignes)),
      ),
    );
  }
}

/** @param {string[]} aFaire */
function manques(aFaire) {
  if (!aFaire.length) return [creer("p", {}, "Toutes les questions ont une réponse.")];
  return [
    creer("p", {}, "Il reste à faire :"),
    creer("ul", {}, ...aFaire.map((ligne) => creer("li", {}, ligne))),
    creer("p", {}, "Vous pouvez rendre quand même."),
  ];
}

/** @param {"name" | "off"} remplissage  ce que le navigateur peut proposer */
function champ(remplissage) {
  return creer("input", {
    type: "text",
    id: identifiantUnique(),
    autocomplete: remplissage,
    maxlength: 120,
  });
}

/**
 * @param {string} texte
 * @param {HTMLInputElement} champ
 */
function etiquette(texte, champ) {
  return creer("p", {}, creer("label", { for: champ.id }, texte), champ);
}
