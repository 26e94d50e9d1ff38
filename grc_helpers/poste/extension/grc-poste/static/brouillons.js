// @ts-check
/*
 * Le texte tapé est gardé dans le navigateur jusqu'à ce que le fichier soit enregistré : une page fermée d'un coup, un
 * disque plein ou un serveur arrêté ne perdent rien. Un brouillon par cahier, effacé dès que le fichier est à jour.
 *
 * En ligne, le fichier enregistré peut disparaître avec la session : le brouillon reste jusqu'à ce qu'il soit emporté.
 */
import { EN_LIGNE } from "./lieu.js";

const PREFIXE = "grc-poste:brouillon:";

/** Vrai si un cahier ouvert dans ce navigateur n'a pas encore été emporté. */
export function ilResteAEmporter() {
  return EN_LIGNE && Object.keys(localStorage).some((cle) => cle.startsWith(PREFIXE));
}

/**
 * Le fichier de ce cahier est emporté : le navigateur n'a plus à le garder.
 *
 * @param {string} chemin
 */
export function noterQuIlEstEmporte(chemin) {
  localStorage.removeItem(PREFIXE + chemin);
}

export function effacerTousLesBrouillons() {
  for (const cle of Object.keys(localStorage))
    if (cle.startsWith(PREFIXE)) localStorage.removeItem(cle);
}

/**
 * @typedef {Record<string, string>} Textes  par identifiant de cellule
 *
 * @typedef {object} Garde  ce que le navigateur garde d'un cahier
 * @property {number} date  en millisecondes
 * @property {Textes} textes  ce qui n'est pas dans le fichier
 * @property {Record<string, string | null>} base  ce que le fichier contenait à la place
 */

export class Brouillon {
  /** @param {Jupyter.Panneau} panneau */
  constructor(panneau) {
    this.panneau = panneau;
    this.enregistres = this.textes(); // ce que le fichier contient
    /** @type {Textes | null} */
    this.envoyes = null; // ce qu'un enregistrement en cours est en train d'écrire
    // Ce que le cahier contenait avant tout ce qui n'a pas été emporté, séances passées comprises.
    this.depart = { ...this.enregistres, ...connus(this._lireLaGarde()?.base) };
  }

  /** Ce que le navigateur n'a pas besoin de garder. */
  get ailleurs() {
    return EN_LIGNE ? this.depart : this.enregistres;
  }

  get aEmporter() {
    return EN_LIGNE && localStorage.getItem(this.cle) !== null;
  }

  emporte() {
    this.depart = this.textes();
    this.effacer();
  }

  get cle() {
    return PREFIXE + this.panneau.context.path;
  }

  /** Garde ce qui n'est pas dans le fichier. */
  garder() {
    /** @type {Garde} */
    const garde = { date: Date.now(), textes: {}, base: {} };
    for (const [id, texte] of Object.entries(this.textes())) {
      if (texte === this.ailleurs[id]) continue;
      garde.textes[id] = texte;
      garde.base[id] = this.ailleurs[id] ?? null;
    }
    if (Object.keys(garde.textes).length) localStorage.setItem(this.cle, JSON.stringify(garde));
    else this.effacer();
  }

  effacer() {
    localStorage.removeItem(this.cle);
  }

  enregistrementCommence() {
    this.envoyes = this.textes();
  }

  /** Le fichier contient ce qui a été envoyé ; ce qui a été tapé depuis reste gardé. */
  enregistrementFini() {
    this.enregistres = this.envoyes || this.textes();
    this.envoyes = null;
    this.garder();
  }

  /** À l'ouverture : ce qui avait été tapé sans être enregistré ; null s'il n'y a rien de plus que dans le fichier. */
  retrouver() {
    const garde = this._lireLaGarde();
    if (!garde) return null;
    const connues = Object.entries(garde.textes).filter(
      ([id, texte]) => id in this.enregistres && this.enregistres[id] !== texte,
    );
    if (!connues.length) {
      if (!EN_LIGNE) this.effacer();
      return null;
    }
    const avant = Object.fromEntries(connues.map(([id]) => [id, this.enregistres[id]]));
    return {
      date: garde.date,
      nombre: connues.length,
      // Le fichier n'a pas bougé depuis : remettre le texte ne peut rien effacer.
      sansRisque: connues.every(([id]) => garde.base[id] === this.enregistres[id]),
      remettre: () => this.ecrire(Object.fromEntries(connues)),
      annuler: () => this.ecrire(avant),
    };
  }

  /** @returns {Garde | null} */
  _lireLaGarde() {
    try {
      const garde = JSON.parse(localStorage.getItem(this.cle) ?? "null");
      return garde?.textes ? garde : null;
    } catch (erreur) {
      this.effacer();
      return null;
    }
  }

  /** Le texte de chaque cellule où l'on peut écrire. */
  textes() {
    /** @type {Textes} */
    const textes = {};
    for (const cellule of this._cellules()) textes[cellule.id] = cellule.sharedModel.getSource();
    return textes;
  }

  /** @param {Textes} textes  par identifiant de cellule ; les autres cellules ne changent pas */
  ecrire(textes) {
    for (const cellule of this._cellules())
      if (cellule.id in textes) cellule.sharedModel.setSource(textes[cellule.id]);
  }

  _cellules() {
    const modele = this.panneau.content.model;
    return modele
      ? [...modele.cells].filter(
          (cellule) => cellule.type === "code" && cellule.getMetadata("editable") !== false,
        )
      : [];
  }
}

/**
 * @param {Record<string, string | null>} [base]
 * @returns {Textes}
 */
function connus(base = {}) {
  /** @type {Textes} */
  const textes = {};
  for (const [id, texte] of Object.entries(base)) if (texte !== null) textes[id] = texte;
  return textes;
}
