import type { FloorCount } from "../study/outcomes.js";
import type { Study } from "../study/result.js";
import type { StudyRow } from "../study/table.js";
import { floorsOf } from "../verdict/floors.js";
import { allOf, capital, counted } from "../words/english.js";
import { floorName } from "../words/names.js";
import { lossRangeText, lossText, percentText, rounded } from "../words/numbers.js";
import type { Figure } from "./figure.js";
import { checkStudy } from "./parts/check.js";
import { COLOURS, LOSS_SCALE } from "./parts/colours.js";
import { rateOf, ratesText } from "./parts/compared.js";
import { figureOf, hoverName, type Trace } from "./parts/marks.js";
import {
  commonText,
  emptyStudy,
  linesAxis,
  linesText,
  noneText,
  type RowLine,
  rowLines,
  scopeText,
  taskText,
} from "./parts/settings.js";
import { asText } from "./parts/text.js";
import { axis, LEGEND, SIZES } from "./parts/theme.js";

const LEGEND_ROW = 19; // pixels; on a telephone each entry has its own
const THICKEST_BAR = 34;
const NARROWEST_LABELLED = 0.08; // of a bar: two digits fit at 340 pixels
const SHARE_AXIS = axis("trials (%)", { range: [0, 100], tickvals: [0, 25, 50, 75, 100], fixedrange: true });

/**
 * How the trials of a study end, and at which losses those that are not solved: a bar for each setting, divided by how
 * its trials ended.
 *
 * A trial that is not solved counts at a floor if its loss over the truth table is what inputs that share an answer
 * cost at best, and elsewhere if not. At most 16 settings are drawn, and the 4 most frequent floors.
 *
 * @param study  made by study()
 * @returns a figure whose title says how many trials solve the data, and how most of the others end
 * @throws TypeError if it is no study
 * @example figures.lossFloors(await study({ hidden: 1, trials: 2, epochs: 1 })).layout.barmode // "stack"
 */
export function lossFloors(study: Study): Figure {
  const lines = rowLines(checkStudy("figures.lossFloors", study));
  if (lines.length === 0) return emptyStudy(study, SHARE_AXIS);
  const rows = lines.map((line) => line.row);
  const failures = failuresOf(study, rows);
  const endings = rows.some((row) => row.solved > 0) ? [SOLVED, ...failures] : failures;
  const title = findingText(study, lines, failures);
  const { height, axis: yaxis } = linesAxis(lines);
  return figureOf({
    card: {
      title,
      subtitle: [`How the trials ended. ${linesText(study, lines)}`, commonText(rows)],
      description: `${title}. ${numbersText(lines, endings)} ${linesText(study, lines)}`,
      height: height + 54 + endings.length * LEGEND_ROW + 12,
    },
    axes: { xaxis: SHARE_AXIS, yaxis },
    drawing: { traces: endings.map((ending) => barTrace(lines, ending, height)) },
    key: { ...LEGEND, traceorder: "normal" },
    more: { barmode: "stack" },
  });
}

/** A way in which trials end. */
interface Ending {
  /** In the key: "0.4774: 3 inputs, 1 answer". */
  readonly name: string;
  /** After a count: "at loss 0.4774". */
  readonly short: string;
  /** What one such trial does, and what several do: "ends at loss 0.4774", "end at loss 0.4774". */
  readonly verbs: readonly [one: string, many: string];
  readonly colour: string;
  /** Hatching, as Plotly names it, where the colour is not the loss's own. */
  readonly pattern?: string;
  /** How many trials of a row end so. */
  readonly trials: (row: StudyRow) => number;
  /** Where they end, if that is not one loss: for the hover. */
  readonly losses?: (row: StudyRow) => string;
}

const SOLVED: Ending = {
  ...{ name: "solved", short: "solved", verbs: ["solves its data", "solve their data"] },
  colour: COLOURS.solved,
  trials: (row) => row.solved,
};
const DIVERGED: Ending = {
  ...{ name: "diverged", short: "diverged", verbs: ["diverges", "diverge"] },
  ...{ colour: COLOURS.edge, pattern: "x" },
  trials: (row) => row.diverged,
};
const HATCHING = { fillmode: "overlay", fgcolor: COLOURS.quiet, size: 7, solidity: 0.2 };
const FLOOR_COLOURS = LOSS_SCALE.slice(1); // from the lowest loss to the highest

/** The ways in which trials of these rows end without solving their data. */
function failuresOf(study: Study, rows: readonly StudyRow[]): Ending[] {
  const shown = shownFloors(rows);
  const meanings = shown.length > 0 ? meaningsOf(study, rows) : new Map<string, string>();
  const floors = shown.map((loss, i) => ({
    name: [loss, meanings.get(loss)].filter(Boolean).join(": "),
    short: `at loss ${loss}`,
    verbs: endingAt(`at loss ${loss}`),
    colour: FLOOR_COLOURS[i + (shown.length < FLOOR_COLOURS.length ? 1 : 0)],
    trials: (row: StudyRow) => trialsOf(row.floors.filter((count) => readsAs(count) === loss)),
  }));
  const endings = [...floors, elsewhere(rows, shown), DIVERGED];
  return endings.filter((ending) => rows.some((row) => ending.trials(row) > 0));
}

/** The unsolved trials at none of the floors that are shown, with the range of their losses. */
function elsewhere(rows: readonly StudyRow[], shown: readonly string[]): Ending {
  const countsOf = (row: StudyRow) => row.floors.filter((count) => !shown.includes(readsAs(count) ?? ""));
  const range = rangeText(rows.flatMap(countsOf));
  const [short, where] =
    shown.length > 0 ? ["elsewhere", `elsewhere (loss ${range})`] : ["unsolved", `at loss ${range}`];
  return {
    name: `${short}: loss ${range}`,
    short,
    verbs: endingAt(where),
    colour: COLOURS.line,
    pattern: "/",
    trials: (row) => trialsOf(countsOf(row)),
    losses: (row) => rangeText(countsOf(row)),
  };
}

