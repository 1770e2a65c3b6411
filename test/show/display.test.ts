import assert from "node:assert/strict";
import { test } from "node:test";
import {
  dataset,
  digits,
  explain,
  figures,
  mlp,
  readTable,
  show,
  study,
  train,
  xor,
} from "../../src/index.js";
import { linearRun } from "../support/linearRun.js";
import { ownTemporaryFolder } from "../support/temporary.js";

ownTemporaryFolder(); // for the pages of figures that programs show

const DISPLAY = Symbol.for("Jupyter.display");
const bundle = (value: object) => (value as Record<symbol, () => Record<string, unknown>>)[DISPLAY]();

const QUICK = { seed: 3, epochs: 2, progress: false } as const;

test("a run shows itself as its outcome and what it answers, and stays what it was", async () => {
  const run = await train(mlp({ seed: 3 }), xor({ seed: 3 }), QUICK);
  const { "text/plain": text, "text/markdown": markdown, ...rest } = bundle(run);
  assert.deepEqual(rest, {});
  assert.equal(text, String(run));
  const lines = String(markdown).split("\n");
  assert.equal(lines.length, 2 + 2 + 4, "outcome, blank, table of four rows");
  assert.equal(lines[2], "| inputs | target | answer | right |");
  assert.match(lines[4], /^\| 0, 0 \| 0 \| 0\.\d{3} \| [✓✗] \|$/);
  assert.ok(Object.isFrozen(run));
  assert.ok(!Object.keys(run).includes("Jupyter.display"));
  assert.equal(run.predict([[0, 1]]).length, 1);
});

test("a study shows itself as a table, and so does a run that it replays", async () => {
  const done = await study({ hidden: [1, 2], trials: 3, epochs: 1, progress: false });
  const { "text/markdown": markdown } = bundle(done);
  const lines = String(markdown).split("\n");
  assert.equal(lines.length, 4);
  assert.match(lines[0], /^\| activation \| hidden \| solved \| rate \| 95&nbsp;% interval/);
  assert.match(lines[2], /^\| sigmoid \| 1 \| \d\/3 \|/);
  const run = await done.replay(done.rows[1], 2);
  assert.equal(bundle(run)["text/plain"], String(run));
  assert.equal(run.seed, done.trial(1, 2).seed);
});

test("a figure and a diagnosis show themselves, a figure that is shown already does not", async () => {
  const run = await train(mlp({ seed: 3 }), xor({ seed: 3 }), QUICK);
  const figure = figures.loss(run);
  assert.deepEqual(Object.keys(bundle(figure)), ["application/vnd.plotly.v1+json", "text/plain"]);
  assert.deepEqual(Object.keys(figure), ["data", "layout", "config"]);
  const diagnosis = explain(run, { trials: 0 });
  assert.deepEqual(bundle(diagnosis), {
    "text/plain": String(diagnosis),
    "text/markdown": diagnosis.markdown,
  });
  const { info, log } = console;
  console.log = () => undefined; // outside of a notebook show() prints
  try {
    assert.deepEqual(bundle(show(figure)), {});
  } finally {
    Object.assign(console, { info, log });
  }
});

test("show() shows a run, a study and a diagnosis as it shows a figure", async () => {
  const run = await train(mlp({ seed: 3 }), xor({ seed: 3 }), QUICK);
  const printed: unknown[] = [];
  const { log } = console;
  console.log = (text: unknown) => void printed.push(text);
  try {
    show(run).update(explain(run, { trials: 0 }));
    assert.throws(() => show(run.history as never), /show: figure must be/);
  } finally {
    console.log = log;
  }
  assert.deepEqual(printed, [String(run), String(explain(run, { trials: 0 }))]);
});

test("names are text in what a value shows, never Markdown, HTML or an equation", async () => {
  const name = "<b>x</b> | `y` [z](http://a) $1$ **bold** &amp;";
  const data = dataset(
    [
      [0, 0],
      [1, 1],
    ],
    [0, 1],
    { name },
  );
  const run = await train(mlp({ seed: 3 }), data, QUICK);
  const markdown = String(bundle(run)["text/markdown"]);
  assert.doesNotMatch(markdown.split("\n")[0], /[<>`$|*[\]]/);
  const done = await study({ data: [data, "xor"], trials: 1, epochs: 1, progress: false });
  const row = String(bundle(done)["text/markdown"]).split("\n")[2];
  assert.equal(row.split("|").length, String(bundle(done)["text/markdown"]).split("\n")[0].split("|").length);
});

test("data show themselves as one line and their first rows, in the units in which they were given", () => {
  const data = readTable("length,<b>,kind\n1.25,2e9,pear\n3,4,plum\n5,6,plum\n", {
    target: "kind",
    scale: "minMax",
  });
  const { "text/plain": text, "text/markdown": markdown } = bundle(data);
  assert.equal(text, "my data: 3 rows of 2 inputs; binary: 1 × pear, 2 × plum; scaling: minMax");
  assert.deepEqual(String(markdown).split("\n").slice(2), [
    "| length | &#60;b&#62; | kind |",
    "| --- | --- | --- |",
    "| 1.25 | 2000000000 | pear |",
    "| 3 | 4 | plum |",
    "| 5 | 6 | plum |",
  ]);
  const regression = dataset(
    [[1], [2], [3]],
    [
      [0.5, 10],
      [1, 20],
      [7, 40],
    ],
    { scale: "standard" },
  );
  const lines = String(bundle(regression)["text/markdown"]).split("\n");
  assert.equal(
    lines[0],
    "my data: 3 rows of 1 input; regression: 2 targets from 0.5 to 40; scaling: standard",
  );
  assert.deepEqual(lines.slice(2), [
    "| input 1 | target 1 | target 2 |",
    "| --- | --- | --- |",
    "| 1 | 0.5 | 10 |",
    "| 2 | 1 | 20 |",
    "| 3 | 7 | 40 |",
  ]);
  const many = String(bundle(digits())["text/markdown"]).split("\n");
  assert.equal(many[0], "digits: 1797 rows of 64 inputs; 10 classes");
  assert.equal(many.length, 2 + 2 + 5);
  assert.match(many[4], /^\| 0 \| 0 \| 0\.3125 \|.* \| … \| 0 \|$/);
});

test("a run shows its answers in the units of the data, and of a regression without right or wrong", async () => {
  const data = dataset([[10], [20], [40]], [1, 2, 6], { scale: "standard", features: ["age"] });
  const run = await train(mlp({ inputs: 1, hidden: [], output: "linear" }), data, {
    ...QUICK,
    loss: "meanSquaredError",
  });
  const lines = String(bundle(run)["text/markdown"]).split("\n");
  assert.equal(lines[2], "| inputs | target | answer |");
  assert.match(lines[5], /^\| 20 \| 2 \| -?\d+\.\d{3} \|$/);
  const named = dataset([[0], [1]], ["no", "yes"]);
  const other = await train(mlp({ inputs: 1 }), named, QUICK);
  assert.match(String(bundle(other)["text/markdown"]).split("\n")[5], /^\| 1 \| yes \| 0\.\d{3} \| [✓✗] \|$/);
});

test("a run of several classes shows the class that is chosen, and its output", () => {
  const data = dataset([[0], [1], [2]], ["a", "b", "c"]);
  const lines = String(bundle(linearRun(data, [0, 1, 0, 0.5, 0, 0.75]))["text/markdown"]).split("\n");
  assert.deepEqual(lines.slice(4), [
    "| 0 | a | c (0.750) | ✗ |",
    "| 1 | b | b (1.000) | ✓ |",
    "| 2 | c | b (2.000) | ✗ |",
  ]);
});
