import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { kernelName, noTestPackages, runPython } from "../support/kernelPython.js";
import { CHECKOUT } from "../support/kernelWire.js";

/** Papermill and jupytext with the kernel. */

const skip = noTestPackages();
let folder: string;
before(() => {
  const parent = join(CHECKOUT, "dist", "test-notebooks");
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(join(parent, "tools-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

interface Saved {
  readonly cells: readonly {
    readonly source: string | readonly string[];
    readonly metadata: { readonly tags?: readonly string[] };
    readonly outputs?: readonly { readonly data?: Readonly<Record<string, string | readonly string[]>> }[];
  }[];
}

const flat = (text: string | readonly string[] = ""): string => [text].flat().join("");
const read = (name: string): Saved => JSON.parse(readFileSync(join(folder, name), "utf8"));

function write(name: string, cells: readonly string[]): void {
  const metadata = { kernelspec: { name: kernelName, display_name: "x", language: "typescript" } };
  const code = cells.map((source, i) => ({
    ...{ cell_type: "code", id: `cell-${i}`, source, outputs: [], execution_count: null },
    metadata: i === 0 ? { tags: ["parameters"] } : {},
  }));
  writeFileSync(
    join(folder, name),
    JSON.stringify({ cells: code, metadata, nbformat: 4, nbformat_minor: 5 }),
  );
}

const python = (...args: string[]) => runPython(["-m", ...args], { cwd: folder });

test("numbers that JSON lacks have their names in TypeScript", { skip }, async () => {
  const code =
    "import papermill; from xorlab_papermill import TypeScriptTranslator as t; inf = float('inf'); print(t.translate([inf, -inf, inf - inf, (1,)]))";
  const { output, errors } = await runPython(["-c", code]);
  assert.equal(output.trim(), "[Infinity, -Infinity, NaN, [1]]", errors);
});

test("papermill sets parameters of any kind", { skip }, async () => {
  write("asked.ipynb", [
    'const trials = 5; // how many\nconst name: string = "a";\nconst widths = [1];',
    "JSON.stringify([trials, name, widths, more, other])",
  ]);
  const values = '{ widths: [1, 2], more: { "a b": null, t: true }, other: [2.5, -1, "x"] }';
  const options = ["-p", "trials", "500", "-r", "name", 'quo"te\\', "-y", values];
  const { code, errors } = await python("papermill", "asked.ipynb", "ran.ipynb", ...options);
  assert.equal(code, 0, errors);
  const { cells } = read("ran.ipynb");
  const injected = cells.find(({ metadata }) => metadata.tags?.includes("injected-parameters"));
  assert.equal(
    flat(injected?.source).trimEnd(),
    `// Parameters
const widths = [1, 2];
const more = { "a b": null, "t": true };
const other = [2.5, -1, "x"];
const trials = 500;
const name = "quo\\"te\\\\";`,
  );
  const result = flat(cells.at(-1)?.outputs?.[0]?.data?.["text/plain"]);
  assert.equal(result, `'[500,"quo\\\\"te\\\\\\\\",[1,2],{"a b":null,"t":true},[2.5,-1,"x"]]'`);
});

test("papermill tells a notebook's parameters, and refuses a name that is none", { skip }, async () => {
  write("told.ipynb", [
    'const trials: number = 5; // how many\nlet rate=0.5\nconst word = "a = b";\nexport const site = "https://a.org/x"; // where\nconst f: (n: number) => number = (n) => n;',
  ]);
  const { output, errors } = await python("papermill", "--help-notebook", "told.ipynb");
  assert.match(
    output,
    /trials: number \(default 5\) +how many\n +rate: Unknown type \(default 0\.5\)\n +word: .*"a = b"\)\s+site: .*\(default\s+"https:\/\/a\.org\/x"\)\s+where\s+f: \(n: number\) => number/,
    errors,
  );
  const wrong = await python("papermill", "told.ipynb", "no.ipynb", "-p", "a-b", "1");
  assert.notEqual(wrong.code, 0);
  assert.match(wrong.errors, /a parameter must be a name in TypeScript, got 'a-b'/);
});

test("jupytext pairs a notebook with a .ts file, there and back, and runs it", { skip }, async () => {
  const sources = ["const ready = false;", "!ready", "// %5\n7\n% 4"];
  write("paired.ipynb", sources);
  const pair = await python("jupytext", "--set-formats", "ipynb,ts:percent", "paired.ipynb");
  assert.equal(pair.code, 0, pair.errors);
  const text = readFileSync(join(folder, "paired.ts"), "utf8");
  assert.match(
    text,
    /^\/\/ ---\n[\s\S]*language: typescript\n[\s\S]*\n\/\/ %%\n!ready\n\n\/\/ %%\n\/\/ %5\n7\n% 4\n$/,
  );
  assert.equal((await python("jupytext", "--test", "paired.ipynb", "--to", "ts:percent")).code, 0);
  writeFileSync(join(folder, "paired.ts"), text.replace("% 4", "% 5"));
  const { code, errors } = await python("jupytext", "--sync", "--execute", "paired.ts");
  assert.equal(code, 0, errors);
  assert.ok(existsSync(join(folder, "paired.ipynb")));
  const results = read("paired.ipynb").cells.map(({ outputs }) => flat(outputs?.[0]?.data?.["text/plain"]));
  assert.deepEqual(results, ["", "true", "2"]);
});
