import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { CLASS_COLOURS, inDark, WEIGHT_COLOURS } from "../../figures/parts/colours.js";
import { filled } from "../../words/html.js";
import { packed, scriptHash, template } from "../packaged.js";
import { CHECKOUT, calledAs, INSTALLED } from "./checkout.js";
import { run as exportNotebooks } from "./export.js";
import { checkIndex, exportedPages, indexPage, indexStyle, ownIndex, writeIndex } from "./exportIndex.js";
import { readOptions } from "./options.js";

export const HELP = `${calledAs("site")} [FOLDER --index-only --api]

Writes a folder for any static host: index.html with the laboratory and the list of notebooks, and a page for each
notebook. Every page is one file that works without a network.

  FOLDER         where the pages go (site)
  --index-only   does not run the notebooks; lists the pages that are in the folder
  --api          also writes the API reference, into the folder api/; the first time this installs TypeDoc
  -h, --help     this text
`;

const OPTIONS = {
  "index-only": { type: "boolean" },
  api: { type: "boolean" },
} as const;

/**
 * Writes the site: `xorlab site`.
 *
 * @param argv  the arguments after "site"
 * @returns the exit code: 0, or that of the export if it failed
 * @throws RangeError if something would be lost that xorlab did not write; Error if the reference cannot be written
 */
export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("xorlab site", argv, OPTIONS, true);
  const folder = resolve(positionals[0] ?? join(INSTALLED ? "." : CHECKOUT, "site"));
  checkIndex("xorlab site", folder, "choose another folder");
  if (values.api) checkReference(join(folder, "api"));
  const code = values["index-only"] ? 0 : await exportNotebooks(["--out", folder], true);
  if (code !== 0) return code;
  mkdirSync(folder, { recursive: true });
  if (values.api) writeReference(join(folder, "api"));
  process.stdout.write(writeIndex("xorlab site", folder, sitePage(folder)));
  return 0;
}

const REFERENCE = join(CHECKOUT, "tools", "reference", "main.mjs");

/** Whether the API reference can be written to a folder. */
function checkReference(folder: string): void {
  if (!existsSync(REFERENCE))
    throw new RangeError("xorlab site: --api is for a checkout; the npm package has no sources");
  if (existsSync(folder) && !ownIndex(folder))
    throw new RangeError(
      `xorlab site: ${folder} was not written by xorlab and would be lost; choose another folder`,
    );
}

function writeReference(folder: string): void {
  const { status } = spawnSync(process.execPath, [REFERENCE, folder], { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("xorlab site: the API reference was not written: see above");
}

/** The index with the laboratory, which lists the exported pages of a folder, and the API reference if it is there. */
export function sitePage(folder: string): string {
  const script = gunzipSync(Buffer.from(packed("laboratory"), "base64")).toString("utf8");
  return filled(indexPage(exportedPages(folder), template("laboratory.html")), {
    script,
    style: laboratoryStyle(),
    worker: packed("worker"),
    scriptHash: scriptHash(script),
    reference: existsSync(join(folder, "api", "index.html"))
      ? '<p class="reference"><a href="api/index.html">API reference</a>: every function, its options and an example</p>'
      : "",
  });
}

/** The laboratory's look, in which classes and weights have the colours of the figures. */
export function laboratoryStyle(): string {
  const classes = CLASS_COLOURS.map(
    ({ point, ground }, i) => `--class-${i}: ${point}; --ground-${i}: ${ground};`,
  );
  const weights = Object.entries(WEIGHT_COLOURS).map(([sign, colour]) => `--${sign}: ${colour};`);
  const light = `:root { ${[...classes, ...weights].join(" ")} }\n`;
  const dark = `@media screen and (prefers-color-scheme: dark) { ${inDark(light)} }\n`;
  return [indexStyle(), light, dark, template("laboratory.css")].join("");
}
