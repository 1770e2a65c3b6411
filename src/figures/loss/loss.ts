import type { Run } from "../../train/run.js";
import { asFigure, type Figure } from "../figure.js";
import { checkRuns } from "../parts/check.js";
import type { Drawing } from "../parts/clutter.js";
import { type Label, placedLabels } from "../parts/labels.js";
import { commonSettings } from "../parts/runs.js";
import { axis, CONFIG, cardLayout, LEGEND } from "../parts/theme.js";
import { firstPerfectTrace, type LossLine, lossLines, lossTraces, MOST_COLOURS, ringText } from "./curves.js";
import { runFinding, runsFinding } from "./finding.js";
import {
  keptApart,
  LABEL_WIDTH,
  marginLabels,
  meaningsText,
  type Reference,
  referenceShapes,
  references,
} from "./references.js";
import { type LossScale, lossScale } from "./scale.js";

const DRAWING_HEIGHT = 260; // pixels
const LEGEND_ROW = 17; // an entry; two stand in a row where there is room

/**
 * Loss by epoch, one line a run.
 *
 * Lines of reference say what a loss means: the dashed one is chance (ln 2 nats, for binary cross-entropy), the dotted
 * ones are the losses at which a network gets stuck that gives several rows of the truth table one answer. A ring
 * marks the first epoch without a mistake.
 *
 * @param runs  a run, or several with one loss
 * @returns a figure whose title says what came of the runs
 * @throws TypeError if it is no run; RangeError for an empty array, or losses that cannot be compared
 * @example figures.loss(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).data.length // 1
 */
export function loss(runs: Run | readonly Run[]): Figure {
  const all = checkRuns("figures.loss", runs);
  const lines = lossLines(all);
  const guides = references(all);
  const scale = lossScale(
    all,
    guides.map((guide) => guide.loss),
  );
  const shown = scale.logarithmic ? [] : keptApart(guides, DRAWING_HEIGHT / scale.top);
  const drawing = drawingOf(all, scale);
  const card = lossCard(all, lines, shown, scale);
  const layout = {
    ...card,
    margin: { ...card.margin, r: card.margin.r + (all.length > 1 && shown.length > 0 ? LABEL_WIDTH : 0) },
    xaxis: epochAxis(drawing),
    yaxis: lossAxis(all[0], scale),
    shapes: referenceShapes(shown),
    annotations: all.length > 1 ? marginLabels(shown) : labelsAmong(all[0], lines, shown, drawing, scale),
    hovermode: "closest",
    hoverdistance: 40,
    legend: LEGEND,
    showlegend: all.length > 1,
  };
  return asFigure({ data: [...lossTraces(all, lines), ...firstPerfectTrace(lines)], layout, config: CONFIG });
}

/** The heading; of several runs, whose curves leave no room for it in the drawing, with what the lines mean. */
function lossCard(
  runs: readonly Run[],
  lines: readonly LossLine[],
  shown: readonly Reference[],
  scale: LossScale,
) {
  const single = runs.length === 1;
  const { title, detail } = single ? runFinding(runs[0]) : runsFinding(runs);
  const above =
    scale.beyond === undefined
      ? ""
      : `Losses up to ${Number(scale.beyond.toPrecision(3))} lie above the frame.`;
  const meanings = single ? [] : [meaningsText(shown), ringText(lines)];
  const joined = (parts: readonly string[]) => parts.filter(Boolean).join(" ");
  return cardLayout({
    title,
    subtitle: [
      joined([detail, above, ...meanings]),
      commonSettings(runs) || "Mean loss of each epoch, one line a run.",
    ],
    description: joined([`${title}.`, detail, above]),
    height: DRAWING_HEIGHT + 54 + entryCount(runs) * LEGEND_ROW,
  });
}

/** Entries of the key; of many runs, the ways in which they ended. */
function entryCount(runs: readonly Run[]): number {
  if (runs.length === 1) return 0;
  return runs.length > MOST_COLOURS ? 3 : runs.length;
}

function drawingOf(runs: readonly Run[], scale: LossScale): Drawing {
  const epochs = Math.max(...runs.map((run) => run.history.loss.length)) || runs[0].settings.epochs;
  const [left, right] = epochs === 1 ? [0, 2] : [1, epochs + 0.01 * (epochs - 1)];
  return { left, right, top: scale.top, height: DRAWING_HEIGHT };
}

function epochAxis({ left, right }: Drawing): object {
  return axis("epoch", {
    range: [left, right],
    showgrid: false,
    ...(right < 12 ? { dtick: 1, tick0: 1 } : {}),
  });
}

function lossAxis(run: Run, { logarithmic, top }: LossScale): object {
  const title = run.settings.loss === "binaryCrossentropy" ? "loss (nats)" : "loss (mean squared error)";
  if (logarithmic) return axis(title, { type: "log", exponentformat: "power", showline: false, ticks: "" });
  return axis(title, { range: [0, top], nticks: 6, showline: false, ticks: "" });
}

/** Of a single run: the reference lines' meanings and the first perfect epoch, where they hide least. */
function labelsAmong(
  run: Run,
  lines: readonly LossLine[],
  shown: readonly Reference[],
  drawing: Drawing,
  { logarithmic, top }: LossScale,
): object[] {
  const labels: Label[] = shown.map((guide) => ({ text: guide.text, y: guide.loss }));
  const first = run.firstPerfectEpoch;
  if (first !== undefined && !logarithmic) {
    const y = Math.min(run.history.loss[first - 1], top);
    labels.unshift({ text: `first perfect epoch: ${first}`, x: first, y, colour: lines[0].colour });
  }
  return placedLabels(labels, drawing, {
    lines,
    marks: lines.flatMap((line) => (line.first ? [{ x: line.first.epoch, y: line.first.loss }] : [])),
    rules: shown.map((guide) => guide.loss),
  });
}
