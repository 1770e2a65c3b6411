import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { unknownName } from "../../check.js";
import { CHECKOUT, calledAs, INSTALLED } from "./checkout.js";
import { exportNotebooks } from "./export.js";
import { exportedPages, foreignIndex, indexPage } from "./exportIndex.js";

const HELP = `${calledAs("site")} [FOLDER --index-only]

Writes a folder for any static host: index.html with the laboratory and the list of notebooks, and a page for each
notebook. Every page is one file that works without a network.

  FOLDER         where the pages go (site)
  --index-only   does not run the notebooks; lists the pages that are in the folder
  -h, --help     this text
`;

const OPTIONS = { "index-only": { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/**
 * Writes the site: `xorlab site`.
 *
 * @param argv  the arguments after "site"; --help lists them
 * @returns the exit code: 0, or that of the export if it failed
 */
export async function writeSite(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(argv);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const folder = resolve(positionals[0] ?? join(INSTALLED ? "." : CHECKOUT, "site"));
  if (foreignIndex(folder))
    throw new RangeError(
      `xorlab site: ${join(folder, "index.html")} was not written by xorlab and would be lost; choose another folder`,
    );
  const code = values["index-only"] ? 0 : await exportNotebooks(["--out", folder], true);
  if (code !== 0) return code;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "index.html");
  writeFileSync(path, sitePage(folder));
  process.stdout.write(`${relative(process.cwd(), path)}\n`);
  return 0;
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const name = /'(-[^' ]*)/.exec(message)?.[1] ?? "";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION")
      throw unknownName("xorlab site", "option", name, ["--index-only", "--help"]);
    throw new TypeError(`xorlab site: ${message.split("\n")[0]}`);
  }
}

/** The index with the laboratory, which lists the exported pages of a folder. */
export function sitePage(folder: string): string {
  const script = gunzipSync(Buffer.from(packed("laboratory"), "base64")).toString("utf8");
  const parts: Readonly<Record<string, string>> = {
    script,
    style: template("xorlab/base.css") + template("laboratory.css"),
    worker: packed("worker"),
    scriptHash: `sha256-${createHash("sha256").update(script).digest("base64")}`,
  };
  const marks = /\/\*\{\{(\w+)\}\}\*\/|\{\{(\w+)\}\}/g;
  const fill = (text: string) =>
    text.replace(marks, (mark: string, code?: string, name = "") => parts[code ?? name] ?? mark);
  return fill(indexPage(exportedPages(folder), template("laboratory.html")));
}

const template = (name: string): string => readFileSync(join(CHECKOUT, "templates", name), "utf8");

/** A script that the build has packed for pages. */
const packed = (name: string): string => readFileSync(join(CHECKOUT, "dist", "page", `${name}.txt`), "utf8");
