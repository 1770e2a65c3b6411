import { before, test } from "node:test";
import fc from "fast-check";
import {
  circles,
  clouds,
  dataset,
  digits,
  encoder,
  gaussians,
  iris,
  mergeStudies,
  mlp,
  moons,
  parity,
  readTable,
  show,
  sine,
  spirals,
  split,
  studyPart,
  truthTable,
  xor,
} from "../../src/index.js";
import { NETWORK_OPTION_NAMES } from "../../src/settings/network.js";
import { assertNamedError, hostile, options, RUNS } from "../support/hostile.js";
import { ownTemporaryFolder } from "../support/temporary.js";

ownTemporaryFolder(); // for the pages of figures that programs show

before(() => {
  console.log = () => {}; // show() prints outside of notebooks
});

const SUBJECTS: Readonly<Record<string, fc.Arbitrary<() => unknown>>> = {
  xor: options("seed").map((any) => () => xor(any as never)),
  truthTable: hostile.map((any) => () => truthTable(any as never)),
  parity: options("bits").map((any) => () => parity(any as never)),
  clouds: options("noise", "seed").map((any) => () => clouds(any as never)),
  circles: options("noise", "seed").map((any) => () => circles(any as never)),
  gaussians: options("noise", "seed").map((any) => () => gaussians(any as never)),
  spirals: options("noise", "seed").map((any) => () => spirals(any as never)),
  moons: options("noise", "seed").map((any) => () => moons(any as never)),
  sine: options("noise", "seed", "periods").map((any) => () => sine(any as never)),
  encoder: options("bits").map((any) => () => encoder(any as never)),
  iris: options("scale").map((any) => () => iris(any as never)),
  digits: options("rows").map((any) => () => digits(any as never)),
  split: options("test", "seed").map((any) => () => split(xor({ rows: 8 }), any as never)),
  mlp: options(...NETWORK_OPTION_NAMES.filter((name) => name !== "hidden")).map(
    (any) => () => mlp(any as never).dispose(),
  ),
  mergeStudies: fc.tuple(fc.oneof(hostile, fc.array(fc.oneof(hostile, fc.string()))), options("partial")).map(
    ([parts, any]) =>
      () =>
        mergeStudies(parts as never, any as never),
  ),
  studyPart: hostile.map((any) => () => studyPart(any as never)),
  show: fc
    .oneof(
      hostile,
      fc.record({ data: fc.array(hostile), layout: hostile, config: hostile }, { requiredKeys: [] }),
    )
    .map((any) => () => show(any as never)),
};

for (const [name, calls] of Object.entries(SUBJECTS))
  test(`${name}() meets any input with a result or an error in its name`, () =>
    fc.assert(
      fc.asyncProperty(calls, (call) => assertNamedError(name, call)),
      RUNS,
    ));

test("dataset() meets any input with a result or an error in its name", () => {
  const rows = fc.oneof(
    hostile,
    fc.array(fc.oneof(hostile, fc.array(fc.oneof(hostile, fc.double()), { maxLength: 3 }))),
  );
  return fc.assert(
    fc.asyncProperty(
      rows,
      rows,
      options("name", "features", "classes", "judge", "scale"),
      (inputs, targets, any) =>
        assertNamedError("dataset", () => dataset(inputs as never, targets as never, any as never)),
    ),
    RUNS,
  );
});

test("readTable() meets any text with a result or an error in its name", () => {
  const cell = fc.constantFrom(
    "a",
    "b",
    "y",
    "1",
    "2.5",
    "-3",
    "x",
    "NA",
    "",
    '"',
    '"a\nb"',
    '"',
    "1,5",
    "\u2028",
    "\0",
  );
  const separator = fc.constantFrom(",", ",", ",", ";", "\t", "\n", "\n", "\r\n");
  const text = fc.array(fc.tuple(cell, separator), { maxLength: 30 }).map((parts) => parts.flat().join(""));
  const table = fc.oneof(
    hostile,
    text,
    text.map((rows) => `a,b,y\n${rows}`),
  );
  const known = options("target", "features", "classes", "scale", "delimiter", "name");
  const likely = fc.record(
    { target: fc.constantFrom("y", "a", ["y"], ["a", "b"]), classes: fc.constantFrom(["x", "a"], undefined) },
    { requiredKeys: ["target"] },
  );
  return fc.assert(
    fc.asyncProperty(table, fc.oneof(known, likely), (given, any) =>
      assertNamedError("readTable", () => readTable(given as never, any as never)),
    ),
    RUNS,
  );
});

test("mlp() meets any widths with a result or an error in its name", () => {
  const widths = fc.oneof(
    hostile,
    fc.integer({ min: -1, max: 9 }),
    fc.array(fc.oneof(hostile, fc.integer({ min: 0, max: 9 })), { maxLength: 4 }),
  );
  return fc.assert(
    fc.asyncProperty(widths, (hidden) => assertNamedError("mlp", () => mlp({ hidden } as never).dispose())),
    RUNS,
  );
});
