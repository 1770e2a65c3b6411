import type { Figure } from "../figure.js";
import type { EpochStops } from "./epochStops.js";
import { asText } from "./text.js";
import { COLOURS, SIZES } from "./theme.js";

/** What a figure shows at one moment of the training. */
export interface EpochDrawing {
  /** All traces, complete; at every moment as many, in the same order and with the same keys. */
  readonly data: readonly Readonly<Record<string, unknown>>[];
  /** All annotations. */
  readonly annotations?: readonly object[];
  /** What is to be seen at this moment, plain text of 25 letters or fewer: "3 of 4 right". */
  readonly caption: string;
}

/** What the slider adds to a figure; everything else of the layout stays the same at all epochs. */
export interface EpochSlider {
  readonly data: Figure["data"];
  /** Empty if there is only one moment to show. */
  readonly frames: readonly Readonly<Record<string, unknown>>[];
  /** Spread it into the layout: annotations, sliders and buttons. */
  readonly layout: {
    readonly annotations: readonly object[];
    readonly sliders: readonly object[];
    readonly updatemenus: readonly object[];
  };
  /** Room below the axis titles, in pixels, to be added to the card's height and to `margin.b`. */
  readonly height: number;
}

const CAPTION = 40; // pixels, the row with the buttons
const TRACK = 44;
const MILLISECONDS = 300; // a frame while it plays

/**
 * The epochs as a slider below the drawing, with buttons that play and pause.
 *
 * @param stops  epochStops(run): what to show, and what first
 * @param draw   what is to be seen at a stop; called once for each
 * @param below  pixels from the drawing's lower edge to the row of buttons: room for the axis and its title
 */
export function epochSlider(
  { stops, active }: EpochStops,
  draw: (stop: EpochStops["stops"][number]) => EpochDrawing,
  below: number,
): EpochSlider {
  if (stops.length === 1) return onlyMoment(draw(stops[0]));
  const drawings = stops.map((stop) => {
    const { data, annotations = [], caption } = draw(stop);
    return { data, annotations: [...annotations, captionText(stop.name, caption, below)] };
  });
  const { data, annotations } = drawings[active];
  const changing = data.map((trace, i) => changingKeys(trace, i, drawings));
  const traces = changing.flatMap((keys, i) => (keys.length > 0 ? [i] : []));
  const frames = drawings.map((drawing, at) => ({
    name: stops[at].label,
    traces,
    data: traces.map((i) => Object.fromEntries(changing[i].map((key) => [key, drawing.data[i][key]]))),
    layout: { annotations: drawing.annotations },
  }));
  const labels = stops.map((stop) => stop.label);
  const layout = {
    annotations,
    sliders: [track(labels, active, below + CAPTION)],
    updatemenus: [buttons(below)],
  };
  return { data, frames, layout, height: CAPTION + TRACK };
}

/** Of one moment the figure's heading says it all. */
function onlyMoment({ data, annotations = [] }: EpochDrawing): EpochSlider {
  return { data, frames: [], layout: { annotations, sliders: [], updatemenus: [] }, height: 0 };
}

/** A frame must set whatever any other frame has changed, and nothing else: that keeps the figure small. */
function changingKeys(
  trace: Readonly<Record<string, unknown>>,
  index: number,
  drawings: readonly Pick<EpochDrawing, "data">[],
): string[] {
  return Object.keys(trace).filter((key) => {
    const here = JSON.stringify(trace[key]);
    return drawings.some(({ data }) => JSON.stringify(data[index][key]) !== here);
  });
}

/** The epoch and what is to be seen, in the row of the buttons at its right end. */
function captionText(name: string, caption: string, below: number): object {
  return {
    text: `<b>${asText(name)}</b><br>${asText(caption)}`,
    xref: "paper",
    x: 1,
    xanchor: "right",
    yref: "paper",
    y: 0,
    yanchor: "middle",
    yshift: -(below + CAPTION / 2 - 3),
    align: "right",
    showarrow: false,
    font: { size: SIZES.text, color: COLOURS.ink },
  };
}

/** At once, without moving from one picture to the next; texts change too, so everything is drawn anew. */
function frameOptions(milliseconds: number): object {
  return {
    mode: "immediate",
    fromcurrent: true,
    frame: { duration: milliseconds, redraw: true },
    transition: { duration: 0 },
  };
}

function track(labels: readonly string[], active: number, below: number): object {
  return {
    active,
    x: 0,
    y: 0,
    len: 1,
    xanchor: "left",
    yanchor: "top",
    pad: { t: below, b: 0, l: 0, r: 0 },
    currentvalue: { visible: false },
    transition: { duration: 0 },
    bgcolor: COLOURS.grid,
    activebgcolor: COLOURS.line,
    bordercolor: COLOURS.line,
    tickcolor: COLOURS.line,
    ticklen: 4,
    minorticklen: 3,
    font: { size: SIZES.label, color: COLOURS.quiet },
    steps: labels.map((label) => ({
      label,
      method: "animate",
      args: [[label], frameOptions(0)],
    })),
  };
}

function buttons(below: number): object {
  return {
    type: "buttons",
    direction: "right",
    x: 0,
    y: 0,
    xanchor: "left",
    yanchor: "top",
    pad: { t: below, b: 0, l: 0, r: 0 },
    showactive: false,
    bgcolor: COLOURS.card,
    bordercolor: COLOURS.line,
    font: { size: SIZES.label, color: COLOURS.ink },
    buttons: [
      { label: "Play", method: "animate", args: [null, frameOptions(MILLISECONDS)] },
      { label: "Pause", method: "animate", args: [[null], frameOptions(0)] },
    ],
  };
}
