// @ts-check
// Les éléments d'index.html que la page lit et remplit, chacun de son genre.

/**
 * @template {HTMLElement} G
 * @param {string} selecteur
 * @param {new () => G} genre
 */
function trouver(selecteur, genre) {
  const trouve = document.querySelector(selecteur);
  if (trouve instanceof genre) return trouve;
  throw new Error(`index.html n'a pas de « ${selecteur} ».`);
}

export const page = {
  // L'en-tête et l'avancement.
  devoir: trouver("#devoir", HTMLElement),
  question: trouver("#question", HTMLSelectElement),
  vue: trouver("#vue", HTMLButtonElement),
  nomDeLaVue: trouver("#vue span", HTMLElement),
  defaire: trouver("#defaire", HTMLButtonElement),
  aide: trouver("#aide", HTMLButtonElement),
  etat: trouver("#etat", HTMLElement),
  barre: trouver("#barre", HTMLProgressElement),
  bilan: trouver("#bilan", HTMLElement),
  total: trouver("#total", HTMLElement),
  recalage: trouver("#recalage", HTMLElement),
  toutes: trouver("#toutes", HTMLInputElement),
  // À gauche : la question et la réponse.
  gauche: trouver("#gauche", HTMLElement),
  enonce: trouver("#enonce", HTMLDetailsElement),
  texteDeLEnonce: trouver("#enonce .rappel", HTMLElement),
  corrige: trouver("#corrige", HTMLDetailsElement),
  texteDuCorrige: trouver("#corrige .rappel", HTMLElement),
  titre: trouver("#titre", HTMLElement),
  motifs: trouver("#motifs", HTMLElement),
  reponse: trouver("#reponse", HTMLElement),
  // À droite : la notation.
  elements: trouver("#elements", HTMLElement),
  messages: trouver("#messages", HTMLElement),
  note: trouver("#note", HTMLInputElement),
  maximum: trouver("#maximum", HTMLElement),
  calculee: trouver("#calculee", HTMLElement),
  commenter: trouver("#commenter", HTMLButtonElement),
  commentaire: trouver("#commentaire", HTMLElement),
  // La vue par idées : les idées à gauche, les groupes de l'une d'elles à droite.
  idees: trouver("#idees", HTMLElement),
  idee: trouver("#idee", HTMLElement),
  propositions: trouver("#propositions", HTMLElement),
  consigne: trouver("#consigne", HTMLElement),
  groupes: trouver("#groupes", HTMLElement),
  // En bas.
  precedente: trouver("#precedente", HTMLButtonElement),
  valider: trouver("#valider", HTMLButtonElement),
  suivante: trouver("#suivante", HTMLButtonElement),
  rien: trouver("#rien", HTMLButtonElement),
  tout: trouver("#tout", HTMLButtonElement),
  accepter: trouver("#accepter", HTMLButtonElement),
  nomDAccepter: trouver("#accepter span", HTMLElement),
  accepterTout: trouver("#accepter_tout", HTMLButtonElement),
  // Les boîtes.
  banque: trouver("#banque", HTMLDialogElement),
  formulaireDeBanque: trouver("#banque form", HTMLFormElement),
  texte: trouver("#texte", HTMLTextAreaElement),
  garder: trouver("#garder", HTMLInputElement),
  gardes: trouver("#gardes", HTMLElement),
  annuler: trouver("#annuler", HTMLButtonElement),
  touches: trouver("#touches", HTMLDialogElement),
};

/** Les boutons des éléments attendus, dans l'ordre de leurs rangs. */
export const boutonsDesElements = () => [...page.elements.querySelectorAll("button")];

/** @param {HTMLElement} element */
export const aLeClavier = (element) => element === document.activeElement;
