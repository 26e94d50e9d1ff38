// @ts-check
/* Un %%tableau : un vrai tableau de cases. Flèches, Tab, Entrée ; collage depuis un tableur. */
import { creer } from "./dom.js";
import { ecrireGrille, lireCollage, lireGrille, nettoyer, poser } from "./grille.js";
import { sansAccents } from "./texte.js";

/** @import { Grille } from "./grille.js" */
/** @import { Champ, OutilsDuChamp, TypeDeReponse } from "./types.js" */

/** @typedef {[ligne: number, colonne: number]} Place  une case, comptée à partir de zéro */

/** @type {TypeDeReponse} */
export const tableau = {
  /** Le nom du tableau calculé, s'il y en a un. */
  nombreDArguments: ([premier]) => (premier && !premier.includes("|") ? 1 : 0),
  champ,
};

/** Le même tableau, où l'on écrit des noms : ceux à placer suivent l'identifiant. @type {TypeDeReponse} */
export const croisement = {
  nombreDArguments: (mots) => mots.filter((mot) => !mot.includes("|")).length,
  champ,
};

/**
 * @param {OutilsDuChamp} outils
 * @returns {Champ}
 */
function champ({ titre, ecrire, dire }) {
  const table = creer("table", { class: "grc-tableau" });
  /** @type {Grille} */
  let grille = { entete: [], lignes: [] };
  /** @type {{ avant: string, apres: string } | null} le dernier collage, tant que rien d'autre n'a changé */
  let collage = null;

  const cases = () => [...table.querySelectorAll("input")];
  const caseEn = (/** @type {Place} */ place) =>
    cases().find((entree) => String(placeDe(entree)) === String(place));

  function dessiner() {
    const [coin, ...noms] = grille.entete;
    const tete = creer("tr", {}, creer(coin ? "th" : "td", coin ? { scope: "col" } : {}, coin));
    tete.append(...noms.map((nom) => creer("th", { scope: "col" }, nom)));
    const rangees = grille.lignes.map(({ libelle, cases }, ligne) =>
      creer(
        "tr",
        {},
        creer("th", { scope: "row" }, libelle),
        ...cases.map((_, colonne) => creer("td", {}, dessinerUneCase(ligne, colonne))),
      ),
    );
    const legende = creer("caption", { class: "grc-titre" }, titre);
    table.replaceChildren(legende, creer("thead", {}, tete), creer("tbody", {}, ...rangees));
  }

  /**
   * @param {number} ligne
   * @param {number} colonne
   */
  function dessinerUneCase(ligne, colonne) {
    const nom = `${grille.lignes[ligne].libelle}, ${grille.entete[colonne + 1]}`;
    const reglages = { spellcheck: "true", lang: "fr", autocomplete: "off", autocapitalize: "off" };
    return creer("input", {
      type: "text",
      "data-ligne": ligne,
      "data-colonne": colonne,
      "aria-label": nom,
      ...reglages,
    });
  }

  function remplir() {
    for (const entree of cases()) {
      const [ligne, colonne] = placeDe(entree);
      const texte = grille.lignes[ligne].cases[colonne];
      // L'espace que l'on vient de taper, pas encore suivie d'un chiffre, n'est pas dans la source : la laisser sous les doigts.
      if (nettoyer(entree.value) !== texte) entree.value = texte;
      entree.classList.toggle("grc-mots", /\p{L}{4}/u.test(texte));
    }
  }

  /** @param {KeyboardEvent} evenement */
  function annulerLeCollage(evenement) {
    if (!collage || collage.apres !== ecrireGrille(grille)) return;
    evenement.preventDefault();
    ecrire(collage.avant);
    collage = null;
    dire("Collage annulé.");
  }

  table.addEventListener("input", (evenement) => {
    const entree = entreeDe(evenement);
    const [ligne, colonne] = placeDe(entree);
    grille.lignes[ligne].cases[colonne] = nettoyer(entree.value);
    ecrire(ecrireGrille(grille));
    dire("");
  });

  table.addEventListener("keydown", (evenement) => {
    if ((evenement.ctrlKey || evenement.metaKey) && evenement.key.toLowerCase() === "z")
      return annulerLeCollage(evenement);
    if (
      evenement.isComposing ||
      evenement.shiftKey ||
      evenement.ctrlKey ||
      evenement.altKey ||
      evenement.metaKey
    )
      return;
    const place = destination(evenement.key, entreeDe(evenement), grille.lignes.length);
    if (!place) return;
    evenement.preventDefault();
    const entree = caseEn(place);
    entree?.focus();
    entree?.select();
  });

  table.addEventListener("paste", (evenement) => {
    const bloc = lireCollage(evenement.clipboardData?.getData("text/plain") ?? "");
    const [ligne, colonne] = placeDe(entreeDe(evenement));
    // Plusieurs lignes sans colonnes : une colonne de tableur si elle tient, sinon un texte, que la case garde en entier.
    const texteLibre =
      bloc &&
      bloc.every((cellules) => cellules.length === 1) &&
      bloc.length > grille.lignes.length - ligne;
    if (!bloc || texteLibre) return;
    evenement.preventDefault();
    const avant = ecrireGrille(grille);
    const pose = poser(grille, bloc, ligne, colonne);
    const apres = ecrireGrille(pose.grille);
    ecrire(apres);
    collage = { avant, apres };
    const reste = pose.laisses.map((texte) => `« ${texte.slice(0, 30)} »`);
    const surplus = reste.length
      ? ` Sans place dans ce tableau, donc laissé de côté : ${reste.slice(0, 8).join(", ")}${reste.length > 8 ? "…" : ""}.`
      : "";
    dire(`Tableau collé. Ctrl + Z pour annuler.${surplus}`);
  });

  return {
    element: creer("div", { class: "grc-defilement" }, table),
    premier: () => caseEn([0, 0]),
    marquer(fautives) {
      for (const entree of cases()) {
        const [ligne, colonne] = placeDe(entree);
        const nom = [grille.lignes[ligne].libelle, grille.entete[colonne + 1]];
        const marquee = fautives.some((place) => place.every((texte, i) => memeNom(texte, nom[i])));
        entree.parentElement?.classList.toggle("grc-fautive", marquee);
        entree.toggleAttribute("aria-invalid", false);
        if (marquee) entree.setAttribute("aria-invalid", "true");
      }
    },
    afficher({ corps }) {
      const lue = lireGrille(corps);
      if (!lue) return false;
      const memeForme = JSON.stringify(libelles(lue)) === JSON.stringify(libelles(grille));
      grille = lue;
      if (!memeForme) dessiner();
      remplir();
      return true;
    },
  };
}

