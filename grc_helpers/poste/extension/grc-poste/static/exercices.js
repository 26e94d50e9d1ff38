// @ts-check
/*
 * Ce qui est fait, là où l'on est : une marque à côté de chaque question, et de chaque exercice. Un exercice réussi l'est pour de
 * bon : son résultat est inscrit dans le fichier, qui l'emporte d'un jour et d'un PC à l'autre.
 */
import { creer } from "./dom.js";
import { sansBruit } from "./panne.js";

/** @import { Avancement, Entrainement, Resultat } from "./serveur.js" */

// La même clé que grc_helpers/seances/exercices.py.
export const CLE = "grc_exercices";
const APPEL = /^exercice\(\s*"[^"]+"\s*,\s*"(\w+)"/m;

/** @type {Record<Exclude<Resultat, "">, string>} */
const DITS = {
  premier: "✔ Réussi du premier coup",
  second: "✔ Réussi",
  "pas encore": "Pas encore réussi : à reprendre",
};

/** @type {Record<string, string>} */
const MARQUES = {
  répondue: "☑ Répondue",
  "à compléter": "À compléter",
  "à reprendre": "À reprendre",
};

/**
 * Le résultat qui reste : réussi l'est pour toujours ; « du premier coup » ne vaut que la première fois.
 *
 * @param {Resultat} avant
 * @param {Exclude<Resultat, "">} issue
 * @returns {Exclude<Resultat, "">}
 */
export function retenir(avant, issue) {
  if (!avant) return issue;
  if (avant === "pas encore") return issue === "pas encore" ? issue : "second";
  return avant;
}

export class Marques {
  /** @param {Jupyter.Panneau} panneau */
  constructor(panneau) {
    this.panneau = panneau;
    /** @type {(() => void)} */
    this.remontrer = () => {};
    // Le fichier relu, ses cellules sont neuves.
    panneau.context.fileChanged.connect(() => setTimeout(() => this.remontrer()));
    const observateur = new MutationObserver(
      sansBruit((/** @type {MutationRecord[]} */ changements) => this.lire(changements)),
    );
    observateur.observe(panneau.content.node, { childList: true, subtree: true });
    panneau.disposed.connect(() => observateur.disconnect());
  }

  /**
   * Un exercice vient de donner son résultat : l'inscrire dans le fichier.
   *
   * @param {MutationRecord[]} changements
   */
  lire(changements) {
    for (const { addedNodes } of changements)
      for (const noeud of addedNodes) {
        if (!(noeud instanceof Element)) continue;
        const retour = noeud.matches("[data-grc-issue]")
          ? noeud
          : noeud.querySelector("[data-grc-issue]");
        const issue = retour?.getAttribute("data-grc-issue");
        if (retour && issue && issue in DITS)
          this.inscrire(retour, /** @type {Exclude<Resultat, "">} */ (issue));
      }
  }

  /**
   * @param {Element} retour
   * @param {Exclude<Resultat, "">} issue
   */
  inscrire(retour, issue) {
    const cellule = this.panneau.content.widgets.find(({ node }) => node.contains(retour));
    const nom = APPEL.exec(cellule?.model.sharedModel.getSource() ?? "")?.[1];
    const { model } = this.panneau;
    if (!cellule || !nom || !model) return;
    const connus = lireLesResultats(model);
    const retenu = retenir(connus[nom] ?? "", issue);
    if (connus[nom] !== retenu) model.setMetadata(CLE, { ...connus, [nom]: retenu });
    marquer(cellule, DITS[retenu], retenu === "pas encore" ? "a-reprendre" : "fait");
  }

  /**
   * @param {Avancement | null} avancement
   * @param {Entrainement} entrainement
   */
  montrer(avancement, entrainement) {
    this.remontrer = () => this.montrer(avancement, entrainement);
    if (this.panneau.isDisposed) return;
    const { resultats } = entrainement;
    const etats = avancement?.etats ?? {};
    for (const cellule of this.panneau.content.widgets) {
      const { id } = cellule.model;
      const etat = etats[id.replace(/_enonce$/, "")];
      const resultat = resultats[id];
      if (id.endsWith("_enonce") && etat)
        marquer(cellule, MARQUES[etat] ?? "", etat === "répondue" ? "fait" : "a-reprendre");
      if (resultat)
        marquer(cellule, DITS[resultat], resultat === "pas encore" ? "a-reprendre" : "fait");
    }
  }
}

/**
 * @param {Jupyter.ModeleDuCahier} modele
 * @returns {Record<string, Resultat>}
 */
function lireLesResultats(modele) {
  const lus = modele.getMetadata(CLE);
  return lus && typeof lus === "object" ? /** @type {Record<string, Resultat>} */ (lus) : {};
}

/**
 * Un exercice réussi dans une autre fenêtre l'est ici aussi.
 *
 * @param {Jupyter.ModeleDuCahier} modele
 * @param {Record<string, Exclude<Resultat, "">>} ailleurs
 */
export function reunirLesResultats(modele, ailleurs) {
  const ici = lireLesResultats(modele);
  const reunis = { ...ici };
  for (const [nom, issue] of Object.entries(ailleurs)) reunis[nom] = retenir(ici[nom] ?? "", issue);
  if (JSON.stringify(reunis) !== JSON.stringify(ici)) modele.setMetadata(CLE, reunis);
}

/**
 * La marque d'une cellule, au-dessus d'elle ; une seule, et rien si le texte est vide.
 *
 * @param {Jupyter.Cellule} cellule
 * @param {string} texte
 * @param {"fait" | "a-reprendre"} etat
 */
function marquer({ node }, texte, etat) {
  const presente = node.querySelector(":scope > .grc-marque");
  if (presente?.textContent === texte || (!presente && !texte)) return;
  presente?.remove();
  if (texte) node.prepend(creer("p", { class: `grc-marque grc-${etat}`, lang: "fr" }, texte));
}
