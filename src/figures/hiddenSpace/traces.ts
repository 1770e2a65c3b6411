import { isYes } from "../../verdict/outcome.js";
import { answerText, significant, withDecimals } from "../../words/numbers.js";
import { apart, columns, line, marks, type Place, type Trace } from "../parts/marks.js";
import type { Frame } from "../parts/plane.js";
import { targetName } from "../parts/rows.js";
import { asText } from "../parts/text.js";
import { CLASS_COLOURS, COLOURS, HALO, SIZES } from "../parts/theme.js";
import { markLabels } from "./labels.js";
import type { HiddenRows, HiddenState } from "./state.js";
import { borderIn, type HiddenView, sideOf } from "./view.js";

/** Everything that is drawn of one moment, from the ground to the marks. */
export function hiddenTraces(rows: HiddenRows, state: HiddenState, view: HiddenView, frame: Frame): Trace[] {
  const step = (frame.x[1] - frame.x[0]) / 2000; // finer than a pixel
  const short = (places: readonly Place[]) => places.map((place) => cut(place, step));
  const border = columns(short(borderIn(view.border, frame)));
  return [
    half(short(sideOf(view.border, -1, frame)), CLASS_COLOURS.zero.ground),
    half(short(sideOf(view.border, 1, frame)), CLASS_COLOURS.one.ground),
    ...(view.lines.length > 0 ? [lattice(view.lines.map(short))] : []),
    ...(view.border ? [line(border, { color: "#000000", width: 2.5 }, { name: "output ½" })] : []),
    ...markTraces(rows, state, view, frame, short(view.points)),
  ];
}

/** The ground of one side of the border. */
function half(polygon: readonly Place[], colour: string): Trace {
  return line(
    columns(polygon),
    { color: colour, width: 0 },
    {},
    { fill: "toself", fillcolor: `${colour}66` },
  );
}

/** The grid of the input plane, as one trace with gaps. */
function lattice(lines: readonly (readonly Place[])[]): Trace {
  const stroke = { color: COLOURS.quiet, width: 0.8 };
  return line(apart(lines), stroke, { name: "input plane" }, { connectgaps: false });
}

/** Squares for 0 with circles for 1 above them: of two marks in one place both are seen. */
function markTraces(
  rows: HiddenRows,
  state: HiddenState,
  view: HiddenView,
  frame: Frame,
  places: readonly Place[],
): Trace[] {
  const { names, drawn, labelled } = rows;
  const labels = labelled ? markLabels(names, state.points, view.points, frame) : undefined;
  return [false, true].map((yes) => {
    const chosen = [...drawn.targets.keys()].filter((row) => isYes(drawn.targets[row], drawn) === yes);
    const saying = { name: targetName(rows, yes), hover: "inputs %{customdata}<br>%{hovertext}" };
    return marks(columns(chosen.map((row) => places[row])), look(yes, labelled), saying, {
      mode: "markers+text",
      text: chosen.map((row) => asText(labels?.[row].text ?? "")),
      textposition: chosen.map((row) => labels?.[row].position ?? "top center"),
      textfont: { size: SIZES.text, color: COLOURS.ink, weight: 700, shadow: HALO },
      customdata: chosen.map((row) => asText(`${names[row]}, target ${significant(drawn.targets[row])}`)),
      hovertext: chosen.map((row) => hoverFacts(rows, state, row)),
    });
  });
}

function look(yes: boolean, labelled: boolean): object {
  const { point } = yes ? CLASS_COLOURS.one : CLASS_COLOURS.zero;
  const rim = { color: COLOURS.card, width: labelled ? 2 : 0.8 };
  return { symbol: yes ? "circle" : "square", size: labelled ? (yes ? 13 : 18) : 7, color: point, line: rim };
}

/** What changes with the epochs: the answer and, of few inputs, the hidden values. */
function hoverFacts({ labelled }: HiddenRows, { points, outputs }: HiddenState, row: number): string {
  const output = `output ${answerText(outputs[row])}`;
  if (!labelled) return asText(output);
  const values = points[row].slice(0, 6).map((value) => significant(value));
  const more = points[row].length > 6 ? ", …" : "";
  return [`hidden values (${values.join(", ")}${more})`, output].map(asText).join("<br>");
}

/** Rounded to as many decimals as show a step. */
function cut([x, y]: Place, step: number): Place {
  const decimals = Math.min(100, Math.max(0, Math.ceil(-Math.log10(step))));
  return [Number(withDecimals(x, decimals)), Number(withDecimals(y, decimals))];
}
