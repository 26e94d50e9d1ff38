// @ts-check
/*
 * Un %%ordre : on place les lettres une à une, puis on les monte ou les descend. Une suite commencée est déjà une réponse,
 * et l'ordre proposé par l'énoncé n'en devient une que si on le choisit.
 */
import { creer, lettreEtTexte } from "./dom.js";
import { ecrireLettres, lireLettres, lirePropositions } from "./lettres.js";

/** @import { Champ, OutilsDuChamp, TypeDeReponse } from "./types.js" */

/** @type {TypeDeReponse} */
export const ordre = { nombreDArguments: (mots) => mots.length, reprend: true, champ };

/**
 * @param {OutilsDuChamp} outils
 * @returns {Champ}
 */
function champ({ titre, magie, enonce, ecrire, dire }) {
  const propositions = lirePropositions(enonce);
  const placees = creer("ol", { class: "grc-suite", "aria-label": "Votre ordre" });
  const restantes = creer("ul", { class: "grc-suite", "aria-label": "À placer" });
  const consigne = creer("p", { class: "grc-consigne" });
  const aPlacer = creer("p", { class: "grc-sous-titre", "aria-hidden": "true" }, "À placer");
  /** @type {string[]} */
  let lettres = [];

  const nom = (/** @type {string} */ lettre) =>
    `${lettre} ${propositions.get(lettre.toLowerCase()) || ""}`.trim();

  /** Le premier bouton où le clavier peut aller, parmi ceux d'une liste que désigne le sélecteur. */
  const boutonDe = (/** @type {HTMLElement} */ liste, selecteur = "button") =>
    /** @type {HTMLButtonElement | null} */ (liste.querySelector(`${selecteur}:not([disabled])`));
  const premier = () => boutonDe(restantes) || boutonDe(placees);

  /**
   * Change la suite, dit où en est la lettre, et garde le clavier sur elle : le bouton pressé vient d'être redessiné.
   *
   * @param {string[]} suite
   * @param {string} lettre
   * @param {string} action  le nom du bouton pressé
   */
  function changer(suite, lettre, action) {
    ecrire(ecrireLettres(suite));
    const rang = suite.indexOf(lettre);
    dire(
      rang < 0
        ? `${nom(lettre)} : retirée.`
        : `${nom(lettre)} : place ${rang + 1} sur ${magie.arguments.length}.`,
    );
    const memeBouton = boutonDe(placees, `[data-lettre="${lettre}"] [data-action="${action}"]`);
    const suivant = action === "placer" ? boutonDe(restantes) : null;
    const boutonDeLaLettre = boutonDe(placees, `[data-lettre="${lettre}"] button`);
    (memeBouton || suivant || boutonDeLaLettre || premier())?.focus();
  }

  /**
   * @param {string} lettre
   * @param {-1 | 1} pas
   * @param {string} action
   */
  function deplacer(lettre, pas, action) {
    const rang = lettres.indexOf(lettre);
    if (rang < 0 || rang + pas < 0 || rang + pas >= lettres.length) return;
    const suite = lettres.filter((autre) => autre !== lettre);
    suite.splice(rang + pas, 0, lettre);
    changer(suite, lettre, action);
  }

  /**
   * @param {string} lettre
   * @param {string} action
   * @param {string} signe
   * @param {string} texte
   * @param {boolean} disabled
   * @param {() => void} onclick
   */
  function bouton(lettre, action, signe, texte, disabled, onclick) {
    const attributs = {
      type: "button",
      "data-action": action,
      "aria-label": `${texte} ${nom(lettre)}`,
      title: texte,
      disabled,
      onclick,
    };
    return creer("button", attributs, signe);
  }

  /**
   * @param {string} lettre
   * @param {...HTMLButtonElement} boutons
   */
  function ligne(lettre, ...boutons) {
    const libelle = creer("span", { class: "grc-libelle" }, ...lettreEtTexte(lettre, propositions));
    return creer(
      "li",
      { "data-lettre": lettre },
      libelle,
      creer("span", { class: "grc-boutons" }, ...boutons),
    );
  }

  function dessiner() {
    placees.replaceChildren(
      ...lettres.map((lettre, rang) =>
        ligne(
          lettre,
          bouton(lettre, "monter", "↑", "Monter", rang === 0, () => deplacer(lettre, -1, "monter")),
          bouton(lettre, "descendre", "↓", "Descendre", rang === lettres.length - 1, () =>
            deplacer(lettre, 1, "descendre"),
          ),
          bouton(lettre, "retirer", "✕", "Retirer", false, () =>
            changer(
              lettres.filter((autre) => autre !== lettre),
              lettre,
              "retirer",
            ),
          ),
        ),
      ),
    );
    const autres = magie.arguments.filter((lettre) => !lettres.includes(lettre));
    restantes.replaceChildren(
      ...autres.map((lettre) =>
        ligne(
          lettre,
          bouton(lettre, "placer", "Placer", "Placer", false, () =>
            changer([...lettres, lettre], lettre, "placer"),
          ),
        ),
      ),
    );
    aPlacer.hidden = restantes.hidden = !autres.length;
    placees.hidden = !lettres.length;
    consigne.textContent = autres.length
      ? `Placez les lettres dans l'ordre, de la première à la dernière (${lettres.length} sur ${magie.arguments.length}).`
      : "Pour changer l'ordre : les boutons ↑ et ↓, ou Alt + ↑ et Alt + ↓.";
  }

  placees.addEventListener("keydown", (evenement) => {
    if (!evenement.altKey || !["ArrowUp", "ArrowDown"].includes(evenement.key)) return;
    evenement.preventDefault();
    // Rien d'autre que les boutons n'a le clavier ici.
    const presse = /** @type {HTMLButtonElement} */ (evenement.target);
    const lettre = presse.closest("li")?.dataset.lettre ?? "";
    deplacer(lettre, evenement.key === "ArrowUp" ? -1 : 1, presse.dataset.action ?? "");
  });

  dessiner();
  return {
    element: creer(
      "fieldset",
      {},
      creer("legend", { class: "grc-titre" }, titre),
      consigne,
      placees,
      aPlacer,
      restantes,
    ),
    premier,
    afficher({ corps }) {
      const lues = lireLettres(corps, magie.arguments);
      if (!magie.arguments.length || !lues) return false;
      if (String(lues) !== String(lettres)) {
        lettres = lues;
        dessiner();
      }
      return true;
    },
  };
}
