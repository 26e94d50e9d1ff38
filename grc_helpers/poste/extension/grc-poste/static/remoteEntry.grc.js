/*
 * Extension JupyterLab du cours, écrite à la main : ni Node, ni compilation. Elle ne touche qu'à l'apparence et à la
 * saisie ; la réponse reste la source de la cellule. S'il manque quoi que ce soit, elle se tait.
 *
 * Une cellule dont la première ligne est une magie du cours (%%reponse, %%nombre…) devient une zone de texte : pas de
 * couleurs Python, retour à la ligne, correcteur orthographique du navigateur en français. Une cellule
 * verifier("…") devient une bande discrète. L'apparence est dans poste.css. Au-dessus du texte, formulaires.js monte un vrai
 * formulaire : champ de prose, tableau de cases, boutons, listes.
 */
(function () {
  'use strict';

  const NOM = 'grc-poste';
  // La feuille de style est à côté de ce fichier ; currentScript n'existe que pendant son chargement.
  const ADRESSE = document.currentScript && document.currentScript.src;
  const VERIFICATION = /^\s*verifier\(\s*["']([^"']*)["']/;
  let partage = {};
  // Viennent de cellule.js et de formulaires.js, à côté de ce fichier ; voir « chargerLesModules ».
  let lireMagie, titreDeReponse, numeroDeQuestion, monteur;

  async function chargerLesModules() {
    const importer = nom => import(new URL(nom, ADRESSE).href);
    ({ lireMagie, titreDeReponse, numeroDeQuestion } = await importer('cellule.js'));
    ({ monteur } = await importer('formulaires.js'));
  }

  function titreDeVerification(identifiant) {
    return `Vérifier la réponse ${numeroDeQuestion(identifiant)}`.trim();
  }

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

  function attributs(magie) {
    return {
      class: 'cm-lineWrapping',
      spellcheck: 'true',
      lang: 'fr',
      autocorrect: 'on',
      autocapitalize: magie.type === 'reponse' ? 'sentences' : 'off',
      'aria-label': titreDeReponse(magie)
    };
  }

  /** Posée une fois par éditeur ; relue à chaque frappe, elle ne vaut que tant que la magie est là. */
  function saisieEnFrancais(vue) {
    const lire = editeur => lireMagie(editeur.state.doc.toString());
    const estompee = vue.Decoration.line({ class: 'grc-magie' });
    return [
      vue.EditorView.contentAttributes.of(editeur => {
        const magie = lire(editeur);
        return magie && attributs(magie);
      }),
      vue.EditorView.decorations.of(editeur => {
        const magie = lire(editeur);
        return magie
          ? vue.Decoration.set([estompee.range(editeur.state.doc.line(magie.ligne).from)])
          : vue.Decoration.none;
      })
    ];
  }

  /** Donne à la cellule l'apparence qui correspond à ce qui y est écrit en ce moment. */
  function habiller(cellule, cahier) {
    const source = cellule.model.sharedModel.getSource();
    const magie = lireMagie(source);
    const verification = magie ? null : VERIFICATION.exec(source);
    cellule.toggleClass('grc-reponse', !!magie);
    cellule.toggleClass('grc-verification', !!verification);
    const titre = magie ? titreDeReponse(magie) : verification ? titreDeVerification(verification[1]) : '';
    const zone = cellule.node.querySelector('.jp-InputArea-editor');
    if (zone) zone.dataset.grcTitre = titre;
    const donnees = cellule.node.dataset;
    if (magie) [donnees.grcType, donnees.grcQuestion] = [magie.type, magie.identifiant];
    else for (const nom of ['grcType', 'grcQuestion']) delete donnees[nom];
    const langage = magie ? 'text/plain' : cahier.codeMimetype;
    // Le noyau remet Python à son démarrage : on n'écrit que si cela change, pour ne pas se répondre sans fin.
    if (langage && cellule.model.mimeType !== langage && (magie || cellule.grcProse)) cellule.model.mimeType = langage;
    cellule.grcProse = !!magie;
  }

  /** Suit une cellule de code toute sa vie : création, démarrage du noyau, frappe. */
  function suivre(cellule, cahier, vue, monter) {
    const rafraichir = sansBruit(() => cellule.isDisposed || habiller(cellule, cahier));
    cellule.model.contentChanged.connect(rafraichir);
    cellule.model.mimeTypeChanged.connect(() => setTimeout(rafraichir));
    cellule.ready.then(
      sansBruit(() => {
        // La page vide que JupyterLab montre d'abord a déjà disparu quand elle se dit prête.
        if (cellule.isDisposed) return;
        if (vue && cellule.editor) cellule.editor.injectExtension(saisieEnFrancais(vue));
        rafraichir();
        monter(cellule);
      })
    );
    rafraichir();
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

  function suivreLeCahier(panneau, vue, application) {
    const suivies = new WeakSet();
    const cahier = panneau.content;
    const monter = monteur(application, cahier);
    const suivreTout = sansBruit(() => {
      for (const cellule of cahier.widgets) {
        if (cellule.model.type !== 'code' || suivies.has(cellule)) continue;
        suivies.add(cellule);
        suivre(cellule, cahier, vue, monter);
      }
    });
    cahier.modelContentChanged.connect(suivreTout);
    panneau.context.ready.then(suivreTout);
  }

  function poserLeStyle() {
    if (!ADRESSE) return;
    const lien = document.createElement('link');
    lien.rel = 'stylesheet';
    lien.href = new URL('poste.css', ADRESSE).href;
    document.head.append(lien);
  }

  /** Les panneaux de droite sont éteints (page_config.json) : sans cela, JupyterLab en garde la place, vide. */
  function refermerLaDroite(application) {
    application.restored.then(sansBruit(() => application.shell.collapseRight && application.shell.collapseRight()));
  }

  async function charger() {
    const [notebook, vue] = await Promise.all([module('@jupyterlab/notebook'), module('@codemirror/view')]);
    const greffon = {
      id: `${NOM}:cellules`,
      description: 'Présente les cellules de réponse comme des zones de texte en français.',
      autoStart: true,
      // Facultatif : sous Voilà, il n'y a pas de cahier à suivre et l'extension reste inerte.
      optional: notebook ? [notebook.INotebookTracker] : [],
      activate: async (application, cahiers) => {
        if (!cahiers) return;
        try {
          await chargerLesModules();
        } catch (erreur) {
          console.debug(`${NOM} : sans effet`, erreur);
          return;
        }
        poserLeStyle();
        refermerLaDroite(application);
        const suivrePanneau = sansBruit(panneau => suivreLeCahier(panneau, vue, application));
        cahiers.forEach(suivrePanneau);
        cahiers.widgetAdded.connect((_, panneau) => suivrePanneau(panneau));
      }
    };
    return () => ({ __esModule: true, default: greffon });
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NOM] = {
    init: modules => {
      partage = modules || {};
    },
    get: charger
  };
})();
