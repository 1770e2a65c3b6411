import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { PLOTLY_TYPE } from "../../src/figures/figure.js";
import { mlp, type PlotlyFigure, show, study, train, xor } from "../../src/index.js";
import { display, inNotebook, notebookHost } from "../../src/node/notebook.js";
import { fakeKernel } from "../support/fakeKernel.js";
import { ownTemporaryFolder } from "../support/temporary.js";
import { assertWellFormed } from "../support/xml.js";

const figure = (description: string) => ({
  data: [{ type: "scatter", y: [1, 2] }],
  layout: { title: { text: "a title" }, meta: { description } },
  config: {},
});

ownTemporaryFolder(); // for the pages of figures that programs show

let printed: unknown[][];
beforeEach(() => {
  printed = [];
  mock.method(console, "log", (...values: unknown[]) => void printed.push(values));
});
afterEach(() => mock.restoreAll());

test("outside of a notebook show() prints the finding, and so does its update", () => {
  assert.equal(inNotebook(), false);
  assert.equal(display({ "text/plain": "nobody looks" }), undefined);
  const shown = show(figure("The loss falls."));
  shown.update(figure("It stalls."));
  assert.deepEqual(printed, [["The loss falls."], ["It stalls."]]);
});

test("in a notebook show() sends one message of Plotly's type and plain text, and no HTML", () => {
  const kernel = fakeKernel();
  try {
    assert.equal(inNotebook(), true);
    const hostile = figure('</script><b>&"');
    const shown = show(hostile);
    assert.equal(kernel.sent.length, 1);
    const [{ data, update, id }] = kernel.sent;
    assert.equal(update, false);
    assert.deepEqual(Object.keys(data).sort(), [PLOTLY_TYPE, "text/plain"]);
    const atHome = { showSendToCloud: false, plotlyServerURL: "" };
    assert.deepEqual(data[PLOTLY_TYPE], { ...hostile, config: { ...hostile.config, ...atHome } });
    assert.equal(data["text/plain"], '</script><b>&"');
    shown.update(figure("other"));
    const updates = kernel.sent.slice(1);
    assert.ok(updates.length >= 1 && updates.every((one) => one.update && one.id === id));
    assert.equal(updates.at(-1)?.data["text/plain"], "other");
    assert.deepEqual(printed, []);
  } finally {
    kernel.remove();
  }
});

test("show() sends typed arrays as arrays, and refuses what is no figure in its own name", () => {
  const kernel = fakeKernel();
  try {
    show({ ...figure("x"), data: [{ y: Float32Array.of(1, 2) }] });
    assert.deepEqual((kernel.sent[0].data[PLOTLY_TYPE] as PlotlyFigure).data, [{ y: [1, 2] }]);
    const shown = show(figure("x"));
    assert.throws(() => shown.update(null as never), {
      name: "TypeError",
      message: "show.update: figure must be { data, layout, config } (made by figures.loss, …), got null",
    });
  } finally {
    kernel.remove();
  }
  assert.throws(() => show({ data: [{ x: 5n }], layout: {} } as never), {
    name: "TypeError",
    message: /^show: figure must be plain JSON: /,
  });
});

test("the live reporter is silent at first, then draws at most ten times a second, then leaves one line", (context) => {
  const kernel = fakeKernel();
  let clock = 1000;
  context.mock.method(performance, "now", () => clock);
  try {
    const reporter = notebookHost.reporter();
    const title = '</text><script>alert("&")</script>\u0007';
    const asked: number[] = [];
    for (; clock < 1500; clock += 10)
      reporter.update(() => {
        asked.push(clock - 1000);
        return { title, fraction: 0.5, facts: ["epoch <1>", "loss & more"], curve: [3, 2, 1] };
      });
    assert.deepEqual(asked, [150, 250, 350, 450]);
    assert.equal(kernel.sent.length, 4, "progress is worked out only when it is shown");
    reporter.finish("done: a & b");
    assert.deepEqual(
      kernel.sent.map(({ update }) => update),
      kernel.sent.map((_, i) => i > 0),
    );
    assert.equal(new Set(kernel.sent.map(({ id }) => id)).size, 1);
    for (const { data } of kernel.sent.slice(0, -1)) {
      assert.deepEqual(Object.keys(data).sort(), ["image/svg+xml", "text/plain"]);
      const svg = data["image/svg+xml"] as string;
      assertWellFormed(svg);
      assert.ok(!svg.includes("<script"));
      assert.equal(data["text/plain"], `${title}, epoch <1>, loss & more`);
    }
    assert.deepEqual(kernel.sent.at(-1)?.data, { "text/plain": "done: a & b" });
  } finally {
    kernel.remove();
  }
});

test("the live reporter updates in its own cell, even when that has ended", async () => {
  const kernel = fakeKernel();
  try {
    const reporter = notebookHost.reporter();
    await sleep(170);
    reporter.update(() => ({ title: "work", fraction: 0, facts: [] }));
    kernel.endCell();
    reporter.finish("done");
    assert.deepEqual(
      kernel.sent.map(({ update }) => update),
      [false, true],
    );
  } finally {
    kernel.remove();
  }
});

test("in a notebook train() leaves one line, quick work shows no picture, progress: false nothing", async () => {
  const kernel = fakeKernel();
  try {
    const run = await train(mlp(), xor({ rows: 8 }), { epochs: 1 });
    assert.deepEqual(
      kernel.sent.map(({ data }) => data),
      [{ "text/plain": String(run) }],
    );
    await train(mlp(), xor({ rows: 8 }), { epochs: 1, progress: false });
    assert.equal(kernel.sent.length, 1);
    const done = await study({ trials: 2, epochs: 1, rows: 8 });
    assert.equal(kernel.sent.length, 2);
    assert.match(
      String(kernel.sent[1].data["text/plain"]),
      /^study: 2 trials of 1 setting in (\d+ ms|\d+\.\d s) \(seed 1\)$/,
    );
    assert.equal(done.status, "completed");
  } finally {
    kernel.remove();
  }
});

test("in a notebook long work draws pictures, and a press of the stop button ends it", async () => {
  const kernel = fakeKernel();
  try {
    const look = setInterval(() => kernel.sent.length >= 2 && process.emit("SIGINT"), 50);
    const run = await train(mlp({ hidden: 3 }), xor({ rows: 1000 }), { epochs: 1_000_000 });
    clearInterval(look);
    assert.equal(run.status, "stopped");
    assert.match(String(kernel.sent[1].data["image/svg+xml"]), /epoch \d+ of 1000000/);
    assert.deepEqual(kernel.sent.at(-1)?.data, { "text/plain": String(run) });
    assert.equal(process.listenerCount("SIGINT"), 0);
  } finally {
    kernel.remove();
  }
});
