import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type CellResult, displays, printed, runCells } from "../support/kernel.js";

// Needs: a quiet machine

const PLOTLY = "application/vnd.plotly.v1+json";
const ENDS_WITHIN = 0.5; // seconds after the stop button: how long a cell may typically go on
const ENDS_AT_LAST = 2; // seconds: any of them, if other tests keep the machine busy just then

const FIGURE =
  '{ data: [{ y: [1, 2] }], layout: { title: { text: "</script>" }, meta: { description: "It falls." } }, config: {} }';
const PICTURE = "epoch \\d+ of 1000000"; // interrupts a run that has shown itself
const RATE = ">\\d+ %<"; // interrupts a study whose first trials are done
const longStudy = (name: string, workers: number) => ({
  code: `const ${name} = await study({ hidden: [2, 5], activation: "relu", trials: 1000000, workers: ${workers} });`,
  interruptWhen: RATE,
});
const studyState = (name: string) => ({
  code: `console.log(JSON.stringify([${name}.status, ${name}.rows[0].trials > 0, ${name}.rows.every((row) => row.trials < 1000000)]));`,
});

/** One kernel runs them all, in this order: what a cell leaves behind, the next has to live with. */
const CELLS = {
  imported: { code: 'import { mlp, show, study, tf, train, truthTable, xor } from "xorlab";' },
  trained: { code: "const run = await train(mlp({ hidden: 3 }), xor(), { epochs: 20000 });" },
  trainedState: { code: "console.log(JSON.stringify([run.status, run.history.loss.length, run.engine]));" },
  stoppedFused: {
    code: "const model = mlp({ hidden: 3 });\nlet stopped = await train(model, xor({ rows: 200 }), { epochs: 1000000 });",
    interruptWhen: PICTURE,
  },
  stoppedFusedState: {
    code: "console.log(JSON.stringify([stopped.status, stopped.history.loss.length > 0]));",
  },
  stoppedTfjs: {
    code: 'stopped = await train(model, xor({ rows: 200 }), { epochs: 1000000, engine: "tfjs" });',
    interruptWhen: PICTURE,
  },
  stoppedTfjsState: {
    code: "console.log(JSON.stringify([stopped.status, stopped.predict([[0, 1]]).length]));",
  },
  trainedOn: { code: 'console.log((await train(model, truthTable("xor"), { epochs: 1 })).status);' },
  study: longStudy("s", 1),
  studyState: studyState("s"),
  threads: longStudy("t", 2),
  threadsState: studyState("t"),
  both: {
    code: "const works = [1, 2].map((seed) => train(mlp({ seed }), xor(), { epochs: 1000000 }));\nconst runs = await Promise.all(works);",
    interruptWhen: PICTURE,
  },
  bothState: { code: "console.log(JSON.stringify(runs.map((run) => run.status)));" },
  foreign: {
    code: `show(${FIGURE});\nawait new Promise((done) => setTimeout(done, 60000));`,
    interruptWhen: "It falls",
  },
  wrongType: { code: 'mlp({ activation: "rleu" });' },
  wrongValue: { code: 'mlp({ activation: "rleu" as any });' },
  rejected: { code: "await train(mlp(), xor(), { epochs: 0.5 });" },
  alive: { code: "console.log(run.status);" },
  shown: { code: `const handle = show(${FIGURE});\nhandle.update(${FIGURE});` },
} as const;

let results: Readonly<Record<keyof typeof CELLS, CellResult>>;
before(async () => {
  results = await runCells(CELLS);
});

/** The cell ended in time and as cells do: its promise was not torn away. */
function assertStopped({ status, secondsAfterInterrupt }: CellResult): void {
  assert.equal(status, "ok");
  assert.ok(secondsAfterInterrupt !== null, "it was interrupted");
  assert.ok(secondsAfterInterrupt < ENDS_AT_LAST, `it went on for ${secondsAfterInterrupt} s`);
}

const summary = (cell: CellResult) => displays(cell).at(-1) ?? {};

