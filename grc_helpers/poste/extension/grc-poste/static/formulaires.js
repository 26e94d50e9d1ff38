// @ts-check
/*
 * Les formulaires de réponse. Chacun se monte dans sa cellule, à côté de l'éditeur qu'il replie : chaque geste s'écrit
 * aussitôt dans la source, et la source, si elle change, redessine le formulaire. Il ne garde rien pour lui.
 *
 * Un texte que le formulaire ne sait pas montrer en entier reste affiché tel quel, dans l'éditeur.
 */
import { changement, estUnCorrige, lireMagie, titreDeReponse } from "./cellule.js";
import { creer } from "./dom.js";
import { isolerDeJupyter } from "./page.js";
import { noter } from "./panne.js";
import { TYPES } from "./types.js";
import { Verification } from "./verdict.js";

/** @import { Magie } from "./cellule.js" */
/** @import { Serveur } from "./serveur.js" */
/** @import { Champ } from "./types.js" */

const TEXTE_LIBRE =
  "Cette réponse ne tient pas dans le formulaire : elle reste ici telle que vous l'avez écrite.";

class Formulaire {
  /**
   * @param {Jupyter.Cellule} cellule
   * @param {Jupyter.Panneau} panneau
   * @param {Jupyter.Application} application
   * @param {Serveur | null} serveur
   */
  constructor(cellule, panneau, application, serveur) {
    this.cellule = cellule;
    this.cahier = panneau.content;
    this.application = application;
    /** @type {Champ | null} */
    this.champ = null;
    /** @type {Jupyter.Cellule | null} La cellule d'énoncé dont le formulaire reprend les propositions. */
    this.repris = null;
    this.enCode = false;
    const source = () => cellule.model.sharedModel.getSource();
    this.verification = new Verification(
      source,
      async (lue) =>
        (await serveur?.envoyer("verdict", panneau.context.path, { source: lue })) ?? null,
      (cases) => this.champ?.marquer?.(cases),
    );
    this.construit = "";
    this.zone = creer("div");
    this.avis = creer("p", { class: "grc-avis" }, TEXTE_LIBRE);
    this.pied = creer("span");
    this.annonce = creer("p", { class: "grc-annonce", role: "status" });
    this.element = creer(
      "div",
      {
        class: "grc-formulaire",
        lang: "fr",
        onkeydown: (/** @type {KeyboardEvent} */ evenement) => this.surTouche(evenement),
      },
      this.zone,
      this.avis,
      this.annonce,
      creer("div", { class: "grc-pied" }, this.pied, this.verification.bouton),
      this.verification.zone,
    );
    isolerDeJupyter(this.element);
    cellule.inputArea?.node.append(this.element);
  }

  /** Met le formulaire d'accord avec la source ; le retire si ce n'est plus une réponse. */
  rafraichir() {
    const magie = lireMagie(this.cellule.model.sharedModel.getSource());
    const possible = magie !== null && this.cellule.model.getMetadata("editable") !== false;
    // La magie est en train d'être tapée dans l'éditeur : on ne le replie pas sous les doigts.
    this.enCode = (this.enCode || !this.visible) && (this.cellule.editor?.hasFocus() ?? false);
    const lisible = possible && !magie.autour && !estUnCorrige(magie.corps) && this.afficher(magie);
    this.cellule.toggleClass("grc-avec-formulaire", possible);
    this.cellule.toggleClass("grc-en-code", possible && (!lisible || this.enCode));
    this.avis.hidden = lisible || !possible;
    this.pied.hidden = !lisible || this.enCode;
    this.reprendre(magie !== null && lisible && !this.enCode && TYPES[magie.type].reprend === true);
    this.verification.nommer(magie ? titreDeReponse(magie) : "");
    this.verification.rafraichir();
  }

  /**
   * Un formulaire en panne vaut un formulaire absent : le texte brut reste sous les yeux.
   *
   * @param {Magie} magie
   */
  afficher(magie) {
    try {
      const enonce = this.enonce();
      const aConstruire = JSON.stringify([magie.type, magie.identifiant, magie.arguments, enonce]);
      if (!this.champ || aConstruire !== this.construit)
        this.champ = this.construire(magie, enonce);
      this.construit = aConstruire;
      return this.champ.afficher(magie);
    } catch (erreur) {
      noter("formulaire sans effet", erreur);
      return false;
    }
  }

  /**
   * @param {Magie} magie
   * @param {string} enonce
   */
  construire(magie, enonce) {
    const champ = TYPES[magie.type].champ({
      titre: titreDeReponse(magie),
      magie,
      enonce,
      ecrire: (corps) => this.ecrire(corps),
      dire: (texte) => {
        this.annonce.textContent = texte;
      },
    });
    this.annonce.textContent = "";
    this.zone.replaceChildren(champ.element);
    this.pied.replaceChildren(...(champ.pied ? [champ.pied] : []));
    return champ;
  }

