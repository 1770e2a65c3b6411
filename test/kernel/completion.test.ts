import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { offeredAt, saidOf } from "../support/kernelAsk.js";
import { type KernelSession, startKernel } from "../support/kernelSession.js";
import { resultText } from "../support/kernelText.js";

/** Completion and inspection. Positions count code points, as the protocol says. */

let kernel: KernelSession;
before(async () => {
  kernel = await startKernel();
  await kernel.run(
    'import { mlp, train, xor } from "xorlab";\nconst model = mlp({ seed: 1 });\nconst data = xor({ seed: 1 });\n/** How fast it learns. */\nconst learningSpeed = 0.5;\nfunction area(width: number, height: number): number {\n  return width * height;\n}',
  );
});
after(() => kernel?.close());

const points = (text: string): number => [...text].length;

const complete = (marked: string) => offeredAt(kernel, marked);
const inspect = (marked: string) => saidOf(kernel, marked);

test("completion offers what fits and replaces what was typed", async () => {
  const member = await complete("Math.hyp|");
  assert.deepEqual([member.matches, member.replaced], [["hypot"], "hyp"]);
  const earlier = await complete("learn|");
  assert.deepEqual([earlier.matches, earlier.replaced], [["learningSpeed"], "learn"]);
  const empty = await complete("model.|");
  for (const name of ["predict", "save", "summary"]) assert.ok(empty.matches.includes(name), name);
  const inside = await complete("const x = Math.hy|pot(1);");
  assert.ok(inside.matches.includes("hypot"));
  assert.ok(inside.replaced.startsWith("hy"), inside.replaced);
  const imported = await complete('import { tr| } from "xorlab";');
  assert.ok(imported.matches.includes("train"), String(imported.matches));
});

test("completion offers the options of train() with what they mean", async () => {
  const { matches, content } = await complete("train(model, data, { ep|");
  assert.deepEqual(matches, ["epochs"]);
  const all = await complete("train(model, data, {|");
  for (const option of ["epochs", "batchSize", "optimizer", "seed", "engine"])
    assert.ok(all.matches.includes(option), `${option} of ${all.matches}`);
  const types = content.metadata?._jupyter_types_experimental as { text: string; type: string }[] | undefined;
  assert.ok(
    types?.some(({ text, type }) => text === "epochs" && typeof type === "string"),
    JSON.stringify(content),
  );
  const values = await complete('mlp({ activation: "|" })');
  assert.ok(
    values.matches.some((match) => /^["']?relu["']?$/.test(match)),
    String(values.matches),
  );
});

test("completion counts characters beyond the first plane as one", async () => {
  const owl = await complete('const s = "🦉🦉"; Math.hyp|');
  assert.deepEqual([owl.matches, owl.replaced], [["hypot"], "hyp"]);
  assert.equal(owl.content.cursor_start, points('const s = "🦉🦉"; Math.'));
  const lines = await complete("// 𝒳 🦉\n/* é */ learn|\n// 🦉");
  assert.deepEqual([lines.matches, lines.replaced], [["learningSpeed"], "learn"]);
});

test("inspection tells types and docstrings, of the library's names and one's own", async () => {
  const ours = await inspect("tra|in(model, data)");
  assert.match(ours.text, /train(?:<.*>)?\([\s\S]*model: [\s\S]*Promise<Run/);
  assert.match(ours.text, /Trains a model on data: one run/);
  assert.match(ours.text, /default|script/);
  const own = await inspect('"🦉"; learning|Speed');
  assert.match(own.text, /0\.5|number/);
  assert.match(own.text, /How fast it learns/);
  assert.match((await inspect("ar|ea(1, 2)")).text, /area\(width: number, height: number\): number/);
  assert.match(
    (await inspect("area(1, |2)")).text,
    /width: number, height: number/,
    "inside the brackets: the function's",
  );
  const option = await inspect("train(model, data, { epo|chs: 5 })");
  assert.match(option.text, /epochs/);
  for (const marked of ["|", "noSuchName|", "1 + |1", "// a rem|ark"])
    assert.equal((await inspect(marked)).found, false, marked);
});

test("Name? shows its documentation in the pager, and is no cell's error", async () => {
  const cell = await kernel.run("train?");
  assert.equal(cell.reply.content.status, "ok");
  const [page] = cell.reply.content.payload ?? [];
  assert.equal(page?.source, "page");
  assert.match(String(page?.data?.["text/plain"]), /Trains a model on data/);
  const nothing = await kernel.run("noSuchName?");
  assert.ok(["ok", "error"].includes(nothing.reply.content.status ?? ""));
  assert.equal(resultText(await kernel.run("true ? 1 : 2")), "1");
});
