/* Un %%tableau : un vrai tableau de cases. Flèches, Tab, Entrée ; collage depuis un tableur. */
import { creer } from "./dom.js";
import { ecrireGrille, lireCollage, lireGrille, nettoyer, poser } from "./grille.js";

export const tableau = {
  /** Le nom du tableau calculé, s'il y en a un. */
  nombreDArguments: ([premier]) => (premier && !premier.includes("|") ? 1 : 0),
  champ,
};

function champ({ titre, ecrire, dire }) {
  const table = creer("table", { class: "grc-tableau" });
  let grille = null;
  let collage = null; // { avant, apres } : le dernier collage, tant que rien d'autre n'a changé

  const cases = () => table.querySelectorAll("input");
  const caseEn = (ligne, colonne) =>
    table.querySelector(`[data-ligne="${ligne}"][data-colonne="${colonne}"]`);
  const placeDe = (entree) => [Number(entree.dataset.ligne), Number(entree.dataset.colonne)];

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

  function aller(ligne, colonne) {
    const entree = caseEn(ligne, colonne);
    if (!entree) return;
    entree.focus();
    entree.select();
  }

  function annulerLeCollage(evenement) {
    if (!collage || collage.apres !== ecrireGrille(grille)) return;
    evenement.preventDefault();
    ecrire(collage.avant);
    collage = null;
    dire("Collage annulé.");
  }

  table.addEventListener("input", ({ target }) => {
    const [ligne, colonne] = placeDe(target);
    grille.lignes[ligne].cases[colonne] = nettoyer(target.value);
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
    const cible = destination(evenement, grille.lignes.length, placeDe(evenement.target));
    if (!cible) return;
    evenement.preventDefault();
    aller(...cible);
  });

  table.addEventListener("paste", (evenement) => {
    const bloc = lireCollage(evenement.clipboardData.getData("text/plain"));
    const [ligne, colonne] = placeDe(evenement.target);
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
    premier: () => caseEn(0, 0),
    afficher({ corps }) {
      const lue = lireGrille(corps);
      if (!lue) return false;
      const memeForme =
        grille && JSON.stringify(libelles(lue)) === JSON.stringify(libelles(grille));
      grille = lue;
      if (!memeForme) dessiner();
      remplir();
      return true;
    },
  };
}

function libelles({ entete, lignes }) {
  return [entete, lignes.map(({ libelle }) => libelle)];
}

/** La case où mène une touche ; rien si la touche garde son sens ordinaire dans le champ. */
function destination({ key, target }, lignes, [ligne, colonne]) {
  const { selectionStart: debut, selectionEnd: fin, value } = target;
  const tout = debut === 0 && fin === value.length;
  const auBord = { ArrowLeft: tout || fin === 0, ArrowRight: tout || debut === value.length }[key];
  if (key === "ArrowUp") return [ligne - 1, colonne];
  if (key === "ArrowDown") return [ligne + 1, colonne];
  // Au bas d'une colonne, Entrée continue en haut de la suivante.
  if (key === "Enter") return ligne + 1 < lignes ? [ligne + 1, colonne] : [0, colonne + 1];
  if (auBord) return [ligne, colonne + (key === "ArrowLeft" ? -1 : 1)];
  return null;
}
