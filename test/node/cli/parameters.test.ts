import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Notebook } from "../../../src/node/cli/notebooks.js";
import { notebooksIn, readNotebook, sourceOf } from "../../../src/node/cli/notebooks.js";
import { overrideParameters, parametersOf, readOverrides } from "../../../src/node/cli/parameters.js";
import { readLiteral } from "../../../src/words/literals.js";
import { CHECKOUT } from "../../support/checkout.js";
import { notebookContent, type TestCell } from "../../support/notebookFiles.js";

function notebook(name: string, cells: readonly TestCell[]): Notebook {
  return { name, path: `/${name}.ipynb`, content: notebookContent(cells) };
}

/** The lines of the cell that `-p` puts in for each of `given`. */
function injected(source: string, ...given: string[]): string[] {
  const before = notebook("one", ["const first = 1;", { parameters: source }, "first;"]);
  const [after] = overrideParameters([before], readOverrides(given));
  const [notice, ...cells] = after.content.cells;
  assert.match(sourceOf(notice), /^\*\*Run with other settings:\*\* /);
  assert.deepEqual([cells[0], cells[1], cells[3]], before.content.cells, "the notebook's own cells stay");
  assert.deepEqual([cells.length, cells[2].metadata], [4, { tags: ["injected-parameters"] }]);
  const [comment, ...lines] = sourceOf(cells[2]).split("\n");
  assert.equal(comment, "// Set by: npm run export -- -p");
  return lines;
}

const SOURCE = `// The settings. const seed = 0; is only a comment
const seed = 7; // any whole number
let rate: number = -0.5; /* per step */
const activation = "relu";
const shuffle = true;
const hidden = [2, 2] as const;
const optimizer = { name: "sgd", momentum: 0.9 } satisfies object;
const steps = (10 ** 3);`;

describe("readOverrides()", () => {
  it("splits at the first =", () => {
    assert.deepEqual(
      [...readOverrides(["a=1", " b = x=y ", "c=", "a=2"])],
      [
        ["a", "2"],
        ["b", "x=y"],
        ["c", ""],
      ],
    );
  });

  it("names what is wrong and shows the form", () => {
    for (const text of ["foo", "=1", "a b=1", "", "1a=2", "a.b=1"])
      assert.throws(() => readOverrides([text]), {
        name: "RangeError",
        message: `xorlab export: -p must be name=value, as in -p seed=7, got ${JSON.stringify(text)}`,
      });
  });
});