/** @type {(un: string, autre: string) => boolean} */
const memeNom = (un, autre) => sansAccents(un) === sansAccents(autre);

/** La case du tableau d'où vient un événement : il n'y a rien d'autre à y toucher. */
const entreeDe = (/** @type {Event} */ { target }) => /** @type {HTMLInputElement} */ (target);

/** @returns {Place} */
const placeDe = (/** @type {HTMLInputElement} */ { dataset }) => [
  Number(dataset.ligne),
  Number(dataset.colonne),
];

/** @param {Grille} grille */
function libelles({ entete, lignes }) {
  return [entete, lignes.map(({ libelle }) => libelle)];
}

/**
 * La case où mène une touche ; rien si la touche garde son sens ordinaire dans le champ.
 *
 * @param {string} touche
 * @param {HTMLInputElement} entree
 * @param {number} lignes  combien il y en a
 * @returns {Place | null}
 */
function destination(touche, entree, lignes) {
  const [ligne, colonne] = placeDe(entree);
  const { selectionStart: debut, selectionEnd: fin, value } = entree;
  const tout = debut === 0 && fin === value.length;
  if (touche === "ArrowUp") return [ligne - 1, colonne];
  if (touche === "ArrowDown") return [ligne + 1, colonne];
  // Au bas d'une colonne, Entrée continue en haut de la suivante.
  if (touche === "Enter") return ligne + 1 < lignes ? [ligne + 1, colonne] : [0, colonne + 1];
  if (touche === "ArrowLeft" && (tout || fin === 0)) return [ligne, colonne - 1];
  if (touche === "ArrowRight" && (tout || debut === value.length)) return [ligne, colonne + 1];
  return null;
}
