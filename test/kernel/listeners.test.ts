import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { type KernelSession, rightKernel } from "../support/kernelSession.js";
import { errors, resultText, streamed } from "../support/kernelText.js";

/** What listeners and callbacks do after their cell has ended belongs to that cell, whichever runs by then. */

let kernel: KernelSession;
beforeEach(async () => {
  kernel = await rightKernel(kernel);
});
after(() => kernel?.close());

const IMPORTS = `import { once, EventEmitter } from "node:events";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import { Worker } from "node:worker_threads";
`;
const SERVER = `const server = http.createServer((request, response) => {
  console.log("asked", request.url);
  response.end("answer");
  if (request.url === "/bad") throw new RangeError("bad");
});
await once(server.listen(0), "listening");
const { port } = server.address() as net.AddressInfo;`;
const ASK = 'await (await fetch("http://localhost:" + port + "/bad")).text()';
const PAUSE = "await new Promise((go) => setTimeout(go, 200));\n'next'";

const LATE: readonly (readonly [what: string, code: string, next: string, printed: string])[] = [
  ["a server", SERVER, `${ASK};\n${PAUSE}`, "asked /bad\n"],
  [
    "a response",
    `${SERVER}\nhttp.get({ port }, (response) => {\n  response.on("data", (data) => { console.log("data", String(data)); throw new RangeError("bad"); });\n});`,
    PAUSE,
    "asked /\ndata answer\n",
  ],
  [
    "a socket",
    `${SERVER}\nconst client = net.connect(port);\nclient.once("data", () => { console.log("data"); throw new RangeError("bad"); });`,
    `client.write("no request\\n\\n");\n${PAUSE}`,
    "data\n",
  ],
  [
    "a callback of node:fs",
    'fs.readFile(".", () => { console.log("read"); throw new RangeError("bad"); });',
    PAUSE,
    "read\n",
  ],
  [
    "a callback of node:crypto",
    'require("crypto").pbkdf2("a", "b", 400_000, 64, "sha512", () => { console.log("done"); throw new RangeError("bad"); });',
    PAUSE.replace("200", "1000"),
    "done\n",
  ],
  [
    "a callback of node:stream",
    'require("stream").pipeline(require("child_process").spawn("sleep", ["0.1"]).stdout, fs.createWriteStream("/dev/null"), () => { console.log("over"); throw new RangeError("bad"); });',
    PAUSE,
    "over\n",
  ],
  [
    "a stream",
    'fs.createReadStream("missing").on("error", () => { console.log("none"); throw new RangeError("bad"); });',
    PAUSE,
    "none\n",
  ],
  [
    "a port",
    'const { port1, port2 } = new MessageChannel();\nport1.on("message", (data) => { port1.close(); console.log("got", data); throw new RangeError("bad"); });',
    `port2.postMessage(1);\n${PAUSE}`,
    "got 1\n",
  ],
  [
    "a watcher",
    'fs.watch(".").once("change", () => { console.log("new"); throw new RangeError("bad"); });',
    `fs.writeFileSync("new.txt", "");\n${PAUSE}`,
    "new\n",
  ],
  [
    "a thread",
    'const thread = new Worker("require(`worker_threads`).parentPort.on(`message`, () => { throw 0 })", { eval: true });\nthread.on("error", () => { console.log("thrown"); throw new RangeError("bad"); });',
    "thread.postMessage(1);\nawait once(thread, 'exit');\n'next'",
    "thrown\n",
  ],
];

for (const [what, code, next, printed] of LATE)
  test(`what a listener of ${what} prints and throws belongs to the cell that has added it`, async () => {
    const cell = await kernel.run(IMPORTS + code);
    assert.equal(cell.reply.content.status, "ok", JSON.stringify(errors(cell)));
    const later = await kernel.run(next);
    await kernel.output(cell.header, "error", 10_000, /RangeError/);
    assert.equal(streamed({ outputs: kernel.sent(cell.header) }), printed);
    assert.deepEqual([resultText(later), later.outputs.length], ["'next'", 1]);
  });

const UNHEARD: Readonly<Record<string, readonly [code: string, error: RegExp]>> = {
  "a thread": ['new Worker("throw new RangeError(`bad`)", { eval: true });', /RangeError/],
  "a request": ["http.get({ port: 9 });", /ECONNREFUSED/],
  "a process": ['spawn("no-such-program");', /ENOENT/],
  "a stream": ['fs.createReadStream("missing");', /ENOENT/],
};

