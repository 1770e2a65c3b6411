import { asText, wrappedHeading, wrappedText } from "./text.js";

/**
 * The look of all figures: a white card with dark text, the same on light and dark pages and on paper, read without
 * effort at 340 pixels as at 1000.
 */

/** Colours that colour-blind readers tell apart (Okabe and Ito, "Color Universal Design", 2008), darkest first. */
export const PALETTE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"] as const;

export const COLOURS = {
  card: "#ffffff",
  ink: "#1f2429",
  quiet: "#5b6570",
  line: "#b8c0c8",
  grid: "#eceff2",
  good: PALETTE[0],
  bad: PALETTE[1],
} as const;

/** Targets and answers: orange for 0, blue for 1; the ground behind the points is a lighter one of the same hue. */
export const CLASS_COLOURS = {
  zero: { point: "#c24d00", ground: "#f3b07c" },
  one: { point: "#005f99", ground: "#8cc3e6" },
} as const;

const FAMILY = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", sans-serif';
export const SIZES = { title: 17, subtitle: 13, text: 13, label: 12 } as const;

/** The card's colour around letters, where a line runs behind them. */
export const HALO = Array(4).fill(`0 0 3px ${COLOURS.card}`).join(", ");

/** What surrounds the drawing, in pixels. */
export const EDGE = 14;
/** The narrowest card that is read: a telephone's. Headings wrap for it. */
const NARROWEST = 340;
const HEADING_WIDTH = NARROWEST - 2 * EDGE;
const LINE_HEIGHT = 1.3; // Plotly's

/** What a figure says besides its traces. All of it is plain text. */
export interface Card {
  /** The finding. */
  readonly title: string;
  /** What is shown, and of what: two lines or more. */
  readonly subtitle: readonly [string, string, ...string[]];
  /** The finding in a sentence or two, for terminals and screen readers. */
  readonly description: string;
  /** Height of everything below the heading, in pixels. */
  readonly height: number;
  /** Room for a key between the heading and the drawing, in pixels. */
  readonly keyHeight?: number;
}

/** The layout that all figures share. */
export function cardLayout({ title, subtitle, description, height, keyHeight = 0 }: Card) {
  const head = wrappedHeading(title, HEADING_WIDTH, SIZES.title * 1.06); // bold letters are wider
  const parts = subtitle.map((line) => wrappedText(line, HEADING_WIDTH, SIZES.subtitle));
  const subLines = parts.reduce((sum, part) => sum + part.lines, 0);
  const top = headingHeight(head.lines, subLines) + keyHeight;
  return {
    title: {
      text: head.text,
      font: { size: SIZES.title, color: COLOURS.ink, weight: 700 },
      subtitle: {
        text: parts.map((part) => part.text).join("<br>"),
        font: { size: SIZES.subtitle, color: COLOURS.quiet, weight: 400 },
      },
      x: 0,
      xref: "container",
      xanchor: "left",
      y: 1,
      yref: "container",
      yanchor: "top",
      pad: { t: head.lines > 1 ? FIRST_BASELINE : EDGE, l: EDGE, r: EDGE, b: 0 },
    },
    autosize: true,
    height: top + height,
    margin: { t: top, r: EDGE, b: EDGE, l: 56 },
    font: { family: FAMILY, size: SIZES.text, color: COLOURS.ink },
    paper_bgcolor: COLOURS.card,
    plot_bgcolor: COLOURS.card,
    hoverlabel: HOVER,
    showlegend: false,
    meta: { description },
  };
}

/** Plotly hangs a title of one line by its letters' top, one of several lines by the first line's foot. */
const FIRST_BASELINE = EDGE + 12;

/** Where the drawing may begin: below the title's lines and, 1.6 of its sizes further down, the subtitle's. */
function headingHeight(titleLines: number, subtitleLines: number): number {
  const title = FIRST_BASELINE + (titleLines - 1) * SIZES.title * LINE_HEIGHT + 4;
  const subtitle = (1.6 + (subtitleLines - 1) * LINE_HEIGHT) * SIZES.subtitle + 4;
  return Math.round(title + subtitle + EDGE);
}

/** Names in hovers are never cut: that could cut a letter's code in two. */
const HOVER = {
  bgcolor: COLOURS.card,
  bordercolor: COLOURS.line,
  align: "left",
  namelength: -1,
  font: { size: SIZES.text, color: COLOURS.ink, family: FAMILY },
} as const;

/** The key below the drawing. */
export const LEGEND = {
  orientation: "h",
  x: 0,
  xref: "container",
  xanchor: "left",
  y: 0,
  yref: "container",
  yanchor: "bottom",
  font: { size: SIZES.text },
  indentation: 9,
  itemclick: false,
  itemdoubleclick: false,
} as const;

/** The key between the heading and the drawing, above the drawing's middle. */
export const LEGEND_ABOVE = {
  ...LEGEND,
  ...{ xref: "paper", x: 0.5, xanchor: "center", yref: "paper", y: 1, yanchor: "bottom", indentation: 0 },
} as const;

/** An axis with its title, and its unit in it. */
export function axis(title: string, more: object = {}) {
  return {
    title: { text: asText(title), font: { size: SIZES.text, color: COLOURS.quiet }, standoff: 8 },
    automargin: true,
    gridcolor: COLOURS.grid,
    zeroline: false,
    showline: true,
    linecolor: COLOURS.line,
    ticks: "outside",
    ticklen: 4,
    tickcolor: COLOURS.line,
    tickfont: { size: SIZES.label, color: COLOURS.quiet },
    ...more,
  };
}

/** A picture to keep, and back to the start: a learner needs no more buttons. */
export const CONFIG = {
  displaylogo: false,
  responsive: false, // JupyterLab fits figures itself; both at once, and a redrawn figure falls to no height at all
  typesetMath: false,
  showSendToCloud: false, // Plotly's own button for it sends the figure to a server
  plotlyServerURL: "",
  modeBarButtonsToRemove: ["zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
} as const;
