import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText } from "../support/kernelText.js";
import { KernelWire } from "../support/kernelWire.js";

/** Front ends: VS Code, several at once, and what they ask besides running cells. */

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

test("is_complete tells what is whole, unfinished and wrong, and how to go on", async () => {
  for (const [code, status, indent] of [
    ["1 + 1", "complete"],
    ["", "complete"],
    ["function f() {\n  return 1;\n}", "complete"],
    ["await Promise.resolve(1)", "complete"],
    ["if (true) {", "incomplete", "  "],
    ["function f() {\n  if (true) {", "incomplete", "    "],
    ["const t = `one", "incomplete", ""],
    ["const o = {", "incomplete", "  "],
    ["1 +", "incomplete"],
    ["}", "invalid"],
    ["const 1x = 2;", "invalid"],
    ["const n: number = 'x';", "complete"],
    ["Math.max?", "complete"],
  ] as const) {
    const { content } = await kernel.ask("is_complete_request", { code });
    assert.equal(content.status, status, code);
    if (status === "incomplete") assert.equal(typeof content.indent, "string", code);
    if (indent !== undefined) assert.equal(content.indent, indent, code);
  }
});

test("history tells what was run, in order, by tail, range and search", async () => {
  const first = (await kernel.run("let h = 1;")).reply.content.execution_count!;
  await kernel.run("h + 1");
  await kernel.run("h + 2", { store_history: false });
  await kernel.run("h + 3", { silent: true });
  await kernel.run("throw new Error('h + 4');");
  await kernel.run("h + 1");
  const ask = async (more: object) =>
    (await kernel.ask("history_request", { output: false, raw: true, ...more })).content.history ?? [];
  const tail = await ask({ hist_access_type: "tail", n: 100 });
  const own = tail.slice(-4);
  assert.deepEqual(
    own.map(([, , input]) => input),
    ["let h = 1;", "h + 1", "throw new Error('h + 4');", "h + 1"],
  );
  assert.equal(own[0][1], first);
  const two = await ask({ hist_access_type: "tail", n: 2 });
  assert.deepEqual(
    two.map(([, , input]) => input),
    ["throw new Error('h + 4');", "h + 1"],
  );
  const range = await ask({ hist_access_type: "range", session: 0, start: first + 1, stop: first + 2 });
  assert.deepEqual(
    range.map(([, , input]) => input),
    ["h + 1"],
  );
  const found = await ask({ hist_access_type: "search", pattern: "h + ?", unique: true, n: 10 });
  assert.deepEqual(
    found.map(([, , input]) => input),
    ["h + 1"],
  );
  assert.equal((await ask({ hist_access_type: "search", pattern: "h*", n: 2 })).length, 2);
  assert.deepEqual(await ask({ hist_access_type: "search", pattern: "(((" }), []);
  const outputs = await ask({ hist_access_type: "tail", n: 1, output: true });
  assert.equal((outputs[0][2] as unknown[])[0], "h + 1"); // and its output, or null, as IPython's kernel has it
});

test("kernel_info, comm_info, connect and unknown requests are answered or let be", async () => {
  const { content } = await kernel.ask("kernel_info_request", {});
  assert.equal(content.status, "ok");
  assert.match(content.protocol_version ?? "", /^5\.\d+$/);
  assert.equal(content.implementation, "xorlab");
  const { name, file_extension, mimetype, version } = content.language_info ?? {};
  assert.deepEqual([name, file_extension, typeof mimetype], ["typescript", ".ts", "string"]);
  assert.match(String(version), /^\d+\.\d+/);
  assert.equal(typeof content.banner, "string");
  assert.ok(Array.isArray(content.help_links));
  const comms = await kernel.ask("comm_info_request", { target_name: "jupyter.widget" });
  assert.deepEqual([comms.header.msg_type, comms.content], ["comm_info_reply", { status: "ok", comms: {} }]);
  const open = await kernel.wire.send("shell", "comm_open", {
    comm_id: "c1",
    target_name: "jupyter.widget",
    data: {},
  });
  assert.equal((await kernel.output(open, "comm_close", 5000)).content.comm_id, "c1");
  for (const type of ["comm_msg", "comm_close"])
    await kernel.wire.send("shell", type, { comm_id: "c1", data: {} });
  await kernel.wire.send("shell", "no_such_request", {});
  await kernel.wire.send("control", "debug_request", { type: "request", command: "debugInfo", seq: 1 });
  const connect = await kernel.ask("connect_request", {});
  const { shell_port, iopub_port } = kernel.wire.ports;
  assert.deepEqual([connect.content.shell_port, connect.content.iopub_port], [shell_port, iopub_port]);
  assert.equal(resultText(await kernel.run("6 * 7")), "42");
});

test("every request is surrounded by busy and idle", async () => {
  for (const [type, content] of [
    ["kernel_info_request", {}],
    ["complete_request", { code: "Ma", cursor_pos: 2 }],
    ["inspect_request", { code: "Math", cursor_pos: 4, detail_level: 0 }],
    ["is_complete_request", { code: "1" }],
    ["comm_info_request", {}],
    ["history_request", { hist_access_type: "tail", n: 1, raw: true, output: false }],
    ["no_such_request", {}],
  ] as const) {
    const header = await kernel.wire.send("shell", type, content);
    const states = () => kernel.sent(header).map((message) => message.content.execution_state);
    await kernel.wire.until(() => states().includes("idle"), 5000, `${type} to be idle`);
    assert.deepEqual(states(), ["busy", "idle"], type);
  }
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
  await second.close(); // and the kernel with it
});
