import { classOf } from "../../verdict/classes.js";
import { levelText, significant } from "../../words/numbers.js";
import { answerWords } from "../parts/classes.js";
import { COLOURS, classLook } from "../parts/colours.js";
import { apart, columns, cut, line, marks, type Place, type Trace } from "../parts/marks.js";
import type { Frame } from "../parts/plane.js";
import { simpler } from "../parts/simpler.js";
import { asText } from "../parts/text.js";
import { HALO, SIZES } from "../parts/theme.js";
import { markLabels } from "./labels.js";
import type { HiddenRows, HiddenState } from "./state.js";
import { bordersOf, type HiddenView, regionOf } from "./view.js";

/** Everything that is drawn of one moment, from the ground to the marks. */
export function hiddenTraces(rows: HiddenRows, state: HiddenState, view: HiddenView, frame: Frame): Trace[] {
  const step = (frame.x[1] - frame.x[0]) / 1000; // finer than a pixel
  const short = (places: readonly Place[]) => places.map((place) => cut(place, step));
  const { scores = [], lines } = view;
  const regions = scores.map((_, place) => regionOf(scores, place, frame));
  const name = borderName(rows);
  return [
    ...regions.map((region, place) => ground(short(region.map(({ at }) => at)), classLook(place).ground)),
    ...(lines.length > 0 ? [lattice(lines.map((one) => short(simpler(one, 1.5 * step))))] : []),
    ...(scores.length > 0
      ? [line(apart(bordersOf(regions).map(short)), { color: COLOURS.edge, width: 2.5 }, { name })]
      : []),
    ...markTraces(rows, state, view, frame, short(view.points)),
  ];
}

/** What the border of two regions is called in the key: "output ½". */
export function borderName({ judged: { task, threshold = 0.5 } }: HiddenRows): string {
  return task === "classes" ? "border" : `output ${levelText(threshold)}`;
}

/** The ground of one region. */
function ground(polygon: readonly Place[], colour: string): Trace {
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

/** A trace for each class, the later ones smaller: of two marks in one place both are seen. */
function markTraces(
  rows: HiddenRows,
  state: HiddenState,
  view: HiddenView,
  frame: Frame,
  places: readonly Place[],
): Trace[] {
  const { names, drawn, labelled, classes } = rows;
  const plane = state.points[0].length === 2; // the axes are the hidden values themselves
  const values = labelled && plane ? "hidden values (%{x}, %{y})<br>" : "";
  const labels = labelled ? markLabels(names, state.points, view.points, frame) : undefined;
  return classes.map((name, group) => {
    const chosen = [...names.keys()].filter((row) => classOf(drawn, row) === group);
    const saying = { name, hover: `inputs %{customdata}<br>${values}output %{hovertext}` };
    return marks(columns(chosen.map((row) => places[row])), look(group, labelled), saying, {
      mode: "markers+text",
      text: chosen.map((row) => asText(labels?.[row].text ?? "")),
      textposition: chosen.map((row) => labels?.[row].position ?? "top center"),
      textfont: { size: SIZES.text, color: COLOURS.ink, weight: 700, shadow: HALO },
      customdata: chosen.map((row) => asText(`${names[row]}, ${name}`)),
      hovertext: chosen.map((row) => hoverFacts(rows, state, row)),
    });
  });
}

function look(group: number, labelled: boolean): object {
  const { point, symbol } = classLook(group);
  const rim = { color: COLOURS.card, width: labelled ? 2 : 0.8 };
  return { symbol, size: labelled ? Math.max(9, 18 - 5 * group) : 7, color: point, line: rim };
}

/** What changes with the epochs: the answer and, of few inputs, the hidden values where these are not the axes. */
function hoverFacts(
  { labelled, drawn, classes }: HiddenRows,
  { points, outputs }: HiddenState,
  row: number,
): string {
  const answer = asText(answerWords(outputs, drawn, row, classes));
  if (!labelled || points[row].length === 2) return answer;
  const values = points[row].slice(0, 6).map((value) => significant(value));
  const more = points[row].length > 6 ? ", …" : "";
  return `${answer}<br>${asText(`hidden values (${values.join(", ")}${more})`)}`;
}
