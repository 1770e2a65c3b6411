import { written } from "../options.js";
import type { Run } from "../run.js";
import type { Study } from "../study/result.js";
import { checkRuns, checkStudy } from "./check.js";
import type { Figure } from "./figure.js";
import { type LossScale, lossScale } from "./lossScale.js";
import { firstPerfectTrace, type LossLine, lossLines, lossTraces, ringText } from "./lossTraces.js";
import { commonSettings, runNames } from "./names.js";
import { keptApart, meaningsText, type Reference, referenceShapes, references } from "./references.js";
import { storyFinding, verdictsText } from "./storyFinding.js";
import { brokenLines, type HeadingLine, headingAnnotations, type Panel, panelsFor } from "./storyPanels.js";
import { rateLine, rowLike, trialsText } from "./storyStudy.js";
import { verdict } from "./storyVerdict.js";
import { shortened } from "./text.js";
import { axis, COLOURS, CONFIG, cardLayout } from "./theme.js";

const MOST_PANELS = 12;
const AXIS = 46; // pixels below the lowest panels
const LONGEST_NAME = 60; // letters

/**
 * Several runs side by side: a panel for each, in the order given, with its loss by epoch and what came of it. All
 * panels have the same axes. Lines and rings are those of figures.loss.
 *
 * @param runs  1 to 12 runs with one loss
 * @param study  a study: where one of its rows has a run's settings, the panel says how often they solve, with the 95 %
 *   interval
 * @returns a figure whose title says which of the networks solve their data
 * @throws TypeError if it is no run or no study; RangeError for none or too many runs, or losses that cannot be compared
 * @example figures.story([await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })]).data.length // 1
 */
export function story(runs: Run | readonly Run[], study?: Study): Figure {
  const all = checkRuns("figures.story", runs);
  if (all.length > MOST_PANELS)
    throw new RangeError(`figures.story: expected 1 to ${MOST_PANELS} runs, got ${written(all.length)}`);
  const many = study === undefined ? undefined : checkStudy("figures.story", study);
  const rows = many ? all.map((run) => rowLike(many, run)) : [];
  const names = panelNames(all);
  const lines = all.flatMap((run) => lossLines([run])); // each by itself: coloured by what came of it
  const headings = all.map((run, i) => {
    const rate = rows[i] === undefined ? [] : [{ text: rateLine(rows[i]), colour: COLOURS.quiet }];
    const parts: HeadingLine[] = [
      { text: names[i], colour: COLOURS.ink, bold: true },
      { text: verdict(run), colour: lines[i].colour },
      ...rate,
    ];
    return brokenLines(parts, all.length === 1);
  });
  const { panels, height, drawing } = panelsFor(all.length, Math.max(...headings.map((one) => one.length)));
  const guides = references(all);
  const scale = lossScale(
    all,
    guides.map((guide) => guide.loss),
  );
  const shown = scale.logarithmic ? [] : keptApart(guides, (2 * drawing) / scale.top);
  const finding = storyFinding(all);
  const tried = rows.filter((row) => row !== undefined);
  const often =
    tried.length === 0
      ? ""
      : ` Grey: the share of ${trialsText(tried)} that solve with these settings, and its 95 % interval.`;
  const card = cardLayout({
    title: finding.title,
    subtitle: [`${finding.detail}${often}`, readingText(shown, lines, scale), ...settingsLine(all)],
    description: `${finding.title}. ${verdictsText(all, names)}${often}`,
    height: height + AXIS,
  });
  const layout = {
    ...card,
    margin: { ...card.margin, b: AXIS, l: 50 },
    ...axesOf(panels, all, scale),
    shapes: panels.flatMap((panel) => panelShapes(panel, shown)),
    annotations: panels.flatMap((panel, i) => headingAnnotations(panel, headings[i])),
    hovermode: "closest",
    hoverdistance: 40,
    dragmode: false,
  };
  return { data: panels.flatMap((panel, i) => panelTraces(panel, all[i], lines[i])), layout, config: CONFIG };
}

/** The networks, and what else tells the runs apart where these do not. */
function panelNames(runs: readonly Run[]): string[] {
  const names = runNames(runs);
  const plain = names.map((name) => name.split(", ")[0]);
  return (new Set(plain).size === runs.length ? plain : names).map((name) => shortened(name, LONGEST_NAME));
}

/** What the lines and rings mean. */
function readingText(shown: readonly Reference[], lines: readonly LossLine[], { beyond }: LossScale): string {
  const above = beyond === undefined ? "" : "Higher losses lie above the frames.";
  return ["Mean loss by epoch.", ringText(lines), meaningsText(shown), above].filter(Boolean).join(" ");
}

function settingsLine(runs: readonly Run[]): string[] {
  const text = commonSettings(runs);
  return text === "" ? [] : [text];
}

function axesOf(panels: readonly Panel[], runs: readonly Run[], scale: LossScale): object {
  const epochs = Math.max(...runs.map((run) => run.history.loss.length)) || runs[0].settings.epochs;
  const range = epochs === 1 ? [0, 2] : [1, epochs + 0.02 * (epochs - 1)];
  const unit = runs[0].settings.loss === "binaryCrossentropy" ? "loss (nats)" : "loss (squared error)";
  const upward = scale.logarithmic
    ? { type: "log", exponentformat: "power" }
    : { range: [0, scale.top], nticks: 4 };
  const entries = panels.flatMap((panel) => {
    const fixed = { automargin: false, fixedrange: true };
    const across = { domain: panel.x, anchor: `y${panel.axis}`, range, showgrid: false, nticks: 4 };
    const up = { domain: panel.y, anchor: `x${panel.axis}`, showline: false, ticks: "", ...upward };
    return [
      [
        `xaxis${panel.axis}`,
        axis(panel.bottom ? "epoch" : "", { ...across, showticklabels: panel.bottom, ...fixed }),
      ],
      [`yaxis${panel.axis}`, axis(panel.left ? unit : "", { ...up, showticklabels: panel.left, ...fixed })],
    ];
  });
  return Object.fromEntries(entries);
}

function panelTraces(panel: Panel, run: Run, line: LossLine): Record<string, unknown>[] {
  const place = { xaxis: `x${panel.axis}`, yaxis: `y${panel.axis}` };
  return [...lossTraces([run], [line]), ...firstPerfectTrace([line])].map((trace) => ({
    ...trace,
    ...place,
  }));
}

const FAINT = { opacity: 0.6 };

/** The lines of reference, within a panel. */
function panelShapes({ axis: number }: Panel, shown: readonly Reference[]): object[] {
  return referenceShapes(shown).map((shape) => ({
    ...FAINT,
    ...shape,
    xref: `x${number} domain`,
    yref: `y${number}`,
  }));
}
