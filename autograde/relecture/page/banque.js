// La banque de commentaires : écrire un commentaire, ou en reprendre un.

import { creer, ici } from "./dom.js";
import { demander } from "./serveur.js";

let chemin = "";
let enregistrer = () => {};

/** Ouvre la boîte sur le commentaire actuel ; `suite(texte)` reçoit celui que le formateur enregistre. */
export async function ouvrirLaBanque(question, actuel, suite) {
  chemin = `questions/${question}/commentaires`;
  enregistrer = suite;
  ici("texte").value = actuel;
  ici("gardes").replaceChildren();
  ici("banque").showModal();
  ici("texte").focus();
  montrer(await demander(chemin));
}

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
  ici("gardes").replaceChildren(
    ...(lignes.length
      ? lignes
      : [creer("li", { class: "discret" }, "Vide : le premier commentaire enregistré y entrera.")]),
  );
}

function reprendreLe(texte) {
  const ecrit = ici("texte").value.trim();
  ici("texte").value = ecrit && ecrit !== texte ? `${ecrit} ${texte}` : texte;
  ici("garder").checked = !ecrit;
  ici("texte").focus();
}

ici("texte").addEventListener("keydown", (evenement) => {
  if (evenement.key === "Enter" && !evenement.shiftKey) {
    evenement.preventDefault();
    ici("banque").querySelector("form").requestSubmit();
  }
});

ici("banque")
  .querySelector("form")
  .addEventListener("submit", () => {
    const texte = ici("texte").value.trim();
    enregistrer(
      texte,
      texte && ici("garder").checked ? { chemin, envoi: { garder: texte } } : null,
    );
    ici("texte").blur(); // sans cela, la touche suivante irait encore au champ, tant que la page n'est pas redessinée
    ici("garder").checked = true;
  });

ici("annuler").addEventListener("click", () => ici("banque").close());
