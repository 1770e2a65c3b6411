import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { inspect } from "node:util";
import { runInThisContext } from "node:vm";
import * as xorlab from "../../src/index.js";
import { CHECKOUT } from "../support/checkout.js";

/** Every `@example CODE // EXPECTED` in the documentation of src/ is run: what the docs show is what comes out. */

const SOURCES = join(CHECKOUT, "src");
const COMPILED = join(CHECKOUT, "dist/src");

interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly expected: string;
}

/** The examples of one file. An example ends at the next tag or at the end of its comment, and may span lines. */
function examplesIn(file: string): Example[] {
  const source = readFileSync(join(SOURCES, file), "utf8");
  return [...source.matchAll(/@example\s+([\s\S]*?)(?=\n\s*\*\s*@|\n?\s*\*\/)/g)].map((match) => {
    const line = source.slice(0, match.index).split("\n").length;
    const text = match[1].replace(/\n\s*\* ?/g, "\n").trim();
    const comment = text.lastIndexOf("//");
    assert.ok(comment > 0, `${file}:${line}: an example must end with "// what comes out"`);
    return { file, line, code: text.slice(0, comment).trim(), expected: text.slice(comment + 2).trim() };
  });
}

type Evaluate = (...values: unknown[]) => Promise<unknown>;

/** The value of a piece of code with these names in scope; the last line is the value, `await` is allowed. */
function evaluated(code: string, scope: Readonly<Record<string, unknown>>): Promise<unknown> {
  const lines = code.replace(/;$/, "").split("\n");
  const start = lines.map((line) => /^[^\s)\]}]/.test(line)).lastIndexOf(true);
  const body = [...lines.slice(0, start), `return (${lines.slice(start).join("\n")}\n);`].join("\n");
  const evaluate = runInThisContext(
    `(async (${Object.keys(scope).join(", ")}) => {"use strict";\n${body}\n})`,
  );
  return (evaluate as Evaluate)(...Object.values(scope));
}

/** Whether a value is what the documentation says: as a literal of the language, or as Node prints it. */
async function isExpected(value: unknown, expected: string): Promise<boolean> {
  if (inspect(value) === expected) return true;
  try {
    assert.deepEqual(value, await evaluated(expected, {}));
    return true;
  } catch {
    return false;
  }
}

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);
const examples = files.sort().flatMap(examplesIn);

test("every public function and figure has an example in its own documentation", () => {
  const { tf, figures, ...rest } = xorlab;
  const functions = Object.entries({ ...rest, ...figures }).filter(
    ([, value]) => typeof value === "function",
  );
  assert.ok(functions.length > 30, String(functions.length));
  const missing = functions.filter(([name]) => {
    const used = new RegExp(`\\b${name}\\(`);
    const declared = new RegExp(`^export (async )?function ${name}\\b`, "m");
    return !examples.some(
      ({ file, code }) => used.test(code) && declared.test(readFileSync(join(SOURCES, file), "utf8")),
    );
  });
  assert.deepEqual(
    missing.map(([name]) => name),
    [],
  );
});

for (const { file, line, code, expected } of examples)
  test(`${relative(".", join("src", file))}:${line} ${code.replace(/\s+/g, " ")} // ${expected}`, async () => {
    const own = require(join(COMPILED, file.replace(/\.ts$/, ".js"))) as Record<string, unknown>;
    const value = await evaluated(code, { ...xorlab, ...own });
    assert.ok(
      await isExpected(value, expected),
      `the documentation says ${expected}, but it is ${inspect(value)}`,
    );
  });
