import type { Run } from "../run.js";
import { checkRuns } from "./check.js";
import type { Drawing } from "./clutter.js";
import type { Figure } from "./figure.js";
import { type Label, placedLabels } from "./labels.js";
import { type LossScale, lossScale } from "./lossScale.js";
import { firstPerfectTrace, type LossLine, lossLines, lossTraces, MOST_COLOURS } from "./lossTraces.js";
import { commonSettings } from "./names.js";
import { keptApart, type Reference, referenceShapes, references } from "./references.js";
import { runFinding, runsFinding } from "./runFinding.js";
import { axis, CONFIG, cardLayout, LEGEND } from "./theme.js";

const DRAWING_HEIGHT = 260; // pixels
const LEGEND_ROW = 15; // an entry; several stand in a row where there is room

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
  const rings = firstPerfectTrace(lines);
  const finding = all.length === 1 ? runFinding(all[0]) : runsFinding(all);
  const above =
    scale.beyond === undefined
      ? ""
      : ` Losses up to ${Number(scale.beyond.toPrecision(3))} lie above the frame.`;
  const entries = all.length === 1 ? 0 : Math.min(all.length, MOST_COLOURS) + 1;
  const layout = {
    ...cardLayout({
      title: finding.title,
      subtitle: [
        `${finding.detail}${above}`,
        commonSettings(all) || "Mean loss of each epoch, one line a run.",
      ],
      description: `${finding.title}. ${finding.detail}${above}`,
      height: DRAWING_HEIGHT + 54 + entries * LEGEND_ROW,
    }),
    xaxis: epochAxis(drawing),
    yaxis: lossAxis(all[0], scale),
    shapes: referenceShapes(shown),
    annotations: placedLabels(labelsOf(all, lines, shown, scale), drawing, {
      lines,
      marks: lines.flatMap(({ first }) => (first ? [{ x: first.epoch, y: first.loss }] : [])),
      rules: shown.map((guide) => guide.loss),
    }),
    hovermode: "closest",
    hoverdistance: 40,
    legend: LEGEND,
    showlegend: entries > 0,
  };
  return { data: [...lossTraces(all, lines), ...rings], layout, config: CONFIG };
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

/** The reference lines' meanings and, of a single run, its first perfect epoch. */
function labelsOf(
  runs: readonly Run[],
  lines: readonly LossLine[],
  shown: readonly Reference[],
  scale: LossScale,
): Label[] {
  const labels: Label[] = shown.map((guide) => ({ text: guide.text, y: guide.loss }));
  const first = runs[0].firstPerfectEpoch;
  if (runs.length > 1 || first === undefined || scale.logarithmic) return labels;
  const y = Math.min(runs[0].history.loss[first - 1], scale.top);
  return [{ text: `first perfect epoch: ${first}`, x: first, y, colour: lines[0].colour }, ...labels];
}
