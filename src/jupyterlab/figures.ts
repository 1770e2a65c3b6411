import { PLOTLY_TYPE } from "../figures/figure.js";
import {
  type Drawing,
  type Figure,
  fittedTo,
  isFittable,
  onSurroundings,
  type Redrawing,
  redrawn,
  type Theme,
} from "../reader/fitting.js";
import type { MimeModel, Renderer, RenderMime } from "./lumino.js";

/** Figures in JupyterLab: Plotly's extension draws them; here they are fitted to their cell before it does. */

/** A display of Plotly's extension, as far as it is used. */
interface PlotlyRenderer extends Renderer {
  createGraph?(model: MimeModel): Promise<void>;
  onResize?: (message: unknown) => void;
}

/** JupyterLab says in the page whether its theme is light. */
const THEME: Theme = {
  dark: () => document.body.dataset.jpThemeLight === "false",
  onChange: (changed) =>
    new MutationObserver(changed).observe(document.body, { attributeFilter: ["data-jp-theme-light"] }),
};

const RANK = 1; // before Plotly's own

/** Puts a factory before the one of Plotly's extension, if there is one, that has it draw what is fitted. */
export function fitFigures(rendermime: RenderMime): void {
  const plotlys = rendermime.getFactory(PLOTLY_TYPE);
  if (!plotlys) return;
  const factory = {
    safe: plotlys.safe,
    mimeTypes: [PLOTLY_TYPE],
    createRenderer: (options: unknown) => fitting(plotlys.createRenderer(options)),
  };
  rendermime.addFactory(factory, RANK);
}

/** The display, which from now on draws figures of ours for its width, as soon as it is in sight. */
function fitting(renderer: PlotlyRenderer): Renderer {
  const { createGraph } = renderer;
  const asItIs = renderer.renderModel.bind(renderer);
  if (!createGraph) return renderer; // another version of Plotly's extension
  let shown: Figure | undefined;
  renderer.renderModel = async (model) => {
    const figure = model.data[PLOTLY_TYPE] as Figure;
    if (!isFittable(figure)) return asItIs(model);
    if (shown && isSame(shown, figure)) return; // only its picture is new
    const first = shown === undefined;
    shown = figure;
    if (!first) return createGraph.call(renderer, fittedModel(model, figure, renderer.node));
    if ("image/png" in model.data) await asItIs(model); // until then
    renderer.onResize = () => {}; // it would draw again what was fitted to the width before
    whenSeen(renderer.node, () => {
      if (renderer.isDisposed || !shown) return;
      void createGraph.call(renderer, fittedModel(model, shown, renderer.node));
      onSurroundings(renderer.node, THEME, (around) => {
        const { Plotly } = renderer.constructor as unknown as { readonly Plotly: Redrawing | null };
        if (Plotly && shown && !renderer.isDisposed)
          void redrawn(renderer.node as Drawing, fittedTo(shown, around), Plotly);
      });
    });
  };
  return renderer;
}

/** Whether two values are the same but for the order of their keys, which JupyterLab does not keep. */
function isSame(one: unknown, other: unknown): boolean {
  const sorted = (_: string, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

/** The model with the fitted figure and without its picture, which the drawing would wait behind. Its own picture goes back. */
function fittedModel(model: MimeModel, figure: Figure, { clientWidth: width }: HTMLElement): MimeModel {
  const { "image/png": _, ...rest } = model.data;
  return {
    data: { ...rest, [PLOTLY_TYPE]: fittedTo(figure, { width, dark: THEME.dark() }) },
    setData: ({ data }) => model.setData({ data: { ...model.data, "image/png": data["image/png"] } }),
  };
}

const SOON = "400px"; // below and above what is seen

/** Calls back once, when an element has a width and is in sight or nearly so. */
function whenSeen(node: HTMLElement, work: () => void): void {
  const observer = new IntersectionObserver(
    ([{ isIntersecting }]) => {
      if (!isIntersecting || node.clientWidth === 0) return;
      observer.disconnect();
      work();
    },
    { rootMargin: SOON },
  );
  observer.observe(node);
}
