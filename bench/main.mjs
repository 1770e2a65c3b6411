// npm run bench [-- --peers c,jax,pytorch,keras,tfjs --rounds 5 --trials 2000]
// npm run bench -- page [--rounds 5]: page.mjs
// npm run bench -- cells [--rounds 5]: cells.mjs
// npm run bench -- kernel [--rounds 5]: kernel.mjs
//
// Medians of several rounds, xorlab and each peer in turns, for one trial of the question's script.
import { createRequire } from "node:module";
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchCells } from "./cells.mjs";
import { benchKernel } from "./kernel.mjs";
import { median, timeText } from "./numbers.mjs";
import { benchPage } from "./page.mjs";
import { peers } from "./peers.mjs";

const { mlp, study, train, xor } = createRequire(import.meta.url)("xorlab");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: "string", default: "c,jax,pytorch,keras,tfjs" },
    rounds: { type: "string", default: "5" },
    trials: { type: "string", default: "2000" },
  },
});
const wanted = values.peers.split(",").map((name) => name.trim().toLowerCase());
const rounds = Number(values.rounds);
const trials = Number(values.trials);
const OTHERS = { page: benchPage, cells: benchCells, kernel: benchKernel };
if (positionals.length > 0) {
  const [name = "", ...more] = positionals;
  const bench = Object.entries(OTHERS).find(([known]) => known === name && more.length === 0)?.[1];
  if (!bench) {
    console.error(
      `bench: unknown ${positionals.join(" ")}; it is one of ${Object.keys(OTHERS).join(", ")}, or nothing`,
    );
    process.exit(1);
  }
  await bench(rounds);
  process.exit();
}
const cores = availableParallelism();

/** @type {import("./peers.mjs").Setting[]} */
const settings = [
  { hidden: 2, activation: "sigmoid" },
  { hidden: 2, activation: "relu" },
  { hidden: 5, activation: "sigmoid" },
  { hidden: 5, activation: "relu" },
];

/**
 * xorlab's time for one trial.
 * @param {import("./peers.mjs").Setting} setting
 * @param {number} workers
 */
async function xorlab(setting, workers) {
  const { milliseconds } = await study({ ...setting, trials: trials * workers, workers, progress: false });
  return milliseconds / (trials * workers);
}

/**
 * @param {string} name
 * @param {import("./peers.mjs").Setting} setting
 * @param {number} theirs
 * @param {number} ours
 * @param {number} used
 */
function report(name, setting, theirs, ours, used) {
  const ratio =
    theirs >= ours
      ? `xorlab ${(theirs / ours).toPrecision(3)} × faster`
      : `${(ours / theirs).toFixed(2)} × its time`;
  const columns = [
    `${setting.activation}-${setting.hidden}`.padEnd(10),
    name.padEnd(30),
    `${used} core${used > 1 ? "s" : ""}`.padEnd(8),
  ];
  console.log(`${columns.join("")}${timeText(theirs).padStart(10)}${timeText(ours).padStart(11)}   ${ratio}`);
}

console.log(
  `${cpus()[0].model}, ${cores} cores, Node ${process.version}; medians of up to ${rounds} rounds, one trial\n`,
);
console.log(
  `${"setting".padEnd(10)}${"peer".padEnd(30)}${"on".padEnd(8)}${"peer".padStart(10)}${"xorlab".padStart(11)}   ratio`,
);
for (const setting of settings) await xorlab(setting, 1); // the compiler of the engine has seen everything once
for (const peer of peers(cores)) {
  if (!wanted.some((name) => peer.name.toLowerCase().startsWith(name))) continue;
  const why = peer.missing();
  if (why) {
    console.log(`${"".padEnd(10)}${peer.name.padEnd(30)}left out: ${why}`);
    continue;
  }
  for (const setting of settings) {
    const theirs = [];
    const ours = [];
    for (let round = 0; round < Math.min(rounds, peer.rounds); round++) {
      theirs.push(peer.milliseconds(setting));
      ours.push(await xorlab(setting, peer.cores));
    }
    report(peer.name, setting, median(theirs), median(ours), peer.cores);
  }
}
if (wanted.includes("tfjs")) {
  for (const setting of settings) {
    const run = await train(mlp({ ...setting, seed: 1 }), xor({ seed: 1 }), {
      engine: "tfjs",
      epochs: 5,
      progress: false,
    });
    report('TensorFlow.js (engine "tfjs")', setting, run.milliseconds * 20, await xorlab(setting, 1), 1);
  }
}
const times = [];
for (const seed of [1, 2, 3, 4, 5, 6, 7]) {
  const start = performance.now();
  await train(mlp({ seed }), xor({ seed }), { seed, progress: false });
  times.push(performance.now() - start);
}
console.log(
  `\ntrain(), the question's script with its history: ${timeText(median(times))} (first call ${timeText(times[0])})`,
);
const widths = {
  hidden: [1, 2, 3, 4, 5, 6, 8],
  activation: ["sigmoid", "relu"],
  trials: 1000,
  progress: false,
};
console.log(
  `study(), 14 settings × 1000 trials on ${cores} cores: ${timeText((await study(widths)).milliseconds)}`,
);
