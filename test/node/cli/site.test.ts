import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkIndex, ownIndex, writeIndex } from "../../../src/node/cli/exportIndex.js";
import { sitePage, run as writeSite } from "../../../src/node/cli/site.js";
import { temporaryFolder } from "../../support/temporary.js";

test("an index of xorlab's is told from another's and from none", () => {
  const folder = temporaryFolder();
  const check = () => checkIndex("site", folder, "choose another");
  assert.equal(ownIndex(folder), false);
  check();
  writeFileSync(join(folder, "index.html"), "<title>mine</title>");
  assert.equal(ownIndex(folder), false);
  assert.throws(
    check,
    /^RangeError: site: .*index\.html was not written by xorlab and would be lost; choose another$/,
  );
  writeIndex("site", folder);
  assert.equal(ownIndex(folder), true);
  check();
});

test("xorlab site --api does not empty a folder that is not its own", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "api", "mine.txt");
  mkdirSync(join(folder, "api"));
  writeFileSync(file, "mine");
  await assert.rejects(writeSite([folder, "--index-only", "--api"]), {
    name: "RangeError",
    message: `xorlab site: ${join(folder, "api")} was not written by xorlab and would be lost; choose another folder`,
  });
  assert.ok(existsSync(file));
});

test("the site's index links to the API reference where it is there", () => {
  const folder = temporaryFolder();
  assert.doesNotMatch(sitePage(folder), /api\/index\.html/);
  mkdirSync(join(folder, "api"));
  writeFileSync(join(folder, "api", "index.html"), "");
  assert.match(sitePage(folder), /<a href="api\/index\.html">API reference<\/a>/);
});
