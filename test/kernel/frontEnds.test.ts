import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText } from "../support/kernelText.js";
import { KernelWire } from "../support/kernelWire.js";

/** The ways in which VS Code and several front ends at once use a kernel. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

test("the way VS Code talks to a kernel works: many requests before the first cell, marks on cells, Stop by message", async () => {
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
  await kernel.wire.until(() => kernel.sent(long).length > 1, 60_000, "the cell to begin");
  await kernel.interrupt("message");
  assert.match(`${errors(await kernel.end(long))[0]?.ename}`, /interrupt/i);
  assert.equal((await kernel.end(waiting)).reply.content.status, "aborted");
});

test("two front ends of one kernel each get their own replies, and both see all outputs", async () => {
  const { process, key, ports, folder } = kernel.wire;
  const second = new KernelSession(new KernelWire(process, key, ports, folder, []));
  second.wire.connect();
  const heard = () => second.wire.messages.some(({ channel }) => channel === "iopub");
  while (!heard()) {
    await second.ask("kernel_info_request", {});
    await second.wire.until(heard, 200, "iopub").catch(() => undefined);
  }
  const [one, two] = await Promise.all([kernel.run("let shared = 1;\nshared"), second.run("'second'")]);
  assert.deepEqual([resultText(one), resultText(two)], ["1", "'second'"]);
  assert.equal(resultText(await second.run("shared + 1")), "2");
  assert.equal(resultText({ outputs: second.sent(one.header) }), "1", "it sees what the other ran");
  const foreign = second.wire.messages.filter(
    ({ channel, parent_header }) => channel === "shell" && parent_header.session !== second.wire.session,
  );
  assert.deepEqual(foreign, []);
  await second.close();
});
