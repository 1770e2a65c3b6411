import { answerText } from "../../words/numbers.js";
import { asText } from "../parts/text.js";
import { CLASS_COLOURS, COLOURS, HALO, SIZES } from "../parts/theme.js";
import { markLabels } from "./labels.js";
import type { HiddenRows } from "./rows.js";
import type { HiddenState } from "./state.js";
import type { HiddenView, Place } from "./view.js";
import { borderIn, sideOf, type Window } from "./window.js";

type Trace = Readonly<Record<string, unknown>>;

/** Everything that is drawn of one moment, from the ground to the marks. */
export function hiddenTraces(
  rows: HiddenRows,
  state: HiddenState,
  view: HiddenView,
  window: Window,
): Trace[] {
  const step = (window.x[1] - window.x[0]) / 2000; // finer than a pixel
  const places = view.points.map((place) => cut(place, step));
  const labels = rows.labelled
    ? markLabels(rows.names, state.points, view.points, window, SIZES.text)
    : undefined;
  return [
    half(sideOf(view.border, -1, window), CLASS_COLOURS.zero.ground, step),
    half(sideOf(view.border, 1, window), CLASS_COLOURS.one.ground, step),
    ...(view.lines.length > 0 ? [lattice(rows.linesName, view.lines, step)] : []),
    borderTrace(borderIn(view.border, window), view.border ? "output ½" : "", step),
    ...[0, 1].map((side) => {
      const chosen = places.flatMap((_, row) =>
        Number(rows.drawn.targets[row] > 0.5) === side ? [row] : [],
      );
      return {
        ...marks(side, rows.labelled),
        ...columns(chosen.map((row) => places[row])),
        text: chosen.map((row) => asText(labels?.[row].text ?? "")),
        textposition: chosen.map((row) => labels?.[row].position ?? "top center"),
        customdata: chosen.map((row) =>
          asText(`${rows.names[row]}, target ${Number(rows.drawn.targets[row].toPrecision(3))}`),
        ),
        hovertext: chosen.map((row) => hoverFacts(rows, state, row)),
        hovertemplate: "inputs %{customdata}<br>%{hovertext}<extra></extra>",
      };
    }),
  ];
}

/** What changes with the epochs: the answer and, of few inputs, the hidden values. */
function hoverFacts({ labelled }: HiddenRows, { points, outputs }: HiddenState, row: number): string {
  const output = `output ${answerText(outputs[row])}`;
  if (!labelled) return asText(output);
  const values = points[row].slice(0, 6).map((value) => String(Number(value.toPrecision(3))));
  const more = points[row].length > 6 ? ", …" : "";
  return [`hidden values (${values.join(", ")}${more})`, output].map(asText).join("<br>");
}

function half(polygon: readonly Place[], colour: string, step: number): Trace {
  return {
    type: "scatter",
    mode: "lines",
    ...columns(polygon.map((place) => cut(place, step))),
    fill: "toself",
    fillcolor: `${colour}66`,
    line: { width: 0 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** Lines of the inputs' space, as one trace with gaps. */
function lattice(name: string, lines: readonly (readonly Place[])[], step: number): Trace {
  const gap: Gap = [null, null];
  const places = lines.flatMap((line, i) => [
    ...(i > 0 ? [gap] : []),
    ...line.map((place) => cut(place, step)),
  ]);
  return {
    type: "scatter",
    mode: "lines",
    name: asText(name),
    ...columns(places),
    line: { color: COLOURS.quiet, width: 0.8 },
    connectgaps: false,
    hoverinfo: "skip",
  };
}

function borderTrace(ends: readonly Place[], name: string, step: number): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name: asText(name),
    ...columns(ends.map((place) => cut(place, step))),
    line: { color: "#000000", width: 2.5 },
    hoverinfo: "skip",
  };
}

/** Squares for 0 with circles for 1 above them: of two marks in one place both are seen. */
function marks(side: number, labelled: boolean): Trace {
  const { point } = side === 1 ? CLASS_COLOURS.one : CLASS_COLOURS.zero;
  const size = side === 1 ? 13 : 18;
  return {
    type: "scatter",
    mode: "markers+text",
    name: asText(`target ${side}`),
    marker: {
      symbol: side === 1 ? "circle" : "square",
      size: labelled ? size : 7,
      color: point,
      line: { color: COLOURS.card, width: labelled ? 2 : 0.8 },
    },
    textfont: { size: SIZES.text, color: COLOURS.ink, weight: 700, shadow: HALO },
    cliponaxis: false,
  };
}

type Gap = readonly [null, null];

function columns(places: readonly (Place | Gap)[]): { x: (number | null)[]; y: (number | null)[] } {
  return { x: places.map(([x]) => x), y: places.map(([, y]) => y) };
}

/** Rounded to as many decimals as show a step; never −0, which JSON does not know. */
function cut([x, y]: Place, step: number): Place {
  const decimals = Math.min(100, Math.max(0, Math.ceil(-Math.log10(step))));
  const short = (value: number) => Number(value.toFixed(decimals)) + 0;
  return [short(x), short(y)];
}
