// @ts-check
/* Un %%choix : boutons radio quand l'énoncé demande une seule lettre, cases à cocher sinon. */
import { creer, identifiantUnique, lettreEtTexte } from "./dom.js";
import { ecrireLettres, lireLettres, lirePropositions, uneSeuleReponse } from "./lettres.js";

/** @import { Champ, OutilsDuChamp, TypeDeReponse } from "./types.js" */

/** @type {TypeDeReponse} */
export const choix = { nombreDArguments: (mots) => mots.length, reprend: true, champ };

/**
 * @param {OutilsDuChamp} outils
 * @returns {Champ}
 */
function champ({ titre, magie, enonce, ecrire }) {
  const unique = uneSeuleReponse(enonce);
  const propositions = lirePropositions(enonce);
  const name = identifiantUnique();
  const boutons = magie.arguments.map((value) =>
    creer("input", { type: unique ? "radio" : "checkbox", name, value, onchange: choisir }),
  );
  const effacer = creer(
    "button",
    { type: "button", class: "grc-lien", onclick: toutEffacer },
    "Effacer mon choix",
  );

  function choisir() {
    ecrire(ecrireLettres(boutons.filter((bouton) => bouton.checked).map((bouton) => bouton.value)));
  }

  function toutEffacer() {
    for (const bouton of boutons) bouton.checked = false;
    choisir();
    boutons[0].focus();
  }

  const options = boutons.map((bouton) =>
    creer("label", { class: "grc-option" }, bouton, ...lettreEtTexte(bouton.value, propositions)),
  );
  const consigne = creer(
    "span",
    { class: "grc-consigne" },
    unique ? "une seule réponse" : "une ou plusieurs réponses",
  );
  return {
    element: creer(
      "fieldset",
      {},
      creer("legend", { class: "grc-titre" }, titre, " ", consigne),
      ...options,
    ),
    // Une case se décoche ; un bouton radio, non.
    pied: unique ? effacer : undefined,
    premier: () => boutons.find((bouton) => bouton.checked) || boutons[0],
    afficher({ corps }) {
      const lettres = lireLettres(corps, magie.arguments);
      if (!boutons.length || !lettres || (unique && lettres.length > 1)) return false;
      for (const bouton of boutons) bouton.checked = lettres.includes(bouton.value);
      effacer.hidden = !lettres.length;
      return true;
    },
  };
}
