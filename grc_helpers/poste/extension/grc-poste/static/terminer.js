/*
 * « Terminer » : enregistrer, emporter son fichier, puis fermer. Sur un PC partagé, tout peut être effacé, mais seulement
 * après avoir confirmé que le fichier est emporté.
 */
import { effacerTousLesBrouillons } from "./brouillons.js";
import { bouton, dialogue, element } from "./page.js";

export async function terminer(suivi, outils) {
  const enregistre = await suivi.enregistrer();
  const seances = (await outils.serveur.lire("seances")) || [];
  const ouverte = seances.find((seance) => seance.chemin === suivi.contexte.path) || {
    chemin: suivi.contexte.path,
    avancement: {},
  };
  // Un simulateur, une leçon à peine ouverte : rien à emporter. Dans une leçon commencée, un tableau personnel peut être rempli.
  const sansReponse = ouverte.outil || (ouverte.parcours?.total && !ouverte.parcours.lancees);
  const aEmporter = seances.filter((seance) => seance.avancement.commencees && seance !== ouverte);
  if (!sansReponse) aEmporter.unshift(ouverte);
  const liens = await Promise.all(aEmporter.map((seance) => lienDeTelechargement(outils, seance)));
  dialogue("Terminer la séance", (boite, fermer) => {
    if (!enregistre) {
      boite.append(
        element(
          "p",
          { class: "grc-alerte" },
          "Attention : le dernier enregistrement a échoué. Appelez le formateur avant de partir.",
        ),
      );
      boite.append(
        element(
          "div",
          { class: "grc-choix" },
          bouton("Retour à la séance", fermer, "grc-principal"),
        ),
      );
      return;
    }
    boite.append(
      element("p", {}, "✔ Votre travail est enregistré sur ce PC."),
      ...emporter(liens),
      deuxFacons(suivi, outils, fermer, liens.length),
    );
  });
}

function emporter(liens) {
  if (!liens.length) return [element("p", {}, "Il n’y a rien à emporter.")];
  return [
    element("h3", {}, "1. Emportez votre fichier"),
    element(
      "p",
      {},
      "Il contient toutes vos réponses. Gardez-le sur une clé USB ou dans votre espace personnel.",
    ),
    element("ul", { class: "grc-fichiers" }, ...liens),
    element("h3", {}, "2. Fermez"),
  ];
}

async function lienDeTelechargement({ serveur }, seance) {
  const nom = seance.chemin.split("/").pop();
  const lien = element(
    "a",
    { href: await serveur.adresseDeTelechargement(seance.chemin), download: nom },
    `Télécharger ${nom}`,
  );
  const { total, recevables } = seance.avancement;
  if (seance.fichier_rendu) {
    const rendu = seance.fichier_rendu.split("/").pop();
    const aRendre = element(
      "a",
      { href: await serveur.adresseDeTelechargement(seance.fichier_rendu), download: rendu },
      `Télécharger ${rendu}`,
    );
    return element(
      "li",
      {},
      aRendre,
      ` · à rendre, préparé le ${seance.rendu}`,
      element("br"),
      lien,
      " · pour continuer plus tard",
    );
  }
  return element(
    "li",
    {},
    lien,
    total ? ` · ${recevables} répondue${recevables > 1 ? "s" : ""} sur ${total}` : "",
  );
}

function deuxFacons(suivi, outils, fermer, aEmporter) {
  const emporte = element("input", { type: "checkbox", id: "grc-emporte" });
  const effacer = bouton(
    "Tout effacer de ce PC et fermer",
    () => finir(outils, fermer, true),
    "grc-danger",
  );
  effacer.disabled = aEmporter > 0;
  emporte.addEventListener("change", () => (effacer.disabled = !emporte.checked));
  return element(
    "div",
    {},
    element(
      "p",
      {},
      element("strong", {}, "Vous reviendrez sur ce PC : "),
      "vos réponses y restent.",
    ),
    element(
      "div",
      { class: "grc-choix" },
      bouton("Fermer la séance", () => finir(outils, fermer, false), "grc-principal"),
      bouton("Retour à la séance", fermer),
    ),
    element(
      "p",
      {},
      element("strong", {}, "Quelqu’un d’autre va s’en servir : "),
      "le cours redevient vierge, vos réponses et leurs copies disparaissent de ce PC.",
    ),
    aEmporter
      ? element(
          "p",
          {},
          emporte,
          " ",
          element(
            "label",
            { for: "grc-emporte" },
            "J’ai vérifié : mon fichier est bien sur ma clé ou dans mon espace.",
          ),
        )
      : null,
    element("div", { class: "grc-choix" }, effacer),
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
    element(
      "main",
      { class: "grc-au-revoir", lang: "fr" },
      element("h1", {}, "Séance terminée"),
      element("p", {}, restes.length ? reste : dit),
      element("p", {}, "Vous pouvez fermer cet onglet, puis la fenêtre noire du cours."),
      element("p", {}, element("a", { class: "grc-bouton", href: base }, "Rouvrir le cours")),
    ),
  );
  document.title = "Séance terminée";
}
