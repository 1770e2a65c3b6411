import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dataset, figures, parity, truthTable, xor } from "../../src/index.js";
import { tieFloors } from "../../src/verdict/floors.js";
import { tiesOf } from "../../src/verdict/partitions.js";
import { titleOf, trained } from "../support/figureCases.js";

test("tiesOf() has the floors of tieFloors(), and the fewest inputs that cause them", async () => {
  const tables: Dataset[] = [truthTable("xor"), truthTable("and"), truthTable("nor"), parity({ bits: 3 })];
  for (const table of tables)
    for (const loss of ["binaryCrossentropy", "meanSquaredError"] as const) {
      const run = await trained({ inputs: table.features }, table, { epochs: 1, loss });
      const ties = tiesOf([run]);
      assert.deepEqual(
        ties.map((tie) => tie.loss),
        tieFloors(table, loss),
      );
      for (const tie of ties) assert.ok(Math.abs(tie.low - tie.loss) + Math.abs(tie.high - tie.loss) < 1e-6);
    }
  assert.deepEqual(
    tiesOf([await trained({}, truthTable("xor"))]).map((tie) => tie.inputs),
    [2, 3, 4],
  );
});

test("tiesOf() brackets the losses at which ReLU networks really get stuck", async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const run = await trained({ activation: "relu", seed }, xor({ seed }), { epochs: 60, seed });
    if (!titleOf(figures.loss(run)).includes("stuck")) continue;
    const inside = tiesOf([run]).some(
      ({ low, high }) => run.finalLoss > low - 0.002 && run.finalLoss < high + 0.002,
    );
    assert.ok(inside, `seed ${seed}: stuck at ${run.finalLoss}`);
  }
});
