import type { Answer, Answers } from "./answers.js";
import { outputText } from "./boundaryFinding.js";
import type { Plane } from "./plane.js";
import { asText } from "./text.js";
import { CLASS_COLOURS, COLOURS, SIZES } from "./theme.js";
import { rounded } from "./thin.js";

/** The data on the plane: squares for 0, circles for 1, so that nobody needs the colours. */
export function pointTraces(answers: Answers): Record<string, unknown>[] {
  const { drawn, labelled, classes } = answers;
  return [0, 1].flatMap((side) => {
    const ofClass = drawn.filter((answer) => Number(answer.target > 0.5) === side);
    const points = [...ofClass.filter((answer) => !amiss(answer)), ...ofClass.filter(amiss)]; // mistakes lie on top
    if (points.length === 0) return [];
    const { point } = side === 1 ? CLASS_COLOURS.one : CLASS_COLOURS.zero;
    const name = classes ? `target ${side}` : side === 1 ? "target above ½" : "target up to ½";
    return [
      {
        type: "scatter",
        mode: "markers",
        name: asText(name),
        x: points.map(({ inputs }) => rounded(inputs[0])),
        y: points.map(({ inputs }) => rounded(inputs[1])),
        customdata: points.map((answer) => [
          Number(answer.target.toPrecision(4)),
          outputText(answer.output),
          verdict(answer),
        ]),
        marker: {
          symbol: side === 1 ? "circle" : "square",
          size: labelled ? 17 : points.length > 150 ? 6 : 8,
          color: point,
          line: {
            color: points.map((answer) => (labelled || !amiss(answer) ? COLOURS.card : "#000000")),
            width: points.map((answer) => (labelled ? 2.5 : amiss(answer) ? 1.6 : 0.8)),
          },
        },
        cliponaxis: false,
        hovertemplate:
          "inputs (%{x:.3~g}, %{y:.3~g})<br>target %{customdata[0]}<br>output %{customdata[1]}: %{customdata[2]}<extra></extra>",
      },
    ];
  });
}

/** A wrong answer; no number is no answer at all. */
function amiss({ right, output }: Answer): boolean {
  return !right && Number.isFinite(output);
}

function verdict(answer: Answer): string {
  return answer.right ? "right" : "wrong";
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
