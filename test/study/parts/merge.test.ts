import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  clouds,
  dataset,
  mergeStudies,
  readTable,
  type Study,
  type StudyOptions,
  split,
  study,
  studyPart,
} from "../../../src/index.js";
import { checksum } from "../../../src/study/parts/lines.js";
import { assertSame } from "../../support/studies.js";

const QUICK = { rows: 40, epochs: 4, seed: 5, progress: false } as const;
const OPTIONS = { ...QUICK, hidden: [1, 2, 3], activation: ["relu", "tanh"], trials: 7 } as const;

/** All shards of a study. */
function shardsOf(options: StudyOptions, of: number): Promise<Study[]> {
  return Promise.all(Array.from({ length: of }, (_, i) => study({ ...options, shard: `${i + 1}/${of}` })));
}

let whole: Study;
let thirds: Study[];
let texts: string[];

before(async () => {
  whole = await study(OPTIONS);
  thirds = await shardsOf(OPTIONS, 3);
  texts = thirds.map(studyPart);
});

test("mergeStudies() gives the whole study to the bit, from studies and from texts, in any order", async () => {
  for (const of of [1, 2, 5, 42]) await assertSame(mergeStudies(await shardsOf(OPTIONS, of)), whole);
  await assertSame(mergeStudies([texts[2], thirds[0], texts[1]]), whole);
  const took = thirds.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  assert.ok(Math.abs(mergeStudies(texts).milliseconds - took) < 2);
});

const readings = Array.from(
  { length: 30 },
  (_, i) => `${i},${(i * 7) % 11},${(i * i) % 5 > 1 ? "good" : "bad"}`,
);
const table = readTable(`width,height,kind\n${readings.join("\n")}\n`, { target: "kind", scale: "standard" });
const { train: learned, test: held } = split(clouds({ rows: 40, seed: 2 }), { test: 0.3, seed: 1 });

const KINDS: Readonly<Record<string, StudyOptions>> = {
  "a table of one's own": { data: table, activation: ["relu"] },
  "data with rows to be judged by, and validation": { data: learned, validation: held, hidden: [2, [2, 2]] },
  "a regression that is scaled": {
    data: dataset([[0], [1], [2], [3]], [2, 4, 9, -3], { scale: "minMax" }),
    ...{ output: "linear", loss: "meanSquaredError", solvedR2: 0.9 },
  },
  "named data": { data: ["clouds", "moons", "encoder"], activation: "tanh", rows: undefined },
  "trials that diverge": {
    data: dataset(
      [
        [3, -2],
        [1, 5],
        [-4, 1],
        [2, 2],
      ],
      [100, -50, 3, 7],
    ),
    ...{
      activation: "relu",
      output: "linear",
      loss: "meanSquaredError",
      optimizer: "sgd",
      learningRate: [1e-3, 1e12],
    },
  },
  "options as objects, and settings that are not given": {
    optimizer: [{ name: "sgd", momentum: 0.9 }, "adam"],
    learningRate: [undefined as never, 0.1],
    ...{ kernelRegularizer: [{}, { l2: 0.01 }], hidden: [[], 2], solvedLoss: 0.5, useBias: [true, false] },
  },
  "TensorFlow.js": { engine: "tfjs", rows: 8, epochs: 2, hidden: 1 },
};

for (const [name, options] of Object.entries(KINDS))
  test(`mergeStudies() gives the whole study: ${name}`, async () => {
    const given = { epochs: 4, seed: 8, trials: 5, progress: false, ...options };
    const parts = await shardsOf(given, 2);
    await assertSame(mergeStudies(parts.map(studyPart)), await study(given));
  });

test("a trial that is in several parts counts once", async () => {
  const more = [await study({ ...OPTIONS, shard: "1/2" }), await study({ ...OPTIONS, shard: "4/4" })];
  await assertSame(mergeStudies([...thirds, texts[0], ...more, whole]), whole);
});

/** A text in which an entry was changed and given a new checksum. */
function changed(part: Study, change: (line: string) => string): string {
  const entries = studyPart(part).split("\n");
  return entries
    .map((line) => {
      const [, lead, rest, tail] = /^(.)\{"check":"\w{8}",(.*\})(\]?)$/.exec(change(line)) ?? [];
      return rest === undefined ? line : `${lead}{"check":"${checksum(rest)}",${rest}${tail}`;
    })
    .join("\n");
}

