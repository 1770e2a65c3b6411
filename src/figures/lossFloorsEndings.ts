import { judgedRows } from "../data/dataset.js";
import type { Study } from "../study/result.js";
import type { StudyRow } from "../study/table.js";
import { type Floor, floorsOf } from "../verdict/floors.js";
import { lossText } from "../words/numbers.js";
import type { RowLine } from "./parts/settings.js";
import { COLOURS, PALETTE } from "./parts/theme.js";

/** A way in which trials end. */
export interface Ending {
  /** "solved", "0.4774: 3 inputs, 1 answer", … */
  readonly name: string;
  readonly colour: string;
  /** How many trials of a row end so. */
  readonly count: (row: StudyRow) => number;
  /** What such trials do, after "46 % of trials". */
  readonly verb: string;
}

/** From the lowest loss to the highest: yellow to brown, in steps of lightness that every eye sees. */
const FLOOR_COLOURS = ["#f3d27a", PALETTE[4], PALETTE[1], "#7f3300"] as const;

/** The ways in which the trials of these rows end, those without a trial left out. */
export function endingsOf(study: Study, lines: readonly RowLine[]): Ending[] {
  const rows = lines.map((line) => line.row);
  const losses = floorLosses(rows);
  const meanings = losses.length > 0 ? meaningsOf(study, rows) : new Map<string, string>();
  const floors = losses.map((loss, i) => ({
    name: [loss, meanings.get(loss)].filter(Boolean).join(": "),
    colour: FLOOR_COLOURS[i + (losses.length < FLOOR_COLOURS.length ? 1 : 0)],
    count: (row: StudyRow) => stalledAt(row, (at) => at === loss),
    verb: `end unsolved at loss ${loss}`,
  }));
  const endings: Ending[] = [
    { name: "solved", colour: COLOURS.good, count: (row) => row.solved, verb: "solve their data" },
    ...floors,
    {
      name: losses.length > 0 ? "at other losses" : "not solved",
      colour: COLOURS.line,
      count: (row) => row.trials - row.solved - row.diverged - stalledAt(row, (at) => losses.includes(at)),
      verb: losses.length > 0 ? "end unsolved, at none of these floors" : "stay unsolved",
    },
    { name: "diverged", colour: PALETTE[6], count: (row) => row.diverged, verb: "diverge" },
  ];
  return endings.filter((ending) => rows.some((row) => ending.count(row) > 0));
}

function stalledAt(row: StudyRow, wanted: (loss: string) => boolean): number {
  const floors = row.floors.filter(({ floor }) => floor !== undefined && wanted(lossText(floor)));
  return floors.reduce((sum, floor) => sum + floor.trials, 0);
}

/** The losses of the most frequent floors, ascending. */
function floorLosses(rows: readonly StudyRow[]): string[] {
  const all = rows.flatMap((row) => row.floors).flatMap(({ floor }) => floor ?? []);
  const losses = [...new Set(all.map(lossText))];
  const trials = (loss: string) => rows.reduce((sum, row) => sum + stalledAt(row, (at) => at === loss), 0);
  return losses
    .sort((a, b) => trials(b) - trials(a))
    .slice(0, FLOOR_COLOURS.length)
    .sort((a, b) => Number(a) - Number(b));
}

/** What the floors mean, where all rows agree: of each truth table, how many inputs share an answer. */
function meaningsOf(study: Study, rows: readonly StudyRow[]): Map<string, string> {
  const tables = new Map<string, readonly Floor[]>();
  for (const row of rows) {
    const data = dataOf(study, row);
    if (!data) continue;
    const { inputs, targets } = judgedRows(data);
    const table = `${row.loss} ${inputs.join()} ${targets.join()}`;
    if (!tables.has(table)) tables.set(table, floorsOf(judgedRows(data), row.loss));
  }
  const said = new Map<string, string[]>();
  for (const tie of [...tables.values()].flat())
    said.set(lossText(tie.loss), [...(said.get(lossText(tie.loss)) ?? []), meaningText(tie)]);
  const agreed = [...said].filter(([, texts]) => texts.every((text) => text === texts[0]));
  return new Map(agreed.map(([loss, texts]) => [loss, texts[0]]));
}

/** As the lines of reference in the figure of losses. */
function meaningText({ loss, inputs }: Floor): string {
  return Math.abs(loss - Math.LN2) < 1e-6 ? "chance (ln 2)" : `${inputs} inputs, 1 answer`;
}

const TRIALS_ASKED = 1000; // a stopped study lacks some

/** The data of the first trial of a row that was run. */
function dataOf(study: Study, row: StudyRow) {
  for (let t = 0; t < TRIALS_ASKED; t++)
    try {
      return study.trial(row, t).data;
    } catch {} // not run: the next one may be
  return undefined;
}
