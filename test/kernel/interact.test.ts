import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Content, Message } from "../support/kernelFrames.js";
import { type Execution, type KernelSession, rightKernel } from "../support/kernelSession.js";
import { errors, streamed, tracebackText } from "../support/kernelText.js";

/** interact() over the wire: what JupyterLab receives, and what it sends when somebody moves a control. */

const TYPE = "application/vnd.xorlab.controls+json";

let kernel: KernelSession;
beforeEach(async () => {
  const before = kernel;
  kernel = await rightKernel(kernel);
  if (kernel !== before)
    await kernel.run('import { figures, interact, mlp, show, study, train, xor } from "xorlab";');
});
after(() => kernel?.close());

/** What stands under a cell now, in order: displays by their latest state, printed text, results and errors. */
function standing(cell: Pick<Execution, "header">): string[] {
  const shown = new Map<string, string>();
  const updates = kernel.wire.messages.filter(
    ({ header, parent_header }) =>
      header.msg_type === "update_display_data" || parent_header.msg_id === cell.header.msg_id,
  );
  for (const { header, content } of updates) {
    const type = header.msg_type;
    const id = content.transient?.display_id ?? header.msg_id;
    if (type === "clear_output") shown.clear();
    if (
      type === "display_data" ||
      type === "execute_result" ||
      (type === "update_display_data" && shown.has(id))
    )
      shown.set(id, String(content.data?.["text/plain"]));
    if (type === "stream") shown.set(header.msg_id, String(content.text));
    if (type === "error") shown.set(header.msg_id, `error ${content.ename}: ${content.evalue}`);
  }
  return [...shown.values()].filter((text) => text !== "");
}

const until = (what: () => boolean, name: string) => kernel.wire.until(() => what(), 20_000, name);
const shows = (cell: Execution, ...texts: string[]) =>
  until(() => JSON.stringify(standing(cell)) === JSON.stringify(texts), JSON.stringify(texts)).catch(() =>
    assert.deepEqual(standing(cell), texts),
  );

/** Connects to a cell's controls as JupyterLab does. */
async function connect(cell: Execution) {
  const spec = cell.outputs.filter(({ content }) => content.data?.[TYPE]).at(-1)?.content.data?.[TYPE] as {
    id: string;
    controls: readonly Content[];
  };
  const comm_id = randomUUID();
  const answer = (type: string, fits = (_: Content) => true) =>
    kernel.wire.until(
      () =>
        kernel.wire.messages
          .filter(
            ({ header, content }: Message) =>
              header.msg_type === type && content.comm_id === comm_id && fits(content),
          )
          .at(-1),
      20_000,
      type,
    );
  await kernel.wire.send("shell", "comm_open", { comm_id, target_name: TYPE, data: { id: spec.id } });
  return {
    ...spec,
    answer,
    set: (...values: unknown[]) => kernel.wire.send("shell", "comm_msg", { comm_id, data: { values } }),
    isBusy: () =>
      kernel.wire.messages
        .filter(({ header, content }) => header.msg_type === "comm_msg" && content.comm_id === comm_id)
        .at(-1)?.content.data?.busy,
  };
}

test("interact() shows controls and the first result; a change replaces it in place, in a line as well", async () => {
  const cell = await kernel.run(
    'interact({ hidden: { min: 1, max: 8, value: 2 }, kind: ["a", "b"], on: true, name: "x", rate: 0.1 }, (values) => JSON.stringify(values));',
  );
  const first = '{"hidden":2,"kind":"a","on":true,"name":"x","rate":0.1}';
  assert.deepEqual(standing(cell), ["hidden: 2, kind: a, on: true, name: x, rate: 0.1", first]);
  const controls = await connect(cell);
  assert.deepEqual(controls.controls, [
    { label: "hidden", kind: "number", value: 2, low: 1, high: 8, step: 1 },
    { label: "kind", kind: "choice", value: 0, choices: ["a", "b"] },
    { label: "on", kind: "checkbox", value: true },
    { label: "name", kind: "text", value: "x" },
    { label: "rate", kind: "number", value: 0.1, low: 0, high: 1, step: 0.01 },
  ]);
  assert.deepEqual((await controls.answer("comm_msg")).content.data, { busy: false });
  await controls.set(5.4, 1, false, "y", 3);
  const second = '{"hidden":5,"kind":"b","on":false,"name":"y","rate":3}';
  await shows(cell, "hidden: 5, kind: b, on: false, name: y, rate: 3", second);
  assert.equal((await kernel.run("1")).reply.content.status, "ok");
});

