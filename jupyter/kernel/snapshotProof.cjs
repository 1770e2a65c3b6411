// Run in a new snapshot: fails unless what kernels need of Node works in it. Not every Node's snapshots can do all of it.
const { AsyncLocalStorage } = require("node:async_hooks");
const { Worker } = require("node:worker_threads");

const local = new AsyncLocalStorage();
const worker = () =>
  new Promise((done, fail) => {
    const code = "import('node:os').then(() => require('node:worker_threads').parentPort.postMessage(1))";
    new Worker(code, { eval: true }).on("message", done).on("error", fail);
  });
const signal = () =>
  new Promise((done) => {
    process.once("SIGINT", done);
    process.kill(process.pid, "SIGINT");
  });

local.run(1, async () => {
  if (!globalThis[Symbol.for("xorlab.kept")].ts.version) throw new Error("TypeScript is not in the snapshot");
  await import("node:os");
  await Promise.all([worker(), signal()]);
  if (local.getStore() !== 1) throw new Error("AsyncLocalStorage does not work");
});
