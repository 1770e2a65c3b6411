// Takes the pictures of the laboratory that the README shows: docs/laboratory.png and, for dark pages, docs/laboratory-dark.png.
//
//   npm run build && node tools/laboratoryPictures.mjs
//
// Needs Chromium (set CHROMIUM to its path if it is not found).
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { withPalette } from "./palettePng.mjs";

const SIZE = { width: 1400, height: 1000 };
const TRIALS = 1000; // counted before the picture is taken

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const { sitePage } = createRequire(import.meta.url)(join(checkout, "dist", "src", "node", "cli", "site.js"));
const folder = mkdtempSync(join(tmpdir(), "xorlab-site-"));
const page = join(folder, "index.html");
writeFileSync(page, sitePage(folder));

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const [colorScheme, name] of /** @type {const} */ ([
  ["light", "laboratory.png"],
  ["dark", "laboratory-dark.png"],
])) {
  const context = await browser.newContext({ viewport: SIZE, colorScheme, reducedMotion: "reduce" });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  let trials = 0;
  while (trials < TRIALS) {
    await tab.waitForTimeout(100);
    trials = Number(/of (\d+) runs solved/.exec(await tab.locator("#interval").innerText())?.[1] ?? 0);
  }
  writeFileSync(join(checkout, "docs", name), withPalette(await tab.screenshot()));
  await context.close();
}
await browser.close();
