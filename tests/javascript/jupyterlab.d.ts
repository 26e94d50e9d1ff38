/*
 * Le peu de JupyterLab 4 et de CodeMirror 6 que l'extension du poste emploie, sous les noms du cours. Les vrais types
 * demanderaient des dizaines de paquets ; ici, employer autre chose que ce qui est écrit se voit.
 */

declare namespace Jupyter {
  /** Un signal de Lumino. */
  interface Signal<Emetteur, Message> {
    connect(suite: (emetteur: Emetteur, message: Message) => unknown, ici?: object): boolean;
    disconnect(suite: (emetteur: Emetteur, message: Message) => unknown): boolean;
  }

  interface Widget {
    readonly node: HTMLElement;
    readonly parent: { fit(): void } | null;
    readonly disposed: Signal<unknown, void>;
    readonly isDisposed: boolean;
    readonly isVisible: boolean;
    activate(): void;
    addClass(nom: string): void;
    hasClass(nom: string): boolean;
    toggleClass(nom: string, pose: boolean): boolean;
    hide(): void;
    show(): void;
    dispose(): void;
  }

  interface Application {
    /** « JupyterLab », ou « Jupyter Notebook » pour Notebook 7. */
    readonly name: string;
    readonly restored: Promise<void>;
    readonly commands: { execute(commande: string, options?: object): Promise<any> };
    readonly docRegistry: Registre;
    readonly serviceManager: {
      readonly serverSettings: ReglagesDuServeur;
      readonly contents: Contenus;
      readonly kernels: {
        refreshRunning(): Promise<void>;
        running(): Iterable<{ readonly id: string }>;
      };
      readonly sessions: { refreshRunning(): Promise<void>; shutdownAll(): Promise<void> };
    };
    readonly shell: {
      /** Un cahier a un fichier ; une autre page n'en a pas. */
      readonly currentWidget: (Widget & { readonly context?: { readonly path: string } }) | null;
      readonly currentChanged: Signal<unknown, unknown>;
      /** Absents de Notebook 7. */
      readonly layoutModified?: Signal<unknown, void>;
      widgets?(zone: "main"): Iterable<Widget>;
      collapseLeft?(): void;
      isTopInSimpleModeVisible?(): boolean;
      toggleTopInSimpleModeVisibility?(): void;
      collapseRight?(): void;
    };
  }

  /** DocumentRegistry : comment s'ouvre chaque sorte de fichier. */
  interface Registre {
    getKernelPreference(chemin: string, ...suite: unknown[]): { shouldStart?: boolean } | undefined;
  }

  /** Contents.IManager : les fichiers du serveur. */
  interface Contenus {
    getDownloadUrl(chemin: string): Promise<string>;
    get(chemin: string, options: { type?: string; content: boolean; hash?: boolean }): Promise<any>;
    save(chemin: string, options: object): Promise<any>;
  }

  /** Un fichier .ipynb. */
  interface CahierDuFichier {
    readonly cells: readonly CelluleDuFichier[];
    readonly metadata?: Record<string, any>;
  }

  interface ReglagesDuServeur {
    readonly baseUrl: string;
  }

  /** Les modules que JupyterLab partage, et que l'extension demande par leur nom. */
  interface Modules {
    "@jupyterlab/application": { readonly IConnectionLost: object };
    "@jupyterlab/apputils": { readonly Printing: { readonly symbol: symbol } };
    /** Lancer une cellule, avec ses sorties ; rien si le noyau manque. */
    "@jupyterlab/cells": {
      readonly CodeCell: { execute(cellule: Cellule, seance: SeanceDuNoyau): Promise<unknown> };
    };
    "@jupyterlab/notebook": { readonly INotebookTracker: object };
    "@jupyterlab/services": { readonly ServerConnection: ServerConnection };
    "@lumino/widgets": { readonly Widget: new () => Widget };
    "@codemirror/view": CodeMirror.Vue;
  }

  type Demander = <Nom extends keyof Modules>(nom: Nom) => Promise<Modules[Nom] | null>;

  interface ServerConnection {
    makeRequest(
      adresse: string,
      options: RequestInit,
      reglages: ReglagesDuServeur,
    ): Promise<Response>;
  }

  /** INotebookTracker : tous les cahiers ouverts. */
  interface Cahiers {
    readonly widgetAdded: Signal<Cahiers, Panneau>;
    forEach(action: (panneau: Panneau) => void): void;
  }

  /** NotebookPanel : un cahier ouvert, sa barre d'outils et son fichier. */
  interface Panneau extends Widget {
    readonly content: Cahier;
    readonly contentHeader: { addWidget(widget: Widget): void };
    readonly context: Fichier;
    readonly model: ModeleDuCahier | null;
    readonly sessionContext: SeanceDuNoyau;
    readonly toolbar: Widget;
    /** Printing.symbol : comment le panneau s'imprime. */
    [impression: symbol]: () => () => Promise<void>;
    setFragment(fragment: string): void;
  }