describe("overrideParameters()", () => {
  it("declares the name again with the new value", () => {
    assert.deepEqual(injected(SOURCE, "seed=8"), ["const seed = 8;"]);
    assert.deepEqual(injected(SOURCE, "rate=2e-3"), ["let rate: number = 0.002;"]);
    assert.deepEqual(injected(SOURCE, "rate=-1"), ["let rate: number = -1;"]);
    assert.deepEqual(injected(SOURCE, "activation=tanh"), ['const activation = "tanh";']);
    assert.deepEqual(injected(SOURCE, "activation='tanh'"), ['const activation = "tanh";']);
    assert.deepEqual(injected(SOURCE, "shuffle=false"), ["const shuffle = false;"]);
    assert.deepEqual(injected(SOURCE, "hidden=[ 4, 5, ]"), ["const hidden = [4,5] as const;"]);
    assert.deepEqual(injected(SOURCE, "optimizer={ name: 'adam', beta1: .9, }"), [
      'const optimizer = {"name":"adam","beta1":0.9};',
    ]);
    assert.deepEqual(injected(SOURCE, "steps=[1, 'a', null]"), ['const steps = [1,"a",null];']);
  });

  it("declares several at once, in the notebook's order", () => {
    assert.deepEqual(injected(SOURCE, "shuffle=false", "seed=1", "activation=elu"), [
      "const seed = 1;",
      'const activation = "elu";',
      "const shuffle = false;",
    ]);
  });

  it("takes the place of a cell that was put in before", () => {
    const before = notebook("one", [{ parameters: "const seed = 1;" }, "const seed = 2;"]);
    Object.assign(before.content.cells[1], { metadata: { tags: ["injected-parameters"] } });
    const [after] = overrideParameters([before], readOverrides(["seed=3"]));
    assert.deepEqual(after.content.cells.slice(1).map(sourceOf), [
      "const seed = 1;",
      "// Set by: npm run export -- -p\nconst seed = 3;",
    ]);
  });

  it("refuses a name whose old value the cell uses before the new one is set", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template is what must be refused
    for (const use of ["const twice = 2 * seed;", "show({ seed });", "const name = `seed ${seed}`;"])
      assert.throws(() => injected(`const seed = 7; // seed\nconst other = "seed";\n${use}`, "seed=8"), {
        name: "RangeError",
        message:
          'xorlab export: -p seed: in one the cell tagged "parameters" also uses seed, before the new value is set; move the lines that use it to the next cell',
      });
    assert.deepEqual(injected('const seed = 7; // seed\nconst other = "seed", run = mine.seed;', "seed=8"), [
      "const seed = 8;",
    ]);
  });

  it("says below the title what differs, as code and never as markup", () => {
    const title = { cell_type: "markdown", id: "t", metadata: {}, source: "# A title" };
    const before = notebook("one", [{ parameters: SOURCE }]);
    const titled = { ...before, content: { cells: [title, ...before.content.cells] } };
    const [after] = overrideParameters([titled], readOverrides(["seed=8", "activation=`<b>"]));
    assert.equal(sourceOf(after.content.cells[0]), "# A title");
    assert.equal(
      sourceOf(after.content.cells[1]),
      "**Run with other settings:** `` seed = 8 ``, `` activation = \"'<b>\" ``. The text was written for the notebook's own settings.",
    );
  });

  it("writes any text as a text", () => {
    for (const text of [
      'x"; process.exit(1); "',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay text
      "${process.exit(1)}",
      "`",
      "a\\",
      "line\nbreak",
      "'",
      "5",
      "true",
    ]) {
      const [line] = injected("const label = 'x';", `label=${text}`);
      const value = /^const label = (".*");$/.exec(line);
      assert.equal(JSON.parse(value?.[1] ?? ""), text);
    }
  });

  it("takes only literals of the parameter's kind", () => {
    const cases = [
      ["seed=eight", "seed must be a number, written as in 0.5"],
      ["seed=1; process.exit(1)", "seed must be a number"],
      ["seed=1), process.exit(1), (1", "seed must be a number"],
      ["seed=1 + 1", "seed must be a number"],
      ["seed=Infinity", "seed must be a number"],
      ["seed=1e999", "seed must be a number"],
      ["seed=010", "seed must be a number"],
      ["seed='8'", "seed must be a number"],
      ["seed=", "seed must be a number"],
      ["shuffle=1", "shuffle must be true or false"],
      ["shuffle=yes", "shuffle must be true or false"],
      ["hidden=3", "hidden must be a list, written as in [1, 2]"],
      ["hidden=[1, process.exit(1)]", "hidden must be a list"],
      ["hidden=[...'ab']", "hidden must be a list"],
      ["hidden=[1", "hidden must be a list"],
      ["optimizer={ name: (() => 'sgd')() }", "optimizer must be an object"],
      ["optimizer={ get name() { return 1 } }", "optimizer must be an object"],
      ["optimizer={ __proto__: {} }", "optimizer must be an object"],
      ["optimizer={ [process.exit(1)]: 1 }", "optimizer must be an object"],
      ["optimizer={ name }", "optimizer must be an object"],
      ["activation='a' + 'b'", "activation must be a text"],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template is what must be refused
      ["activation=`${process.exit(1)}`", "activation must be a text"],
      ["steps=seed", "steps must be a number, a quoted text, true, false, a list or an object"],
    ];
    for (const [given, message] of cases)
      assert.throws(
        () => injected(SOURCE, given),
        (error: Error) =>
          error instanceof RangeError && error.message.startsWith(`xorlab export: parameter ${message}`),
        given,
      );
  });

  it("names the near miss and the known names", () => {
    assert.throws(() => injected(SOURCE, "sede=1"), {
      name: "RangeError",
      message:
        'xorlab export: unknown parameter "sede"; did you mean "seed"? (activation, hidden, optimizer, rate, seed, shuffle, steps)',
    });
  });

  it("wants each name in each notebook", () => {
    const one = notebook("one", [{ parameters: "const seed = 1;" }]);
    const two = notebook("two", [{ parameters: "const width = 1;" }]);
    const three = notebook("three", ["const seed = 1;"]);
    assert.throws(() => overrideParameters([one, two, three], readOverrides(["seed=2"])), {
      message:
        'xorlab export: not every notebook has the parameter "seed": missing in two (width), three (none); name the notebooks that have it before -p',
    });
    assert.throws(() => overrideParameters([one, two], readOverrides(["widht=2"])), /did you mean "width"/);
    assert.throws(
      () => overrideParameters([three], readOverrides(["seed=2"])),
      /no cell tagged "parameters" in three/,
    );
  });

  it("wants one parameters cell", () => {
    const twice = notebook("twice", [{ parameters: "const a = 1;" }, { parameters: "const b = 1;" }]);
    assert.throws(
      () => overrideParameters([twice], readOverrides(["a=2"])),
      /twice has 2 cells tagged "parameters"/,
    );
  });

  it("leaves notebooks alone without -p", () => {
    const notebooks = [notebook("plain", ["1"])];
    assert.equal(overrideParameters(notebooks, new Map()), notebooks);
  });
});

