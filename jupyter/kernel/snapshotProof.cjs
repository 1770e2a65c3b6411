// Run in a new snapshot: fails unless what kernels need of Node works in it. Not every Node's snapshots can do all of it.
const { AsyncLocalStorage } = require("node:async_hooks");
const { Session } = require("node:inspector");
const { Worker } = require("node:worker_threads");

const local = new AsyncLocalStorage();
const THREAD = `
  for (const name of ["child_process", "crypto", "inspector", "net"]) require(name);
  import("node:os").then(() => require("node:worker_threads").parentPort.postMessage(1))`;
const worker = () =>
  new Promise((done, fail) => {
    new Worker(THREAD, { eval: true }).on("message", done).on("error", fail);
  });
const garbage = () =>
  new Promise((done) => {
    const session = new Session();
    session.connect();
    session.post("HeapProfiler.collectGarbage", done);
  });
const signal = () =>
  new Promise((done) => {
    process.once("SIGINT", done);
    process.kill(process.pid, "SIGINT");
  });

local.run(1, async () => {
  const { ts, files } = globalThis[Symbol.for("xorlab.kept")];
  if (!ts.version) throw new Error("TypeScript is not in the snapshot");
  for (const { source } of files.values())
    if (source.text === "") throw new Error("A file's text is not in the snapshot");
  await import("node:os");
  await Promise.all([worker(), signal(), garbage()]);
  if (local.getStore() !== 1) throw new Error("AsyncLocalStorage does not work");
});
