import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeOutcomes, type Outcomes } from "../../../src/study/outcomes.js";
import { packColumns, unpackColumns } from "../../../src/study/parts/columns.js";

const count = fc.integer({ min: 1, max: 40 });

/** Any outcomes: columns in which nothing stands among them, and whole numbers of one, two and four bytes. */
const anyOutcomes = count.chain((length) => {
  const float = fc.oneof(
    fc.array(fc.float(), { minLength: length, maxLength: length }),
    fc.constant(new Array<number>(length).fill(Number.NaN)),
  );
  const whole = fc.constantFrom(0, 1, 255, 256, 65_535, 65_536, 2 ** 32 - 1).chain((max) =>
    fc.array(fc.oneof(fc.integer({ min: 0, max }), fc.constant(max)), {
      minLength: length,
      maxLength: length,
    }),
  );
  const status = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: length, maxLength: length });
  return fc.record({
    floats: fc.tuple(float, float, float, float, float),
    wholes: fc.tuple(whole, whole),
    status,
  });
});

test("unpackColumns() gives back, bit for bit, what packColumns() packed", () => {
  fc.assert(
    fc.property(anyOutcomes, ({ floats, wholes, status }) => {
      const outcomes = makeOutcomes(status.length);
      outcomes.status.set(status);
      const named = (kind: typeof Float32Array | typeof Uint32Array) =>
        (Object.keys(outcomes) as (keyof Outcomes)[]).filter((name) => outcomes[name] instanceof kind);
      for (const [i, name] of named(Float32Array).entries()) outcomes[name].set(floats[i]);
      for (const [i, name] of named(Uint32Array).entries()) outcomes[name].set(wholes[i]);
      const packed = JSON.parse(JSON.stringify(packColumns(outcomes)));
      assert.deepEqual(unpackColumns(packed, status.length), outcomes);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("unpackColumns() refuses columns of another length, and what is no status", () => {
  const outcomes = makeOutcomes(3);
  outcomes.status.fill(1);
  outcomes.firstSolved.set([1, 2, 300]);
  const packed = packColumns(outcomes);
  assert.throws(() => unpackColumns(packed, 4), /bytes are not 4 numbers/);
  assert.throws(() => unpackColumns({ ...packed, status: "" }, 3), /0 bytes are not 3 numbers/);
  assert.throws(() => unpackColumns({ ...packed, status: "AQkB" }, 3), /a status is unknown/);
  assert.throws(() => unpackColumns({ ...packed, status: "%" }, 3));
});
