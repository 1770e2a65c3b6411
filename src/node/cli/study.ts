import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { study } from "../work.js";
import { readStudyArguments } from "./studyArguments.js";
import { studyCsv, studyJson } from "./studyFiles.js";

const HELP = `xorlab study [--hidden 1..8] [--activation sigmoid,relu] [--trials 1000] [--json FILE | --csv FILE] …

Trains many networks and says how often they succeed: every combination of the settings, so many trials of each.
What is not given is as in the question's script.

  settings, one value or several separated by commas; 1..8 means 1, 2, …, 8:
    --hidden 2,5,4-2           widths of the hidden layer; 4-2 is two layers, 0 none
    --activation sigmoid       also relu, leakyRelu, elu, tanh, softplus, linear
    --output sigmoid           the output unit's
    --optimizer rmsprop        also sgd, adam, adagrad
    --learning-rate 0.001      --batch-size 4     --epochs 100     --loss binaryCrossentropy
    --data xor                 also clouds, circles, gaussians, spirals;     --rows 1000
    --kernel-initializer glorotUniform            --bias-initializer zeros     --shuffle true
  how:
    --trials 100    --seed 1   --workers N (threads)   --engine fused|tfjs   --solved-accuracy 1
    --json FILE, --csv FILE    also writes the rows to a file; - is standard output
`;

/** Runs a study from the command line: `xorlab study`. Ctrl-C ends it with what was done. */
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
    const seconds = result.milliseconds / 1000;
    process.stderr.write(
      `${result.status === "stopped" ? "stopped after " : ""}${trials} trials in ${seconds.toFixed(1)} s, seed ${result.seed}\n`,
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
