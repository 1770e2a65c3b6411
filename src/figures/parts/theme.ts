import { asText } from "./text.js";

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
  good: PALETTE[2],
  bad: "#b3123b",
} as const;

/** An activation has the same colour in all figures of studies. */
export const ACTIVATION_COLOURS: Partial<Record<string, string>> = {
  ...{ sigmoid: PALETTE[0], relu: PALETTE[1], tanh: PALETTE[2], elu: PALETTE[3] },
  ...{ leakyRelu: PALETTE[4], softplus: PALETTE[5], linear: PALETTE[6] },
};

export const WEIGHT_COLOURS = { positive: "#46525e", negative: "#8a3fa6" } as const;

/** Classes: the colour of their points, and a lighter one of the same hue for the ground behind them. */
const CLASS_COLOURS = [
  { point: "#c24d00", ground: "#f3b07c" },
  { point: "#005f99", ground: "#8cc3e6" },
  { point: "#00684c", ground: "#86cdb5" },
  { point: "#9b3f7c", ground: "#e3b4d1" },
  { point: "#7d6300", ground: "#eed789" },
  { point: "#444444", ground: "#c8c8c8" },
] as const;
const CLASS_SYMBOLS = "square circle diamond triangle-up triangle-down star cross".split(" ");

/** How a class looks, counted from 0: of two the lower target is orange and square. Colours and symbols tell 42 apart. */
export function classLook(place: number) {
  const symbol = CLASS_SYMBOLS[place % CLASS_SYMBOLS.length];
  return { ...CLASS_COLOURS[place % CLASS_COLOURS.length], symbol };
}

const FAMILY = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", sans-serif';
export const SIZES = { title: 17, subtitle: 13, text: 13, label: 12 } as const;

/** The card's colour around letters, where a line runs behind them. */
export const HALO = Array(4).fill(`0 0 3px ${COLOURS.card}`).join(", ");

/** What surrounds the drawing, in pixels. */
export const EDGE = 14;
/** The layout that all figures share; what depends on the width is fitted()'s. */
export function cardLayout(description: string) {
  return {
    title: {
      font: { size: SIZES.title, color: COLOURS.ink, weight: 700 },
      subtitle: { font: { size: SIZES.subtitle, color: COLOURS.quiet, weight: 400 } },
      ...{ x: 0, xref: "container", xanchor: "left" },
      ...{ y: 1, yref: "container", yanchor: "top" },
    },
    autosize: true,
    font: { family: FAMILY, size: SIZES.text, color: COLOURS.ink },
    paper_bgcolor: COLOURS.card,
    plot_bgcolor: COLOURS.card,
    hoverlabel: HOVER,
    showlegend: false,
    meta: { description },
  };
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
  bgcolor: "rgba(255,255,255,0)", // the axis's highest number reaches into it
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
