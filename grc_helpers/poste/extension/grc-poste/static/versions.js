// @ts-check
/* « Versions » : ce que le poste a gardé du cahier, et comment le remettre. La commande grc restaurer fait de même. */
import { bouton, creer, enUneLigne } from "./dom.js";
import { DIT } from "./lieu.js";
import { dialogue } from "./page.js";

/** @import { OutilsDeSurete, Suivi } from "./surete.js" */

/**
 * @param {Suivi} suivi
 * @param {OutilsDeSurete} outils
 */
export async function choisirUneVersion(suivi, { serveur }) {
  await suivi.enregistrer();
  const chemin = suivi.contexte.path;
  const versions = await serveur.lire("versions", chemin);
  dialogue(DIT.versions, (boite, fermer) => {
    if (!versions || !versions.length)
      boite.append(
        creer("p", {}, "Aucune version pour l’instant : elles naissent quand vous écrivez."),
      );
    else
      boite.append(
        creer(
          "p",
          {},
          "La version présente est gardée avant d’en remettre une autre : vous pourrez revenir en arrière.",
        ),
      );
    const lignes = (versions || []).map((version) => {
      const remettre = bouton("Remettre", async () => {
        fermer();
        const faite = await serveur.envoyer("versions", chemin, { nom: version.nom });
        if (faite) await suivi.contexte.revert();
        suivi.bandeau.dire(
          faite
            ? `La version du ${version.date} est remise.`
            : "Cette version n’a pas pu être remise.",
        );
        suivi.rafraichir();
      });
      remettre.setAttribute("aria-label", `Remettre la version du ${version.date}`);
      return creer(
        "li",
        {},
        creer("span", {}, enUneLigne(version.date, version.en_bref)),
        remettre,
      );
    });
    boite.append(
      creer("ul", { class: "grc-versions" }, ...lignes),
      creer("div", { class: "grc-choix" }, bouton("Fermer", fermer)),
    );
  });
}
