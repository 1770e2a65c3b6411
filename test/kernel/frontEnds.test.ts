import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { kernelName, runPython } from "../support/kernelPython.js";
import { KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText } from "../support/kernelText.js";
import { CHECKOUT, KernelWire } from "../support/kernelWire.js";

/** The ways in which nbconvert, nbclient, VS Code and several front ends at once use a kernel. */

let folder: string;
before(() => {
  const parent = join(CHECKOUT, "dist", "test-notebooks");
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(join(parent, "converted-")); // inside the checkout, so that the kernel finds xorlab
});
after(() => rmSync(folder, { recursive: true, force: true }));

interface SavedOutput {
  readonly output_type: string;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Runs a notebook with nbconvert. */
async function convert(name: string, cells: readonly string[], options: readonly string[] = []) {
  const file = join(folder, `${name}.ipynb`);
  const metadata = { kernelspec: { name: kernelName, display_name: "x", language: "typescript" } };
  const code = cells.map((source) => ({
    cell_type: "code",
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  writeFileSync(file, JSON.stringify({ cells: code, metadata, nbformat: 4, nbformat_minor: 4 }));
  const command = ["-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", ...options, file];
  const ran = await runPython(command, { cwd: folder });
  const saved: { outputs: SavedOutput[]; execution_count: number | null }[] = JSON.parse(
    readFileSync(file, "utf8"),
  ).cells;
  return { ...ran, saved, errors: stripVTControlCharacters(ran.errors) };
}

const CELLS = [
  "const one = 1;",
  "function fail(): never {\n  throw new RangeError('too far');\n}\nfail();",
  "const wrong: number = 'text';",
  "one + 1",
];

test("nbconvert reports the error as it was thrown, and stops", async () => {
  const { code, errors } = await convert("stops", CELLS);
  assert.notEqual(code, 0);
  assert.match(errors, /RangeError: too far/);
  assert.doesNotMatch(errors, /not assignable/);
});

test("nbconvert --allow-errors runs every cell and saves each error", async () => {
  const { code, saved, errors } = await convert("goes-on", CELLS, ["--allow-errors"]);
  assert.equal(code, 0, errors);
  assert.deepEqual(
    saved.map(({ outputs }) => outputs.map(({ output_type }) => output_type)),
    [[], ["error"], ["error"], ["execute_result"]],
  );
  assert.deepEqual(
    saved.map(({ execution_count }) => execution_count),
    [1, 2, 3, 4],
  );
  const [error] = saved[1].outputs;
  assert.deepEqual([error.ename, error.evalue], ["RangeError", "too far"]);
  assert.match(stripVTControlCharacters(error.traceback?.join("\n") ?? ""), /RangeError: too far/);
  assert.equal([saved[3].outputs[0].data?.["text/plain"]].flat().join(""), "2");
});

test("under nbconvert a cell that asks fails at once, and interact() runs once, with a line that says the values", async () => {
  const cells = [
    'prompt("name?")',
    'import { interact } from "xorlab";\ninteract({ n: { min: 1, max: 3 }, kind: ["a", "b"] }, ({ n, kind }) => [n, kind].join(" of "));',
  ];
  const { code, saved, errors } = await convert("asks", cells, ["--allow-errors"]);
  assert.equal(code, 0, errors);
  assert.equal(saved[0].outputs[0].ename, "StdinNotImplementedError");
  const texts = saved[1].outputs.map(({ data }) => [data?.["text/plain"]].flat().join(""));
  assert.deepEqual(texts, ["n: 1, kind: a", "1 of a"]);
});

test("the way VS Code talks to a kernel works: many requests before the first cell, marks on cells, Stop by message", async () => {
  const kernel = await startKernel();
  try {
    const infos = [1, 2, 3].map(() => kernel.ask("kernel_info_request", {}));
    for (const { content } of await Promise.all(infos)) assert.equal(content.status, "ok");
    await kernel.ask("comm_info_request", { target_name: "jupyter.widget" });
    const empty = await kernel.run("", { silent: true, store_history: false });
    assert.equal(empty.reply.content.status, "ok");
    const metadata = {
      cellId: "vscode-notebook-cell:/a.ipynb#W0sZmlsZQ",
      deletedCells: [],
      recordTiming: true,
      trusted: true,
    };
    const cell = await kernel.run("6 * 7", { metadata });
    assert.equal(resultText(cell), "42");
    assert.equal(cell.reply.content.execution_count, 1);
    const long = await kernel.submit("await new Promise(() => {});", { metadata });
    const waiting = await kernel.submit("1", { metadata });
    await kernel.wire.until(() => kernel.sent(long).length > 1, 5000, "the cell to begin");
    await kernel.interrupt("message");
    assert.match(`${errors(await kernel.end(long))[0]?.ename}`, /interrupt/i);
    assert.equal((await kernel.end(waiting)).reply.content.status, "aborted");
    const { content } = await kernel.ask("shutdown_request", { restart: true }, "control");
    assert.equal(content.restart, true);
    assert.equal(await kernel.wire.exit, 0);
  } finally {
    await kernel.close();
  }
});

test("two front ends of one kernel each get their own replies, and both see all outputs", async () => {
  const first = await startKernel();
  try {
    const { process, key, ports, folder } = first.wire;
    const second = new KernelSession(new KernelWire(process, key, ports, folder, [folder]));
    second.wire.connect();
    const heard = () => second.wire.messages.some(({ channel }) => channel === "iopub");
    while (!heard()) {
      await second.ask("kernel_info_request", {});
      await second.wire.until(heard, 200, "iopub").catch(() => undefined);
    }
    const [one, two] = await Promise.all([first.run("let shared = 1;\nshared"), second.run("'second'")]);
    assert.deepEqual([resultText(one), resultText(two)], ["1", "'second'"]);
    assert.equal(resultText(await second.run("shared + 1")), "2");
    assert.equal(resultText({ outputs: second.sent(one.header) }), "1", "it sees what the other ran");
    const foreign = second.wire.messages.filter(
      ({ channel, parent_header }) => channel === "shell" && parent_header.session !== second.wire.session,
    );
    assert.deepEqual(foreign, []);
    await second.close();
  } finally {
    await first.close();
  }
});
