import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readLiteral } from "../../../src/node/cli/literals.js";
import type { Notebook } from "../../../src/node/cli/notebookFile.js";
import { sourceOf } from "../../../src/node/cli/notebookFile.js";
import { overrideParameters, parametersOf, readOverrides } from "../../../src/node/cli/parameters.js";
import { notebookContent, type TestCell } from "../../support/notebookFiles.js";

function notebook(name: string, cells: readonly TestCell[]): Notebook {
  return { name, path: `/${name}.ipynb`, content: notebookContent(cells) };
}

/** The parameters cell after `-p` for each of `given`. */
function overridden(source: string, ...given: string[]): string {
  const before = notebook("one", ["const first = 1;", { parameters: source }]);
  const [after] = overrideParameters([before], readOverrides(given));
  assert.match(sourceOf(after.content.cells[0]), /^\*\*Run with other settings:\*\* /);
  assert.deepEqual(after.content.cells[1], before.content.cells[0], "other cells stay");
  assert.equal(sourceOf(before.content.cells[1]), source, "the notebook given stays as it is");
  return sourceOf(after.content.cells[2]);
}

const SOURCE = `// The settings. const seed = 0; is only a comment
const seed = 7; // any whole number
let rate: number = -0.5; /* per step */
const activation = "relu";
const shuffle = true, hidden = [2, 2] as const;
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
  it("replaces the value and nothing else", () => {
    assert.equal(overridden(SOURCE, "seed=8"), SOURCE.replace("seed = 7", "seed = 8"));
    assert.equal(overridden(SOURCE, "rate=2e-3"), SOURCE.replace("-0.5", "0.002"));
    assert.equal(overridden(SOURCE, "rate=-1"), SOURCE.replace("-0.5", "-1"));
    assert.equal(overridden(SOURCE, "activation=tanh"), SOURCE.replace('"relu"', '"tanh"'));
    assert.equal(overridden(SOURCE, "activation='tanh'"), SOURCE.replace('"relu"', '"tanh"'));
    assert.equal(overridden(SOURCE, "shuffle=false"), SOURCE.replace("true", "false"));
    assert.equal(overridden(SOURCE, "hidden=[ 4, /* two */ 5 ]"), SOURCE.replace("[2, 2]", "[4,5]"));
    assert.equal(
      overridden(SOURCE, "optimizer={ name: 'adam', beta1: .9, }"),
      SOURCE.replace('{ name: "sgd", momentum: 0.9 }', '{"name":"adam","beta1":0.9}'),
    );
    assert.equal(overridden(SOURCE, "steps=[1, 'a', null]"), SOURCE.replace("10 ** 3", '[1,"a",null]'));
  });

  it("replaces several at once", () => {
    const expected = SOURCE.replace("seed = 7", "seed = 1")
      .replace('"relu"', '"elu"')
      .replace("true", "false");
    assert.equal(overridden(SOURCE, "shuffle=false", "seed=1", "activation=elu"), expected);
  });

  it("says below the title what differs, as code and never as markup", () => {
    const title = { cell_type: "markdown", id: "t", metadata: {}, source: "# A title" };
    const before = notebook("one", [{ parameters: SOURCE }]);
    const titled = { ...before, content: { cells: [title, ...before.content.cells] } };
    const [after] = overrideParameters([titled], readOverrides(["seed=8", "activation=`<b>"]));
    assert.equal(sourceOf(after.content.cells[0]), "# A title");
    assert.equal(
      sourceOf(after.content.cells[1]),
      "**Run with other settings:** `` seed = 8 `` (in the notebook `` 7 ``), `` activation = '<b> `` (in the notebook `` \"relu\" ``). The text was written for the notebook's own.",
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
      const source = overridden("const label = 'x';", `label=${text}`);
      const value = /^const label = (".*");$/s.exec(source);
      assert.equal(JSON.parse(value?.[1] ?? ""), text);
    }
  });

  it("takes only literals of the parameter's kind", () => {
    const cases = [
      ["seed=eight", "seed must be a number, as in 0.5"],
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
      ["hidden=3", "hidden must be a list, as in [1, 2]"],
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
        () => overridden(SOURCE, given),
        (error: Error) =>
          error instanceof RangeError && error.message.startsWith(`xorlab export: parameter ${message}`),
        given,
      );
  });

  it("names the near miss and the known names", () => {
    assert.throws(() => overridden(SOURCE, "sede=1"), {
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
  it("finds plain declarations with a value, at the top of the cell only", () => {
    const names = parametersOf(
      "let a = 1, b; const { c } = { c: 1 }; { const d = 1 } function f() { const e = 1; } var g = 2",
    ).map((parameter) => parameter.name);
    assert.deepEqual(names, ["a", "g"]);
  });
});

describe("readLiteral()", () => {
  it("reads literals as TypeScript writes them", () => {
    assert.deepEqual(readLiteral("{ a: [1_000, -.5, +2, 0x10], 'b c': `t`, d: { e: null } } // end"), {
      a: [1000, -0.5, 2, 16],
      "b c": "t",
      d: { e: null },
    });
  });

  it("refuses everything else", () => {
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
      "1)(",
      "a: 1",
    ])
      assert.throws(() => readLiteral(text), RangeError, text);
  });
});