function endingAt(where: string): Ending["verbs"] {
  return [`ends ${where}`, `end ${where}`];
}

function rangeText(counts: readonly FloorCount[]): string {
  const [low, high] = [counts.map((count) => count.low), counts.map((count) => count.high)];
  return counts.length === 0 ? "" : lossRangeText(Math.min(...low), Math.max(...high));
}

function trialsOf(counts: readonly FloorCount[]): number {
  return counts.reduce((sum, count) => sum + count.trials, 0);
}

/** A floor as it is read; those that read the same are one. */
function readsAs({ floor }: FloorCount): string | undefined {
  return floor === undefined ? undefined : lossText(floor);
}

/** The most frequent floors, ascending. */
function shownFloors(rows: readonly StudyRow[]): string[] {
  const trials = new Map<string, number>();
  for (const count of rows.flatMap((row) => row.floors)) {
    const loss = readsAs(count);
    if (loss !== undefined) trials.set(loss, (trials.get(loss) ?? 0) + count.trials);
  }
  const frequent = [...trials].sort(([, a], [, b]) => b - a).slice(0, FLOOR_COLOURS.length);
  return frequent.map(([loss]) => loss).sort((a, b) => Number(a) - Number(b));
}

/** What the floors of these rows mean, by their losses; only those on which all their data agree. */
function meaningsOf(study: Study, rows: readonly StudyRow[]): Map<string, string> {
  const tables = new Map(
    rows.map((row) => {
      const table = study.dataOf(row);
      return [`${row.loss} ${table.inputs.join()} ${table.targets.join()}`, { table, loss: row.loss }];
    }),
  );
  const meanings = new Map<string, Set<string>>();
  for (const floor of [...tables.values()].flatMap(({ table, loss }) => floorsOf(table, loss))) {
    const names = meanings.get(lossText(floor.loss)) ?? new Set();
    meanings.set(lossText(floor.loss), names.add(floorName(floor)));
  }
  return new Map([...meanings].flatMap(([at, names]) => (names.size === 1 ? [[at, [...names][0]]] : [])));
}

/** The parts of all bars that stand for one ending. */
function barTrace(lines: readonly RowLine[], ending: Ending, height: number): Trace {
  const shares = lines.map(({ row }) => ending.trials(row) / row.trials);
  return {
    type: "bar",
    orientation: "h",
    name: asText(ending.name),
    x: shares.map((share) => rounded(100 * share)),
    y: lines.map((_, i) => i),
    width: Math.min(0.72, (THICKEST_BAR * lines.length) / height),
    customdata: lines.map(({ name, row }, i) => [
      hoverName(name),
      asText(ending.losses ? `${ending.short}: loss ${ending.losses(row)}` : ending.name),
      asText(`${ending.trials(row)} of ${counted(row.trials, "trial")} (${percentText(shares[i])})`),
    ]),
    text: shares.map((share) => (share >= NARROWEST_LABELLED ? `${Math.round(100 * share)}` : "")),
    textposition: "inside",
    insidetextanchor: "middle",
    textangle: 0,
    constraintext: "none",
    textfont: { size: SIZES.label },
    marker: {
      color: ending.colour,
      line: { color: COLOURS.quiet, width: 0.7 },
      ...(ending.pattern ? { pattern: { shape: ending.pattern, ...HATCHING } } : {}),
    },
    hovertemplate: "%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
  };
}

/** How many trials solve the data, and the most frequent end of the others. */
function findingText(study: Study, lines: readonly RowLine[], failures: readonly Ending[]): string {
  const total = (trials: (row: StudyRow) => number) => lines.reduce((sum, { row }) => sum + trials(row), 0);
  const [all, solved] = [total((row) => row.trials), total((row) => row.solved)];
  const one = lines.length === 1 ? lines[0] : undefined;
  const said = (text: string) => (one ? `${capital(one.words)}: ${text}` : capital(text));
  const [scope, rows] = [scopeText(study, lines), lines.map((line) => line.row)];
  if (solved === all)
    return said(`${allOf(all, "trial")}${scope} ${all === 1 ? "solves" : "solve"} ${taskText(rows, all)}`);
  const main = failures.reduce((most, one) => (total(one.trials) > total(most.trials) ? one : most));
  const [rest, its] = [all - solved, total(main.trials)];
  const ends = main.verbs[its === 1 ? 0 : 1];
  if (solved === 0)
    return `${said(noneText(study, lines))}; ${all === 1 ? "it" : its === all ? "all" : its} ${ends}`;
  const rates = lines.map(({ words, row }) => rateOf(words, row));
  const others =
    rest === 1 ? "the other one" : its === rest ? allOf(rest, "other") : `${its} of the ${rest} others`;
  return `${said(ratesText(rates, taskText(rows, 2)))}; ${others} ${ends}`;
}

/** "2 ReLU units: of 40 trials 9 solved, 12 at loss 0.4774; …". */
function numbersText(lines: readonly RowLine[], endings: readonly Ending[]): string {
  const parts = lines.map(({ row, name }) => {
    const counts = endings
      .filter((ending) => ending.trials(row) > 0)
      .map((ending) => `${ending.trials(row)} ${ending.short}`);
    return `${name}: of ${counted(row.trials, "trial")} ${counts.join(", ")}`;
  });
  return `${capital(parts.join("; "))}.`;
}
