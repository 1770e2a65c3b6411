import { study } from "../../index.js";
import type { Study } from "../../study/result.js";
import { measuredText } from "../../words/numbers.js";
import { runShard } from "./shard.js";
import { readStudyArguments } from "./studyArguments.js";
import { writeStudy } from "./studyOutput.js";

export const HELP = `xorlab study [--hidden 1..8] [--activation sigmoid,relu] [--trials 1000] [--json FILE | --csv FILE] …

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
    --decimal ,                        its numbers have a decimal comma
    --validation FILE                  another such table, on which loss and accuracy are taken
  how:
    --trials 100    --seed 1   --workers N (threads)   --engine fused|tfjs
    --solved-accuracy 1 (share of right rows)   --solved-r2 0.99 (regressions)   --solved-loss LOSS (in their place)
    --json FILE, --csv FILE    also writes the rows to a file; - is standard output
  on a cluster (docs/cluster.md):
    --out FILE      keeps the trials in a file as they end; the same command continues it
    --shard 3/10    runs the third of ten equal parts, into --out; xorlab merge puts them together
    exit code 75: SIGTERM or Ctrl-C came, and the file has what was done; 0: it has everything
`;

/** Runs a study from the command line: `xorlab study`. Ctrl-C ends it and keeps the trials that are done. */
export async function run(argv: readonly string[]): Promise<number> {
  const request = readStudyArguments(argv);
  if (request.out !== undefined) return runShard(request.out, request);
  const result = await study(request.options);
  writeStudy("xorlab study", result, request);
  process.stderr.write(`${doneText(result)}\n`);
  return result.status === "stopped" ? 130 : 0;
}

/** "2000 trials in 3.4 s, seed 1". */
function doneText({ rows, milliseconds, status, seed }: Study): string {
  const trials = rows.reduce((sum, row) => sum + row.trials, 0);
  return `${status === "stopped" ? "stopped after " : ""}${trials} trials in ${measuredText(milliseconds)}, seed ${seed}`;
}
