// @ts-check
/*
 * Le texte tapé est gardé dans le navigateur jusqu'à ce que le fichier soit enregistré : une page fermée d'un coup, un
 * disque plein ou un serveur arrêté ne perdent rien. Un brouillon par cahier, effacé dès que le fichier est à jour.
 */

const PREFIXE = "grc-poste:brouillon:";

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
  }

  get cle() {
    return PREFIXE + this.panneau.context.path;
  }

  /** Garde ce qui n'est pas dans le fichier. */
  garder() {
    /** @type {Garde} */
    const garde = { date: Date.now(), textes: {}, base: {} };
    for (const [id, texte] of Object.entries(this.textes())) {
      if (texte === this.enregistres[id]) continue;
      garde.textes[id] = texte;
      garde.base[id] = this.enregistres[id] ?? null;
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
      this.effacer();
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
