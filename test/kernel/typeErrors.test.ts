import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { errors, FOREIGN, resultText, streamed, tracebackText } from "../support/kernelText.js";

/** What the compiler has against a cell: its words, the line, and a caret under the place. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel?.close());

const CARET = /^[^\p{Letter}\p{Number}"'`]*[\^~]+\s*$/u;

/** The columns that a text takes in a terminal or a browser's fixed-width font: emoji two, everything else here one. */
const width = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/\p{Emoji_Presentation}/u.test(character) ? 2 : 1), 0);

/** What the carets of a traceback point at: the source's text from the caret's column on. */
function pointedAt(text: string, source: string): string[] {
  const sources = source.split("\n").map((line) => line.trim());
  const lines = text.split("\n");
  return lines.flatMap((line, i) => {
    const shown = sources.find(
      (one) => one && line.trimEnd().endsWith(one.replaceAll("\t", line.includes("\t") ? "\t" : " ")),
    );
    if (shown === undefined || !CARET.test(lines[i + 1] ?? "")) return [];
    const before = lines[i + 1].slice(0, lines[i + 1].search(/[\^~]/));
    // Tabs must stand at the same places, or be gone from both lines.
    if (before.includes("\t")) return [line.slice(before.length)];
    const wanted = width(before);
    let place = 0;
    for (let columns = 0; columns < wanted && place < line.length; ) {
      const character = String.fromCodePoint(line.codePointAt(place)!);
      columns += width(character);
      place += character.length;
    }
    return [line.slice(place)];
  });
}

async function typeError(code: string) {
  const cell = await kernel.run(code);
  assert.equal(cell.reply.content.status, "error", code);
  const [error, ...more] = errors(cell);
  assert.ok(error && more.length === 0, "one error message");
  assert.equal(streamed(cell, "stderr") + streamed(cell), "");
  const text = tracebackText(error);
  assert.doesNotMatch(text, FOREIGN);
  return { error, text, points: pointedAt(text, code) };
}

test("a type error shows its line with a caret under the place, and nothing of the cell has run", async () => {
  const code = 'console.log("begun");\nconst a = 1;\nconst wide: number = a + 1, wrong: number = "text";';
  const { error, text, points } = await typeError(code);
  assert.match(text, /Type 'string' is not assignable to type 'number'/);
  assert.match(error.evalue ?? "", /not assignable/);
  assert.match(text, /\b3:29\b|line 3\b/);
  assert.equal(points.length, 1, text);
  assert.ok(points[0].startsWith('wrong: number = "text"'), text);
});

test("the caret stands right behind tabs, emoji and letters beyond the first plane", async () => {
  for (const [code, target] of [
    ['if (true) {\n\t\tlet tabbed: number = "x";\n}', 'tabbed: number = "x";'],
    ['const s = "🦉🦉"; const owl: number = s;', "owl: number = s;"],
    ['const t = "𝒳𝒳𝒳"; const math: number = t;', "math: number = t;"],
    ['/* 🦉 */\n\tconst both = "🦉\t"; let mixed: number = both;', "mixed: number = both;"],
  ]) {
    const { text, points } = await typeError(code);
    assert.deepEqual(points, [target], text);
  }
});

test("several errors of a cell are all told, each with its own line", async () => {
  const { text, points } = await typeError(
    'const p: number = "x";\nconst q = 2;\nnotDefined(q);\nconst r: string = q;',
  );
  assert.deepEqual(points, ['p: number = "x";', "notDefined(q);", "r: string = q;"], text);
});

test("the caret stands right after the short form { seed } of a name of an earlier cell", async () => {
  assert.equal((await kernel.run("const seed = 7;\nconst rate = 0.5;")).reply.content.status, "ok");
  const { points, text } = await typeError(
    "const made = { seed, rate }; const late: string = { seed }.seed;",
  );
  assert.deepEqual(points, ["late: string = { seed }.seed;"], text);
  const next = await typeError(
    "const list = [{ seed }, { rate }];\nlist.push({ seed, nothing: 1 }); const end: string = 1;",
  );
  assert.ok(next.points.at(-1)?.startsWith("end: string = 1;"), next.text);
});

test("a syntax error shows its place", async () => {
  const { points, text } = await typeError("const fine = 1;\nconst broken = (1 + ;");
  assert.ok(points.includes(";"), text);
});

test("an error at the end of the cell, or in a long line, has its place too", async () => {
  const { text } = await typeError("function open() {\n  return 1;");
  assert.match(text, /'}' expected/);
  const long = await typeError(`const filler = "${"x".repeat(20_000)}"; const far: number = "y";`);
  assert.match(long.text, /not assignable/);
});

test("a wrong option of the library is found before anything runs, with the values that are allowed", async () => {
  const { text, points } = await typeError('import { mlp } from "xorlab";\nmlp({ activation: "rleu" });');
  assert.match(text, /"rleu"/);
  assert.match(text, /relu/);
  assert.ok(points[0]?.startsWith('activation: "rleu"'), text);
  const unknown = await typeError('import { xor } from "xorlab";\nxor({ rowz: 5 });');
  assert.match(unknown.text, /rowz/);
});

test("a wrong call of TensorFlow.js shows its place, a right one runs, with xorlab's tf and one's own import", async () => {
  const right = await kernel.run(
    'import * as full from "@tensorflow/tfjs";\nimport { mlp, tf, train, truthTable } from "xorlab";\n' +
      'const run = await train(mlp(), truthTable("xor"), { epochs: 1 });\n' +
      "const trained: full.Sequential = run.model;\n" +
      "(trained.predict(full.tensor2d([[0, 1]]).add(tf.scalar(0))) as full.Tensor).shape",
  );
  assert.equal(resultText(right), "[ 1, 1 ]", JSON.stringify(errors(right)));
  for (const [code, point] of [
    ['const fine = 1;\ntrained.predict("text");', '"text");'],
    ["tf.layers.dense({ units: 2,\n  activatoin: 'relu' });", "activatoin: 'relu' });"],
    ["const x: full.Tensor2D = tf.scalar(1);", "x: full.Tensor2D = tf.scalar(1);"],
    ["run.model.summry();", "summry();"],
  ]) {
    const { points, text } = await typeError(code);
    assert.deepEqual(points, [point], text);
  }
});

test("a cell with a type error changes nothing: its names are not there, the earlier ones are", async () => {
  await kernel.run("let kept = 1;");
  await typeError('kept = 2;\nconst fresh = 3;\nconst w: number = "x";');
  assert.equal(resultText(await kernel.run("kept")), "1");
  assert.match((await typeError("fresh")).text, /Cannot find name 'fresh'/);
});