  /** ISessionContext : le noyau d'un cahier. */
  interface SeanceDuNoyau {
    readonly isDisposed: boolean;
    readonly isReady: boolean;
    readonly ready: Promise<void>;
    readonly session: {
      readonly kernel: { readonly id: string; readonly info: Promise<unknown> } | null;
    } | null;
    readonly statusChanged: Signal<unknown, string>;
    readonly kernelChanged: Signal<unknown, unknown>;
    changeKernel(noyau: { name: string }): Promise<{ readonly info: Promise<unknown> } | null>;
    /** Montre une panne du noyau dans une boîte. */
    _displayKernelError: (raison: string, detail: string) => Promise<void>;
  }

  /** DocumentRegistry.IContext */
  interface Fichier {
    readonly path: string;
    readonly ready: Promise<void>;
    /** Rempli quand le fichier est prêt. */
    readonly contentsModel: { readonly last_modified: string };
    readonly model: { dirty: boolean; readonly readOnly: boolean; toJSON(): CahierDuFichier };
    /** Montre une panne dans une boîte. */
    _handleError: (erreur: unknown, titre: string) => Promise<void>;
    /** Ce que fait un enregistrement quand le fichier a changé sur le disque ; ce qu'il rend est l'état du fichier écrit. */
    _raiseConflict: (disque: unknown, options: object) => Promise<unknown>;
    /** Le fichier vient d'être écrit, ou relu. */
    readonly fileChanged: Signal<unknown, unknown>;
    readonly saveState: Signal<unknown, "started" | "failed" | `completed${string}`>;
    save(): Promise<void>;
    revert(): Promise<void>;
  }

  /** Notebook : les cellules affichées. */
  interface Cahier extends Widget {
    readonly activeCell: Cellule | null;
    readonly activeCellChanged: Signal<Cahier, Cellule | null>;
    readonly codeMimetype: string;
    mode: "command" | "edit";
    readonly model: ModeleDuCahier | null;
    readonly modelContentChanged: Signal<Cahier, void>;
    readonly stateChanged: Signal<Cahier, unknown>;
    readonly widgets: readonly Cellule[];
  }

  interface ModeleDuCahier {
    readonly cells: Iterable<ModeleDeCellule> & {
      readonly length: number;
      readonly changed: Signal<unknown, { type: string; newValues: readonly ModeleDeCellule[] }>;
      get(rang: number): ModeleDeCellule;
    };
    readonly contentChanged: Signal<unknown, void>;
    getMetadata(cle: string): unknown;
    setMetadata(cle: string, valeur: unknown): void;
    readonly sharedModel: {
      insertCell(rang: number, cellule: CelluleDuFichier): unknown;
      deleteCell(rang: number): void;
    };
  }

  /** Une cellule telle que le fichier .ipynb l'écrit. */
  interface CelluleDuFichier {
    readonly id: string;
    readonly cell_type: string;
    readonly source: string | string[];
    readonly metadata: Record<string, any>;
  }

  interface Cellule extends Widget {
    readonly editor: Editeur | null;
    readonly inputArea: Widget | null;
    readonly model: ModeleDeCellule;
    readonly ready: Promise<void>;
  }

  interface ModeleDeCellule {
    readonly id: string;
    readonly type: string;
    mimeType: string;
    readonly contentChanged: Signal<unknown, void>;
    readonly mimeTypeChanged: Signal<unknown, unknown>;
    readonly stateChanged: Signal<unknown, { name: string; newValue: unknown }>;
    /** Seulement pour une cellule de code. */
    readonly outputs?: { readonly length: number; clear(): void };
    readonly sharedModel: {
      getSource(): string;
      setSource(texte: string): void;
      updateSource(debut: number, fin: number, texte: string): void;
    };
    getMetadata(cle: string): unknown;
    setMetadata(cle: string, valeur: unknown): void;
    deleteMetadata(cle: string): void;
  }

  interface Editeur {
    focus(): void;
    hasFocus(): boolean;
    injectExtension(extension: unknown): void;
  }
}

declare namespace CodeMirror {
  /** Le module @codemirror/view. */
  interface Vue {
    readonly Decoration: {
      readonly none: unknown;
      line(options: { class: string }): { range(debut: number): unknown };
      set(decorations: unknown[]): unknown;
    };
    readonly EditorView: {
      readonly contentAttributes: Facette<Record<string, string> | null>;
      readonly decorations: Facette<unknown>;
    };
  }

  interface Facette<Valeur> {
    of(lire: (editeur: Editeur) => Valeur): unknown;
  }

  interface Editeur {
    readonly state: {
      readonly doc: { toString(): string; line(rang: number): { readonly from: number } };
    };
  }
}

/** Où JupyterLab cherche les extensions toutes faites (fédération de modules). */
interface Window {
  _JUPYTERLAB?: Record<string, { init(partages: any): void; get(): Promise<() => object> }>;
}
