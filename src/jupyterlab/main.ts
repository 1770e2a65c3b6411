import form from "../../templates/xorlab/form.css";
import { CONTROLS_TYPE } from "../interact/controls.js";
import { type ControlsView, createControls, isControls, NOT_CONNECTED } from "../reader/controls.js";
import { make } from "../reader/elements.js";
import style from "./controls.css";
import { fitFigures } from "./figures.js";
import {
  type Comm,
  type Libraries,
  libraries,
  type NotebookTracker,
  type Panel,
  type SessionContext,
  takeShared,
} from "./lumino.js";

/**
 * JupyterLab's extension: it draws the controls of interact() and connects them to the notebook's kernel, and has Plotly's
 * extension draw figures for the width that they have. Set-up installs it, built, as JupyterLab's own builder would have made it: a script that gives a container of one module.
 */

/** A display of controls; JupyterLab calls renderModel() for the first values and for each that follows. */
function rendererClass({ Widget }: Libraries) {
  return class extends Widget {
    private view: ControlsView | undefined;
    private line: ReturnType<typeof lineTo> | undefined;

    constructor(private readonly context: SessionContext) {
      super();
    }

    async renderModel({ data }: { readonly data: Readonly<Record<string, unknown>> }): Promise<void> {
      const controls = data[CONTROLS_TYPE];
      if (!isControls(controls)) {
        this.node.textContent = String(data["text/plain"] ?? "");
        return;
      }
      if (this.view?.show(controls)) return;
      this.line?.end();
      const view = createControls(controls, (values) => this.line?.send(values));
      this.view = view;
      this.node.replaceChildren(view.element);
      this.line = lineTo(this.context, controls.id, view);
    }

    override dispose(): void {
      if (!this.isDisposed) this.line?.end();
      super.dispose();
    }
  };
}

const GONE = ["restarting", "autorestarting", "terminating", "dead"];

const SETTLED = 1000; // milliseconds in which a figure is drawn

/**
 * Keeps a cell's outputs as high as they are while one figure takes another's place, which JupyterLab's Plotly draws anew:
 * the page would jump.
 */
function heightKeeper(node: HTMLElement): (busy: boolean) => void {
  let timer = 0;
  return (busy) => {
    const area = node.closest<HTMLElement>(".jp-OutputArea");
    clearTimeout(timer);
    if (busy && area) area.style.minHeight = `${area.offsetHeight}px`;
    else if (area) timer = window.setTimeout(() => area.style.removeProperty("min-height"), SETTLED);
  };
}

/** Connects controls to the kernel in which they were made. */
function lineTo(context: SessionContext, id: string, view: ControlsView) {
  let comm: Comm | undefined;
  let over = false;
  const keepHeight = heightKeeper(view.element);
  const lose = (): void => {
    comm = undefined;
    view.busy(false);
    view.say(false, NOT_CONNECTED);
  };
  const onStatus = (_: unknown, status: string): void => {
    if (GONE.includes(status)) lose();
  };
  const end = (): void => {
    over = true;
    context.statusChanged.disconnect(onStatus);
    context.kernelChanged.disconnect(lose);
    if (comm && !comm.isDisposed) comm.close();
    comm = undefined;
  };
  view.say(false, "");
  context.statusChanged.connect(onStatus);
  context.kernelChanged.connect(lose);
  void context.ready.then(() => {
    const kernel = context.session?.kernel;
    if (over) return;
    if (!kernel) return lose();
    const opened = kernel.createComm(CONTROLS_TYPE);
    comm = opened;
    opened.onClose = lose;
    opened.onMsg = ({ content }) => {
      view.say(true, "");
      const { busy } = (content.data ?? {}) as { busy?: unknown };
      view.busy(busy === true);
      keepHeight(busy === true);
    };
    opened.open({ id });
  });
  return { end, send: (values: readonly unknown[]) => void comm?.send({ values }) };
}

async function plugin() {
  const found = await libraries();
  const Renderer = rendererClass(found);
  document.head.append(make("style", {}, form + style));
  return {
    id: "xorlab:controls",
    description: "Draws the controls of xorlab's interact(), and fits figures to their cell.",
    autoStart: true,
    requires: [found.INotebookTracker],
    activate(_: unknown, tracker: NotebookTracker): void {
      const add = ({ content, context }: Panel): void => {
        content.rendermime.addFactory(
          {
            safe: true, // texts stay texts, and a kernel answers only to what it has shown itself
            mimeTypes: [CONTROLS_TYPE],
            createRenderer: () => new Renderer(context.sessionContext),
          },
          0,
        );
        fitFigures(content.rendermime);
      };
      tracker.forEach(add);
      tracker.widgetAdded.connect((_, panel) => add(panel));
    },
  };
}

const container = {
  init: takeShared,
  async get() {
    const made = { __esModule: true, default: await plugin() };
    return () => made;
  },
};
const scope = window as unknown as { _JUPYTERLAB?: Record<string, unknown> };
scope._JUPYTERLAB = { ...scope._JUPYTERLAB, xorlab: container };