for (const [what, [code, error]] of Object.entries(UNHEARD))
  test(`an error of ${what} for which nobody listens belongs to the cell that made it`, async () => {
    const start = `${IMPORTS}import { spawn } from "node:child_process";\n${code}`;
    const cell = await kernel.submit(start, { stop_on_error: false }); // it may fail at once
    const next = await kernel.run(
      `for (let i = 0; i < 20; i++) await new Promise((go) => setTimeout(go, 50));`,
    );
    assert.equal(next.reply.content.status, "ok", JSON.stringify(errors(next)));
    await kernel.output(cell, "error", 10_000, error);
  });

test("a listener that a later cell adds belongs to that one", async () => {
  const first = await kernel.run(IMPORTS + SERVER);
  const second = await kernel.run('server.on("request", () => console.log("heard"));\nserver.close();');
  await kernel.run(
    'await fetch("http://localhost:" + port).catch(() => 0);\nserver.emit("request", { url: "/emitted" }, { end() {} });',
  );
  assert.equal(streamed({ outputs: kernel.sent(first.header) }), "asked /emitted\n");
  assert.equal(streamed({ outputs: kernel.sent(second.header) }), "heard\n");
});

test("listeners of an emitter of one's own belong to the cell that emits", async () => {
  await kernel.run(`${IMPORTS}const bus = new EventEmitter().on("news", (text) => console.log(text));`);
  assert.equal(streamed(await kernel.run('void bus.emit("news", "good");')), "good\n");
});

test("listeners are found, counted and removed as elsewhere", async () => {
  const cell = await kernel.run(`import { PassThrough } from "node:stream";
const stream = new PassThrough();
let heard = 0;
const hear = () => { heard += 1; };
const counts = [];
stream.on("x", hear).once("x", hear).prependOnceListener("x", hear);
stream.emit("x");
counts.push(heard, stream.listenerCount("x"), stream.listeners("x")[0] === hear);
stream.off("x", hear).once("x", hear).off("x", hear);
counts.push(stream.listenerCount("x"));
stream.on("x", hear);
for (const listener of stream.rawListeners("x")) stream.on("y", listener as () => void);
stream.emit("y");
stream.emit("y");
counts.push(heard, stream.listenerCount("y"));
counts`);
  assert.equal(resultText(cell), "[ 3, 1, true, 0, 5, 1 ]", JSON.stringify(errors(cell)));
});

test("what a channel's listener prints belongs to the cell that has added it", async () => {
  const cell = await kernel.run(
    'const hear = new BroadcastChannel("news");\nhear.onmessage = ({ data }: any) => { hear.close(); console.log("heard", data); };',
  );
  const next = await kernel.run(`new BroadcastChannel("news").postMessage(1);\n${PAUSE}`);
  assert.equal(streamed({ outputs: kernel.sent(cell.header) }), "heard 1\n");
  assert.equal(next.outputs.length, 1);
});

test("listeners of ports are removed as elsewhere", async () => {
  const cell = await kernel.run(`const { port1, port2 } = new MessageChannel();
const heard: string[] = [];
const hear = () => { heard.push("function"); };
const object = { handleEvent() { heard.push("object"); } };
for (const one of [hear, hear, object]) port1.addEventListener("message", one);
port1.once("message", () => heard.push("once"));
port1.start();
const next = async () => { port2.postMessage(1); await new Promise((go) => setTimeout(go, 50)); heard.push("|"); };
await next();
port1.removeEventListener("message", hear);
await next();
port1.removeEventListener("message", object);
await next();
port1.close();
heard.join(" ")`);
  assert.equal(resultText(cell), "'function object once | object | |'", JSON.stringify(errors(cell)));
});

test("util.promisify() takes functions with callbacks as they are elsewhere", async () => {
  const cell = await kernel.run(`import fs from "node:fs";
import { promisify } from "node:util";
const { bytesRead } = await promisify(fs.read)(fs.openSync("/dev/zero", "r"), Buffer.alloc(2), 0, 2, 0);
const { address } = await promisify(require("dns").lookup)("127.0.0.1");
const { publicKey } = await promisify(require("crypto").generateKeyPair)("ed25519");
await promisify(require("stream").pipeline)(fs.createReadStream("/dev/null"), fs.createWriteStream("/dev/null"));
[await promisify(fs.exists)("."), bytesRead, address, publicKey.type]`);
  assert.equal(resultText(cell), "[ true, 2, '127.0.0.1', 'public' ]", JSON.stringify(errors(cell)));
});
