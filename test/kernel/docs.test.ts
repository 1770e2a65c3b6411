import assert from "node:assert/strict";
import { test } from "node:test";
import { hideDocs } from "../../src/kernel/docs.js";
import { notebookCells } from "../support/cells.js";

/** Documentation of declaration files is read when it is asked for, and not before. */

const cells = notebookCells();

test("hideDocs() hides documentation, keeps every place, and leaves all else as it is", () => {
  const text =
    '/** One. */\nlet a: 1; // /** no */\n  /**\n   * Two.\n   */\nlet b: "/** text */";\n/**/ let c: 3;\n';
  const hidden = hideDocs(text);
  assert.equal(hidden.length, text.length);
  assert.deepEqual(
    [...hidden].flatMap((letter, i) => (letter === text[i] ? [] : i)),
    [2, 39],
  );
  const deprecated = "/** Old.\n * @deprecated\n */\nlet d: 4;\n";
  assert.equal(hideDocs(deprecated), deprecated);
});

test("documentation of the language, Node, TensorFlow.js and the library is told", () => {
  const imports = [
    'import { tf, train } from "xorlab";',
    'import { EventEmitter } from "node:events";',
    "class Bell extends EventEmitter { on(name: string, heard: () => void) { return super.on(name, heard); } }",
    "/** Rings. */\nfunction ring(bell: Bell) { bell.emit('ring'); }",
  ];
  for (const cell of imports) assert.deepEqual(cells.check(cell), []);
  for (const [cell, docs] of [
    ["[1].ma¦p", /^Calls a defined callback function on each element of an array/],
    ["Ma¦th", /^An intrinsic object that provides basic mathematics/],
    ["process.cw¦d()", /returns the current working directory/],
    ["new Bell().o¦n", /Adds the `listener` function/], // what it inherits
    ["tf.layers.den¦se", /^Creates a dense \(fully connected\) layer\.[\s\S]*Output shape/],
    ["tf.layers.dense({ un¦its: 1 })", /^Positive integer, dimensionality/],
    ["tra¦in", /^Trains a/],
    ["ri¦ng", /^Rings\./],
  ] as const)
    assert.match(cells.told(cell).docs, docs, cell);
});

test("what is deprecated is offered last", () => {
  const offered = cells.offered('"text".');
  assert.ok(offered.indexOf("substring") < offered.indexOf("substr"), offered.join());
});
