// @ts-check
/* Un %%association : une liste déroulante par libellé. */
import { creer, identifiantUnique } from "./dom.js";
import { ecrirePaires, lirePaires, lirePropositions } from "./lettres.js";

/** @import { Paire } from "./lettres.js" */
/** @import { Champ, OutilsDuChamp, TypeDeReponse } from "./types.js" */

/** @type {TypeDeReponse} */
export const association = { nombreDArguments: () => 0, champ };

const ALPHABET = [..."abcdefghijklmnopqrstuvwxyz"];

/**
 * @param {OutilsDuChamp} outils
 * @returns {Champ}
 */
function champ({ titre, enonce, ecrire }) {
  const propositions = lirePropositions(enonce);
  // Sans liste dans l'énoncé, on ne sait pas combien de lettres sont proposées : toutes.
  const lettres = propositions.size ? [...propositions.keys()] : ALPHABET;
  const lignes = creer("div", { class: "grc-paires" });
  /** @type {Paire[]} */
  let paires = [];

  function dessiner() {
    lignes.replaceChildren(
      ...paires.flatMap((paire, rang) => {
        const id = identifiantUnique();
        const options = lettres.map((value) =>
          creer("option", { value }, [value, propositions.get(value)].filter(Boolean).join(" : ")),
        );
        const liste = creer(
          "select",
          { id },
          creer("option", { value: "" }, "Choisissez…"),
          ...options,
        );
        liste.addEventListener("change", () =>
          ecrire(
            ecrirePaires(
              paires.map((autre, i) => (i === rang ? { ...autre, lettre: liste.value } : autre)),
            ),
          ),
        );
        return [creer("label", { for: id }, paire.libelle), liste];
      }),
    );
  }

  return {
    element: creer("fieldset", {}, creer("legend", { class: "grc-titre" }, titre), lignes),
    premier: () => lignes.querySelector("select"),
    afficher({ corps }) {
      const lues = lirePaires(corps);
      if (!lues || lues.some(({ lettre }) => lettre && !lettres.includes(lettre))) return false;
      const memesLibelles =
        String(lues.map(({ libelle }) => libelle)) === String(paires.map(({ libelle }) => libelle));
      paires = lues;
      if (!memesLibelles) dessiner();
      lignes.querySelectorAll("select").forEach((liste, rang) => {
        liste.value = paires[rang].lettre;
      });
      return true;
    },
  };
}
