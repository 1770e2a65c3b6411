import type { Answer, Answers } from "../parts/answers.js";
import type { Plane } from "../parts/plane.js";
import { asText } from "../parts/text.js";
import { CLASS_COLOURS, COLOURS, SIZES } from "../parts/theme.js";
import { rounded } from "../parts/thin.js";
import { outputText } from "./finding.js";

/**
 * The data on the plane: squares for 0, circles for 1, so that nobody needs the colours. Of many points, the wrong ones
 * are drawn again on top of the others with a black rim: two traces, which are there at every epoch.
 */
export function pointTraces(answers: Answers): Record<string, unknown>[] {
  const sides = [0, 1].map((side) => answers.drawn.filter(({ target }) => Number(target > 0.5) === side));
  const shown = sides.flatMap((points, side) => (points.length > 0 ? [{ points, side }] : []));
  const all = shown.map(({ points, side }) => pointTrace(answers, points, side));
  if (answers.labelled) return all;
  return [...all, ...shown.map(({ points, side }) => wrongTrace(answers, points.filter(amiss), side))];
}

function pointTrace(answers: Answers, points: readonly Answer[], side: number) {
  const { labelled, classes } = answers;
  const name = classes ? `target ${side}` : side === 1 ? "target above ½" : "target up to ½";
  const symbol = side === 1 ? "circle" : "square";
  return {
    type: "scatter",
    mode: "markers",
    name: asText(name),
    ...places(answers, points),
    text: points.map(({ target }) => String(Number(target.toPrecision(4)))),
    customdata: points.map(({ output }) => (labelled ? outputText(output) : shortOutput(output))),
    marker: {
      symbol,
      size: labelled ? 17 : sizeFor(answers),
      color: colourOf(side),
      line: { color: COLOURS.card, width: labelled ? 2.5 : 0.8 },
    },
    cliponaxis: false,
    hovertemplate: "inputs (%{x:.3~g}, %{y:.3~g})<br>target %{text}<br>output %{customdata}<extra></extra>",
  };
}

function wrongTrace(answers: Answers, points: readonly Answer[], side: number) {
  return {
    type: "scatter",
    mode: "markers",
    name: `wrong (${side === 1 ? "circle" : "square"})`,
    ...places(answers, points),
    marker: {
      symbol: side === 1 ? "circle" : "square",
      size: sizeFor(answers),
      color: colourOf(side),
      line: { color: "#000000", width: 1.6 },
    },
    cliponaxis: false,
    hoverinfo: "skip", // the point below tells its output
    showlegend: false,
  };
}

/** As a number, where it can be: it is written at every epoch. */
function shortOutput(output: number): number | string {
  const text = outputText(output);
  return Number.isFinite(Number(text)) ? Number(text) : text;
}

function sizeFor({ drawn }: Answers): number {
  return drawn.length > 300 ? 6 : 8;
}

function colourOf(side: number): string {
  return (side === 1 ? CLASS_COLOURS.one : CLASS_COLOURS.zero).point;
}

/** Many points are many numbers: four digits are more than a screen shows. */
function places({ labelled }: Answers, points: readonly Answer[]) {
  const short = (value: number) => (labelled ? rounded(value) : Number(value.toPrecision(4)));
  return { x: points.map(({ inputs }) => short(inputs[0])), y: points.map(({ inputs }) => short(inputs[1])) };
}

/** A wrong answer; no number is no answer at all. */
function amiss({ right, output }: Answer): boolean {
  return !right && Number.isFinite(output);
}

/** What each row of a table asks for and gets, beside it: above in the upper half, below in the lower. */
export function answerLabels({ drawn }: Answers, { y }: Plane): object[] {
  const middle = (y[0] + y[y.length - 1]) / 2;
  return drawn.map((answer) => {
    const above = answer.inputs[1] >= middle;
    const mark = answer.right ? "" : ": wrong";
    const lines = [
      `target ${Number(answer.target.toPrecision(3))}`,
      `answer ${outputText(answer.output)}${mark}`,
    ];
    return {
      text: lines.map(asText).join("<br>"),
      x: answer.inputs[0],
      y: answer.inputs[1],
      yanchor: above ? "bottom" : "top",
      yshift: above ? 12 : -12,
      showarrow: false,
      borderpad: 2,
      bgcolor: answer.right ? "rgba(255,255,255,0.72)" : COLOURS.card,
      bordercolor: answer.right ? "rgba(255,255,255,0)" : COLOURS.ink,
      borderwidth: 1,
      font: { size: SIZES.label, color: COLOURS.ink, weight: answer.right ? 400 : 700 },
    };
  });
}
