import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { importHint } from "../../../src/kernel/modules/hints.js";
import { isEsModule, packageFile, packageName } from "../../../src/kernel/modules/packages.js";
import { installed, writeFiles } from "../../support/kernelProject.js";

const root = realpathSync(mkdtempSync(join(tmpdir(), "xorlab-packages-")));
after(() => rmSync(root, { recursive: true }));
const found = (specifier: string, ...conditions: string[]) =>
  packageFile(specifier, join(root, "a", "b"), ["node", ...conditions])?.slice(root.length + 1);

test("packageFile() finds what Node would find, from inner folders first", () => {
  writeFiles(root, {
    ...installed(
      "map",
      {
        exports: {
          ".": { types: "./x.d.ts", import: "./i.mjs", default: "./d.js" },
          "./part": { browser: "./b.js", node: { require: "./n.cjs", default: "./n.mjs" } },
          "./files/*": "./lib/*.js",
          "./secret/*": null,
        },
      },
      { "i.mjs": "", "d.js": "", "n.cjs": "", "n.mjs": "", "lib/one.js": "" },
    ),
    ...installed("@scope/plain", { main: "lib" }, { "lib/index.js": "", "other.json": {} }),
    "a/node_modules/near/package.json": { name: "near", type: "module" },
    "a/node_modules/near/index.js": "",
    ...installed("near", {}, { "index.js": "" }),
    "a/package.json": { name: "self", exports: "./self.js", imports: { "#in": "./in.js", "#out": "map" } },
    "a/self.js": "",
    "a/in.js": "",
  });
  assert.equal(found("map", "import"), "node_modules/map/i.mjs");
  assert.equal(found("map", "require"), "node_modules/map/d.js");
  assert.equal(found("map/part", "require"), "node_modules/map/n.cjs");
  assert.equal(found("map/part", "import"), "node_modules/map/n.mjs");
  assert.equal(found("map/files/one", "import"), "node_modules/map/lib/one.js");
  assert.throws(() => found("map/secret/x", "import"), /map/);
  assert.throws(() => found("map/lib/one.js", "import"), /map/);
  assert.equal(found("@scope/plain", "import"), "node_modules/@scope/plain/lib/index.js");
  assert.equal(found("@scope/plain/other", "import"), "node_modules/@scope/plain/other.json");
  assert.equal(found("near", "import"), "a/node_modules/near/index.js");
  assert.equal(found("self", "import"), "a/self.js");
  assert.equal(found("#in", "import"), "a/in.js");
  assert.equal(found("#out", "import"), "node_modules/map/i.mjs");
  assert.equal(found("nowhere", "import"), undefined);
  assert.equal(isEsModule(join(root, "a/node_modules/near/index.js")), true);
  assert.equal(isEsModule(join(root, "node_modules/map/d.js")), false);
  assert.equal(packageName("@scope/plain/other"), "@scope/plain");
});

test("importHint() names the folder in which npm installs, and what was probably meant", () => {
  const folder = join(root, "a", "b");
  writeFiles(root, { "a/b/model.ts": "", "a/b/same.json": {} });
  assert.match(
    importHint("npm:@scope/x@^1.2/sub", folder),
    /"npm install @scope\/x@\^1\.2" in .*\/a, and import "@scope\/x\/sub"/,
  );
  assert.match(importHint("lodahs", folder), /"npm install lodahs" in .*\/a; /);
  assert.match(importHint("map/secret/x", folder), /map is installed, but has no "\.\/secret\/x" to import/);
  assert.match(importHint("model", folder), /imported with "\.\/": "\.\/model"/);
  assert.match(importHint("./modle", folder), /Did you mean "\.\/model"\?$/);
  assert.match(importHint("../c/x", folder), /There is no folder .*\/a\/c\.$/);
  assert.doesNotMatch(importHint("./entirely-different", folder), /Did you mean/);
});
