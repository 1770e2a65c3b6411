import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { installed, openProject, type Project } from "../../support/kernelProject.js";
import { resultText, streamed } from "../../support/kernelText.js";

/** What is written, made or removed while a kernel runs counts at the next import. */

let project: Project;
before(async () => {
  project = await openProject(
    {
      "src/first.ts": 'import { second } from "./second";\nexport const first = "first, " + second;',
      "src/second.ts": 'export const second = "second 1";',
      "src/state.ts": "export const state = { count: 0 };",
      "notebooks/es.mjs": "export const es = 1;",
      "notebooks/common.js": "exports.common = 1;",
      "notebooks/data.json": { n: 1 },
      "packages/lib/package.json": { name: "@own/lib", main: "src/lib.ts" },
      "packages/lib/src/lib.ts": "export const lib: number = 1;",
      ...installed("there", { main: "index.js" }, { "index.js": "exports.there = 1;" }),
    },
    { "node_modules/@own/lib": "../../packages/lib" },
  );
});
after(() => project?.close());

const IMPORTS =
  'import { first } from "../src/first";\nimport { es } from "./es.mjs";\nimport { common } from "./common";\nimport data from "./data.json";\nimport { lib } from "@own/lib";\n[first, es, common, data.n, lib].join("; ")';

test("one's own modules are read anew when they, or what they import, have changed", async () => {
  assert.equal(await project.value(IMPORTS), "'first, second 1; 1; 1; 1; 1'");
  project.write({
    "src/second.ts": 'export const second = "second 2";',
    "notebooks/es.mjs": "export const es = 2;",
    "notebooks/common.js": "exports.common = 2;",
    "notebooks/data.json": { n: 2 },
    "packages/lib/src/lib.ts": "export const lib: number = 2;",
  });
  assert.equal(await project.value(IMPORTS), "'first, second 2; 2; 2; 2; 2'");
  project.write({ "src/second.ts": "export const second = 3;" });
  assert.match(
    await project.failure('import { second } from "../src/second";\nconst text: string = second;'),
    /Type 'number' is not assignable to type 'string'/,
    "types are read anew too",
  );
});

test("modules that have not changed keep what they hold", async () => {
  await project.succeed('import { state } from "../src/state";\nstate.count++;');
  assert.equal(await project.value('import { state } from "../src/state";\nstate.count'), "1");
});

test("import() in a cell reads what the cell itself has written", async () => {
  const code =
    'import { writeFileSync } from "node:fs";\nconst made: number[] = [];\nfor (const n of [1, 2]) {\n  writeFileSync("made.mjs", "export const n = " + n);\n  made.push((await import("./made.mjs" as string)).n);\n}\nmade.join()';
  assert.equal(await project.value(code), "'1,2'");
});

test("a file that is made after it was missed can be imported, and no cell is disturbed", async () => {
  const code = 'import { late } from "./late";\nlate';
  assert.match(await project.failure(code), /Cannot find module "\.\/late"/);
  project.write({ "notebooks/late.ts": "export const late = 5;" });
  assert.equal(await project.value("20 + 1"), "21");
  assert.equal(await project.value(code), "5");
});

test("so can one that a module lacked, and one that comes before what was found", async () => {
  const code = 'import { all } from "../src/lacks";\nall';
  project.write({
    "src/lacks.ts":
      'import { a } from "./a";\nimport { b } from "./b";\nexport const all = [a, b].join(", ");',
    "src/b/index.ts": "export const b = 1;",
  });
  assert.match(await project.failure(code), /Cannot find module "\.\/a"/);
  project.write({ "src/a.ts": "export const a = 1;" });
  assert.equal(await project.value(code), "'1, 1'");
  project.write({ "src/b.ts": "export const b = 2;" });
  assert.equal(await project.value(code), "'1, 2'");
});

test("a file that cannot be reached any more is missed, and no other cell is disturbed", async () => {
  project.write({ "notebooks/reached.ts": "export const reached = 1;" });
  const code = 'import { reached } from "./reached";\nreached';
  assert.equal(await project.value(code), "1");
  project.remove("notebooks/reached.ts");
  symlinkSync("reached.ts", join(project.root, "notebooks/reached.ts")); // a link to itself
  assert.equal(await project.value("6 * 7"), "42");
  assert.match(await project.failure(code), /Cannot find module "\.\/reached"/);
  project.remove("notebooks/reached.ts");
  project.write({ "notebooks/reached.ts": "export const reached = 2;" });
  assert.equal(await project.value(code), "2");
});

test("a compiler that has failed once takes the next cell", async () => {
  await project.succeed(
    'const all = globalThis as any;\nconst map = Map;\nall.Map = class extends map { set(): never { throw new Error("failed"); } };\nsetTimeout(() => { all.Map = map; }, 300);',
  );
  assert.match(await project.failure("1 + 1"), /the compiler gave up on this cell: failed/);
  await sleep(400);
  assert.equal(await project.value("6 * 7"), "42");
});

test("a package that is installed while the kernel runs can be imported at the next cell", async () => {
  const code = 'import { added } from "added";\nadded';
  assert.equal(await project.value("1"), "1");
  assert.match(await project.failure(code), /npm install added/);
  assert.match(await project.failure('await import("added" as string)'), /npm install added/);
  const types = "export const added: number;";
  project.write(
    installed(
      "added",
      { main: "lib/main.js", types: "types.d.ts" },
      {
        "lib/main.js": "exports.added = 8;",
        "types.d.ts": types,
      },
    ),
  );
  project.write({ "package.json": { dependencies: { added: "1.0.0" } } });
  assert.equal(await project.value("20 + 1"), "21");
  assert.equal(await project.value(code), "8");
  assert.match(
    await project.failure('import { added } from "added";\nadded.length'),
    /does not exist on type 'number'/,
  );
});

test("an ES module that lacked a package is imported once that is there, or it is said that a restart is needed", async () => {
  for (const [name, main] of [
    ["dep", "index.js"],
    ["other-dep", "other.js"],
  ]) {
    project.write(
      installed(
        `needs-${name}`,
        { type: "module", main: "a.js" },
        { "a.js": `export { dep } from "${name}";` },
      ),
    );
    const code = `(await import("needs-${name}" as string)).dep`;
    assert.match(await project.failure(code), /dep/);
    project.write(installed(name, { type: "module", main }, { [main]: "export const dep = 9;" }));
    const again = await project.kernel.run(code);
    if (again.reply.content.status === "ok") assert.equal(resultText(again), "9");
    else assert.match(again.reply.content.evalue ?? "", /dep.*restart the kernel/);
  }
});

test("a package that changes after it was loaded needs a restart, which is said once; one that is removed is missed", async () => {
  assert.equal(await project.value('import { there } from "there";\nthere'), "1");
  project.write(
    installed("there", { version: "2.0.0", main: "index.js" }, { "index.js": "exports.there = 2;" }),
  );
  const changed = await project.succeed('import { there } from "there";');
  assert.match(
    streamed(changed, "stderr"),
    /^there has changed on disk since it was loaded\. Restart the kernel/,
  );
  assert.equal(streamed(await project.succeed('import { there } from "there";'), "stderr"), "");
  project.remove("node_modules/there");
  assert.match(
    await project.failure('import { there } from "there";\nthere'),
    /Cannot find module "there".*npm install there/,
  );
});
