import { fitted } from "../figures/parts/fit.js";

/** Figures that fit their place: drawn for its width, and again when that changes. */

/** As the MIME type application/vnd.plotly.v1+json carries it. */
export interface Figure {
  readonly data?: readonly { readonly type?: string; readonly [key: string]: unknown }[];
  readonly layout?: Readonly<Record<string, unknown>> & {
    readonly height?: number;
    readonly meta?: { readonly description?: unknown };
  };
  readonly config?: object;
  readonly frames?: readonly object[];
}

/** An element in which Plotly has drawn. */
export interface Drawing extends HTMLElement {
  readonly layout?: {
    readonly height?: number;
    readonly sliders?: readonly {
      readonly active?: number;
      readonly steps: readonly { readonly label: string }[];
    }[];
  };
}

/** As much of Plotly as draws again. */
export interface Redrawing {
  react(place: HTMLElement, figure: object): Promise<unknown>;
  animate(place: HTMLElement, frames: readonly string[], options: object): Promise<unknown>;
}

/** A figure for a place as it is now; a copy, since Plotly keeps in it where its slider stands. */
export function fittedTo<Given extends Figure>(figure: Given, width: number): Given {
  return fitted(structuredClone(figure) as Given & Parameters<typeof fitted>[0], { width });
}

/** Whether the figure is made to be fitted: one of ours. */
export function isFittable({ layout }: Figure): boolean {
  return typeof (layout?.meta as { readonly fit?: unknown } | undefined)?.fit === "object";
}

/** Draws a figure again, at the moment of the training that its slider shows. */
export async function redrawn(place: Drawing, figure: Figure, Plotly: Redrawing): Promise<void> {
  const { active = -1, steps } = place.layout?.sliders?.[0] ?? { steps: [] };
  const label = steps[active]?.label;
  const elsewhere = label !== undefined && active < steps.length - 1;
  const sliders = figure.layout?.sliders as object[] | undefined;
  if (elsewhere && sliders) Object.assign(sliders[0], { active });
  await Plotly.react(place, figure);
  if (!elsewhere) return;
  const at = { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } };
  await Plotly.animate(place, [label], at);
}

const RESTING = 120; // milliseconds for which a width must stay: not at every pixel of a window that is being dragged

/**
 * Calls back when the place has another width.
 *
 * @returns ends it
 */
export function onWidth(place: HTMLElement, changed: (width: number) => void): () => void {
  let timer = 0;
  let width = place.clientWidth;
  const observer = new ResizeObserver(() => {
    if (place.clientWidth === width || place.clientWidth === 0) return;
    clearTimeout(timer);
    timer = window.setTimeout(
      () => {
        if (place.clientWidth === 0 || place.clientWidth === width) return;
        width = place.clientWidth;
        changed(width);
      },
      width === 0 ? 0 : RESTING,
    );
  });
  observer.observe(place);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