test("figures, runs, progress, printed text and show() stand in their places, however many there are", async () => {
  const cell = await kernel.run(`await interact({ n: { min: 1, max: 3 } }, async ({ n }) => {
  for (let i = 0; i < n; i++) console.log("line " + i);
  if (n > 1) show({ data: [], layout: { meta: { description: "figure " + n } }, config: {} });
  if (n > 2) return await train(mlp({ seed: 1 }), xor({ rows: 8, seed: 1 }), { epochs: n, seed: 1 });
  return n * 2;
});`);
  const controls = await connect(cell);
  await shows(cell, "n: 1", "line 0\n", "2");
  await controls.set(2);
  await shows(cell, "n: 2", "line 0\nline 1\n", "figure 2", "4");
  await controls.set(3);
  await until(() => standing(cell)[2] === "figure 3" && standing(cell).length >= 4, "three");
  await until(() => controls.isBusy() === false, "the end");
  assert.equal(standing(cell)[1], "line 0\nline 1\nline 2\n");
  assert.match(standing(cell).slice(3).join(), /2 sigmoid units on xor/);
  await controls.set(1);
  await shows(cell, "n: 1", "line 0\n", "2");
});

test("the latest values win: an older run ends, and what it still shows does not appear", async () => {
  const cell = await kernel.run(`let begun = 0, finished = 0;
await interact({ n: { min: 0, max: 100 } }, async ({ n }) => {
  begun += 1;
  if (n > 0) await new Promise((go) => setTimeout(go, n === 99 ? 10 : 2000));
  finished += 1;
  console.log("old or new: " + n);
  return n;
});`);
  const controls = await connect(cell);
  for (let n = 1; n < 100; n++) await controls.set(n);
  await shows(cell, "n: 99", "old or new: 99\n", "99");
  await sleep(2500);
  await shows(cell, "n: 99", "old or new: 99\n", "99");
  const { outputs } = await kernel.run("[begun < 40, finished]");
  assert.equal(outputs[0].content.data?.["text/plain"], "[ true, 2 ]");
});

test("a training that is out of date ends, and no progress of it is left", async () => {
  const cell = await kernel.run(`await interact({ epochs: [1, 1_000_000, 2] }, async ({ epochs }) => {
  const run = await train(mlp({ seed: 1 }), xor({ seed: 1 }), { epochs, seed: 1 });
  return run.status + " " + run.history.loss.length;
});`);
  const controls = await connect(cell);
  await controls.set(1);
  await until(() => standing(cell).some((text) => /epoch/.test(text)), "progress");
  await controls.set(2);
  await until(() => standing(cell).at(-1) === "completed 2", "the result");
  await sleep(500);
  assert.equal(standing(cell).at(-1), "completed 2");
  assert.ok(standing(cell).length <= 3, JSON.stringify(standing(cell)));
  assert.doesNotMatch(standing(cell).join(), /stopped/);
});

test("Stop ends a run of the function: a training with what is done, other work in place", async () => {
  const cell =
    await kernel.run(`await interact({ what: ["nothing", "training", "waiting", "endless"] }, async ({ what }) => {
  if (what === "training") return (await train(mlp({ seed: 1 }), xor({ seed: 1 }), { epochs: 1e6, seed: 1 })).status;
  if (what === "waiting") await new Promise(() => {});
  if (what === "endless") for (;;);
  return what;
});`);
  const controls = await connect(cell);
  for (const [at, pattern] of [
    [1, /^stopped$/],
    [2, /KeyboardInterrupt/],
    [3, /KeyboardInterrupt/],
  ] as const) {
    await controls.set(at);
    await until(() => controls.isBusy() === true, "work");
    await sleep(500);
    await kernel.interrupt();
    await until(() => pattern.test(standing(cell).at(-1) ?? ""), String(pattern));
    await until(() => controls.isBusy() === false, "the end");
  }
  await controls.set(0);
  await until(() => standing(cell).at(-1) === "nothing", "the next");
  assert.equal((await kernel.run("kept.value")).outputs[0].content.data?.["text/plain"], "42");
});

test("an error appears in place, with its line; the next values go on", async () => {
  const cell = await kernel.run(`await interact({ n: [0, 1, 2, 3] }, async ({ n }) => {
  if (n === 1) throw new RangeError("bad " + n);
  if (n === 2) void Promise.reject(new Error("unhandled"));
  return "fine " + n;
});`);
  const controls = await connect(cell);
  await controls.set(1);
  await until(() => /RangeError.*: bad 1[\s\S]*line 2/.test(standing(cell).at(-1) ?? ""), "the error");
  await controls.set(2);
  await until(() => /unhandled/.test(standing(cell).at(-1) ?? ""), "the other error");
  await controls.set(3);
  await shows(cell, "n: 3", "fine 3");
  assert.deepEqual(errors({ outputs: kernel.sent(cell.header) }), []);
});

