import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readProject } from "../../../src/kernel/modules/project.js";
import { installed, openProject, type Project } from "../../support/kernelProject.js";
import { streamed } from "../../support/kernelText.js";

/** The tsconfig.json of the notebook's project. */

let project: Project;
before(async () => {
  project = await openProject({
    "tsconfig.base.json": { compilerOptions: { strict: true, lib: ["es2020"], noUnusedLocals: true } },
    "tsconfig.json": {
      extends: "./tsconfig.base.json",
      compilerOptions: {
        target: "es5",
        module: "amd",
        baseUrl: ".",
        paths: { "~/*": ["./src/*"] },
        jsx: "react-jsx",
        jsxImportSource: "small",
        noUncheckedIndexedAccess: true,
      },
      include: ["src"],
    },
    "src/there.ts": 'export const there = "there";',
    "src/uses.ts": 'import { there } from "~/there";\nexport const uses = "uses " + there;',
    "src/view.tsx": "export const view = <p>text</p>;",
    "src/globals.d.ts": "declare const answer: 42;\ndeclare module 'untyped' { export const u: number; }",
    ...installed(
      "small",
      { exports: { "./jsx-runtime": { types: "./jsx.d.ts", import: "./jsx.mjs" } } },
      {
        "jsx.mjs": "export const jsx = (tag, { children }) => children.toUpperCase();",
        "jsx.d.ts":
          "export declare const jsx: (tag: string, given: object) => string;\nexport namespace JSX { interface IntrinsicElements { p: object } }",
      },
    ),
    ...installed("untyped", {}, { "index.js": "exports.u = 1;" }),
  });
});
after(() => project?.close());

test("strictness, the library and declared globals are those of tsconfig.json and what it extends", async () => {
  assert.match(await project.failure("const f = (x) => x;"), /implicitly has an 'any' type/);
  assert.match(await project.failure("const n: number = null;"), /Type 'null' is not assignable/);
  assert.match(await project.failure("const first: number = [1][0];"), /'number \| undefined'/);
  assert.match(await project.failure('Object.hasOwn({}, "a")'), /Property 'hasOwn' does not exist.*'lib'/s);
  assert.equal(await project.value("const got: typeof answer = 42;\ngot"), "42");
});

test("what concerns written files, and names that are not used, means nothing in a cell", async () => {
  assert.equal(
    await project.value(
      "import fs from 'node:fs';\nconst unused = 1;\nclass A { #x = 1; get x() { return this.#x; } }\nnew A().x",
    ),
    "1",
  );
});

test("paths, baseUrl and JSX hold for the compiler and when the code runs", async () => {
  assert.equal(await project.value('import { uses } from "~/uses";\nuses'), "'uses there'");
  assert.equal(await project.value('import { uses } from "src/uses";\nuses'), "'uses there'");
  assert.equal(await project.value('import { view } from "~/view";\nview'), "'TEXT'");
  assert.equal(await project.value('import { u } from "untyped";\nu.toFixed(1)'), "'1.0'");
});

test("that it has changed is said once", async () => {
  project.write({ "tsconfig.base.json": { compilerOptions: { strict: false } } });
  const said = streamed(await project.succeed("1"), "stderr");
  assert.match(said, /^\.\.\/tsconfig\.base\.json has changed\. Restart the kernel/);
  assert.equal(streamed(await project.succeed("1"), "stderr"), "");
});

test("a tsconfig.json that is wrong is told of once, and cells go on", async () => {
  const broken = await openProject({ "tsconfig.json": '{ "compilerOptions": { "strict": true, }' });
  try {
    const first = await broken.succeed("const f = (x) => x;");
    assert.match(streamed(first, "stderr"), /tsconfig\.json.*line 1.*'}' expected/);
    assert.equal(streamed(await broken.succeed("f(1)"), "stderr"), "");
    for (const [text, message] of [
      [
        '{ "compilerOptions": { "strcit": true } }',
        /tsconfig\.json.*Unknown compiler option 'strcit'.*'strict'/,
      ],
      ['{ "extends": "./missing.json" }', /tsconfig\.json.*missing\.json/],
    ] as const) {
      broken.write({ "tsconfig.json": text });
      const { news } = readProject(join(broken.root, "notebooks"));
      assert.match(news().join("\n"), message);
      assert.deepEqual(news(), []);
    }
  } finally {
    await broken.close();
  }
});
