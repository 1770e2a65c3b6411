import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Execution, type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText } from "../support/kernelText.js";
import { processorTime } from "../support/processes.js";

/** The library in a real kernel: what it shows, and Stop, which ends its work normally, with what was done. */

const PLOTLY = "application/vnd.plotly.v1+json";
const FIGURE =
  '{ data: [{ y: [1, 2] }], layout: { title: { text: "</script>" }, meta: { description: "It falls." } }, config: {} }';

/** Seconds of processor time that work may go on for after Stop; typical is a tenth of a second for each thread. */
const ENDS_AFTER = 1;

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
  const cell = await kernel.run(
    `import { explain, mlp, show, study, train, xor } from "xorlab";
let work: any;
const data = xor({ rows: 200, seed: 1 });
const model = mlp({ hidden: 3, seed: 1 });
const unsolved = await train(mlp({ seed: 1 }), data, { epochs: 5, progress: false });`,
  );
  assert.equal(cell.reply.content.status, "ok", JSON.stringify(errors(cell)));
});
after(() => kernel?.close());

const displays = ({ outputs }: Execution) =>
  outputs.filter(({ header }) => header.msg_type.endsWith("display_data"));
const texts = (cell: Execution) => displays(cell).map(({ content }) => String(content.data?.["text/plain"]));

test("train() shows growing pictures and ends with one line", async () => {
  const cell = await kernel.run("const run = await train(mlp({ hidden: 3 }), xor(), { epochs: 10000 });");
  const shown = displays(cell);
  assert.ok(shown.length >= 3, `${shown.length} displays`);
  const fresh = shown.filter(({ header }) => header.msg_type === "display_data");
  assert.equal(fresh.length, 1, "one place, updated");
  for (const { content } of shown.slice(0, -1)) {
    assert.deepEqual(Object.keys(content.data ?? {}).sort(), ["image/svg+xml", "text/plain"]);
    assert.match(
      String(content.data?.["image/svg+xml"]),
      /^<svg .*epoch \d+ of 10000.*loss \d\S* .*<\/svg>$/,
    );
  }
  assert.deepEqual(Object.keys(shown.at(-1)?.content.data ?? {}), ["text/plain"]);
  const line = /^3 sigmoid units on xor: .*after epoch 10000 \(fused engine, .*, seed 1\)$/;
  assert.match(texts(cell).at(-1)!, line);
  const facts = await kernel.run("[run.status, run.history.loss.length, run.engine]");
  assert.equal(resultText(facts), "[ 'completed', 10000, 'fused' ]");
});

const LONG = "1_000_000";
const STUDY = {
  working: />\d+ %</, // the first trials are done
  facts: `[work.status, work.rows.some(({ trials }: any) => trials > 0), work.rows.every(({ trials }: any) => trials < ${LONG})]`,
  seen: "[ 'stopped', true, true ]",
  line: /^study: stopped after \d+ of 2000000 trials of 2 settings in (\d+\.\d s|\d+ ms) \(seed 1\)$/,
  picture: /2 ReLU units.*5 ReLU units/,
};

interface Work {
  readonly code: string;
  /** is in a picture while it works */
  readonly working: RegExp;
  /** what it leaves, and what that should be */
  readonly facts: string;
  readonly seen: string;
  /** what stands there at the end */
  readonly line: RegExp;
  readonly picture?: RegExp;
}

const WORKS: Readonly<Record<string, Work>> = {
  "train() of the fused engine": {
    code: `work = await train(model, data, { epochs: ${LONG} });`,
    working: /epoch [1-9]\d* of 1000000/,
    facts: "[work.status, work.history.loss.length > 0]",
    seen: "[ 'stopped', true ]",
    line: /^3 sigmoid units on xor: stopped; loss \d/,
  },
  "train() of TensorFlow.js": {
    code: `work = await train(model, data, { epochs: ${LONG}, engine: "tfjs" });`,
    working: /epoch [1-9]\d* of 1000000/,
    facts: "[work.status, work.predict([[0, 1]]).length]",
    seen: "[ 'stopped', 1 ]",
    line: /^3 sigmoid units on xor: stopped; loss \d/,
  },
  "study() on one worker": {
    code: `work = await study({ hidden: [2, 5], activation: "relu", epochs: 50, trials: ${LONG}, workers: 1 });`,
    ...STUDY,
  },
  "study() on two workers": {
    code: `work = await study({ hidden: [2, 5], activation: "relu", epochs: 50, trials: ${LONG}, workers: 2 });`,
    ...STUDY,
  },
  "several works at once": {
    code: `work = await Promise.all([1, 2].map((seed) => train(mlp({ seed }), data, { epochs: ${LONG} })));`,
    working: /epoch [1-9]\d* of 1000000/,
    facts: "work.map((run: any) => run.status)",
    seen: "[ 'stopped', 'stopped' ]",
    line: /stopped/,
  },
  "explain()": {
    code: "work = explain(unsolved, { trials: 100_000 });",
    working: /(?:)/,
    facts: "[work.stopped, work.untried.length > 0]",
    seen: "[ true, true ]",
    line: /(?:)/,
  },
};

