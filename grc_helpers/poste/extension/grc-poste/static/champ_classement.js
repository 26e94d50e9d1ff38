// @ts-check
/* Un %%classement : pour chaque élément, un bouton radio par boîte. */
import { lireClassement } from "./classement.js";
import { creer, identifiantUnique, lettreEtTexte } from "./dom.js";
import { ecrirePaires, lirePropositions } from "./lettres.js";

/** @import { Paire } from "./lettres.js" */
/** @import { Champ, OutilsDuChamp, TypeDeReponse } from "./types.js" */

/** @type {TypeDeReponse} */
export const classement = { nombreDArguments: (mots) => mots.length, champ };

/**
 * @param {OutilsDuChamp} outils
 * @returns {Champ}
 */
function champ({ titre, magie, enonce, ecrire, dire }) {
  const boites = magie.arguments;
  const noms = lirePropositions(enonce);
  const lignes = creer("div", { class: "grc-classement" });
  const consigne = creer("span", { class: "grc-consigne" });
  const effacer = creer(
    "button",
    { type: "button", class: "grc-lien", onclick: toutEffacer },
    "Effacer mon classement",
  );
  /** @type {Paire[]} */
  let paires = [];

  const radios = () => [...lignes.querySelectorAll("input")];

  function dessiner() {
    lignes.replaceChildren(
      ...paires.map(({ libelle }, rang) => {
        const id = identifiantUnique();
        const options = boites.map((value) =>
          creer(
            "label",
            { class: "grc-option" },
            creer("input", {
              type: "radio",
              name: id,
              value,
              "data-rang": rang,
              onchange: () => placer(rang, value),
            }),
            ...lettreEtTexte(value, noms),
          ),
        );
        return creer(
          "div",
          { class: "grc-element", role: "radiogroup", "aria-labelledby": id },
          creer("div", { id, class: "grc-nom" }, libelle),
          creer("div", { class: "grc-boites" }, ...options),
        );
      }),
    );
  }

  /**
   * @param {number} rang
   * @param {string} lettre
   */
  function placer(rang, lettre) {
    ecrire(
      ecrirePaires(paires.map((paire, autre) => (autre === rang ? { ...paire, lettre } : paire))),
    );
  }

  function toutEffacer() {
    ecrire(ecrirePaires(paires.map((paire) => ({ ...paire, lettre: "" }))));
    dire("Classement effacé.");
    radios()[0].focus();
  }

  return {
    element: creer(
      "fieldset",
      {},
      creer("legend", { class: "grc-titre" }, titre, " ", consigne),
      lignes,
    ),
    // Un bouton radio ne se décoche pas.
    pied: effacer,
    premier: () => radios().find((radio) => radio.checked) ?? radios()[0],
    afficher({ corps }) {
      const lues = boites.length ? lireClassement(corps, boites, enonce) : null;
      if (!lues) return false;
      const memesElements =
        JSON.stringify(lues.map(({ libelle }) => libelle)) ===
        JSON.stringify(paires.map(({ libelle }) => libelle));
      paires = lues;
      if (!memesElements) dessiner();
      for (const radio of radios())
        radio.checked = paires[Number(radio.dataset.rang)].lettre === radio.value;
      const places = paires.filter(({ lettre }) => lettre).length;
      consigne.textContent = `${places} sur ${paires.length}`;
      effacer.hidden = !places;
      return true;
    },
  };
}
