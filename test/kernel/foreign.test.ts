import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, resultText, tracebackText } from "../support/kernelText.js";

/** Commands of IPython and of terminals in a cell. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

test("a command of IPython or of a terminal gets one sentence that says what to write", async () => {
  for (const [code, sentence] of [
    [
      "%%bash\nls -l\nfor f in *; do echo $f; done",
      /^%%bash is a command of IPython, not TypeScript; write import \{ execSync \} from "node:child_process"; /,
    ],
    ["%time train(1, 2)", /^%time is a command .*; write console\.time\("work"\)/],
    ["// how long?\n\n%timeit -n 3 x", /^%timeit /],
    ["%matplotlib inline", /leave it out: a figure shows itself\.$/],
    ["const a = 1;\n%matplotlib inline", /^%matplotlib /],
    [
      "%nosuchmagic",
      /^%nosuchmagic is a command of IPython, not TypeScript; there is nothing in its place\.$/,
    ],
    ["%pip install left-pad", /^%pip .* open a terminal .* and type npm install NAME\.$/],
    [
      "!npm i left-pad",
      /^!npm i left-pad is a command for a terminal.* execSync\("npm i left-pad", \{ stdio: "inherit" \}\)\.$/,
    ],
    ["!ls", /^!ls is a command for a terminal/],
    ['! grep "a b" file.txt', /execSync\("grep \\"a b\\" file\.txt"/],
    ["let b = 2;\n!mytool --fast now\nb", /^!mytool --fast now is/],
    ["npm install left-pad", /^npm install left-pad is a command for a terminal/],
    ["$ git status", /execSync\("git status"/],
    [
      "import numpy as np\nx = np.array([1])",
      /^import numpy as np is Python, .* import \* as name from "package"/,
    ],
    ["from sklearn.svm import SVC", /^from sklearn\.svm import SVC is Python/],
    ["def f(x):  # doubles\n    return 2 * x", /^def f\(x\): is Python, not TypeScript; write function /],
    ["const n = 3;\nfor i in range(n):\n    print(i)", /^for i in range\(n\): is Python/],
    ["if True:\n    x = 1\nelse:\n    x = 2", /^if True: is Python/],
    ["const view = <p>hello</p>;", /^Cells cannot have JSX, such as <\/p>; put it into a \.tsx file/],
    ["const view = (\n  <br />\n);", /^Cells cannot have JSX, such as <br \/>;/],
  ] as const) {
    const cell = await kernel.run(code);
    const [error, ...others] = errors(cell);
    assert.equal(others.length, 0);
    assert.equal(error?.ename, "NotTypeScript", `${code}: ${error?.evalue}`);
    assert.match(String(error.evalue), sentence);
    assert.equal(tracebackText(error), `NotTypeScript: ${error.evalue}`);
  }
});

test("TypeScript that begins alike runs, and its own mistakes are told as ever", async () => {
  const run = async (code: string) => resultText(await kernel.run(code));
  assert.equal(await run("const ready = false;\n!ready"), "true");
  assert.equal(await run("const npm = 5, install = 2;\nnpm\n% install"), "1");
  assert.equal(await run("const ls = () => 3;\n!ls()"), "false");
  assert.equal(await run("`%time\n!npm i x\n%%bash`.length"), "21");
  for (const [code, name] of [
    ["!raedy", /Cannot find name 'raedy'/],
    ["!function () {}()", /type 'void' cannot be tested/],
    ["const echo = (n: number) => n;\necho(1, 2", /expected/],
    ["7\n% unheard", /Cannot find name 'unheard'/],
    ["let c: number = 'x';", /not assignable/],
    ["const = 3", /declaration expected/],
    ["const two = (1 < 2 && 3 > ;", /Expression expected/],
    ["const f = (x: Array<number>): => x", /expected/],
    ["for (const i in [1]) :", /expected/],
  ] as const) {
    const [error] = errors(await kernel.run(code));
    assert.equal(error.ename, "TypeScriptError", code);
    assert.match(String(error.evalue), name);
  }
});
