import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { kernelName, noTestPackages, PythonPrograms } from "../support/kernelPython.js";
import { CHECKOUT } from "../support/kernelWire.js";

/** Programs that run notebooks with the kernel: nbconvert, Papermill and jupytext. */

const skip = noTestPackages();
let folder: string;
let programs: PythonPrograms;
before(() => {
  const parent = join(CHECKOUT, "dist", "test-notebooks");
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(join(parent, "programs-")); // inside the checkout, so that the kernel finds xorlab
  programs = new PythonPrograms(folder);
});
after(() => {
  programs?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Text = string | readonly string[];

interface Saved {
  readonly cells: readonly {
    readonly source: Text;
    readonly metadata: { readonly tags?: readonly string[] };
    readonly execution_count?: number | null;
    readonly outputs?: readonly {
      readonly output_type: string;
      readonly ename?: string;
      readonly evalue?: string;
      readonly traceback?: readonly string[];
      readonly data?: Readonly<Record<string, Text>>;
    }[];
  }[];
}

const flat = (text: Text = ""): string => [text].flat().join("");
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

/** Runs a module of Python's with arguments, as `python -m` does. */
async function python(...args: string[]) {
  const { code, output, errors } = await programs.run(...args);
  return { code, output, errors: stripVTControlCharacters(errors) };
}

/** Runs a notebook with nbconvert. */
async function convert(name: string, cells: readonly string[], ...options: readonly string[]) {
  const file = `${name}.ipynb`;
  write(file, cells);
  const ran = await python("nbconvert", "--to", "notebook", "--execute", "--inplace", ...options, file);
  return { ...ran, saved: read(file).cells.map((cell) => ({ ...cell, outputs: cell.outputs ?? [] })) };
}

const CELLS = [
  "const one = 1;",
  "function fail(): never {\n  throw new RangeError('too far');\n}\nfail();",
  "const wrong: number = 'text';",
  "one + 1",
];

test("nbconvert reports the error as it was thrown, and stops", { skip }, async () => {
  const { code, errors } = await convert("stops", CELLS);
  assert.notEqual(code, 0);
  assert.match(errors, /RangeError: too far/);
  assert.doesNotMatch(errors, /not assignable/);
});

test("nbconvert --allow-errors runs every cell and saves each error; a cell that asks fails at once, and interact() runs once, with a line that says the values", {
  skip,
}, async () => {
  const more = [
    'prompt("name?")',
    'import { interact } from "xorlab";\ninteract({ n: { min: 1, max: 3 }, kind: ["a", "b"] }, ({ n, kind }) => [n, kind].join(" of "));',
  ];
  const { code, saved, errors } = await convert("goes-on", [...CELLS, ...more], "--allow-errors");
  assert.equal(code, 0, errors);
  assert.deepEqual(
    saved.slice(0, 5).map(({ outputs }) => outputs.map(({ output_type }) => output_type)),
    [[], ["error"], ["error"], ["execute_result"], ["error"]],
  );
  assert.deepEqual(
    saved.map(({ execution_count }) => execution_count),
    [1, 2, 3, 4, 5, 6],
  );
  const [error] = saved[1].outputs;
  assert.deepEqual([error.ename, error.evalue], ["RangeError", "too far"]);
  assert.match(stripVTControlCharacters(error.traceback?.join("\n") ?? ""), /RangeError: too far/);
  assert.equal(flat(saved[3].outputs[0].data?.["text/plain"]), "2");
  assert.equal(saved[4].outputs[0].ename, "StdinNotImplementedError");
  const texts = saved[5].outputs.map(({ data }) => flat(data?.["text/plain"]));
  assert.deepEqual(texts, ["n: 1, kind: a", "1 of a"]);
});

test("numbers that JSON lacks have their names in TypeScript", { skip }, async () => {
  const code =
    "import papermill\nfrom xorlab_papermill import TypeScriptTranslator as t\ninf = float('inf')\nprint(t.translate([inf, -inf, inf - inf, (1,)]))";
  writeFileSync(join(folder, "numbers_of_json.py"), code);
  const { output, errors } = await python("numbers_of_json");
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
  const same = await python("jupytext", "--test", "paired.ipynb", "--to", "ts:percent");
  assert.equal(same.code, 0, same.errors);
  writeFileSync(join(folder, "paired.ts"), text.replace("% 4", "% 5"));
  const { code, errors } = await python("jupytext", "--sync", "--execute", "paired.ts");
  assert.equal(code, 0, errors);
  assert.ok(existsSync(join(folder, "paired.ipynb")));
  const results = read("paired.ipynb").cells.map(({ outputs }) => flat(outputs?.[0]?.data?.["text/plain"]));
  assert.deepEqual(results, ["", "true", "2"]);
});
