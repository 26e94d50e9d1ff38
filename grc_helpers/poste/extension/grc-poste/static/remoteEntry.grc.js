// @ts-check
/*
 * Extension JupyterLab du cours, écrite à la main : ni Node, ni compilation. Elle ne touche qu'à l'apparence et à la
 * saisie ; la réponse reste la source de la cellule. S'il manque quoi que ce soit, elle se tait.
 *
 * Ce fichier est celui que JupyterLab charge, et ne fait que se présenter à lui : le reste commence dans activation.js.
 */
(function () {
  "use strict";

  const NOM = "grc-poste";
  // Les modules sont à côté de ce fichier ; currentScript n'existe que pendant son chargement.
  const { currentScript } = document;
  const ADRESSE = currentScript instanceof HTMLScriptElement ? currentScript.src : "";

  /**
   * Ce que JupyterLab partage : par module, ses versions.
   *
   * @type {Record<string, Record<string, { get(): Promise<() => any> }>>}
   */
  let partage = {};

  /**
   * Une panne de confort ne laisse qu'une ligne dans la console.
   *
   * @param {string} nom
   * @param {unknown} erreur
   */
  function noter(nom, erreur) {
    console.debug(`${NOM} : ${nom} indisponible`, erreur);
  }

  /**
   * Un module que JupyterLab partage déjà avec ses extensions ; null s'il ne le partage pas.
   *
   * @type {Jupyter.Demander}
   */
  async function module(nom) {
    try {
      const versions = Object.values(partage[nom] || {});
      return versions.length ? (await versions[0].get())() : null;
    } catch (erreur) {
      noter(nom, erreur);
      return null;
    }
  }

  /**
   * L'accueil se lit, et ne s'exécute pas : aucun noyau pour lui. Dit ici, avant que JupyterLab n'ouvre le premier cahier.
   *
   * @param {Jupyter.Registre} registre
   */
  function sansNoyau(registre) {
    const preferer = registre.getKernelPreference.bind(registre);
    registre.getKernelPreference = (chemin, ...suite) => {
      const preference = preferer(chemin, ...suite);
      const accueil = /(^|\/)accueil\/accueil\.ipynb$/.test(chemin);
      return preference && accueil ? { ...preference, shouldStart: false } : preference;
    };
  }

  /**
   * @param {Jupyter.Application} application
   * @param {Jupyter.Cahiers | null} cahiers
   */
  function activer(application, cahiers) {
    if (!cahiers || !ADRESSE) return;
    sansNoyau(application.docRegistry);
    import(new URL("activation.js", ADRESSE).href)
      .then((activation) => activation.activer({ application, cahiers, module }))
      .catch((erreur) => noter("activation.js", erreur));
  }

  async function charger() {
    const [notebook, application] = await Promise.all([
      module("@jupyterlab/notebook"),
      module("@jupyterlab/application"),
    ]);
    const cellules = {
      id: `${NOM}:cellules`,
      description: "Présente les cellules de réponse comme des formulaires en français.",
      autoStart: true,
      // Facultatif : sous Voilà, il n'y a pas de cahier à suivre et l'extension reste inerte.
      optional: notebook ? [notebook.INotebookTracker] : [],
      activate: activer,
    };
    // Cours arrêté : le bandeau de chaque cahier le dit. La boîte de JupyterLab recouvrirait la page sans rien en apprendre.
    const connexion = application && {
      id: `${NOM}:connexion`,
      description: "Laisse au bandeau le soin de dire que le cours est arrêté.",
      autoStart: true,
      provides: application.IConnectionLost,
      activate: () => async () => {},
    };
    return () => ({ __esModule: true, default: connexion ? [cellules, connexion] : [cellules] });
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NOM] = {
    init: (modules) => {
      partage = modules || {};
    },
    get: charger,
  };
})();
