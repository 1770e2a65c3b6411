import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { chooseBackend } from "../../src/node/tensorflow/backend.js";
import { CHECKOUT } from "../support/checkout.js";
import { loadSetup, type Problem } from "../support/setupCheckout.js";

test("native's package-lock.json pins tfjs-node and its packages as xorlab's own does, without TensorFlow.js", () => {
  const read = (file: string) => JSON.parse(readFileSync(join(CHECKOUT, file), "utf8"));
  const { packages: ours } = read("setup/native/package-lock.json");
  const { packages: all } = read("package-lock.json");
  const { "": wanted, "node_modules/node-api-headers": headers, ...packages } = ours;
  assert.deepEqual(wanted.dependencies, read("setup/native/package.json").dependencies);
  assert.match(headers.integrity, /^sha512-/);
  assert.ok(Object.hasOwn(packages, "node_modules/@tensorflow/tfjs-node"));
  for (const [place, { version, integrity, resolved }] of Object.entries<Record<string, string>>(packages)) {
    assert.deepEqual([version, integrity], [all[place].version, all[place].integrity], place);
    assert.equal(resolved, undefined, "no registry is named");
    assert.doesNotMatch(place, /@tensorflow\/tfjs(-core|-layers)?$/);
  }
});

const GOOD = {
  name: "linux-x64",
  glibc: "2.36",
  flags: " fpu avx avx2 ",
  compilers: [process.execPath],
  python: join(CHECKOUT, ".venv", "bin", "python"),
};
const refusals: [what: string, machine: object, what: RegExp, why: RegExp, cure: RegExp][] = [
  ["Windows", { name: "win32-x64" }, /for this machine/, /this is win32-x64/, /--from stock/],
  ["an old glibc", { glibc: "2.17" }, /for this machine/, /2\.27 or later, this system has 2\.17/, /Debian/],
  ["Alpine", { glibc: undefined }, /for this machine/, /another one, as Alpine does/, /Debian/],
  [
    "a processor without AVX",
    { flags: " fpu sse4_2 " },
    /for this machine/,
    /needs a processor with AVX/,
    /machine/,
  ],
  ["no compiler", { compilers: ["no-g++", "no-c++"] }, /No C\+\+ compiler/, /compiled/, /apt install g\+\+/],
  ["a CXX that is none", { compilers: ["/no/c++"] }, /CXX=\/no\/c\+\+ is not/, /compiled/, /CXX=\/path/],
];
for (const [name, machine, what, why, cure] of refusals)
  test(`wheelNeeds() explains ${name} before anything is fetched`, async () => {
    const { wheelNeeds } = await loadSetup("native/needs.mjs");
    await assert.rejects(wheelNeeds({ ...GOOD, ...machine }), (problem: Problem) => {
      assert.match(problem.what, what);
      assert.match(problem.why, why);
      assert.match(problem.cures.join("\n"), cure);
      return true;
    });
  });

test("wheelNeeds() explains a missing .venv, and is content with a good machine", async () => {
  const { wheelNeeds, thisMachine } = await loadSetup("native/needs.mjs");
  await assert.rejects(wheelNeeds({ ...GOOD, python: "/no/python" }), {
    what: /\.venv does not run/,
    cures: ["npm run setup", "npx xorlab native"],
  });
  const { wheel, compiler } = await wheelNeeds(GOOD);
  assert.deepEqual([wheel.project, compiler], ["tensorflow-cpu", process.execPath]);
  assert.deepEqual(thisMachine({ CXX: "clang++" }).compilers, ["clang++"]);
});

test("checkDisk() says how much is needed and how much there is", async () => {
  const { checkDisk } = await loadSetup("disk.mjs");
  assert.throws(() => checkDisk(1.6e9, "npx xorlab native", 1.1e9), {
    why: /takes 1\.6 GB while it works, and 1\.1 GB are free/,
  });
  checkDisk(1e9, "npm run setup", 1.1e9);
});

const servers: ReturnType<typeof createServer>[] = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});
async function served(answer: RequestListener): Promise<NodeJS.ProcessEnv> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((listening) => server.once("listening", listening));
  return { CDN_STORAGE: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

test("stockTrouble() tells a host that gives the library from one that refuses, is silent or is not there", async () => {
  const { stockTrouble } = await loadSetup("native/stock.mjs");
  assert.equal(await stockTrouble(await served((_, response) => response.end())), undefined);
  const refuses = await served((_, response) => response.writeHead(403).end());
  assert.equal(await stockTrouble(refuses), "it answers 403");
  assert.equal(await stockTrouble(await served(() => {}), 200), "no answer within 0.2 s");
  assert.match((await stockTrouble({ CDN_STORAGE: "http://127.0.0.1:1/" })) ?? "", /./);
});

const missing = (id: string) => {
  throw Object.assign(new Error(`Cannot find module '${id}'`), { code: "MODULE_NOT_FOUND" });
};
const plain = {
  env: () => ({ set() {} }),
  version: { tfjs: "1" },
  io: { registerSaveRouter() {}, registerLoadRouter() {} },
};

test("chooseBackend() says why it is the plain one, and refuses what XORLAB_BACKEND cannot be", () => {
  const load = (id: string) => (id === "@tensorflow/tfjs" ? plain : missing(id));
  assert.match(
    chooseBackend(load, "").choice.text,
    /plain JavaScript backend, since @tensorflow\/tfjs-node is not installed$/,
  );
  assert.match(chooseBackend(load, "plain").choice.text, /since XORLAB_BACKEND=plain asks for it$/);
  assert.throws(() => chooseBackend(load, "native"), {
    message:
      /^tf: XORLAB_BACKEND=native asks for @tensorflow\/tfjs-node, but .* is not installed\n {2}Cure: npx xorlab native$/,
  });
  assert.throws(() => chooseBackend(load, "gpu"), {
    name: "RangeError",
    message: 'tf: XORLAB_BACKEND must be plain or native, or not be set, got "gpu"',
  });
});

test("chooseBackend() falls back on the plain backend where tfjs-node throws or computes wrong results", () => {
  const broken = (result: () => unknown) => (id: string) =>
    id === "@tensorflow/tfjs" ? plain : { tidy: result, version: { tfjs: "1" } };
  const text = (result: () => unknown) => chooseBackend(broken(result), "").choice.text;
  assert.match(
    text(() => false),
    /since @tensorflow\/tfjs-node computes wrong results here$/,
  );
  assert.match(
    text(() => {
      throw new Error("no such symbol\nmore");
    }),
    /since @tensorflow\/tfjs-node does not work here \(no such symbol\)$/,
  );
});

test("Node's util has what tfjs-node calls, on every Node, once a backend was chosen", () => {
  chooseBackend((id) => (id === "@tensorflow/tfjs" ? plain : missing(id)), "");
  const util = require("node:util");
  assert.deepEqual([null, undefined, 0, ""].map(util.isNullOrUndefined), [true, true, false, false]);
  assert.equal(util.isArray, Array.isArray);
});
