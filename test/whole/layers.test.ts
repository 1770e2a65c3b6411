import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { test } from "node:test";
import { CHECKOUT } from "../support/checkout.js";

/**
 * Files and folders of src/, the lowest first: what stands in a line imports from its own line and from those above it here,
 * types included. The longest name that fits counts.
 */
const LAYERS = [
  ["check.ts", "display.ts", "version.ts", "words"],
  ["platform.ts"],
  ["numbers"],
  ["data"],
  ["engine"],
  ["settings"],
  ["model"],
  ["verdict"],
  ["train"],
  ["study"],
  ["explain"],
  ["figures/figure.ts", "figures/page.ts"],
  ["figures/parts"],
  ["figures"],
  ["show", "interact"],
  ["standalone", "networkTypes.ts"],
  ["api.ts", "types.ts"],
  ["engineApi.ts", "figuresApi.ts"],
  ["inBrowser.ts"],
  ["node", "page", "browser"],
  ["index.ts", "page.ts", "browser.ts"],
  ["node/cli", "page/kernel.ts", "lab"],
  ["reader"],
  ["jupyterlab"],
  ["lab/view"],
] as const;

/** The kernel stands apart: it imports nothing of the others, nor they of it. */
const APART = "kernel";

const SOURCES = join(CHECKOUT, "src");

const FILES = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll(sep, "/"));

/** What a file imports or exports from elsewhere: files by their path in src/, packages by their name. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SOURCES, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const names = text.matchAll(
    /^(?:import|export)\b[^"';=(]*\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return Array.from(names, ([, from, whole, within]) => from ?? whole ?? within).map((name) =>
    name.startsWith(".") ? posix.join(dirname(file), name).replace(/\.js$/, ".ts") : name,
  );
}

const IMPORTS = new Map(FILES.map((file) => [file, importsOf(file)]));
const inside = (file: string): string[] => (IMPORTS.get(file) ?? []).filter((name) => IMPORTS.has(name));

function layerOf(file: string): number {
  const names = LAYERS.flatMap((line, layer) => line.map((name) => ({ name, layer })));
  const fitting = names.filter(({ name }) => file === name || file.startsWith(`${name}/`));
  fitting.sort((a, b) => b.name.length - a.name.length);
  assert.ok(fitting.length > 0, `src/${file} has no layer`);
  return fitting[0].layer;
}

const isApart = (file: string): boolean => file.startsWith(`${APART}/`);

test("imports are found", () => {
  const count = [...IMPORTS.values()].flat().length;
  assert.ok(count > 3 * FILES.length, `${count} imports in ${FILES.length} files`);
  assert.ok(inside("study/pool.ts").includes("platform.ts"));
  assert.ok(inside("api.ts").includes("figures/index.ts"), "export … from");
  for (const [file, names] of IMPORTS)
    for (const name of names)
      assert.ok(IMPORTS.has(name) || !name.endsWith(".ts"), `${file} imports ${name}`);
});

test("a file imports only from its own layer and those below", () => {
  const upward = FILES.filter((file) => !isApart(file)).flatMap((file) =>
    inside(file)
      .filter((name) => !isApart(name) && layerOf(name) > layerOf(file))
      .map((name) => `${file} imports ${name}`),
  );
  assert.deepEqual(upward, []);
});

test("no files import each other in a circle", () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (done.has(file) || path.includes(file)) return;
    for (const name of inside(file)) visit(name, [...path, file]);
    done.add(file);
  };
  for (const file of FILES) visit(file, []);
  assert.deepEqual(circles, []);
});

test("the kernel imports nothing of the library, nor the library of it", () => {
  const across = FILES.flatMap((file) =>
    inside(file)
      .filter((name) => isApart(name) !== isApart(file))
      .map((name) => `${file} imports ${name}`),
  );
  assert.deepEqual(across, []);
});
