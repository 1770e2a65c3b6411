import { COLOURS } from "./colours.js";
import { asText } from "./text.js";

/** The look of all figures: a card with its texts, axes and keys, read without effort at 340 pixels as at 1000. */

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
  bgcolor: `${COLOURS.card}00`, // the axis's highest number reaches into it
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
