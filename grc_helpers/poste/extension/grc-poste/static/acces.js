// @ts-check
/*
 * Ce qui manque aux widgets pour qui n'a pas de souris ou ne voit pas l'écran. Le même fichier sert dans JupyterLab (chargé
 * par l'extension du cours) et sous Voilà (inclus dans le gabarit).
 */
(function () {
  "use strict";

  /**
   * Pose un attribut une seule fois : ni boucle, ni travail inutile.
   *
   * @param {Element} element
   * @param {Record<string, string>} attributs
   */
  function poser(element, attributs) {
    for (const [nom, valeur] of Object.entries(attributs)) {
      if (element.getAttribute(nom) !== valeur) element.setAttribute(nom, valeur);
    }
  }

  /** Un curseur d'ipywidgets n'a pas de nom : on lui donne celui du champ voisin. */
  function nommerLesCurseurs() {
    for (const reglage of document.querySelectorAll(".grc-reglage")) {
      const nom = reglage.querySelector(".widget-text label");
      const poignee = reglage.querySelector('[role="slider"]');
      if (nom && poignee) poser(poignee, { "aria-label": `${nom.textContent} (curseur)` });
    }
  }

  let groupes = 0;

  /** Les réponses d'un exercice forment un groupe, qui porte le titre de l'exercice. */
  function nommerLesExercices() {
    for (const exercice of document.querySelectorAll(".grc-exercice")) {
      const titre = exercice.querySelector(".grc-titre strong");
      if (!titre) continue;
      poser(exercice, { role: "group", "aria-label": `Entraînement : ${titre.textContent}` });
      const options = exercice.querySelector(".widget-radio-box");
      if (!(options instanceof HTMLElement)) continue;
      poser(options, {
        role: "radiogroup",
        "aria-label": `Réponses possibles : ${titre.textContent}`,
      });
      // Sans nom commun, le navigateur ne sait pas que ces boutons radio vont ensemble : Tab s'arrêterait sur chacun.
      const groupe =
        options.dataset.groupe || (options.dataset.groupe = `grc-options-${(groupes += 1)}`);
      for (const option of options.querySelectorAll("input")) poser(option, { name: groupe });
    }
  }

  /** Un résultat qui change est annoncé, sans voler le focus. */
  function annoncer() {
    for (const zone of document.querySelectorAll(".grc-ecart"))
      poser(zone, { "aria-live": "polite" });
  }

  /** Un widget ne survit pas à son noyau : à la réouverture, JupyterLab le dit en anglais. On dit quoi faire. */
  function direQuoiFaire() {
    for (const place of document.querySelectorAll(".jp-OutputArea-output")) {
      if (!place.firstElementChild && place.textContent.startsWith("Error displaying widget")) {
        place.textContent =
          "Cette activité s'est arrêtée. Cliquez sur « Relancer », ou sur « Commencer ».";
      }
    }
  }

  /** Les noms que JupyterLab donne en anglais à ses zones, et que sa traduction oublie : un lecteur d'écran les dirait. */
  const NOMS = new Map([
    ["Skip to main panel", "Aller au cahier"],
    ["Cells", "Cahier"],
    ["Cell toolbar", "Outils de la cellule"],
    ["Markdown Cell Content", "Texte du cours"],
    ["Code Cell Content", "Réponse ou activité"],
    ["Code Cell Content with Output", "Réponse ou activité"],
    ["Raw Cell Content", "Texte"],
  ]);

  function traduireLesNoms() {
    for (const zone of document.querySelectorAll("[aria-label]")) {
      const nom = NOMS.get(zone.getAttribute("aria-label") ?? "");
      if (nom) poser(zone, { "aria-label": nom });
    }
    for (const lien of document.querySelectorAll(".jp-skiplink a, .jp-skiplink")) {
      const nom = lien.firstElementChild ? "" : NOMS.get(lien.textContent.trim());
      if (nom) lien.textContent = nom;
    }
  }

  let prevu = false;
  function completer() {
    prevu = false;
    nommerLesCurseurs();
    nommerLesExercices();
    traduireLesNoms();
    annoncer();
    direQuoiFaire();
  }

  // Une passe par image affichée, quel que soit le nombre de changements.
  new MutationObserver(() => {
    if (prevu) return;
    prevu = true;
    requestAnimationFrame(completer);
  }).observe(document.body, { childList: true, subtree: true });
  completer();

  /*
   * Dans JupyterLab, flèches, Entrée et Espace changent de cellule même quand une commande d'un widget a le focus : boutons
   * radio et listes ne se règlent plus au clavier. Sur une commande, ces touches lui reviennent ; Échap et les raccourcis
   * avec Ctrl, Alt ou Maj restent au cahier.
   */
  const COMMANDE = '.jp-OutputArea-output :is(input, select, button, summary, [role="slider"])';
  window.addEventListener(
    "keydown",
    (evenement) => {
      const cible = evenement.target;
      if (!(cible instanceof Element) || !cible.matches(COMMANDE)) return;
      const auCahier =
        evenement.ctrlKey ||
        evenement.metaKey ||
        evenement.altKey ||
        evenement.shiftKey ||
        evenement.key === "Escape";
      cible.toggleAttribute("data-lm-suppress-shortcuts", !auCahier);
    },
    true,
  );
})();
