import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import type { Content, Message } from "../support/kernelFrames.js";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, streamed, tracebackText } from "../support/kernelText.js";

/** Comms, both ways: targets that cells register, comms that cells open, and messages of any type. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

/** Sends a message about a comm. */
const say = (
  type: "comm_open" | "comm_msg" | "comm_close",
  content: object,
  buffers: readonly Buffer[] = [],
) => kernel.wire.send("shell", type, content, { version: "2.1.0" }, {}, buffers);

/** Waits for a message about a comm. */
const heard = (
  type: string,
  id: unknown,
  fits: (content: Content) => boolean = () => true,
): Promise<Message> =>
  kernel.wire.until(
    () =>
      kernel.wire.messages.find(
        ({ header, content }) => header.msg_type === type && content.comm_id === id && fits(content),
      ),
    20_000,
    `${type} of ${id}`,
  );

const open = async (): Promise<Record<string, unknown>> =>
  (await kernel.ask("comm_info_request", {})).content.comms as Record<string, unknown>;

test("a target that a cell registers: the front end opens, sends, is answered, and closes", async () => {
  const cell = await kernel.run(`const heardHere: unknown[] = [];
const ended = jupyter.comms.register("echo", (comm, { data, metadata }) => {
  console.log("opened", data, metadata.version);
  comm.onMessage(({ data, buffers }) => comm.send({ back: data, bytes: buffers.map((one) => [...one]) }, { buffers }));
  comm.onClose(({ data }) => console.log("closed", data));
});`);
  const id = randomUUID();
  await say("comm_open", { comm_id: id, target_name: "echo", data: { a: 1 } });
  await kernel.output(cell.header, "stream", 10_000, /opened \{ a: 1 \} 2\.1\.0/);
  assert.deepEqual(await open(), { [id]: { target_name: "echo" } });
  const others = await kernel.ask("comm_info_request", { target_name: "other" });
  assert.deepEqual(others.content.comms, {});
  await say("comm_msg", { comm_id: id, data: { text: "✓" } }, [Buffer.from([1, 2]), Buffer.alloc(0)]);
  const answer = await heard("comm_msg", id);
  assert.deepEqual(answer.content.data, { back: { text: "✓" }, bytes: [[1, 2], []] });
  assert.deepEqual(
    answer.buffers.map((one) => [...one]),
    [[1, 2], []],
  );
  await say("comm_close", { comm_id: id, data: { why: "done" } });
  await kernel.output(cell.header, "stream", 10_000, /closed \{ why: 'done' \}/);
  assert.deepEqual(await open(), {});
  await kernel.run("ended();");
  const late = randomUUID();
  await say("comm_open", { comm_id: late, target_name: "echo", data: {} });
  await heard("comm_close", late);
});

test("a comm that a cell opens: messages both ways, with metadata, until the cell closes it", async () => {
  const cell =
    await kernel.run(`const mine = jupyter.comms.open("jupyter.widget", { state: { value: 1 } }, { metadata: { version: "2.1.0" } });
mine.onMessage(({ data }) => mine.send({ method: "update", state: data }));`);
  const opened = cell.messages.find(({ header }) => header.msg_type === "comm_open")!;
  assert.deepEqual(opened.content.data, { state: { value: 1 } });
  assert.equal(opened.content.target_name, "jupyter.widget");
  assert.deepEqual(opened.metadata, { version: "2.1.0" });
  const id = String(opened.content.comm_id);
  await say("comm_msg", { comm_id: id, data: { value: 2 } });
  assert.deepEqual((await heard("comm_msg", id)).content.data, { method: "update", state: { value: 2 } });
  await kernel.run("mine.close({ over: true });\nmine.close();\nmine.send(1);");
  assert.deepEqual((await heard("comm_close", id)).content.data, { over: true });
  assert.deepEqual(await open(), {});
  const sent = kernel.wire.messages.filter(({ content }) => content.comm_id === id).length;
  assert.equal(sent, 3, "open, one message, close: a closed comm is silent");
});

