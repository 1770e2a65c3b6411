import type { Surroundings } from "../figures/parts/fit.js";
import { make } from "./elements.js";
import {
  type Drawing,
  type Figure,
  fittedTo,
  isFittable,
  onSurroundings,
  type Redrawing,
  redrawn,
  surroundings,
  type Theme,
} from "./fitting.js";
import { page } from "./packed.js";

/** Plotly's figures, drawn as wide as the page. */

interface Drawn extends Drawing {
  readonly _fullLayout: { readonly width: number; readonly height: number };
  on(event: string, listener: () => void): void;
}

/** As much of Plotly as is used here. */
interface Plotly extends Redrawing {
  newPlot(place: HTMLElement, figure: object): Promise<unknown>;
  purge(place: HTMLElement): void;
  toImage(place: HTMLElement, options: object): Promise<string>;
  readonly PlotSchema: { get(): { readonly traces: object } };
}

async function plotly(): Promise<Plotly> {
  if (!(await page().run("plotly")))
    throw new Error("this page carries no Plotly, since it had no figures; JupyterLab draws it");
  return (window as unknown as { Plotly: Plotly }).Plotly;
}

const NARROW = 560; // pixels: below this a legend beside the plot would take half of it

/** On a phone the legend goes under the plot and margins are slim, where the figure does not say otherwise. */
function forNarrow(layout: Record<string, unknown>): Record<string, unknown> {
  const legend = { orientation: "h", x: 0, xanchor: "left", y: -0.25, yanchor: "top" };
  return {
    ...layout,
    margin: { l: 55, r: 15, ...(layout.margin as object) },
    legend: { ...legend, ...(layout.legend as object) },
  };
}

/** An element to draw a figure in; until then it shows the figure's description. */
export function figurePlace({ layout = {} }: Figure, otherwise: unknown): HTMLElement {
  const description = String(layout.meta?.description ?? otherwise ?? "Figure");
  const text = make("p", {}, description);
  const place = make("div", { class: "xorlab-figure", role: "img", "aria-label": description }, text);
  place.style.height = `${Math.trunc(Number(layout.height)) || 450}px`;
  return place;
}

/** Draws a figure into its place, which stands in the page; where that is folded, once it is unfolded. */
export async function drawFigure(place: HTMLElement, figure: Figure): Promise<void> {
  const fold = place.closest("details:not([open])"); // it gives its contents no width
  if (fold) {
    const draw = () => void (place.isConnected && drawFigure(place, figure));
    fold.addEventListener("toggle", draw, { once: true });
    return;
  }
  try {
    await draw(place, figure, await plotly());
  } catch (error) {
    place.textContent = `This figure could not be drawn: ${(error as Error).message}`;
    console.error(error);
  }
}

async function draw(place: HTMLElement, figure: Figure, Plotly: Plotly): Promise<void> {
  const unknown = figure.data?.find(({ type = "scatter" }) => !knownTypes(Plotly, type));
  if (unknown)
    throw new Error(`this page's Plotly has no traces of type "${unknown.type}"; JupyterLab draws it`);
  place.replaceChildren();
  if (isFittable(figure)) await drawFitted(place, figure, Plotly);
  else await drawForeign(place, figure, Plotly);
  (place as Drawn).on("plotly_afterplot", () => rememberSize(place as Drawn));
  rememberSize(place as Drawn);
  await addPicture(place as Drawn, Plotly);
}

const darkScreen = matchMedia("(prefers-color-scheme: dark)");
let onPaper = false;
// At once, lest what is unfolded for printing, before any other figure was drawn, be drawn for the screen.
addEventListener("beforeprint", () => {
  onPaper = true;
});
addEventListener("afterprint", () => {
  onPaper = false;
});
const THEME: Theme = {
  dark: () => darkScreen.matches && !onPaper,
  paper: () => onPaper,
  onChange(changed) {
    darkScreen.addEventListener("change", changed);
    addEventListener("beforeprint", changed);
    addEventListener("afterprint", changed);
  },
};

