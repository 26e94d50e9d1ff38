// @ts-check
/*
 * Le relevé d'une séquence, à imprimer : ce qui est fait, ce qui reste, avec le code de chaque fichier préparé. Tout ce qu'il dit se
 * vérifie ; complet, il devient une attestation de suivi. Ce n'est ni une note ni un diplôme.
 */
import { bouton, creer, enUneLigne } from "./dom.js";
import { enTete, imprimer } from "./impression.js";
import { dialogue } from "./page.js";

/** @import { Seance } from "./serveur.js" */

/** @param {Seance} seance */
export function estFaite({ rendu, parcours, avancement }) {
  if (avancement) return !!rendu?.a_jour;
  return parcours ? !parcours.suivante : true;
}

/**
 * Demande à quel nom, puis imprime.
 *
 * @param {string} sequence
 * @param {Seance[]} seances
 */
export function demanderLeReleve(sequence, seances) {
  const connu = seances.map(({ rendu }) => rendu?.nom).find(Boolean) ?? "";
  dialogue("À quel nom imprimer ?", (boite, fermer) => {
    const nom = creer("input", {
      type: "text",
      id: "grc-nom-du-releve",
      value: connu,
      autocomplete: "name",
      maxlength: 120,
    });
    const suite = () => {
      const qui = nom.value.trim();
      if (!qui) return nom.focus();
      fermer();
      imprimer(titre(seances), releve(sequence, seances, qui));
    };
    nom.addEventListener("keydown", (evenement) => {
      if (evenement.key !== "Enter") return;
      // La boîte fermée, le clavier revient au bouton qui l'a ouverte : la même touche la rouvrirait.
      evenement.preventDefault();
      suite();
    });
    boite.append(
      creer("p", {}, creer("label", { for: nom.id }, "Nom et prénom "), nom),
      creer(
        "div",
        { class: "grc-choix" },
        bouton("Imprimer", suite, "grc-principal"),
        bouton("Annuler", fermer),
      ),
    );
  });
}

/** @param {Seance[]} seances */
function titre(seances) {
  return seances.every(estFaite) ? "Attestation de suivi" : "Relevé de suivi";
}

/**
 * @param {string} sequence
 * @param {Seance[]} seances
 * @param {string} qui
 */
function releve(sequence, seances, qui) {
  const faites = seances.filter(estFaite).length;
  const lignes = seances.map((seance) =>
    creer(
      "tr",
      {},
      creer("th", { scope: "row" }, seance.titre),
      creer("td", {}, seance.duree),
      creer("td", {}, travail(seance)),
      creer("td", {}, rendu(seance)),
    ),
  );
  const colonnes = ["Séance", "Durée prévue", "Travail fait", "Fichier préparé"];
  return [
    enTete(qui),
    creer("h1", {}, titre(seances)),
    creer("p", {}, "Cours « Gestion de la relation client » · ", creer("strong", {}, sequence)),
    creer(
      "p",
      {},
      faites === seances.length
        ? `${qui} a suivi les ${seances.length} séances de cette séquence.`
        : `${qui} a terminé ${faites} séance${faites > 1 ? "s" : ""} sur ${seances.length}.`,
    ),
    creer(
      "table",
      {},
      creer(
        "thead",
        {},
        creer("tr", {}, ...colonnes.map((nom) => creer("th", { scope: "col" }, nom))),
      ),
      creer("tbody", {}, ...lignes),
    ),
    creer("p", {}, "Visa du formateur :"),
    creer(
      "footer",
      {},
      "Établi par le poste du cours d’après les fichiers du stagiaire. Le code d’un fichier préparé se retrouve sur son reçu. " +
        "Ce relevé n’est ni une note ni un diplôme.",
    ),
  ];
}

/** @param {Seance} seance */
function travail({ avancement, entrainement }) {
  return (
    enUneLigne(avancement?.texte ?? "", entrainement.total > 0 && entrainement.texte) || "à lire"
  );
}

/** @param {Seance} seance */
function rendu({ rendu, avancement }) {
  if (!avancement) return "rien à rendre";
  if (!rendu) return "pas encore";
  return `${rendu.date}, code ${rendu.code}${rendu.a_jour ? "" : " (réponses changées depuis)"}`;
}