describe("parametersOf()", () => {
  const namesOf = (source: string) => parametersOf(source).map(({ name }) => name);

  it("finds declarations with a value at the beginning of lines", () => {
    const source = `let a = 1;
let b: number
const { c } = { c: 1 };
const d: "x" | 'y' = "x";
function e() {
  const f = 1;
}
const g = (x) => x;
const h: (x: number) => number = g;
var i =
  2`;
    assert.deepEqual(namesOf(source), ["a", "d", "g", "i"]);
    assert.deepEqual(injected(source, "d=y"), [`const d: "x" | 'y' = "y";`]);
  });

  it("is not fooled by comments and texts", () => {
    const source = `// const a = 1;
/*
const b = 2;
*/
const url = "https://example.org"; /* "
const c = 3; */
const text = \`
const d = "4";
\`;
const quote = 'it\\'s // no comment';
const last = 5; // "\${last}.`;
    assert.deepEqual(
      parametersOf(source).map(({ name, kind, used }) => [name, kind, used]),
      [
        ["url", "text", false],
        ["text", "text", false],
        ["quote", "text", false],
        ["last", "number", false],
      ],
    );
  });

  it("finds every setting of the project's notebooks, and none that its cell uses", () => {
    for (const path of notebooksIn(join(CHECKOUT, "notebooks"))) {
      const { name, content } = readNotebook(path);
      const cell = content.cells.find(({ metadata }) => metadata?.tags?.includes("parameters"))!;
      const lines = sourceOf(cell).split("\n");
      assert.deepEqual(
        namesOf(sourceOf(cell)),
        lines.map((line) => /^const (\w+) = /.exec(line)?.[1]),
        name,
      );
      assert.ok(!parametersOf(sourceOf(cell)).some(({ used }) => used), name);
    }
  });
});

describe("readLiteral()", () => {
  it("reads literals as TypeScript writes them", () => {
    assert.deepEqual(readLiteral(`{ a: [1000, -.5, 2e3,], 'b "c"': 'it\\'s: "t"', d: { e: null }, }`), {
      a: [1000, -0.5, 2000],
      'b "c"': `it's: "t"`,
      d: { e: null },
    });
  });

  it("reads nothing else", () => {
    for (const text of [
      "",
      "name",
      "f()",
      "1, 2",
      "/a/",
      "new Date",
      "x => x",
      "-'1'",
      "!1",
      "undefined",
      "1n",
      "[,]",
      "[1,,]",
      "1)(",
      "a: 1",
      "'a' + 'b'",
      "`a`",
      '{ "__proto__": {} }',
      "[-1e999]",
    ])
      assert.equal(readLiteral(text), undefined, text);
  });
});