test("mergeStudies() refuses parts in which one trial ended differently", () => {
  const other = changed(thirds[0], (line) => line.replace(/"judgedLoss":"..../, '"judgedLoss":"AAAA'));
  assert.throws(() => mergeStudies([texts[0], ...texts, other]), {
    name: "RangeError",
    message:
      /^mergeStudies: trial 0 of row 0 ended differently in part 1, part 2 and part 5, though its seed is the same: /,
  });
});

test("mergeStudies() refuses parts of other studies, and says what differs where", async () => {
  const cases: [other: StudyOptions, message: string][] = [
    [{ seed: 6 }, "seed is 5 in part 1 and part 2, and 6 in part 3"],
    [{ trials: 8 }, "trials is 7 in part 1 and part 2, and 8 in part 3"],
    [{ epochs: 5 }, "epochs of row 0 is 4 in part 1 and part 2, and 5 in part 3"],
    [
      { activation: ["relu", "elu"] },
      'activation of row 1 is "tanh" in part 1 and part 2, and "elu" in part 3',
    ],
    [{ hidden: [1, 2] }, "what is compared is 6 settings in part 1 and part 2, and 4 settings in part 3"],
    [{ hidden: [1, 2, 4] }, "hidden of row 4 is 3 in part 1 and part 2, and 4 in part 3"],
    [{ optimizer: { name: "rmsprop", rho: 0.8 } }, "optimizer of row 0 is "],
    [{ solvedAccuracy: 0.9 }, "solvedAccuracy of row 0 is 1 in part 1 and part 2, and 0.9 in part 3"],
    [{ data: "clouds" }, 'data of row 0 is "xor" in part 1 and part 2, and "clouds" in part 3'],
    [{ validation: held }, "validation of row 0 is none in part 1 and part 2, and "],
  ];
  for (const [other, message] of cases) {
    const strange = await study({ ...OPTIONS, ...other, shard: "3/3" });
    assert.throws(
      () => mergeStudies([texts[0], thirds[1], strange]),
      (error: Error) =>
        error.name === "RangeError" &&
        error.message.startsWith(`mergeStudies: these are not parts of one study: ${message}`),
      message,
    );
  }
});

test("mergeStudies() refuses data of the same name and size with other contents", async () => {
  const make = (last: number) =>
    dataset(
      [
        [0, 1],
        [1, last],
      ],
      [0, 1],
      { name: "mine" },
    );
  const half = (data: ReturnType<typeof make>, shard: string, seed = 1) =>
    study({ data, trials: 4, epochs: 2, seed, progress: false, shard });
  const first = await half(make(1), "1/2");
  const second = await half(make(0.5), "2/2");
  assert.throws(
    () => mergeStudies([first, second]),
    /^RangeError: .*: data is "mine" \(2 rows of 2 inputs, contents [\da-f]{8}\) in part 1, and "mine" \(2 rows of 2 inputs, contents [\da-f]{8}\) in part 2$/,
  );
  assert.equal(mergeStudies([first, await half(make(1), "2/2")]).rows[0].trials, 4, "an equal table will do");
});

test("options that are written otherwise but mean the same belong together", async () => {
  const same = { ...OPTIONS, optimizer: { name: "rmsprop" }, batchSize: [4], trials: 7 } as const;
  await assertSame(mergeStudies([thirds[0], await study({ ...same, shard: "2/3" }), thirds[2]]), whole);
});

test("mergeStudies() refuses parts of another version", () => {
  const other = changed(thirds[1], (line) => line.replace(/"version":"[^"]+"/, '"version":"9.0.0"'));
  assert.throws(
    () => mergeStudies([texts[0], other]),
    /: xorlab's version is [\d.]+ in part 1, and 9\.0\.0 in part 2$/,
  );
  assert.throws(
    () => mergeStudies([other]),
    /^RangeError: mergeStudies: the parts must be of this version of xorlab, /,
  );
  const format = changed(thirds[1], (line) => line.replace('"format":1', '"format":2'));
  assert.throws(() => mergeStudies([texts[0], format]), /and [\d.]+, format 2 in part 2$/);
});

test("mergeStudies() says what is missing, or merges what there is", async () => {
  assert.throws(() => mergeStudies([texts[0], texts[2]]), {
    name: "RangeError",
    message:
      "mergeStudies: trials are missing: shard 2/3: 14 trials. Run study() with the same options and " +
      'shard: "2/3", …; { partial: true } merges what there is',
  });
  const some = mergeStudies([texts[0], texts[2]], { partial: true });
  assert.equal(some.status, "stopped");
  assert.deepEqual(
    some.rows.map(({ trials }) => trials),
    [5, 5, 4, 4, 5, 5],
  );
  assert.deepEqual(some.trial(0, 6), whole.trial(0, 6));
  assert.throws(() => some.trial(0, 3), /^RangeError: trial: the study was stopped before trial 3 of row 0$/);
});

test("a damaged line is refused by its number, a half-written last one is left out", () => {
  const lines = texts[1].split("\n");
  const flipped = lines
    .map((line, i) => (i === 2 ? line.replace("finalLoss", "finalLass") : line))
    .join("\n");
  assert.throws(() => mergeStudies([texts[0], flipped, texts[2]]), {
    name: "RangeError",
    message: "mergeStudies: line 3 of part 2 is damaged; delete this line, and its trials are run again",
  });
  const cut = texts[1].slice(0, texts[1].lastIndexOf("\n", texts[1].length - 40) - 5);
  assert.throws(
    () => mergeStudies([texts[0], cut, texts[2]]),
    /^RangeError: mergeStudies: trials are missing: shard 2\/3: /,
  );
});

test("mergeStudies() refuses what are no parts", () => {
  const cases: [parts: unknown, options: unknown, message: RegExp][] = [
    [[], undefined, /^RangeError: mergeStudies: there must be at least one part, got none$/],
    [
      "text",
      undefined,
      /^TypeError: mergeStudies: parts must be an array of studies or of their texts, got "text"$/,
    ],
    [
      [texts[0], 5],
      undefined,
      /^TypeError: mergeStudies: parts must be studies or their texts, got 5 as part 2$/,
    ],
    [[{ ...whole }], undefined, /^TypeError: mergeStudies: parts must be studies or their texts, got /],
    [
      ["{}"],
      undefined,
      /^RangeError: mergeStudies: part 1 must be a part of a study \(.*\), got something else$/,
    ],
    [[""], undefined, /^RangeError: mergeStudies: part 1 must be a part of a study/],
    [
      texts,
      { partail: true },
      /^RangeError: mergeStudies: unknown option "partail"; did you mean "partial"\?/,
    ],
    [texts, { partial: 1 }, /^TypeError: mergeStudies: partial must be true or false, got 1$/],
  ];
  for (const [parts, options, message] of cases)
    assert.throws(() => mergeStudies(parts as never, options as never), message);
  assert.throws(
    () => studyPart(5 as never),
    /^TypeError: studyPart: the study must be what study\(\) gave, got 5$/,
  );
});
