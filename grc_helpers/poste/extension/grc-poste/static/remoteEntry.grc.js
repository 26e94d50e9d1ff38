/*
 * Extension JupyterLab du cours, écrite à la main : ni Node, ni compilation. Elle ne touche qu'à l'apparence et à la
 * saisie ; la réponse reste la source de la cellule. S'il manque quoi que ce soit, elle se tait.
 *
 * Une cellule dont la première ligne est une magie du cours (%%reponse, %%nombre…) devient une zone de texte : pas de
 * couleurs Python, retour à la ligne, correcteur orthographique du navigateur en français. Une cellule
 * verifier("…") devient une bande discrète. L'apparence est dans poste.css.
 */
(function () {
  'use strict';

  const NOM = 'grc-poste';
  // La feuille de style est à côté de ce fichier ; currentScript n'existe que pendant son chargement.
  const ADRESSE = document.currentScript && document.currentScript.src;
  const TYPES = ['reponse', 'nombre', 'tableau', 'choix', 'ordre', 'association'];
  // Mêmes tolérances que grc_helpers/reponses/cellule.py : lignes vides et commentaires au-dessus, espace, majuscule, accent.
  const MAGIE = /^((?:[ \t]*(?:#(?!##)[^\n]*)?\n)*)[ \t\ufeff]*%%[ \t]*(\p{L}+)[ \t]*(\S*)/u;
  const VERIFICATION = /^\s*verifier\(\s*["']([^"']*)["']/;
  let partage = {};

  /** Le type, l'identifiant et le rang de la ligne de magie ; null si ce n'est pas une cellule de réponse. */
  function lireMagie(source) {
    const trouve = MAGIE.exec(source);
    if (!trouve) return null;
    const type = trouve[2].normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    if (!TYPES.includes(type)) return null;
    return { type, identifiant: trouve[3], ligne: trouve[1].split('\n').length };
  }

  /** « s2_tp1_q3 » se lit « 3 » ; « » pour un identifiant d'entraînement, qui n'est pas une question notée. */
  function numeroDeQuestion(identifiant) {
    const numero = /(?:^|_)q(\d+\w*)$/i.exec(identifiant);
    return numero ? numero[1] : '';
  }

  function titreDeReponse(magie) {
    const numero = numeroDeQuestion(magie.identifiant);
    return numero ? `Votre réponse à la question ${numero}` : 'Pour vous exercer (non noté)';
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
    if (magie) cellule.node.dataset.grcType = magie.type;
    else delete cellule.node.dataset.grcType;
    const langage = magie ? 'text/plain' : cahier.codeMimetype;
    // Le noyau remet Python à son démarrage : on n'écrit que si cela change, pour ne pas se répondre sans fin.
    if (langage && cellule.model.mimeType !== langage && (magie || cellule.grcProse)) cellule.model.mimeType = langage;
    cellule.grcProse = !!magie;
  }

  /** Suit une cellule de code toute sa vie : création, démarrage du noyau, frappe. */
  function suivre(cellule, cahier, vue) {
    const rafraichir = sansBruit(() => cellule.isDisposed || habiller(cellule, cahier));
    cellule.model.contentChanged.connect(rafraichir);
    cellule.model.mimeTypeChanged.connect(() => setTimeout(rafraichir));
    cellule.ready.then(
      sansBruit(() => {
        if (vue && cellule.editor) cellule.editor.injectExtension(saisieEnFrancais(vue));
        rafraichir();
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

  function suivreLeCahier(panneau, vue) {
    const suivies = new WeakSet();
    const cahier = panneau.content;
    const suivreTout = sansBruit(() => {
      for (const cellule of cahier.widgets) {
        if (cellule.model.type !== 'code' || suivies.has(cellule)) continue;
        suivies.add(cellule);
        suivre(cellule, cahier, vue);
      }
    });
    // Une cellule ajoutée n'est à l'écran qu'après ce signal.
    cahier.modelContentChanged.connect(() => setTimeout(suivreTout));
    panneau.context.ready.then(suivreTout);
  }

  function poserLeStyle() {
    if (!ADRESSE) return;
    const lien = document.createElement('link');
    lien.rel = 'stylesheet';
    lien.href = new URL('poste.css', ADRESSE).href;
    document.head.append(lien);
  }

  /** Un sujet par fichier, à côté de celui-ci : chacun exporte activer(outils). L'absence de l'un n'empêche pas les autres. */
  function activerLesSujets(outils) {
    for (const sujet of ['surete.js']) {
      import(new URL(sujet, ADRESSE).href).then(
        charge => charge.activer(outils),
        erreur => console.debug(`${NOM} : ${sujet} indisponible`, erreur)
      );
    }
  }

  /**
   * Toute la largeur pour la séance. Les panneaux de droite sont éteints (page_config.json), JupyterLab en garde la place ;
   * à gauche, la liste des fichiers se rouvre d'un clic sur le dossier.
   */
  function refermerLesCotes(application) {
    const { shell } = application;
    application.restored.then(sansBruit(() => shell.collapseRight && (shell.collapseRight(), shell.collapseLeft())));
  }

  async function charger() {
    const [notebook, vue] = await Promise.all([module('@jupyterlab/notebook'), module('@codemirror/view')]);
    const greffon = {
      id: `${NOM}:cellules`,
      description: 'Présente les cellules de réponse comme des zones de texte en français.',
      autoStart: true,
      // Facultatif : sous Voilà, il n'y a pas de cahier à suivre et l'extension reste inerte.
      optional: notebook ? [notebook.INotebookTracker] : [],
      activate: sansBruit((application, cahiers) => {
        if (!cahiers) return;
        poserLeStyle();
        refermerLesCotes(application);
        const suivrePanneau = sansBruit(panneau => suivreLeCahier(panneau, vue));
        cahiers.forEach(suivrePanneau);
        cahiers.widgetAdded.connect((_, panneau) => suivrePanneau(panneau));
        activerLesSujets({ application, cahiers, module });
      })
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
