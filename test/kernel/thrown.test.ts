import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, FOREIGN, resultText, tracebackText } from "../support/kernelText.js";

/** What is thrown and is no error, or pretends to be one. The kernel must say what came, and live on. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

const PLAIN: readonly (readonly [thrown: string, seen: RegExp])[] = [
  ['"just a text"', /just a text/],
  ["undefined", /undefined/],
  ["null", /null/],
  ["0", /0/],
  ['Symbol("mark")', /mark/],
  ["12345678901234567890n", /12345678901234567890/],
  ["{ reason: 'a plain object' }", /a plain object/],
  ["[1, 2, 3]", /1, 2, 3/],
  ["() => 1", /Function|=>/],
];

for (const [thrown, seen] of PLAIN)
  test(`throwing ${thrown} is an error that shows it`, async () => {
    for (const code of [
      `throw ${thrown};`,
      `await null;\nthrow ${thrown};`,
      `await Promise.reject(${thrown});`,
    ]) {
      const cell = await kernel.run(code);
      assert.equal(cell.reply.content.status, "error", code);
      const [error] = errors(cell);
      assert.equal(typeof error?.ename, "string", code);
      assert.ok(error.ename, "a name that is not empty");
      assert.match(`${error.evalue}`, seen, code);
      assert.match(tracebackText(error), seen, code);
      assert.doesNotMatch(tracebackText(error), FOREIGN);
    }
  });

test("what an error carries stands below its place, also that of its cause", async () => {
  for (const [code, seen] of [
    [
      "throw Object.assign(new Error('x'), { code: 'E1', status: 404 });",
      /cell.*\n[\s\S]*\n {4}\{ code: "E1", status: 404 \}/,
    ],
    ["await import('node:fs/promises').then((fs) => fs.readFile('/no/such/file'));", /code: "ENOENT"/],
    [
      "throw new Error('x', { cause: Object.assign(new Error('y'), { code: 'E2' }) });",
      /Caused by[\s\S]*code: "E2"/,
    ],
    ["class Refused extends Error { readonly row = 7; }\nthrow new Refused('x');", /\{ row: 7 \}/],
  ] as const)
    assert.match(tracebackText(errors(await kernel.run(code))[0]), seen, code);
  const [plain] = errors(await kernel.run("throw new TypeError('x');"));
  assert.doesNotMatch(tracebackText(plain), /\{/);
});

const HOSTILE = [
  "{ get message() { throw new Error('from a getter'); } }",
  "{ toString() { throw new Error('from toString'); } }",
  "{ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('from inspect'); } }",
  "Object.assign(new Error('x'), { stack: 5 })",
  "Object.assign(new Error('x'), { stack: undefined })",
  "Object.defineProperty(new Error('x'), 'stack', { get() { throw new Error('from stack'); } })",
  "Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('from message'); } })",
  "Object.defineProperty(new Error('x'), 'name', { get() { throw new Error('from name'); } })",
  "Object.defineProperty(new Error('x'), 'cause', { get() { throw new Error('from cause'); } })",
  "Object.assign(new Error('x'), { name: Symbol('n'), message: { odd: true } })",
  "Object.assign(new Error('x'), { name: '', message: '' })",
  "Object.assign(new Error('x'), { name: null, cause: null })",
  "Object.defineProperty(new Error('x'), 'code', { enumerable: true, get() { throw new Error('from code'); } })",
  "(() => { const e: any = new Error('x'); e.cause = e; return e; })()",
  "(() => { const e: any = new AggregateError([], 'x'); e.errors = [e, e]; return e; })()",
  "(() => { const e: any = new AggregateError([], 'x'); e.errors = 7; return e; })()",
  "(() => { let e: any = new Error('x'); for (let i = 0; i < 5000; i++) e = new Error('x', { cause: e }); return e; })()",
  "new Proxy(new Error('x'), { get() { throw new Error('from a proxy'); }, getPrototypeOf() { throw new Error('p'); } })",
  "new Proxy({}, { get() { throw new Error('from a proxy'); }, ownKeys() { throw new Error('k'); } })",
  "(() => { const p = Proxy.revocable({}, {}); p.revoke(); return p.proxy; })()",
  "Object.create(null)",
  "new Error('m'.repeat(1_000_000))",
  "new Error('line one\\nline two\\n    at somewhere (/etc/passwd:1:1)')",
  "new Error('\\x1b[2J\\u0000 <script>alert(1)</script>')",
];

test("thrown objects that fight back neither silence the error nor end the kernel", async () => {
  for (const thrown of HOSTILE) {
    for (const code of [`throw ${thrown};`, `await null;\nthrow ${thrown};`]) {
      const cell = await kernel.run(code, {}, 20_000).catch((error) => assert.fail(`${code}: ${error}`));
      assert.equal(cell.reply.content.status, "error", code);
      const [error, ...more] = errors(cell);
      assert.ok(error && more.length === 0, `${code}: one error message`);
      const { ename, evalue, traceback } = error;
      assert.deepEqual([typeof ename, typeof evalue], ["string", "string"], code);
      assert.ok(
        traceback?.every((line) => typeof line === "string"),
        code,
      );
      assert.ok(
        JSON.stringify(error).length < 4_000_000,
        `${code}: ${JSON.stringify(error).length} characters`,
      );
    }
  }
  assert.equal(resultText(await kernel.run("6 * 7")), "42");
});

test("a user who changes how Error makes stacks still gets errors", async () => {
  for (const change of [
    "Error.prepareStackTrace = () => 'my own stack';",
    "Error.prepareStackTrace = () => { throw 1; };",
    "Error.stackTraceLimit = 0;",
    "(Error as any).captureStackTrace = undefined;",
  ]) {
    assert.equal((await kernel.run(change)).reply.content.status, "ok", change);
    const cell = await kernel.run("throw new Error('seen');", {}, 20_000);
    assert.equal(cell.reply.content.status, "error", change);
    assert.equal(errors(cell)[0]?.evalue, "seen", change);
    await kernel.run("Error.prepareStackTrace = undefined;\nError.stackTraceLimit = 10;");
  }
});
