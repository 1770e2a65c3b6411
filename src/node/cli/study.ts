import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { study } from "../../index.js";
import type { Study } from "../../study/result.js";
import type { StudyRow } from "../../study/table.js";
import { measuredText } from "../../words/numbers.js";
import { readStudyArguments } from "./studyArguments.js";

const HELP = `xorlab study [--hidden 1..8] [--activation sigmoid,relu] [--trials 1000] [--json FILE | --csv FILE] …

Trains many networks and reports how often they succeed. Every combination of the settings is trained --trials times.
Settings that are not given are those of the question's script.

  settings, one value or several with commas between; 1..8 means 1, 2, …, 8:
    --hidden 2,5,4-2           widths of the hidden layer; 4-2 is two layers, 0 none
    --activation sigmoid       also relu, leakyRelu, elu, tanh, softplus, linear; relu-tanh: one a layer
    --output sigmoid           the output units'; also softmax      --outputs 1    --use-bias true
    --kernel-regularizer none  penalties on the weights: l2=0.01, l1=0.001+l2=0.01
    --optimizer rmsprop        also sgd, adam, adagrad
    --learning-rate 0.001      --batch-size 4     --epochs 100     --loss binaryCrossentropy
                               also categoricalCrossentropy, meanSquaredError, meanAbsoluteError
    --data xor                 also clouds, circles, gaussians, spirals, moons, sine, iris, digits, encoder
    --rows 1000                of data that are drawn: not of iris, digits, encoder
    --kernel-initializer glorotUniform            --bias-initializer zeros     --shuffle true
  a table in place of named data:
    --data trays.csv --target good     the column that is to be answered, or several with commas
    --scale standard (or minMax)       scales its columns
    --validation FILE                  another such table, on which loss and accuracy are taken
  how:
    --trials 100    --seed 1   --workers N (threads)   --engine fused|tfjs
    --solved-accuracy 1 (share of right rows)   --solved-r2 0.99 (regressions)   --solved-loss LOSS (in their place)
    --json FILE, --csv FILE    also writes the rows to a file; - is standard output
`;

/** Runs a study from the command line: `xorlab study`. Ctrl-C ends it and keeps the trials that are done. */
export async function runStudyCommand(argv: readonly string[]): Promise<number> {
  try {
    const request = readStudyArguments(argv);
    if (request.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const result = await study(request.options);
    const toStandardOutput = request.json === "-" || request.csv === "-";
    if (!toStandardOutput) process.stdout.write(`${String(result)}\n`);
    if (request.json !== undefined) put(request.json, studyJson(result));
    if (request.csv !== undefined) put(request.csv, studyCsv(result));
    const trials = result.rows.reduce((sum, row) => sum + row.trials, 0);
    const took = measuredText(result.milliseconds);
    process.stderr.write(
      `${result.status === "stopped" ? "stopped after " : ""}${trials} trials in ${took}, seed ${result.seed}\n`,
    );
    return result.status === "stopped" ? 130 : 0;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function put(file: string, text: string): void {
  if (file === "-") {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(resolve(file), text);
  } catch (error) {
    throw new RangeError(`xorlab study: ${file} cannot be written: ${(error as Error).message}`);
  }
}

/** A study as JSON: what made it, and its rows. */
export function studyJson(study: Study): string {
  const { seed, engine, status, milliseconds, rows } = study;
  return `${JSON.stringify({ seed, engine, status, milliseconds: Math.round(milliseconds), rows }, null, 2)}\n`;
}

/** A study as CSV (RFC 4180): one line a row; lists such as the floors are JSON within their field. */
export function studyCsv(study: Study): string {
  const lines = study.rows.map(flatRow);
  const header = Object.keys(lines[0]);
  return [header, ...lines.map((line) => header.map((key) => line[key]))]
    .map((cells) => `${cells.map(field).join(",")}\r\n`)
    .join("");
}

function flatRow(row: StudyRow): Record<string, unknown> {
  const { interval, epochsToSolve, floors, ...rest } = row;
  const [intervalLow, intervalHigh] = interval;
  const { q10, median, q90, medianInterval = [] } = epochsToSolve ?? {};
  const [epochsMedianLow, epochsMedianHigh] = medianInterval;
  const epochs = { epochsQ10: q10, epochsMedian: median, epochsQ90: q90, epochsMedianLow, epochsMedianHigh };
  return { ...rest, intervalLow, intervalHigh, ...epochs, floors };
}

function field(value: unknown): string {
  if (value === undefined || value === null || Number.isNaN(value)) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
