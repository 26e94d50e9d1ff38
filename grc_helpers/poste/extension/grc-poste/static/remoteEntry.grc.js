/*
 * Extension JupyterLab du cours, écrite à la main : ni Node, ni compilation. Elle ne touche qu'à l'apparence et à la
 * saisie ; la réponse reste la source de la cellule. S'il manque quoi que ce soit, elle se tait.
 *
 * Ce fichier est celui que JupyterLab charge. Ce que fait l'extension est dans les modules voisins, un sujet par fichier.
 */
(function () {
  "use strict";

  const NOM = "grc-poste";
  // La feuille de style et les modules voisins sont à côté de ce fichier ; currentScript n'existe que pendant son chargement.
  const ADRESSE = document.currentScript && document.currentScript.src;
  let partage = {};

  /** Un module que JupyterLab partage déjà avec ses extensions ; null s'il ne le partage pas. */
  async function module(nom) {
    try {
      const versions = Object.values(partage[nom] || {});
      return versions.length ? (await versions[0].get())() : null;
    } catch (erreur) {
      console.debug(`${NOM} : ${nom} indisponible`, erreur);
      return null;
    }
  }

  /** Une panne de confort ne doit jamais gêner la saisie : elle ne laisse qu'une ligne dans la console. */
  function sansBruit(action) {
    return (...arguments_) => {
      try {
        return action(...arguments_);
      } catch (erreur) {
        console.debug(`${NOM} : sans effet`, erreur);
      }
    };
  }

  /** Ajoute à la page un fichier rangé à côté de celui-ci. */
  function poser(balise, attributs) {
    document.head.append(Object.assign(document.createElement(balise), attributs));
  }

  function poserLeStyleEtLAcces() {
    if (!ADRESSE) return;
    poser("link", { rel: "stylesheet", href: new URL("poste.css", ADRESSE).href });
    poser("script", { src: new URL("acces.js", ADRESSE).href });
  }

  /** Un sujet par fichier, à côté de celui-ci : chacun exporte activer(outils). L'absence de l'un n'empêche pas les autres. */
  function activerLesSujets(outils) {
    for (const sujet of ["presentation.js", "surete.js"]) {
      import(new URL(sujet, ADRESSE).href).then(
        (charge) => charge.activer(outils),
        (erreur) => console.debug(`${NOM} : ${sujet} indisponible`, erreur),
      );
    }
  }

  /**
   * Toute la largeur pour la séance. Les panneaux de droite sont éteints (page_config.json), JupyterLab en garde la place ;
   * à gauche, la liste des fichiers se rouvre d'un clic sur le dossier.
   */
  function refermerLesCotes(application) {
    const { shell } = application;
    application.restored.then(
      sansBruit(() => shell.collapseRight && (shell.collapseRight(), shell.collapseLeft())),
    );
  }

  async function charger() {
    const notebook = await module("@jupyterlab/notebook");
    const greffon = {
      id: `${NOM}:cellules`,
      description: "Présente les cellules de réponse comme des formulaires en français.",
      autoStart: true,
      // Facultatif : sous Voilà, il n'y a pas de cahier à suivre et l'extension reste inerte.
      optional: notebook ? [notebook.INotebookTracker] : [],
      activate: sansBruit((application, cahiers) => {
        if (!cahiers) return;
        poserLeStyleEtLAcces();
        refermerLesCotes(application);
        activerLesSujets({ application, cahiers, module });
      }),
    };
    return () => ({ __esModule: true, default: greffon });
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NOM] = {
    init: (modules) => {
      partage = modules || {};
    },
    get: charger,
  };
})();
