import { fitted, type Surroundings } from "../figures/parts/fit.js";

/** Figures that fit their place: drawn for its width and for a light or a dark page, and again when that changes. */

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
      readonly steps: readonly { readonly args: readonly [readonly [name: string], ...unknown[]] }[];
    }[];
  };
}

/** As much of Plotly as draws again. */
export interface Redrawing {
  react(place: HTMLElement, figure: object): Promise<unknown>;
  animate(place: HTMLElement, frames: readonly string[], options: object): Promise<unknown>;
}

/** A figure for a place as it is now; a copy, since Plotly keeps in it where its slider stands. */
export function fittedTo<Given extends Figure>(figure: Given, around: Surroundings): Given {
  return fitted(structuredClone(figure) as Given & Parameters<typeof fitted>[0], around);
}

/** Whether the figure is made to be fitted: one of ours. */
export function isFittable({ layout }: Figure): boolean {
  return typeof (layout?.meta as { readonly fit?: unknown } | undefined)?.fit === "object";
}

/** Draws a figure again, at the moment of the training that its slider shows. */
export async function redrawn(place: Drawing, figure: Figure, Plotly: Redrawing): Promise<void> {
  const { active = -1, steps } = place.layout?.sliders?.[0] ?? { steps: [] };
  const [frame] = steps[active]?.args ?? [];
  const elsewhere = frame !== undefined && active < steps.length - 1;
  const sliders = figure.layout?.sliders as object[] | undefined;
  if (elsewhere && sliders) Object.assign(sliders[0], { active });
  // With the width: Plotly would make room for margins in that of before.
  await Plotly.react(place, { ...figure, layout: { width: place.clientWidth, ...figure.layout } });
  if (!elsewhere) return;
  const at = { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } };
  await Plotly.animate(place, frame, at);
}

const RESTING = 120; // milliseconds for which a width must stay: not at every pixel of a window that is being dragged

const HIDDEN = 500; // milliseconds until one looks again whether it is in sight

/** How one knows whether the page is dark, and whether it is on its way to a printer. */
export interface Theme {
  dark(): boolean;
  paper?(): boolean;
  /** Calls back when that may have changed. */
  onChange(changed: () => void): void;
}

const PAPER = 760; // pixels that a sheet's width is taken for, whatever the screen's: letters keep their size

/** What a figure at a place is to be fitted to. */
export function surroundings(place: HTMLElement, theme: Theme): Surroundings {
  if (theme.paper?.()) return { width: PAPER, dark: false, paper: true };
  return { width: place.clientWidth, dark: theme.dark(), paper: false };
}

const drawings = new Map<HTMLElement, () => void>();
let listening = false;

/** Those that are out of the page look for themselves when they come back, and have a width again. */
function again(): void {
  for (const look of drawings.values()) look();
}

/** Calls back when the place has another width, or the page another theme. */
export function onSurroundings(place: HTMLElement, theme: Theme, changed: (now: Surroundings) => void): void {
  if (!listening) theme.onChange(again);
  listening = true;
  const now = () => surroundings(place, theme);
  const isSame = (one: Surroundings, other: Surroundings) =>
    one.width === other.width && one.dark === other.dark && one.paper === other.paper;
  let timer = 0;
  let before = now();
  const look = (): void => {
    clearTimeout(timer);
    const found = now();
    if (isSame(found, before)) return;
    if (found.width === 0) {
      // Out of sight; of the width alone the observer will tell, but not that JupyterLab has hidden all while it changed its theme.
      if (found.dark !== before.dark && place.isConnected) timer = window.setTimeout(look, HIDDEN);
      return;
    }
    before = found;
    changed(found);
  };
  for (const other of drawings.keys()) if (!other.isConnected) drawings.delete(other);
  drawings.set(place, look);
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = window.setTimeout(look, RESTING);
  });
  observer.observe(place);
}
