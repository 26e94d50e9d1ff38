// @ts-check
// La banque de commentaires : écrire un commentaire, ou en reprendre un.

import { creer } from "./dom.js";
import { page } from "./page.js";
import { demander } from "./serveur.js";

/** @import { Banque } from "./serveur.js" */

let chemin = "";
/** @type {Suite} */
let enregistrer = () => {};

/**
 * Reçoit le commentaire que le formateur enregistre, et ce qu'il faut envoyer pour le garder dans la banque, s'il le veut.
 *
 * @callback Suite
 * @param {string} texte
 * @param {{ chemin: string, envoi: Record<string, string> } | null} aGarder
 * @returns {void}
 */

/**
 * Ouvre la boîte sur le commentaire actuel.
 *
 * @param {string} question
 * @param {string} actuel
 * @param {Suite} suite
 */
export async function ouvrirLaBanque(question, actuel, suite) {
  chemin = `questions/${question}/commentaires`;
  enregistrer = suite;
  page.texte.value = actuel;
  page.gardes.replaceChildren();
  page.banque.showModal();
  page.texte.focus();
  montrer(await demander(chemin));
}

/** @param {Banque} banque */
function montrer({ commentaires }) {
  const lignes = commentaires.map((texte) => {
    const reprendre = creer("button", { type: "button", class: "garde" }, texte);
    reprendre.addEventListener("click", () => reprendreLe(texte));
    const retirer = creer(
      "button",
      { type: "button", class: "retirer", "aria-label": `Retirer de la banque : ${texte}` },
      "Retirer",
    );
    retirer.addEventListener("click", async () =>
      montrer(await demander(chemin, { retirer: texte })),
    );
    return creer("li", {}, reprendre, retirer);
  });
  page.gardes.replaceChildren(
    ...(lignes.length
      ? lignes
      : [creer("li", { class: "discret" }, "Vide : le premier commentaire enregistré y entrera.")]),
  );
}

/** @param {string} texte */
function reprendreLe(texte) {
  const ecrit = page.texte.value.trim();
  page.texte.value = ecrit && ecrit !== texte ? `${ecrit} ${texte}` : texte;
  page.garder.checked = !ecrit;
  page.texte.focus();
}

page.texte.addEventListener("keydown", (evenement) => {
  if (evenement.key === "Enter" && !evenement.shiftKey) {
    evenement.preventDefault();
    page.formulaireDeBanque.requestSubmit();
  }
});

page.formulaireDeBanque.addEventListener("submit", () => {
  const texte = page.texte.value.trim();
  enregistrer(texte, texte && page.garder.checked ? { chemin, envoi: { garder: texte } } : null);
  page.texte.blur(); // sans cela, la touche suivante irait encore au champ, tant que la page n'est pas redessinée
  page.garder.checked = true;
});

page.annuler.addEventListener("click", () => page.banque.close());
