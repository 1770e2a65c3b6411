import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { declarationsAfter } from "../../src/kernel/declarations.js";
import { excerpt } from "../../src/kernel/errors.js";
import { withHint } from "../../src/kernel/hints.js";
import { cellHistory } from "../../src/kernel/history.js";
import { follow, namespaceOf } from "../../src/kernel/interop.js";
import { documentation } from "../../src/kernel/language.js";
import { framesOf, outgoing, readRequest } from "../../src/kernel/message.js";
import { createScope, withoutPages } from "../../src/kernel/scope.js";

test("excerpt() puts the caret under the place, after tabs and emoji too", () => {
  const plain = (text: string) => text.replaceAll("\x1b[31m", "").replaceAll("\x1b[0m", "");
  const shown = plain(excerpt("one\n\tlet 👍 = x;", { line: 2, column: 11 }, 1)).split("\n");
  assert.deepEqual(shown, ["    1 | one", "  > 2 | \tlet 👍 = x;", "      | \t         ^"]);
  const range = plain(excerpt('f("rleu")', { line: 1, column: 3 }, 6)).split("\n");
  assert.equal(range[1], "      |   ^^^^^^");
});

test("declarationsAfter() keeps of what was declared what is not declared anew, as value and as type", () => {
  const declaration = (text: string, name: string | undefined, kind: "value" | "type" | "both") => ({
    ...{ text, name },
    isValue: name !== undefined && kind !== "type",
    isType: name !== undefined && kind !== "value",
  });
  const before = [
    declaration("declare class A {}", "A", "both"),
    declaration("declare class B {}", "B", "both"),
    declaration("interface P {}", "P", "type"),
    declaration("declare const P: 1;", "P", "value"),
    declaration("declare global {}", undefined, "both"),
    declaration("declare let constructor: 1;", "constructor", "value"),
  ];
  const added = [
    declaration("type A = 1;", "A", "type"),
    declaration("declare const B: 2;", "B", "value"),
    declaration("declare const P: 2;", "P", "value"),
    declaration("declare global {}", undefined, "both"),
  ];
  assert.deepEqual(
    declarationsAfter(before, added).map(({ text }) => text),
    [
      ...added.map(({ text }) => text),
      "declare let A: any;",
      "interface P {}",
      "declare let constructor: 1;",
    ],
  );
});

test("namespaceOf() gives a CommonJS module a default, and leaves an ES module as it is", () => {
  const callable = Object.assign(() => 1, { helper: 2 });
  const namespace = namespaceOf(callable) as Record<string, unknown>;
  assert.deepEqual(Object.keys(namespace), ["helper", "default"]);
  assert.equal(namespace.default, callable);
  callable.helper = 3;
  assert.equal(namespace.helper, 3, "as it is now");
  assert.equal(namespaceOf(callable), namespace);
  const compiled = { __esModule: true, default: 4 };
  assert.equal(namespaceOf(compiled), compiled);
  const odd = { default: 5 };
  assert.equal((namespaceOf(odd) as { default: unknown }).default, odd);
  assert.deepEqual(namespaceOf("text"), { default: "text" });
});

test("createScope() finds variables of any name, undefined ones too, and keeps their pages", () => {
  const { pageOf, page, find } = createScope();
  for (const name of ["__proto__", "constructor", "toString"]) {
    assert.equal(find(name), undefined);
    page(pageOf(name))[name] = name;
    assert.deepEqual(find(name), { value: name });
  }
  page(pageOf("none")).none = undefined;
  assert.deepEqual(find("none"), { value: undefined });
  const numbers = Array.from({ length: 300 }, (_, i) => pageOf(`v${i}`));
  assert.deepEqual([...new Set(numbers)], [0, 1, 2, 3]);
  assert.deepEqual(
    numbers.map((_, i) => pageOf(`v${i}`)),
    numbers,
  );
});

test("withoutPages() writes variables as cells have them", () => {
  assert.equal(withoutPages("(0 , __cells3__.f) is not a function"), "f is not a function");
  assert.equal(withoutPages("__cells12__.a.b is not iterable"), "a.b is not iterable");
  assert.equal(withoutPages("(0 , other.f) is not"), "(0 , other.f) is not");
});

test("cellHistory() answers tail, range and search", () => {
  const history = cellHistory();
  for (const [i, source] of ["a = 1", "b = 2", "a = 1", "c* = 3"].entries()) history.add(i + 1, source);
  assert.deepEqual(history.find({ hist_access_type: "tail", n: 2 }), [
    [1, 3, "a = 1"],
    [1, 4, "c* = 3"],
  ]);
  assert.deepEqual(history.find({ hist_access_type: "range", session: 0, start: 2, stop: 3 }), [
    [1, 2, "b = 2"],
  ]);
  assert.deepEqual(history.find({ hist_access_type: "search", pattern: "a*", unique: true, output: true }), [
    [1, 3, ["a = 1", null]],
  ]);
  const slow = history.find({ hist_access_type: "search", pattern: `${"*a".repeat(60)}b` });
  assert.deepEqual(slow, []);
});

const HEADER = { msg_id: "1", msg_type: "x_request", session: "s", username: "u", date: "", version: "5.3" };

function signed(parts: readonly string[], key: string): Buffer[] {
  const hash = createHmac("sha256", key);
  for (const part of parts) hash.update(part);
  return ["id", "<IDS|MSG>", hash.digest("hex"), ...parts].map((part) => Buffer.from(part));
}

