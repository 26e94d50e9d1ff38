// @ts-check
/*
 * Où l'on est : devant le PC qui garde le travail, sur le serveur d'un établissement, ou dans une session en ligne qui s'efface. Le
 * serveur l'écrit dans la page (points_acces.py) ; ce qui se dit de ce qui est gardé n'est dit qu'ici.
 */

/**
 * @typedef {"pc" | "hub" | "binder"} Lieu
 *
 * @typedef {object} Phrases
 * @property {string} enregistre  en tête de « Terminer »
 * @property {string} emporter  pourquoi emporter son fichier
 * @property {string} revenir  ce que l'on retrouvera
 * @property {string} adieu  quand tout est fermé
 * @property {string} partir  le dernier geste
 * @property {string} versions  le titre de la liste des versions
 * @property {string} arret  le serveur ne répond plus
 * @property {string} rappel  tant que le fichier n'est pas emporté ; vide s'il n'y a rien à craindre
 */

/** @type {Record<Lieu, Phrases>} */
const PHRASES = {
  pc: {
    enregistre: "✔ Votre travail est enregistré sur ce PC.",
    emporter:
      "Il contient toutes vos réponses. Gardez-le sur une clé USB ou dans votre espace personnel.",
    revenir: "vos réponses y restent.",
    adieu: "Votre travail est enregistré sur ce PC.",
    partir: "Vous pouvez fermer cet onglet, puis la fenêtre noire du cours.",
    versions: "Versions gardées sur ce PC",
    arret:
      "Le cours s'est arrêté : rien ne peut plus s'enregistrer. Votre texte est gardé dans ce navigateur. Laissez cette page ouverte, " +
      "relancez le cours sur ce PC (ou appelez le formateur) : le texte sera remis à sa place.",
    rappel: "",
  },
  hub: {
    enregistre:
      "✔ Votre travail est enregistré sur le serveur du cours. Il n’est pas dans l’ordinateur que vous avez devant vous.",
    emporter:
      "Il contient toutes vos réponses. Gardez-le sur une clé USB ou dans votre espace personnel : lui seul ne dépend pas du serveur.",
    revenir: "",
    adieu: "Votre travail est enregistré sur le serveur du cours.",
    partir: "Vous pouvez fermer cet onglet et vous déconnecter du serveur.",
    versions: "Versions gardées sur le serveur du cours",
    arret:
      "Le serveur du cours ne répond plus : rien ne peut plus s'enregistrer. Votre texte est gardé dans ce navigateur. Rouvrez le cours " +
      "par son lien, sur ce même ordinateur : le texte sera remis à sa place.",
    rappel: "Votre travail est sur le serveur du cours, pas sur cet ordinateur.",
  },
  binder: {
    enregistre:
      "Vous êtes dans une session en ligne : elle s’efface peu après votre départ, et vos réponses avec elle.",
    emporter:
      "Il contient toutes vos réponses, et c’est tout ce qu’il en restera. Gardez-le sur une clé USB ou dans votre espace personnel. La " +
      "prochaine fois, « Reprendre avec mon fichier », à l’accueil, le remettra à sa place.",
    revenir: "",
    adieu:
      "La session en ligne va s’effacer : votre travail est dans le fichier que vous emportez.",
    partir: "Vous pouvez fermer cet onglet.",
    versions: "Versions gardées dans cette session en ligne",
    arret:
      "La session en ligne s'est arrêtée : rien ne peut plus s'enregistrer. Votre texte est gardé dans ce navigateur. Rouvrez le cours " +
      "par son lien, sur ce même ordinateur : le texte sera remis à sa place.",
    rappel: "Session en ligne : vos réponses disparaîtront avec elle.",
  },
};

/** @returns {{ grcLieu?: Lieu, grcAccueil?: string }} */
function lire() {
  try {
    return JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  } catch (erreur) {
    return {};
  }
}

const { grcLieu = "pc", grcAccueil = "accueil/accueil.ipynb" } = lire();

export const LIEU = grcLieu;
export const EN_LIGNE = LIEU !== "pc";
export const DIT = PHRASES[LIEU];
/** Le chemin de la page d'accueil. */
export const ACCUEIL = grcAccueil;
