import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./folder.mjs";

/** One instance for `import` and `require`; a run, a study in threads, TensorFlow.js, a model saved and loaded. */
const PROGRAM = `
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { explain, figures, mlp, study, tf, train, xor } from "xorlab";
import * as engine from "xorlab/engine";
import * as drawn from "xorlab/figures";
const required = createRequire(import.meta.url)("xorlab");
assert.ok(required.xor === xor && required.tf === tf && engine.xor === xor && drawn.loss === figures.loss);
const run = await train(mlp({ seed: 7 }), xor({ seed: 7 }), { seed: 7 });
assert.deepEqual(engine.trainNetwork({ seed: 7 }, xor({ seed: 7 }), { seed: 7 }).weights(), run.weights());
const options = { hidden: [1, 2], epochs: 20, seed: 3 };
const many = await study({ ...options, trials: 24, workers: 2 });
assert.deepEqual(engine.studyTrials(options, { row: 1, first: 3 })[0].finalLoss, many.trial(1, 3).finalLoss);
assert.deepEqual([...tf.tensor1d([1, 2]).add(1).dataSync()], [2, 3]);
const other = await train(mlp({ seed: 7 }), xor({ rows: 20 }), { epochs: 1, engine: "tfjs" });
assert.equal(other.engine, "tfjs");
await run.model.save("file://saved");
assert.equal((await tf.loadLayersModel("file://saved/model.json")).countParams(), 9);
assert.ok(explain(run, { trials: 0 }).text.length > 20 && drawn.loss([run]).data.length > 0);
`;

/** @param {string} folder */
export function checkImports(folder) {
  writeFileSync(join(folder, "program.js"), PROGRAM);
  const { stdout } = run([process.execPath, "program.js"], folder);
  if (stdout !== "") throw new Error(`it printed on standard output: ${stdout}`);
  const dist = join(folder, "node_modules", "xorlab", "dist");
  const maps = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".map"),
  );
  const empty = maps.find((name) => !JSON.parse(readFileSync(join(dist, name), "utf8")).sourcesContent?.[0]);
  if (maps.length < 100 || empty)
    throw new Error(`${empty ?? "source maps"} without the source: of ${maps.length}`);
  return "import and require, one instance, nothing on standard output";
}