test("readRequest() reads what is signed, and looks at nothing else", () => {
  const parts = [JSON.stringify(HEADER), "{}", "{}", '{"code":"1"}'];
  const request = readRequest("shell", signed(parts, "key"), "key");
  assert.equal(request.type, "x_request");
  assert.deepEqual(request.content, { code: "1" });
  assert.throws(() => readRequest("shell", signed(parts, "other"), "key"), /signature is wrong/);
  assert.throws(() => readRequest("shell", signed(["{", "{}", "{}", "{}"], "other"), "key"), /signature/);
  assert.throws(() => readRequest("shell", signed(["[]", "{}", "{}", "{}"], "key"), "key"), /header must be/);
  assert.throws(() => readRequest("shell", signed(parts.slice(0, 3), "key"), "key"), /parts are missing/);
});

test("a reply names its request, goes back where it came from, and is signed", () => {
  const parts = [JSON.stringify(HEADER), "{}", "{}", "{}"];
  const request = readRequest("shell", signed(parts, "key"), "key");
  const frames = framesOf(outgoing(request, "shell", "x_reply", { status: "ok" }), "key");
  const again = readRequest(
    "shell",
    frames.map((frame) => Buffer.from(frame)),
    "key",
  );
  assert.equal(again.type, "x_reply");
  assert.equal(Buffer.from(frames[0]).toString(), "id");
  assert.deepEqual(JSON.parse(Buffer.from(frames[4]).toString()), HEADER);
});

test("no message has half of a surrogate pair: a notebook that kept one could not be saved", () => {
  const request = readRequest("shell", signed([JSON.stringify(HEADER), "{}", "{}", "{}"], "key"), "key");
  const text = (content: string): string => outgoing(request, "iopub", "stream", { text: content }).parts[3];
  for (const [given, sent] of [
    ["a \ud800 b", "a \ufffd b"],
    ["\udc00\\", "\ufffd\\"],
    ["🎉", "🎉"],
    ["\\ud800 \\\\ud800 \\u0000 \u0000 \n", "\\ud800 \\\\ud800 \\u0000 \u0000 \n"],
  ])
    assert.equal(JSON.parse(text(given)).text, sent);
});

test("follow() reads an export as it is now, until something else is assigned to the variable", () => {
  const [page, module]: Record<string, unknown>[] = [{}, { count: 1 }];
  follow(page, "counted", module, "count");
  module.count = 2;
  assert.deepEqual({ ...page }, { counted: 2 });
  page.counted = "own";
  module.count = 3;
  assert.deepEqual({ ...page }, { counted: "own" });
});

test("withHint() says what was probably meant, and nothing where nothing is near", () => {
  const refused = (came: string) => `Type '"${came}"' is not assignable to type '"linear" | "relu" | "elu"'.`;
  assert.equal(withHint(refused("rleu")), `${refused("rleu")} Did you mean "relu"?`);
  assert.equal(withHint(refused("swish")), refused("swish"));
  assert.equal(withHint("Type 'number' is not assignable."), "Type 'number' is not assignable.");
});

test("withHint() says where an unknown name comes from, and reminds of await", () => {
  assert.match(withHint("Cannot find name 'train'."), /import \{ train \} from "xorlab"/);
  assert.match(
    withHint("Cannot find name 'seed'."),
    /If an earlier cell declares it, run that cell first\.$/,
  );
  assert.equal(
    withHint("Cannot find name 'print'."),
    "Cannot find name 'print'. That is Python's; write console.log(…).",
  );
  assert.match(withHint("Cannot find name 'constructor'."), /run that cell first/);
  const browser =
    "Do you need to change your target library? Try changing the 'lib' compiler option to include 'dom'.";
  assert.equal(
    withHint(`Cannot find name 'document'. ${browser}`),
    "Cannot find name 'document'. Cells run in Node, which has no web page.",
  );
  assert.equal(
    withHint("Cannot find name 'window'."),
    `Cannot find name 'window'. Cells run in Node, which has no web page.`,
  );
  const newer =
    "Do you need to change your target library? Try changing the 'lib' compiler option to 'es2030' or later.";
  assert.equal(
    withHint(`Property 'shine' does not exist on type 'Moon'. ${newer}`),
    `Property 'shine' does not exist on type 'Moon'. Node ${process.version} does not have it, or the 'lib' of a tsconfig.json lacks 'es2030'.`,
  );
  const untyped = (name: string) =>
    withHint(`Cannot find name '${name}'. Do you need to install type definitions for node? Try …`);
  assert.equal(
    untyped("node:future"),
    `Cannot find module "node:future". Node ${process.version} has no such module.`,
  );
  assert.equal(
    untyped("node:fs"),
    'Cells have no types of "node:fs"; write: const name = require("node:fs").',
  );
  assert.match(
    withHint("A 'return' statement can only be used within a function body."),
    /leave out "return"/,
  );
  const promised = "Property 'history' does not exist on type 'Promise<Run<Sequential>>'.";
  assert.equal(withHint(promised), `${promised} Did you forget "await"?`);
});

test("documentation() gives signature, description and labelled tags, not where a name was imported", () => {
  const part = (text: string) => [{ kind: "text", text }];
  const info = {
    displayParts: part("(alias) train(model: Model): Promise<Run>\nimport train"),
    documentation: part("Trains."),
    tags: [
      { name: "param", text: part("model  any") },
      { name: "throws", text: part("TypeError") },
    ],
  };
  assert.equal(
    documentation(info),
    "train(model: Model): Promise<Run>\n\nTrains.\n\n@param model  any\n@throws TypeError",
  );
  assert.equal(documentation({ displayParts: part("any") }), "any");
});