/** How Stop is pressed, and how many milliseconds after the work has shown itself. */
const PRESSES = [
  ["message", 0],
  ["signal", 40],
  ["message", 90],
] as const;

for (const [what, { code, working, facts, seen, line, picture }] of Object.entries(WORKS))
  test(`Stop ends ${what}, which keeps what was done`, { timeout: 180_000 }, async () => {
    for (const [way, delay] of what.startsWith("study") ? PRESSES.slice(0, 2) : PRESSES) {
      if (way === "signal" && what === "explain()") continue; // synchronous work hears of Jupyter's message alone
      await kernel.run("work = undefined;");
      const header = await kernel.submit(code);
      const isWorking = () =>
        kernel
          .sent(header)
          .some((one) => one.header.msg_type.endsWith("display_data") && working.test(JSON.stringify(one)));
      await kernel.wire.until(isWorking, 60_000, `${working}`);
      await sleep(delay);
      const start = processorTime(kernel.wire.pid);
      await kernel.interrupt(way);
      const cell = await kernel.end(header);
      const seconds = processorTime(kernel.wire.pid) - start;
      assert.ok(seconds < ENDS_AFTER, `${way}: it computed for ${seconds} s`);
      assert.deepEqual([cell.reply.content.status, errors(cell)], ["ok", []]);
      assert.match(texts(cell).at(-1)!, line);
      if (picture) assert.match(String(displays(cell)[0].content.data?.["image/svg+xml"]), picture);
      assert.equal(resultText(await kernel.run(facts)), seen);
    }
  });

test("Stop ends a user's loop over trainings with the one that runs, and the kernel's own way works after the library's", {
  timeout: 120_000,
}, async () => {
  for (let i = 0; i < 2; i++) {
    const header = await kernel.submit(`let done = 0;
for (;; done++) {
  work = await train(model, data, { epochs: 300, progress: false });
  if (done === 0) console.log("on");
}`);
    await kernel.output(header, "stream", 60_000, /on/);
    await sleep(20);
    await kernel.interrupt("message"); // ends the training: its run is "stopped"; the next one is refused
    const cell = await kernel.end(header);
    assert.equal(cell.reply.content.status, "error");
    assert.match(`${cell.reply.content.ename} ${cell.reply.content.evalue}`, /interrupt/i);
    assert.match(
      String(resultText(await kernel.run("[work.status, done > 0]"))),
      /^\[ '(stopped|completed)', true \]$/,
    );
    const endless = await kernel.submit(`show(${FIGURE});\nawait new Promise(() => {});`);
    await kernel.output(endless, "display_data", 60_000, /It falls/);
    await kernel.interrupt("message");
    assert.equal((await kernel.end(endless)).reply.content.status, "error");
    const run = "(await train(model, data, { epochs: 1, progress: false })).status";
    assert.equal(resultText(await kernel.run(run)), "'completed'");
  }
});

test("an error ends its cell only", async () => {
  for (const [code, message] of [
    ['mlp({ activation: "rleu" });', /is not assignable to type/], // the compiler stops the cell
    ['mlp({ activation: "rleu" as any });', /mlp: unknown activation .*rleu.*; did you mean .*relu/],
    ["await train(mlp(), xor(), { epochs: 0.5 });", /train: epochs must be a whole number ≥ 1, got 0.5/],
  ] as const) {
    const cell = await kernel.run(code);
    assert.equal(cell.reply.content.status, "error");
    assert.match(JSON.stringify(cell.outputs), message);
  }
  assert.equal(resultText(await kernel.run("run.status")), "'completed'");
});

test("show() sends Plotly's type and plain text, and no HTML", async () => {
  const { reply, outputs } = await kernel.run(`const handle = show(${FIGURE});\nhandle.update(${FIGURE});`);
  assert.equal(reply.content.status, "ok");
  const [first] = outputs;
  assert.equal(first.header.msg_type, "display_data");
  assert.deepEqual(Object.keys(first.content.data ?? {}).sort(), [PLOTLY, "text/plain"]);
  const { [PLOTLY]: figure, "text/plain": text } = first.content.data ?? {};
  assert.equal(text, "It falls.");
  assert.deepEqual((figure as { data: unknown }).data, [{ y: [1, 2] }]);
  assert.ok(!JSON.stringify(outputs).includes("text/html"));
  const updates = outputs.filter(({ header }) => header.msg_type === "update_display_data");
  assert.ok(updates.length >= 1);
  for (const { content } of updates) assert.deepEqual(content.transient, first.content.transient);
});
