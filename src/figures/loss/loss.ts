import { quantile } from "../../numbers/statistics.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { lossUnit } from "../../words/names.js";
import { significant } from "../../words/numbers.js";
import type { Figure } from "../figure.js";
import { checkRuns } from "../parts/check.js";
import { solvedRemark } from "../parts/criterion.js";
import { type Card, figureOf } from "../parts/marks.js";
import { commonSettings, lossRemark } from "../parts/runs.js";
import { axis, EDGE, LEGEND } from "../parts/theme.js";
import { endsText, keyEntries, type LossLine, lossLines, lossTraces, ringText } from "./curves.js";
import { runFinding, runsFinding, validationText } from "./finding.js";
import {
  keptApart,
  marginNotes,
  meaningsText,
  NOTES_WIDTH,
  type Reference,
  referenceShapes,
  references,
} from "./references.js";

const DRAWING_HEIGHT = 260; // pixels
const LEGEND_ROW = 17; // an entry; two stand in a row where there is room

/**
 * Loss by epoch, one line a run.
 *
 * Lines of reference say what a loss means: the dashed one is what the best constant answer costs on these data (ln 2
 * nats, for binary cross-entropy and as many of both classes), the dotted ones are the losses of networks that give
 * several rows of the truth table one answer. A ring marks the first epoch without a wrong answer. The loss over validation
 * data is a broken line of the same colour, with a diamond where it is lowest.
 *
 * @param runs  a run, or several with one loss
 * @returns a figure whose title says what came of the runs
 * @throws TypeError if it is no run; RangeError for an empty array, or losses that cannot be compared
 * @example figures.loss(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).data.length // 1
 */
export function loss(runs: NetworkRun | readonly NetworkRun[]): Figure {
  const all = checkRuns("figures.loss", runs);
  const lines = lossLines(all);
  const guides = references(all);
  const scale = lossScale(all, guides);
  const shown = scale.logarithmic ? [] : keptApart(guides, DRAWING_HEIGHT / scale.top);
  return figureOf({
    card: lossCard(all, lines, shown, scale),
    axes: { xaxis: epochAxis(all), yaxis: lossAxis(all[0], scale) },
    drawing: { traces: lossTraces(lines), notes: marginNotes(shown), shapes: referenceShapes(shown) },
    margin: { r: EDGE + (shown.length > 0 ? NOTES_WIDTH : 0) },
    ...(all.length > 1 ? { key: LEGEND } : {}),
    more: { hoverdistance: 40, dragmode: "zoom" },
  });
}

/** The heading, with what the lines mean. */
function lossCard(
  runs: readonly NetworkRun[],
  lines: readonly LossLine[],
  shown: readonly Reference[],
  { beyond }: LossScale,
): Card {
  const { title, detail } = runs.length === 1 ? runFinding(runs[0]) : runsFinding(runs);
  const validation = runs.length === 1 ? validationText(runs[0]) : "";
  const above = beyond === undefined ? "" : `Losses up to ${significant(beyond)} lie above the frame.`;
  const joined = (...parts: readonly string[]) => parts.filter(Boolean).join(" ");
  return {
    title,
    subtitle: [
      joined(
        detail,
        solvedRemark(runs),
        validation,
        lossRemark(runs),
        above,
        meaningsText(shown),
        ringText(lines),
        endsText(lines),
      ),
      commonSettings(runs) || "Mean loss of each epoch, one line a run.",
    ],
    description: joined(`${title}.`, detail, solvedRemark(runs), validation, above),
    height: DRAWING_HEIGHT + 54 + keyEntries(lines) * LEGEND_ROW,
    spare: 50,
  };
}

function epochAxis(runs: readonly NetworkRun[]): object {
  const [left, right] = epochRange(runs, 0.01);
  return axis("epoch", {
    range: [left, right],
    showgrid: false,
    ...(right < 12 ? { dtick: 1, tick0: 1 } : {}),
  });
}

/** From the first epoch to the last, and a part more. */
export function epochRange(runs: readonly NetworkRun[], more: number): [left: number, right: number] {
  const epochs = Math.max(...runs.map((run) => run.history.loss.length)) || runs[0].settings.epochs;
  return epochs === 1 ? [0, 2] : [1, epochs + more * (epochs - 1)];
}

function lossAxis(run: NetworkRun, { logarithmic, top }: LossScale): object {
  const range = logarithmic ? { type: "log", exponentformat: "power" } : { range: [0, top], nticks: 6 };
  return axis(`loss (${lossUnit(run.settings.loss)})`, { ...range, showline: false, ticks: "" });
}

const EXPLODED = 100; // log loss never exceeds 16.2, so only a squared error without bounds gets there
const HEADROOM = 1.1;

/**
 * The loss axis, from 0 to `top`, or logarithmic where the loss explodes: all ends and all reference lines are seen on it; a few
 * high first epochs may lie above it, the largest loss of them is `beyond`.
 */
export function lossScale(runs: readonly NetworkRun[], guides: readonly Reference[]) {
  const losses = runs
    .flatMap(({ history: { loss, valLoss = [] } }) => [...loss, ...valLoss.filter(Number.isFinite)])
    .sort((a, b) => a - b);
  const highest = losses.at(-1) ?? 0;
  const ends = runs.flatMap(({ ending, history: { loss, valLoss = [] } }) =>
    ending === "diverged" ? [] : [loss, valLoss].map((course) => course.at(-1) ?? 0).filter(Number.isFinite),
  );
  const marked = guides.map((guide) => guide.loss);
  const usual = Math.max(quantile(losses, 0.95) ?? 0, ...ends, ...marked);
  if (usual > EXPLODED) return { logarithmic: true, top: highest, beyond: undefined };
  if (highest <= 2 * usual)
    return { logarithmic: false, top: HEADROOM * Math.max(highest, ...marked) || 1, beyond: undefined };
  return { logarithmic: false, top: HEADROOM * usual, beyond: highest };
}

export type LossScale = ReturnType<typeof lossScale>;
