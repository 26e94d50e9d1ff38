/*
 * L'accueil : les séances en cartes, avec leur état, d'après les fichiers du dossier. La cellule « seances » contient la
 * même liste en texte : sans ce module, elle reste affichée.
 */
import { creer, enUneLigne, jauge } from "./dom.js";
import { lienVersUnCahier } from "./page.js";

export async function afficherLAccueil(panneau, outils) {
  const cellule = panneau.content.widgets.find((presente) => presente.model.id === "seances");
  if (!cellule) return;
  // Rien à exécuter ici : la page se lit, se parcourt et s'ouvre d'un clic.
  panneau.addClass("grc-page-accueil");
  panneau.toolbar.hide();
  const cartes = creer("div", { class: "grc-accueil", lang: "fr" });
  const rafraichir = async () => {
    const seances = panneau.isDisposed ? null : await outils.serveur.lire("seances");
    if (!seances || !seances.length) return;
    cartes.replaceChildren(...dessiner(seances, outils.application));
    if (!cartes.isConnected) cellule.node.prepend(cartes);
    cellule.addClass("grc-avec-cartes");
  };
  await rafraichir();
  // On y revient depuis une séance : les états ont changé.
  const { shell } = outils.application;
  const auRetour = () => shell.currentWidget === panneau && rafraichir();
  shell.currentChanged.connect(auRetour);
  window.addEventListener("focus", auRetour);
  panneau.disposed.connect(() => {
    shell.currentChanged.disconnect(auRetour);
    window.removeEventListener("focus", auRetour);
  });
}

function dessiner(seances, application) {
  const travaux = seances.filter((seance) => !seance.outil);
  const groupes = [];
  for (const seance of travaux) {
    if (!groupes.length || groupes.at(-1).titre !== seance.sequence)
      groupes.push({ titre: seance.sequence, seances: [] });
    groupes.at(-1).seances.push(seance);
  }
  const outils = seances.filter((seance) => seance.outil);
  if (outils.length) groupes.push({ titre: "À manipuler", seances: outils });
  return [
    suite(travaux, application),
    ...groupes.map((groupe) =>
      creer(
        "section",
        {},
        creer("h2", {}, groupe.titre),
        creer(
          "ul",
          { class: "grc-cartes" },
          ...groupe.seances.map((seance) => carte(seance, application)),
        ),
      ),
    ),
  ];
}

/** Une seule chose à faire ensuite : reprendre la dernière séance commencée, ou commencer la première. */
function suite(travaux, application) {
  const enCours = travaux.filter(
    (seance) => etat(seance).cle === "en-cours" || etat(seance).cle === "a-rendre",
  );
  enCours.sort((a, b) => b.modifie - a.modifie);
  const choisie = enCours[0] || travaux.find((seance) => etat(seance).cle === "a-commencer");
  if (!choisie)
    return creer("p", { class: "grc-suite" }, "Toutes les séances sont terminées. Bravo !");
  const { suivante, reste: duree } = mesureDe(choisie);
  const endroit =
    suivante &&
    (suivante.etape ? `à l’étape ${suivante.etape}` : `à la question ${suivante.numero}`);
  const debut = !enCours.length ? "Commencer" : suivante ? `Reprendre ${endroit}` : "Rendre";
  const reste = duree ? ` Il reste environ ${duree}.` : "";
  return creer(
    "p",
    { class: "grc-suite" },
    lienVersUnCahier(application, `${debut} : ${choisie.titre}`, choisie.chemin, {
      classe: "grc-bouton grc-principal",
      ...ici(choisie),
    }),
    creer("span", {}, enCours.length ? reste : choisie.duree && ` ${choisie.duree}`),
  );
}

function carte(seance, application) {
  const { cle, texte } = etat(seance);
  const details = enUneLigne(seance.duree, seance.note_sur && `noté sur ${seance.note_sur}`);
  return creer(
    "li",
    { class: `grc-carte grc-${cle}` },
    creer(
      "h3",
      {},
      lienVersUnCahier(
        application,
        seance.titre,
        seance.chemin,
        cle === "en-cours" ? ici(seance) : {},
      ),
    ),
    seance.but ? creer("p", {}, seance.outil ? seance.but : `Vous saurez ${seance.but}.`) : null,
    creer("p", { class: "grc-details" }, details),
    texte ? creer("p", { class: "grc-etat-seance" }, texte) : null,
    cle === "a-commencer" || cle === "a-lire" ? null : compte(seance),
  );
}

function compte(seance) {
  const mesure = mesureDe(seance);
  const reste = mesure.reste && `encore ${mesure.reste} environ`;
  return creer("p", { class: "grc-compte" }, jauge(mesure), enUneLigne(mesure.en_bref, reste));
}

/** L'avancement d'un TP (ses questions), ou le parcours d'une leçon (ses activités). */
function mesureDe(seance) {
  return seance.parcours || seance.avancement;
}

function etat({ rendu, parcours, avancement }) {
  if (rendu) return { cle: "rendue", texte: `✔ Fichier préparé le ${rendu}` };
  if (parcours) return etatDeLaLecon(parcours);
  if (!avancement) return { cle: "a-lire", texte: "" };
  if (!avancement.commencees) return { cle: "a-commencer", texte: "À commencer" };
  return avancement.suivante
    ? { cle: "en-cours", texte: "En cours" }
    : { cle: "a-rendre", texte: "Complet : à rendre" };
}

function etatDeLaLecon({ faites, suivante }) {
  if (!faites) return { cle: "a-commencer", texte: "À commencer" };
  return suivante
    ? { cle: "en-cours", texte: `En cours, étape ${suivante.etape}` }
    : { cle: "parcourue", texte: "✔ Leçon parcourue" };
}

/** Là où l'on s'est arrêté : l'énoncé de la première question à faire (ou la remise), la première activité d'une leçon. */
function ici({ parcours, avancement }) {
  if (parcours?.faites && parcours.suivante) return { cellule: parcours.suivante.cellule };
  if (!avancement?.commencees) return {};
  const { suivante } = avancement;
  return { cellule: suivante ? `${suivante.cellule}_enonce` : "rendre_texte" };
}