test("a comm's message arrives while a cell waits for it", async () => {
  const header = await kernel.submit(`const asked = jupyter.comms.open("asking", {}, { id: "asked-1" });
await new Promise((go) => asked.onMessage(({ data }) => go(data)))`);
  await heard("comm_open", "asked-1");
  await say("comm_msg", { comm_id: "asked-1", data: "now" });
  const cell = await kernel.end(header);
  assert.match(JSON.stringify(cell.outputs.map(({ content }) => content.data)), /now/);
});

test("an error in a handler appears under the cell that registered it, with its line; later cells go on", async () => {
  const cell = await kernel.run(`jupyter.comms.register("fails", (comm) => {
  comm.onMessage(async ({ data }) => {
    await null;
    throw new RangeError("bad " + data);
  });
  throw new Error("at opening");
});`);
  const id = randomUUID();
  await say("comm_open", { comm_id: id, target_name: "fails", data: {} });
  const atOpening = await kernel.output(cell.header, "error", 10_000, /at opening/);
  assert.match(tracebackText(atOpening.content), /line 6, column 9\n.*\n\s+> 6 \|/);
  await say("comm_msg", { comm_id: id, data: "value" });
  const error = await kernel.output(cell.header, "error", 10_000, /bad value/);
  assert.equal(error.content.ename, "RangeError");
  assert.equal((await kernel.run("1")).reply.content.status, "ok");
});

test("unknown targets and comms, and comms that are no such thing, do no harm", async () => {
  const id = randomUUID();
  await say("comm_open", { comm_id: id, target_name: "nobody's", data: {} });
  await heard("comm_close", id);
  for (const target_name of ["__proto__", "constructor", 5, null, {}, undefined])
    for (const comm_id of ["__proto__", 5, null, "", {}, undefined])
      for (const type of ["comm_open", "comm_msg", "comm_close"] as const)
        await say(type, { comm_id, target_name, data: null });
  assert.deepEqual(
    await open()
      .then((comms) => Object.keys(comms).filter((one) => one !== "asked-1"))
      .then((left) => left.length),
    1,
    "that of the test before this one",
  );
  assert.equal((await kernel.run("1")).reply.content.status, "ok");
});

test("jupyter.broadcast() sends any message, as Deno's does", async () => {
  const cell = await kernel.run(
    'await jupyter.broadcast("display_data", { data: { "text/plain": "sent" }, metadata: {}, transient: {} }, { metadata: { a: 1 } });',
  );
  const [message] = cell.outputs;
  assert.deepEqual([message.content.data, message.metadata], [{ "text/plain": "sent" }, { a: 1 }]);
});

test("jupyter.cell().later() works when no cell runs; Stop ends it; capture() takes what it shows", async () => {
  const cell = await kernel.run(`const own = jupyter.cell();
const soon = own.later(async () => { console.log("later"); return 5; }).done;
const taken: unknown[] = [];
console.log("first");
await own.capture((type, content) => taken.push([type, content.text]), () => console.log("captured"));
taken`);
  const result = cell.outputs.find(({ header }) => header.msg_type === "execute_result");
  assert.match(JSON.stringify(result?.content), /'stream', 'captured/);
  const later = await kernel.output(cell.header, "stream", 10_000, /later/);
  assert.ok(later.at > (result?.at ?? Infinity));
  assert.equal(streamed({ outputs: kernel.sent(cell.header) }), "first\nlater\n");
  assert.equal((await kernel.run("await soon")).outputs.at(-1)?.content.data?.["text/plain"], "5");
  const second = await kernel.run(
    `const endless = jupyter.cell().later(() => { console.log("on"); return new Promise(() => {}); });\nvoid endless.done.catch((error) => console.log(error.name));`,
  );
  await kernel.output(second.header, "stream", 10_000, /on/);
  const waiting = await kernel.submit("7 * 7");
  await kernel.interrupt();
  await kernel.output(second.header, "stream", 10_000, /KeyboardInterrupt/);
  assert.equal((await kernel.end(waiting)).reply.content.status, "ok");
  assert.deepEqual(errors(second), []);
});
