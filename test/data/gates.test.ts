import assert from "node:assert/strict";
import { test } from "node:test";
import { type Dataset, judgedRows } from "../../src/data/dataset.js";
import { GATE_NAMES, parity, truthTable, xor } from "../../src/data/gates.js";

const rowsOf = (data: Dataset) =>
  Array.from({ length: data.rows }, (_, i) =>
    Array.from(data.inputs.subarray(i * data.features, (i + 1) * data.features)),
  );

test("truthTable() has the rows 00, 01, 10, 11 and the gate's answers", () => {
  const answers = {
    xor: [0, 1, 1, 0],
    xnor: [1, 0, 0, 1],
    and: [0, 0, 0, 1],
    nand: [1, 1, 1, 0],
    or: [0, 1, 1, 1],
    nor: [1, 0, 0, 0],
  };
  assert.deepEqual(GATE_NAMES, Object.keys(answers));
  for (const gate of GATE_NAMES) {
    const table = truthTable(gate);
    assert.equal(table.name, gate);
    assert.deepEqual(rowsOf(table), [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    assert.deepEqual(Array.from(table.targets), answers[gate]);
  }
});

test("truthTable() refuses what is no gate", () => {
  assert.throws(() => truthTable("xro" as never), {
    name: "RangeError",
    message: 'truthTable: unknown gate "xro"; did you mean "xor"? (and, nand, nor, or, xnor, xor)',
  });
  assert.throws(() => truthTable(["xor"] as never), {
    name: "TypeError",
    message: 'truthTable: gate must be a name (and, nand, nor, or, xnor, xor), got ["xor"]',
  });
});

test("parity() is 1 where an odd number of bits is", () => {
  assert.deepEqual(Array.from(parity().targets), Array.from(truthTable("xor").targets));
  for (const bits of [1, 2, 5, 12]) {
    const data = parity({ bits });
    assert.equal(data.rows, 2 ** bits);
    assert.equal(data.features, bits);
    rowsOf(data).forEach((row, i) => {
      assert.equal(Number.parseInt(row.join(""), 2), i);
      assert.equal(data.targets[i], row.filter((bit) => bit === 1).length % 2);
    });
  }
  assert.equal(parity({ bits: 1 }).name, "parity of 1 bit");
  assert.throws(() => parity({ bits: 13 }), {
    name: "RangeError",
    message: "parity: bits must be a whole number ≥ 1 and ≤ 12, got 13",
  });
});

test("xor() draws rows of the truth table, each about equally often", () => {
  const data = xor({ rows: 40_000, seed: 3 });
  const counts = new Map<string, number>();
  rowsOf(data).forEach(([a, b], i) => {
    assert.ok((a === 0 || a === 1) && (b === 0 || b === 1));
    assert.equal(data.targets[i], a === b ? 0 : 1);
    counts.set(`${a}${b}`, (counts.get(`${a}${b}`) ?? 0) + 1);
  });
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert.equal(counts.size, 4);
  assert.ok(chiSquare < 16.27, `chi-square ${chiSquare} of 3 degrees; 16.27 is its 99.9 % quantile`);
});

test("xor() has the question's 1000 rows, the same for one seed, and is judged on the truth table", () => {
  assert.equal(xor().rows, 1000);
  assert.equal(xor().features, 2);
  assert.deepEqual(xor().inputs, xor({ seed: 1 }).inputs);
  assert.deepEqual(xor({ seed: 9 }).inputs, xor({ seed: 9, rows: 1000 }).inputs);
  assert.notDeepEqual(xor({ seed: 9 }).inputs, xor({ seed: 10 }).inputs);
  assert.deepEqual(judgedRows(xor()), truthTable("xor"));
  // pinned, so that a change of the drawing is noticed
  assert.equal(Array.from(xor({ rows: 16, seed: 1 }).inputs).join(""), "10000110111110011011010110010111");
});

test("xor() refuses, naming option, rule and value", () => {
  const cases: [options: unknown, name: string, message: string][] = [
    [{ rows: 0 }, "RangeError", "xor: rows must be a whole number ≥ 1, got 0"],
    [{ rows: 1e9 }, "RangeError", "xor: rows must be a whole number ≥ 1 and ≤ 10000000, got 1000000000"],
    [{ seed: -1 }, "RangeError", "xor: seed must be a whole number ≥ 0, got -1"],
    [{ rows: "8" }, "TypeError", 'xor: rows must be a whole number ≥ 1, got "8"'],
    [{ row: 8 }, "RangeError", 'xor: unknown option "row"; did you mean "rows"? (rows, seed)'],
    [8, "TypeError", "xor: the options must be an object { rows, seed }, got 8"],
    [null, "TypeError", "xor: the options must be an object { rows, seed }, got null"],
  ];
  for (const [options, name, message] of cases) assert.throws(() => xor(options as never), { name, message });
});
