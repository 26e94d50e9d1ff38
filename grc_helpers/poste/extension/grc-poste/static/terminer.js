/*
 * « Terminer » : enregistrer, emporter son fichier, puis fermer. Sur un PC partagé, tout peut être effacé, mais seulement
 * après avoir confirmé que le fichier est emporté.
 */
import { effacerTousLesBrouillons } from "./brouillons.js";
import { bouton, creer } from "./dom.js";
import { dialogue } from "./page.js";

export async function terminer(suivi, outils) {
  const enregistre = await suivi.enregistrer();
  const seances = (await outils.serveur.lire("seances")) || [];
  const ouverte = seances.find((seance) => seance.chemin === suivi.contexte.path) || {
    chemin: suivi.contexte.path,
    avancement: null,
    parcours: null,
  };
  // Un simulateur, une leçon à peine ouverte : rien à emporter. Dans une leçon commencée, un tableau personnel peut être rempli.
  const sansReponse = ouverte.outil || (ouverte.parcours && !ouverte.parcours.faites);
  const aEmporter = seances.filter((seance) => seance.avancement?.commencees && seance !== ouverte);
  if (!sansReponse) aEmporter.unshift(ouverte);
  const liens = await Promise.all(aEmporter.map((seance) => aTelecharger(outils.serveur, seance)));
  dialogue("Terminer la séance", (boite, fermer) => {
    if (!enregistre) {
      boite.append(
        creer(
          "p",
          { class: "grc-alerte" },
          "Attention : le dernier enregistrement a échoué. Appelez le formateur avant de partir.",
        ),
      );
      boite.append(
        creer("div", { class: "grc-choix" }, bouton("Retour à la séance", fermer, "grc-principal")),
      );
      return;
    }
    boite.append(
      creer("p", {}, "✔ Votre travail est enregistré sur ce PC."),
      ...emporter(liens),
      deuxFacons(suivi, outils, fermer, liens.length),
    );
  });
}

function emporter(liens) {
  if (!liens.length) return [creer("p", {}, "Il n’y a rien à emporter.")];
  return [
    creer("h3", {}, "1. Emportez votre fichier"),
    creer(
      "p",
      {},
      "Il contient toutes vos réponses. Gardez-le sur une clé USB ou dans votre espace personnel.",
    ),
    creer("ul", { class: "grc-fichiers" }, ...liens),
    creer("h3", {}, "2. Fermez"),
  ];
}

async function aTelecharger(serveur, seance) {
  const travail = await lienDeTelechargement(serveur, seance.chemin);
  if (!seance.fichier_rendu) {
    return creer("li", {}, travail, seance.avancement && ` · ${seance.avancement.en_bref}`);
  }
  const rendu = await lienDeTelechargement(serveur, seance.fichier_rendu);
  const quand = ` · à rendre, préparé le ${seance.rendu}`;
  return creer("li", {}, rendu, quand, creer("br"), travail, " · pour continuer plus tard");
}

async function lienDeTelechargement(serveur, chemin) {
  const nom = chemin.split("/").pop();
  const href = await serveur.adresseDeTelechargement(chemin);
  return creer("a", { href, download: nom }, `Télécharger ${nom}`);
}

function deuxFacons(suivi, outils, fermer, aEmporter) {
  const emporte = creer("input", { type: "checkbox", id: "grc-emporte" });
  const effacer = bouton(
    "Tout effacer de ce PC et fermer",
    () => finir(outils, fermer, true),
    "grc-danger",
  );
  effacer.disabled = aEmporter > 0;
  emporte.addEventListener("change", () => (effacer.disabled = !emporte.checked));
  return creer(
    "div",
    {},
    creer("p", {}, creer("strong", {}, "Vous reviendrez sur ce PC : "), "vos réponses y restent."),
    creer(
      "div",
      { class: "grc-choix" },
      bouton("Fermer la séance", () => finir(outils, fermer, false), "grc-principal"),
      bouton("Retour à la séance", fermer),
    ),
    creer(
      "p",
      {},
      creer("strong", {}, "Quelqu’un d’autre va s’en servir : "),
      "le cours redevient vierge, vos réponses et leurs copies disparaissent de ce PC.",
    ),
    aEmporter
      ? creer(
          "p",
          {},
          emporte,
          " ",
          creer(
            "label",
            { for: "grc-emporte" },
            "J’ai vérifié : mon fichier est bien sur ma clé ou dans mon espace.",
          ),
        )
      : null,
    creer("div", { class: "grc-choix" }, effacer),
  );
}

async function finir({ application, cahiers, serveur }, fermer, toutEffacer) {
  fermer();
  const ouverts = [];
  cahiers.forEach((panneau) => ouverts.push(panneau));
  // Un autre cahier peut encore attendre son enregistrement : le fermer sans cela poserait une question de plus.
  for (const panneau of ouverts)
    if (panneau.context.model.dirty && !toutEffacer) await panneau.context.save();
  for (const panneau of ouverts) panneau.dispose();
  await application.serviceManager.sessions.shutdownAll();
  let restes = [];
  if (toutEffacer) {
    const fait = await serveur.envoyer("effacer");
    restes = fait ? fait.restes : ["?"];
  }
  effacerTousLesBrouillons();
  auRevoir(application, toutEffacer, restes);
}

function auRevoir(application, toutEffacer, restes) {
  const base = application.serviceManager.serverSettings.baseUrl;
  const dit = toutEffacer
    ? "Il ne reste rien de votre travail sur ce PC."
    : "Votre travail est enregistré sur ce PC.";
  const reste = `Le formateur doit encore remettre à neuf : ${restes.join(", ")}.`;
  document.body.append(
    creer(
      "main",
      { class: "grc-au-revoir", lang: "fr" },
      creer("h1", {}, "Séance terminée"),
      creer("p", {}, restes.length ? reste : dit),
      creer("p", {}, "Vous pouvez fermer cet onglet, puis la fenêtre noire du cours."),
      creer("p", {}, creer("a", { class: "grc-bouton", href: base }, "Rouvrir le cours")),
    ),
  );
  document.title = "Séance terminée";
}
