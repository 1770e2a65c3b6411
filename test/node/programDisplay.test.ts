import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { opensBrowser } from "../../src/node/programDisplay.js";
import { unbroken } from "../../src/words/english.js";
import { CHECKOUT, PYTHON } from "../support/checkout.js";
import { ownTemporaryFolder } from "../support/temporary.js";

// Needs: Python

/** What show() does in a program outside of notebooks. */

const folder = ownTemporaryFolder();
const LIBRARY = JSON.stringify(join(CHECKOUT, "dist/src/index.js"));
const BEGIN = `const { figures, mlp, show, train, xor } = require(${LIBRARY});
const begin = async () => {
  const run = await train(mlp({ seed: 1 }), xor({ rows: 8, seed: 1 }), { epochs: 2, seed: 1 });
  return { run, loss: figures.loss(run), boundary: figures.boundary(run) };
};
`;
const { NODE_TEST_CONTEXT, ...environment } = process.env;

/** Runs a program in which `run`, `loss` and `boundary` are made already. */
function program(code: string) {
  const text = `${BEGIN}begin().then(async ({ run, loss, boundary }) => {\n${code}\n});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", text], {
    ...{ encoding: "utf8", cwd: folder, env: environment },
  });
  assert.equal(status, 0, stderr);
  return { stdout, stderr, places: Array.from(stderr.matchAll(/^The figure is in (.*)$/gm), ([, at]) => at) };
}

test("show(figure) prints the finding, writes a page that only its owner reads, and says where on standard error", () => {
  const { stdout, places } = program("show(loss); show(boundary);");
  assert.match(stdout, /^The network of 2 sigmoid units .*\n.*\n$/);
  assert.deepEqual(
    places.map((path) => path.slice(folder.length).replaceAll("\\", "/")),
    [1, 2].map((n) => `/${readdirSync(folder).find((name) => name.startsWith("xorlab-"))}/figure-${n}.html`),
  );
  for (const path of places) assert.match(readFileSync(path, "utf8"), /^<!DOCTYPE html>/);
  if (process.platform === "win32") return; // has no such modes
  assert.equal(statSync(dirname(places[0])).mode & 0o777, 0o700);
  assert.equal(statSync(places[0]).mode & 0o777, 0o600);
});

test("show() of what is no figure prints its text, and its update() to a figure writes one page", () => {
  const { stdout, places } = program(
    "const s = show(run); s.update(loss); s.update(boundary); s.update(run);",
  );
  const lines = stdout.trimEnd().split("\n");
  assert.equal(lines.length, 4);
  assert.equal(lines[0], lines[3]);
  assert.equal(places.length, 1);
  assert.ok(
    readFileSync(places[0], "utf8").includes(`<figcaption id="finding">${unbroken(lines[2])}<`),
    "the last one",
  );
});

test("show(figure, { path }) writes there, and again at update()", () => {
  const { stderr } = program(`show(loss, { path: "a.html" }).update(boundary);`);
  assert.ok(stderr.endsWith(`The figure is in ${join(folder, "a.html")}\n`), stderr);
  assert.match(readFileSync(join(folder, "a.html"), "utf8"), /"type":"heatmap"|"type":"contour"/);
});

test("show() refuses a path that is none, that cannot be written, and one for a text", () => {
  const { stdout } =
    program(`for (const [value, path] of [[loss, 5], [loss, ""], [run, "b.html"], [loss, "no/b.html"]])
    try { show(value, { path }); } catch (error) { console.log(String(error)); }`);
  const [number, empty, text, folderMissing, ...more] = stdout.trimEnd().split("\n");
  assert.equal(number, "TypeError: show: path must be the name of a file, got 5");
  assert.equal(empty, 'TypeError: show: path must be the name of a file, got ""');
  assert.equal(text, "TypeError: show: path is for figures; this is shown as text");
  assert.ok(
    folderMissing.startsWith(`RangeError: show: ${join(folder, "no", "b.html")} cannot be written: ENOENT`),
  );
  assert.deepEqual(more, []);
  assert.ok(!existsSync(join(folder, "b.html")));
});

test("a page opens only before somebody's own screen", () => {
  const screen = { DISPLAY: ":0" };
  assert.equal(opensBrowser(true, screen, "linux"), true);
  assert.equal(opensBrowser(true, { WAYLAND_DISPLAY: "wayland-0" }, "linux"), true);
  assert.equal(opensBrowser(true, {}, "darwin"), true);
  assert.equal(opensBrowser(true, { ...screen, CI: "false" }, "linux"), true);
  assert.equal(opensBrowser(false, screen, "linux"), false);
  assert.equal(opensBrowser(true, {}, "linux"), false);
  for (const away of [
    { CI: "true" },
    { SSH_CONNECTION: "1" },
    { SSH_TTY: "/dev/pts/0" },
    { BROWSER: "none" },
  ])
    assert.equal(opensBrowser(true, { ...screen, ...away }, "linux"), false, JSON.stringify(away));
});

const OPENER = process.platform === "darwin" ? "open" : "xdg-open";

test("in a terminal show() opens the page, once", { skip: process.platform === "win32" }, async () => {
  const programs = join(folder, "programs");
  const opened = join(folder, "opened.txt");
  mkdirSync(programs);
  writeFileSync(join(programs, OPENER), `#!/bin/sh\nprintf '%s\\n' "$@" >> '${opened}'\n`);
  chmodSync(join(programs, OPENER), 0o755);
  const { SSH_CONNECTION, SSH_CLIENT, SSH_TTY, CI, BROWSER, ...here } = environment;
  const env = { ...here, DISPLAY: ":0", PATH: `${programs}${delimiter}${process.env.PATH}` };
  const text = `${BEGIN}begin().then(({ loss, boundary }) => { show(loss).update(boundary); setTimeout(() => {}, 500); });`;
  const terminal = "import pty, sys; pty.spawn(sys.argv[1:])";
  spawnSync(PYTHON, ["-c", terminal, process.execPath, "-e", text], { env, timeout: 60_000 });
  const files = readFileSync(opened, "utf8").trimEnd().split("\n");
  assert.equal(files.length, 1);
  assert.ok(existsSync(files[0]) && files[0].endsWith("figure-1.html"), files[0]);
});
