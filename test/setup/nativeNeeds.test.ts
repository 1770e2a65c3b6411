import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { lockedClosure } from "../../src/native/closure.js";
import { checkDisk, type Machine, thisMachine, wheelNeeds } from "../../src/native/needs.js";
import { setupParts } from "../../src/native/setupParts.js";
import { stockTrouble } from "../../src/native/stock.js";
import { chooseBackend } from "../../src/node/tensorflow/backend.js";
import { CHECKOUT } from "../support/checkout.js";

const { packages } = JSON.parse(readFileSync(join(CHECKOUT, "package-lock.json"), "utf8"));

test("lockedClosure() takes tfjs-node and its packages as package-lock.json pins them, without TensorFlow.js", () => {
  const closure = lockedClosure(packages);
  const places = closure.map(({ place }) => place);
  assert.equal(new Set(places).size, places.length);
  for (const place of [
    "@tensorflow/tfjs-node",
    "@mapbox/node-pre-gyp",
    "adm-zip",
    "google-protobuf",
    "progress",
  ])
    assert.ok(places.includes(`node_modules/${place}`), place);
  assert.ok(!places.some((place) => /@tensorflow\/tfjs(-core|-layers)?$/.test(place)));
  for (const { place, version, integrity, name } of closure) {
    assert.deepEqual([version, integrity], [packages[place].version, packages[place].integrity], place);
    assert.ok(place.endsWith(`node_modules/${name}`));
    const above = place.slice(0, place.lastIndexOf("/node_modules/"));
    assert.ok(
      !above.startsWith("node_modules/") || places.indexOf(above) < places.indexOf(place),
      "outer first",
    );
  }
});

test("lockedClosure() takes the nearest of two versions, and an error names what is not pinned", () => {
  const pin = { version: "1.0.0", integrity: "sha512-x" };
  const lock = {
    "node_modules/a": { ...pin, dependencies: { b: "1", c: "1" } },
    "node_modules/a/node_modules/b": { ...pin, version: "2.0.0", dependencies: { c: "1", a: "1" } },
    "node_modules/b": pin,
    "node_modules/c": { ...pin, dependencies: { b: "1" } },
  };
  assert.deepEqual(
    lockedClosure(lock, "node_modules/a").map(({ place }) => place),
    ["node_modules/a", "node_modules/a/node_modules/b", "node_modules/c", "node_modules/b"],
  );
  assert.throws(
    () => lockedClosure({ "node_modules/a": { ...pin, dependencies: { d: "1" } } }, "node_modules/a"),
    {
      message: /^xorlab native: package-lock\.json does not pin node_modules\/d\n {2}Cure: /,
    },
  );
});

const GOOD: Machine = {
  name: "linux-x64",
  glibc: "2.36",
  flags: " fpu avx avx2 ",
  compilers: [process.execPath],
};
const refusals: [what: string, machine: Partial<Machine>, what: RegExp, why: RegExp, cure: RegExp][] = [
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
    const setup = await setupParts();
    await assert.rejects(
      wheelNeeds(setup, { ...GOOD, ...machine }),
      (problem: InstanceType<typeof setup.Problem>) => {
        assert.match(problem.what, what);
        assert.match(problem.why, why);
        assert.match(problem.cures.join("\n"), cure);
        return problem instanceof setup.Problem;
      },
    );
  });

test("wheelNeeds() explains a missing .venv, and is content with a good machine", async () => {
  const setup = await setupParts();
  const without = { ...setup, paths: { ...setup.paths, venvPython: "/no/python" } };
  await assert.rejects(wheelNeeds(without, GOOD), {
    what: /\.venv does not run/,
    cures: ["npm run setup", "npx xorlab native"],
  });
  const { wheel, compiler } = await wheelNeeds(setup, GOOD);
  assert.deepEqual([wheel.project, compiler], ["tensorflow-cpu", process.execPath]);
  assert.deepEqual(thisMachine({ CXX: "clang++" }).compilers, ["clang++"]);
});

test("checkDisk() says how much is needed and how much there is", async () => {
  const setup = await setupParts();
  assert.throws(() => checkDisk(setup, "wheel", 1.1e9), {
    why: /takes 1\.6 GB for a while, and 1\.1 GB are free/,
  });
  checkDisk(setup, "stock", 1.1e9);
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
