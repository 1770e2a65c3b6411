import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as xorlab from "../../src/index.js";
import { CHECKOUT } from "../support/checkout.js";
import { noChromium, openBrowser, openFile } from "../support/chromium.js";
import { temporaryFolder } from "../support/temporary.js";

// Needs: TypeDoc

/** The API reference: of all that is public, without a warning, and read without a network. */

const TOOL = join(CHECKOUT, "tools", "reference");
const installed = existsSync(join(TOOL, "node_modules", "typedoc")) || process.env.CI === "true";
const skip = !installed && "TypeDoc is not installed: npm run site -- --index-only --api does it";
const folder = join(temporaryFolder(), "api");

test("the reference is written without a warning and has a page for every function", { skip }, () => {
  const { status, stderr } = spawnSync(process.execPath, [join(TOOL, "main.mjs"), folder], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  const pages = new Set(readdirSync(join(folder, "functions")));
  const names = (of: object, prefix: string) =>
    Object.entries(of).flatMap(([name, value]) =>
      typeof value === "function" ? `${prefix}${name}.html` : [],
    );
  const wanted = [...names(xorlab, ""), ...names(xorlab.figures, "figures.")].filter(
    (page) => page !== "tf.html",
  );
  assert.deepEqual(
    wanted.filter((page) => !pages.has(page)),
    [],
  );
  const front = readFileSync(join(folder, "index.html"), "utf8");
  for (const page of wanted)
    assert.ok(front.includes(`href="functions/${page}"`), `the front page links to ${page}`);
  const shown = { Gate: /nand/, Loss: /meanSquaredError/, DataName: /spirals/, InsideFacts: /curvature/ };
  for (const [name, what] of Object.entries(shown))
    assert.match(
      readFileSync(join(folder, "types", `${name}.html`), "utf8"),
      what,
      "not the table that has it",
    );
});

test("the reference is read from files, and loads nothing else", {
  skip: skip || noChromium(),
}, async (t) => {
  const browser = await openBrowser();
  t.after(() => browser.close());
  for (const file of ["index.html", join("functions", "train.html")]) {
    const { page, requests, refused, errors } = await openFile(browser, join(folder, file));
    assert.deepEqual(
      requests.filter((url) => !url.startsWith("file:")),
      [],
    );
    assert.deepEqual(refused, []);
    const serious = errors.filter((text) => !text.includes("assets/icons.svg")); // which icons.js then makes up for
    assert.deepEqual(serious, []);
    await page.locator("#tsd-search-trigger").click();
    await page.locator("#tsd-search-input").fill("boundary");
    await page.locator("#tsd-search-results li").first().waitFor();
    await page.context().close();
  }
});