test("in a real kernel train() shows growing pictures and ends with one line", () => {
  const { trained, trainedState } = results;
  assert.equal(trained.status, "ok");
  const shown = displays(trained);
  assert.ok(shown.length >= 3, `${shown.length} displays`);
  const fresh = trained.outputs.filter(({ type }) => type === "display_data");
  assert.equal(fresh.length, 1, "one place, updated");
  for (const data of shown.slice(0, -1)) {
    assert.deepEqual(Object.keys(data).sort(), ["image/svg+xml", "text/plain"]);
    assert.match(String(data["image/svg+xml"]), /^<svg .*epoch \d+ of 20000.*loss \d\S* .*<\/svg>$/);
  }
  assert.deepEqual(Object.keys(summary(trained)), ["text/plain"]);
  const line = /^3 sigmoid units on xor: .*after epoch 20000 \(fused engine, .*, seed 1\)$/;
  assert.match(String(summary(trained)["text/plain"]), line);
  assert.deepEqual(JSON.parse(printed(trainedState)), ["completed", 20000, "fused"]);
});

test("in a real kernel the stop button ends a long run, which keeps what was done", () => {
  for (const cell of [results.stoppedFused, results.stoppedTfjs]) {
    assertStopped(cell);
    assert.match(String(summary(cell)["text/plain"]), /^3 sigmoid units on xor: stopped; loss \d/);
  }
  assert.deepEqual(JSON.parse(printed(results.stoppedFusedState)), ["stopped", true]);
  assert.deepEqual(JSON.parse(printed(results.stoppedTfjsState)), ["stopped", 1]);
  assert.match(printed(results.trainedOn), /completed/);
});

test("in a real kernel the stop button ends a long study, which keeps what was done", () => {
  for (const cell of [results.study, results.threads]) {
    assertStopped(cell);
    assert.match(String(displays(cell)[0]["image/svg+xml"]), /2 ReLU units.*5 ReLU units/);
    const line =
      /^study: stopped after \d+ of 2000000 trials of 2 settings in (\d+\.\d s|\d+ ms) \(seed 1\)$/;
    assert.match(String(summary(cell)["text/plain"]), line);
  }
  assert.deepEqual(JSON.parse(printed(results.studyState)), ["stopped", true, true]);
  assert.deepEqual(JSON.parse(printed(results.threadsState)), ["stopped", true, true]);
});

test("in a real kernel the stop button ends works that overlap", () => {
  assertStopped(results.both);
  assert.deepEqual(JSON.parse(printed(results.bothState)), ["stopped", "stopped"]);
});

test("in a real kernel the stop button is obeyed within half a second", () => {
  const { stoppedFused, stoppedTfjs, study, threads, both } = results;
  const seconds = [stoppedFused, stoppedTfjs, study, threads, both].map(
    (cell) => cell.secondsAfterInterrupt!,
  );
  const [, , median] = seconds.sort((a, b) => a - b);
  assert.ok(median < ENDS_WITHIN, `after ${seconds.join(", ")} s`);
});

test("in a real kernel other cells are stopped in the kernel's own way, before and after our work", () => {
  assert.equal(results.foreign.status, "error");
  const { secondsAfterInterrupt } = results.foreign;
  assert.ok(secondsAfterInterrupt !== null && secondsAfterInterrupt < ENDS_AT_LAST);
});

test("in a real kernel an error ends its cell only", () => {
  const { wrongType, wrongValue, rejected, alive } = results;
  assert.deepEqual([wrongType.status, wrongValue.status, rejected.status], ["error", "error", "error"]);
  assert.match(JSON.stringify(wrongType.outputs), /is not assignable to type/); // the compiler stops the cell
  assert.match(JSON.stringify(wrongValue.outputs), /mlp: unknown activation .*rleu.*; did you mean .*relu/);
  assert.match(JSON.stringify(rejected.outputs), /train: epochs must be a whole number ≥ 1, got 0.5/);
  assert.match(printed(alive), /completed/);
});

test("in a real kernel show() sends Plotly's type and plain text, and no HTML", () => {
  const { shown } = results;
  assert.equal(shown.status, "ok");
  const [first] = shown.outputs;
  assert.equal(first.type, "display_data");
  assert.deepEqual(Object.keys(first.content.data ?? {}).sort(), [PLOTLY, "text/plain"]);
  const { [PLOTLY]: figure, "text/plain": text } = first.content.data ?? {};
  assert.equal(text, "It falls.");
  assert.deepEqual((figure as { data: unknown }).data, [{ y: [1, 2] }]);
  assert.ok(!JSON.stringify(shown.outputs).includes("text/html"));
  const updates = shown.outputs.filter(({ type }) => type === "update_display_data");
  assert.ok(updates.length >= 1);
  const { transient } = first.content;
  for (const { content } of updates) assert.deepEqual(content.transient, transient);
});