/** One of ours, for the width of its place and the page's theme; on paper, which no screen's width fits, it is light. */
async function drawFitted(place: HTMLElement, figure: Figure, Plotly: Plotly): Promise<void> {
  const shown = (around: Surroundings) => {
    const { data, layout, config, frames } = fittedTo(figure, around);
    place.style.height = `${layout?.height}px`;
    return {
      data,
      layout: { ...layout, width: around.width },
      config: { ...config, responsive: false },
      frames,
    };
  };
  place.parentElement?.classList.add("xorlab-themed");
  await Plotly.newPlot(place, shown(surroundings(place, THEME)));
  onSurroundings(place, THEME, (around) => void redrawn(place, shown(around), Plotly));
}

async function drawForeign(place: HTMLElement, figure: Figure, Plotly: Plotly): Promise<void> {
  // The page's width, not that of the screen it was made on.
  const whole: Record<string, unknown> = { ...figure.layout, autosize: true, width: undefined };
  const layout = place.clientWidth < NARROW ? forNarrow(whole) : whole;
  const atHome = { showSendToCloud: false, plotlyServerURL: "" }; // no button that sends the figure to a server
  const config = { displaylogo: false, ...figure.config, ...atHome, responsive: true };
  await Plotly.newPlot(place, { data: figure.data, layout, config, frames: figure.frames });
}

const USUAL = ["scatter", "bar", "contour", "heatmap"]; // asking for the schema takes a while

function knownTypes(Plotly: Plotly, type: string): boolean {
  return USUAL.includes(type) || type in Plotly.PlotSchema.get().traces;
}

/** Printing scales the picture to the paper; for that the drawing must know its own size. */
function rememberSize(place: Drawn): void {
  const { width, height } = place._fullLayout;
  place.style.setProperty("--shape", `${width} / ${height}`);
  for (const drawing of place.querySelectorAll(".main-svg"))
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
}

/** WebGL drawings come out empty on paper: such a figure gets a picture for printing. */
async function addPicture(place: Drawn, Plotly: Plotly): Promise<void> {
  if (place.querySelector(".gl-container canvas") === null) return;
  const { width, height } = place._fullLayout;
  const picture = new Image();
  picture.src = await Plotly.toImage(place, { format: "png", width, height, scale: 2 });
  picture.alt = "";
  picture.className = "xorlab-print";
  place.after(picture);
}

/** Paper shows what is folded on the screen, and draws it in time: no event but this one comes before printing. */
export function unfoldForPrinting(): void {
  addEventListener("beforeprint", () => {
    const folds = document.querySelectorAll<HTMLDetailsElement>(".xorlab-fold:not([open])");
    for (const fold of folds) {
      fold.open = true;
      fold.dispatchEvent(new Event("toggle"));
      addEventListener("afterprint", () => fold.removeAttribute("open"), { once: true });
    }
  });
}

/**
 * Draws the figures that stand in the page as it was written, those in sight first.
 *
 * @returns when the first of them is seen, or that there is none to see, and when all are drawn
 */
export function drawWritten(): { readonly first: Promise<void>; readonly all: Promise<void> } {
  const first = parsed().then(async () => {
    const written = [...document.querySelectorAll("script.xorlab-figure-data")].map((data) => {
      const place = data.previousElementSibling as HTMLElement;
      return { place, draw: () => drawFigure(place, JSON.parse(data.textContent ?? "")) };
    });
    const folded = written.filter(({ place }) => place.clientWidth === 0);
    for (const { draw } of folded) await draw();
    const waiting = written.filter((one) => !folded.includes(one));
    if (waiting.length > 0) await takeNearest(waiting).draw();
    await painted();
    return waiting;
  });
  const all = first.then(async (waiting) => {
    while (waiting.length > 0) {
      await takeNearest(waiting).draw();
      await new Promise((resolve) => setTimeout(resolve)); // the reader may want something
    }
  });
  return { first: first.then(() => {}), all };
}

/** The whole document is there. */
async function parsed(): Promise<void> {
  if (document.readyState === "loading")
    await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
}

/** What was drawn is on the screen; in a page that is not, at once. */
function painted(): Promise<unknown> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** Takes from a list what is in sight, or nearest to that. */
function takeNearest<Placed extends { readonly place: HTMLElement }>(waiting: Placed[]): Placed {
  const distances = waiting.map(({ place }) => {
    const { top, bottom } = place.getBoundingClientRect();
    return Math.max(0, top - innerHeight, -bottom);
  });
  return waiting.splice(distances.indexOf(Math.min(...distances)), 1)[0];
}
