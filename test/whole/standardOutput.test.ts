import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { CHECKOUT } from "../support/checkout.js";

/** Nothing stands on standard output but what was asked for: what a program or a command prints can be piped. */

const LIBRARY = JSON.stringify(join(CHECKOUT, "dist/src/index.js"));

/** What Node prints on standard output. */
function printed(...args: string[]): string {
  const { NODE_TEST_CONTEXT, ...env } = process.env; // what node:test tells its children is not for them
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
  assert.equal(status, 0, stderr);
  return stdout;
}

test("a program that trains with both engines, studies, explains and draws prints only what it says itself", () => {
  const program = `
    const { explain, figures, mlp, readTable, study, tf, train, xor } = require(${LIBRARY});
    (async () => {
      const losses = [];
      for (const engine of ["fused", "tfjs"]) {
        const run = await train(mlp({ seed: 1 }), xor({ rows: 20, seed: 1 }), { engine, epochs: 2, seed: 1 });
        losses.push(run.history.loss.length);
        figures.boundary(run).toHTML();
        explain(run, { trials: 0 });
      }
      for (const engine of ["fused", "tfjs"]) await study({ engine, rows: 20, trials: 2, epochs: 1 });
      const model = mlp({ seed: 1 });
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      await model.fit(tf.zeros([4, 2]), tf.ones([4, 1]), { epochs: 1, verbose: 0 });
      console.log(JSON.stringify(losses));
    })();`;
  assert.equal(printed("-e", program), "[2,2]\n");
});

const STUDY = ["study", "--hidden", "1,2", "--trials", "2", "--epochs", "1", "--rows", "8"];
const COMMAND = join(CHECKOUT, "dist/src/node/cli/main.js");

for (const engine of ["fused", "tfjs"])
  test(`xorlab study --engine ${engine} --json - prints JSON, and --csv - CSV`, () => {
    const { rows } = JSON.parse(printed(COMMAND, ...STUDY, "--engine", engine, "--json", "-"));
    assert.equal(rows.length, 2);
    const lines = printed(COMMAND, ...STUDY, "--engine", engine, "--csv", "-").split("\r\n");
    assert.equal(lines.length, 4);
    assert.match(lines[0], /^\w+(,\w+)+$/);
    assert.equal(lines[3], "");
  });