  /** La cellule d'énoncé : le texte juste au-dessus, qui liste les propositions. */
  celluleDEnonce() {
    const rang = this.cahier.widgets.indexOf(this.cellule);
    const voisine = this.cahier.widgets[rang - 1];
    return voisine && voisine.model.type === "markdown" ? voisine : null;
  }

  enonce() {
    return this.celluleDEnonce()?.model.sharedModel.getSource() ?? "";
  }

  /**
   * Une proposition se lit une fois : là où elle se choisit. L'énoncé la remontre dès que le formulaire ne la montre plus.
   *
   * @param {boolean} montrees
   */
  reprendre(montrees) {
    const enonce = montrees ? this.celluleDEnonce() : null;
    if (enonce !== this.repris) this.repris?.toggleClass("grc-propositions-reprises", false);
    enonce?.addClass("grc-propositions-reprises");
    this.repris = enonce;
  }

  /** @param {string} corps */
  ecrire(corps) {
    const partagee = this.cellule.model.sharedModel;
    const source = partagee.getSource();
    const magie = lireMagie(source);
    const a = magie && changement(source, magie, corps);
    if (!a) return;
    partagee.updateSource(a.debut, a.fin, a.texte);
    // Ce qu'une ancienne version du cours avait écrit sous la réponse ne vaut plus pour elle.
    if (this.cellule.model.outputs?.length) this.cellule.model.outputs.clear();
  }

  /** Vrai si c'est ici que l'on écrit, et non dans l'éditeur. */
  get visible() {
    return this.cellule.hasClass("grc-avec-formulaire") && !this.cellule.hasClass("grc-en-code");
  }

  entrer() {
    this.champ?.premier()?.focus();
  }

  /** @param {KeyboardEvent} evenement */
  surTouche(evenement) {
    if (evenement.isComposing || evenement.defaultPrevented) return;
    if (demandeDeVerifier(evenement)) this.verification.verifier();
    else if (demandeDEnregistrer(evenement)) this.application.commands.execute("docmanager:save");
    else if (evenement.key === "Escape") this.cellule.node.focus();
    else return;
    evenement.preventDefault();
  }
}

/**
 * Maj + Entrée ou Ctrl + Entrée, partout ; Entrée seule dans le champ d'un nombre, où elle ne peut rien vouloir dire d'autre.
 *
 * @param {KeyboardEvent} touche
 */
function demandeDeVerifier({ key, shiftKey, ctrlKey, metaKey, altKey, target }) {
  const nombre = target instanceof Element && target.matches("input.grc-nombre");
  return key === "Enter" && !altKey && (nombre || shiftKey || ctrlKey || metaKey);
}

/** @param {KeyboardEvent} touche */
function demandeDEnregistrer({ key, shiftKey, ctrlKey, metaKey, altKey }) {
  return key.toLowerCase() === "s" && (ctrlKey || metaKey) && !shiftKey && !altKey;
}

/**
 * Là où JupyterLab donnerait le clavier à l'éditeur replié (Entrée sur une cellule choisie aux flèches, flèche du bas à la
 * fin de la cellule d'avant), il va au formulaire.
 *
 * @param {Jupyter.Cahier} cahier
 * @param {WeakMap<Jupyter.Cellule, Formulaire>} formulaires
 */
function entrerAuClavier(cahier, formulaires) {
  const rediriger = () => {
    const formulaire = cahier.activeCell && formulaires.get(cahier.activeCell);
    if (cahier.mode !== "edit" || !formulaire?.visible) return;
    cahier.mode = "command";
    // Après la touche : sinon elle s'écrirait dans le champ, ou cocherait la case.
    requestAnimationFrame(() => formulaire.entrer());
  };
  cahier.stateChanged.connect(rediriger);
  cahier.activeCellChanged.connect(rediriger);
}

/**
 * Ce qui monte un formulaire dans chaque cellule d'un cahier, une fois la cellule prête.
 *
 * @param {Jupyter.Application} application
 * @param {Jupyter.Panneau} panneau
 * @param {Serveur | null} serveur
 * @returns {(cellule: Jupyter.Cellule) => void}
 */
export function monteur(application, panneau, serveur) {
  /** @type {WeakMap<Jupyter.Cellule, Formulaire>} */
  const formulaires = new WeakMap();
  entrerAuClavier(panneau.content, formulaires);
  return (cellule) => {
    const formulaire = new Formulaire(cellule, panneau, application, serveur);
    formulaires.set(cellule, formulaire);
    const rafraichir = () => {
      if (!cellule.isDisposed) formulaire.rafraichir();
    };
    cellule.model.contentChanged.connect(rafraichir);
    // Maj + Entrée sur la cellule choisie aux flèches la lance : pour une réponse, c'est demander à la vérifier.
    cellule.model.stateChanged.connect((_, { name, newValue }) => {
      if (name === "executionCount" && newValue && formulaire.visible)
        formulaire.verification.verifier();
    });
    // L'éditeur que l'on quitte laisse la place au formulaire.
    cellule.node.addEventListener("focusout", () => setTimeout(rafraichir));
    rafraichir();
  };
}