test("an error in the first run fails the cell, awaited or not; the next values take it away", async () => {
  for (const awaited of ["await ", "", "const kept2 = await ", "const kept4 = "]) {
    const cell = await kernel.run(`${awaited}interact({ n: [0, 1] }, ({ n }) => {
  if (n === 0) throw new RangeError("bad " + n);
  return "fine " + n;
});`);
    assert.equal(cell.reply.content.status, "error", awaited);
    const [error, ...more] = errors(cell);
    assert.deepEqual([error.ename, more.length], ["RangeError", 0]);
    assert.match(tracebackText(error), /line 2, column/);
    const controls = await connect(cell);
    await controls.set(1);
    await shows(cell, "n: 1", "fine 1");
  }
});

test("a cell waits for the first run, awaited or not, and Stop ends it", async () => {
  for (const [before, after] of [
    ["await ", ""],
    ["", ";"],
    ["", ";\nconst next = 1;"],
  ]) {
    const cell = await kernel.run(`${before}interact({ n: [0, 1] }, async ({ n }) => {
  await new Promise((go) => setTimeout(go, 300));
  console.log("printed " + n);
  return n;
})${after}`);
    assert.deepEqual(standing(cell), ["n: 0", "printed 0\n", "0"], before + after);
    const controls = await connect(cell);
    await controls.set(1);
    await shows(cell, "n: 1", "printed 1\n", "1");
    const header = await kernel.submit(
      `${before}interact({ n: [0, 1] }, () => new Promise(() => {}))${after}`,
    );
    await kernel.output(header, "display_data", 10_000);
    await kernel.interrupt();
    assert.equal(errors(await kernel.end(header))[0]?.ename, "KeyboardInterrupt", before + after);
  }
});

test("a run of the function waits for the cell that runs, and cells wait for it", async () => {
  const cell = await kernel.run("await interact({ n: [0, 1] }, ({ n }) => n);");
  const controls = await connect(cell);
  const long = await kernel.submit(
    'console.log("on");\nawait new Promise((go) => setTimeout(go, 1500));\n"long"',
  );
  await kernel.output(long, "stream", 10_000, /on/);
  await controls.set(1);
  await sleep(300);
  assert.deepEqual(standing(cell), ["n: 1", "0"]);
  const end = await kernel.end(long);
  assert.equal(streamed(end), "on\n");
  await shows(cell, "n: 1", "1");
});

test("a cell that runs again lets go of its old controls; unknown ones are told so", async () => {
  const metadata = { cellId: "one" };
  const code = "const kept3 = await interact({ n: [0, 1] }, ({ n }) => n);";
  const first = await kernel.run(code, { metadata });
  const old = await connect(first);
  const second = await kernel.run(code, { metadata });
  await old.answer("comm_close");
  await connect(first).then(({ answer }) => answer("comm_close"));
  const now = await connect(second);
  await now.set(1);
  await shows(second, "n: 1", "1");
  await kernel.run("kept3.close();");
  await now.answer("comm_close");
  const third = await kernel.run(code, { metadata: { cellId: "two" } });
  const last = await connect(third);
  await kernel.run("2", { metadata: { cellId: "three", deletedCells: ["two"] } });
  await last.answer("comm_close");
  const { content } = await kernel.ask("comm_info_request", { target_name: TYPE });
  assert.equal(Object.keys(content.comms ?? {}).length > 20, false);
});

test("hostile names, values and messages stay text, or are let be", async () => {
  const evil = "</script><img src=x onerror=alert(1)>\u202e\n__proto__";
  const cell = await kernel.run(
    `await interact({ ${JSON.stringify(evil)}: [${JSON.stringify(evil)}, "b"], ["__proto__"]: "text", n: { min: 0, max: 9 } }, (values) => Object.keys(values).length + " " + JSON.stringify(Object.values(values)));`,
  );
  const controls = await connect(cell);
  assert.doesNotMatch(String(controls.controls[0].label), /[\n\u202e]/);
  for (const values of [
    undefined,
    null,
    [],
    5,
    ["b"],
    [{}, {}, {}],
    [-1, 5, "1"],
    [7, null, Number.NaN],
    ["constructor", "x".repeat(20_000), Number.POSITIVE_INFINITY],
    { length: 3 },
  ])
    await kernel.wire
      .send("shell", "comm_msg", { comm_id: "none", data: { values } })
      .then(() => controls.set(...(Array.isArray(values) ? values : [values])));
  await controls.set(1, evil, 99);
  await until(() => standing(cell).at(-1) === `3 ${JSON.stringify(["b", evil, 9])}`, "the values").catch(() =>
    assert.deepEqual(standing(cell), []),
  );
});
