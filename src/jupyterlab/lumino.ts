/** As much of JupyterLab as the extension uses. It is in the page already, and shared by a container of modules. */

export interface Signal<Value> {
  connect(slot: (sender: unknown, value: Value) => void): void;
  disconnect(slot: (sender: unknown, value: Value) => void): void;
}

export interface Comm {
  onMsg: (message: { readonly content: { readonly data: unknown } }) => void;
  onClose: () => void;
  open(data: object): unknown;
  send(data: object): unknown;
  close(): unknown;
  readonly isDisposed: boolean;
}

export interface SessionContext {
  readonly ready: Promise<void>;
  readonly session: { readonly kernel: { createComm(target: string): Comm } | null } | null;
  readonly kernelChanged: Signal<unknown>;
  readonly statusChanged: Signal<string>;
}

/** What is shown of an output. */
export interface MimeModel {
  readonly data: Readonly<Record<string, unknown>>;
  setData(options: { readonly data: Readonly<Record<string, unknown>> }): void;
}

/** Draws an output; one for each. */
export interface Renderer extends Widget {
  renderModel(model: MimeModel): Promise<void>;
}

export interface RendererFactory {
  readonly safe: boolean;
  readonly mimeTypes: readonly string[];
  createRenderer(options: unknown): Renderer;
}

/** What draws the outputs of a notebook. */
export interface RenderMime {
  addFactory(factory: object, rank: number): void;
  getFactory(mimeType: string): RendererFactory | undefined;
}

export interface Panel {
  readonly context: { readonly sessionContext: SessionContext };
  readonly content: { readonly rendermime: RenderMime };
}

export interface NotebookTracker {
  forEach(work: (panel: Panel) => void): void;
  readonly widgetAdded: Signal<Panel>;
}

/** Something in JupyterLab's page. */
export interface Widget {
  readonly node: HTMLElement;
  readonly isDisposed: boolean;
  dispose(): void;
}

export interface Libraries {
  readonly Widget: new () => Widget;
  /** The name by which JupyterLab gives the tracker to plugins. */
  readonly INotebookTracker: object;
}

type Shared = Record<string, Record<string, { get(): Promise<() => object> }>>;

let shared: Shared = {};

/** JupyterLab gives the modules that it shares. */
export function takeShared(scope: object): void {
  shared = scope as Shared;
}

/** A module that JupyterLab shares; it has one version of each that is used here. */
async function sharedModule(name: string): Promise<object> {
  const [version] = Object.values(shared[name] ?? {});
  if (!version) throw new Error(`xorlab: this JupyterLab does not share ${name}`);
  return (await version.get())();
}

export async function libraries(): Promise<Libraries> {
  const modules = await Promise.all(["@lumino/widgets", "@jupyterlab/notebook"].map(sharedModule));
  return Object.assign({}, ...modules.map(({ ...exported }) => exported)) as Libraries;
}
