import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join, relative } from "node:path";
import { filled, htmlText } from "../../words/html.js";
import { writeText } from "../files.js";
import { template } from "../packaged.js";
import { type Pictured, thumbnail } from "./thumbnail.js";

/** What the index says of a page. */
export interface PageEntry {
  /** the page's file, beside the index */
  readonly file: string;
  readonly title: string;
  readonly abstract: string;
  /** its first figure that it does not fold, small: SVG; none if it has none */
  readonly picture?: string | undefined;
}

const HEAD = 65536; // bytes: the facts stand near the top of a page, before megabytes of script
const MARK = '<meta name="generator" content="xorlab"';
const LONGEST = 280; // characters of an abstract

/** The exported pages of a folder, in the order of their names. Other files are left out. */
export function exportedPages(folder: string): PageEntry[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".html") && name !== "index.html");
  return files.sort().flatMap((file) => {
    const path = join(folder, file);
    const facts = scriptIn<Pick<PageEntry, "title" | "abstract">>(headOf(path), "xorlab-page");
    if (!facts) return [];
    const figure = scriptIn<Pictured>(readFileSync(path, "utf8"), "xorlab-first-figure");
    return [{ file, ...facts, ...(figure ? { picture: thumbnail(figure) } : {}) }];
  });
}

/** What a script element with data holds; undefined if there is none of this id. */
function scriptIn<Data>(html: string, id: string): Data | undefined {
  const found = new RegExp(`<script[^>]*id="${id}"[^>]*>([^<]*)</script>`).exec(html);
  return found ? JSON.parse(found[1]) : undefined;
}

function headOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.toString("utf8", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** Whether the folder holds an index that xorlab wrote. */
export function ownIndex(folder: string): boolean {
  const path = join(folder, "index.html");
  return existsSync(path) && headOf(path).includes(MARK);
}

/**
 * The export replaces its own index alone.
 *
 * @throws RangeError if the folder holds one that xorlab did not write
 */
export function checkIndex(where: string, folder: string, cure: string): void {
  const path = join(folder, "index.html");
  if (existsSync(path) && !ownIndex(folder))
    throw new RangeError(`${where}: ${path} was not written by xorlab and would be lost; ${cure}`);
}

/**
 * Writes index.html, a list of the folder's exported pages unless given.
 *
 * @returns a line that says where it is
 */
export function writeIndex(where: string, folder: string, html = indexPage(exportedPages(folder))): string {
  const path = join(folder, "index.html");
  writeText(where, path, html);
  return `${relative(process.cwd(), path)}\n`;
}

/**
 * The index as HTML: a template, templates/index.html unless given, its middle part once for each page. Nothing from another
 * host; titles and abstracts are text.
 */
export function indexPage(
  entries: readonly PageEntry[],
  around = filled(template("index.html"), { style: indexStyle() }),
): string {
  const [before, item, after] = around.split(/^ *<!-- (?:for each page|end) -->\n/m);
  const items = entries.map(({ file, title, abstract, picture = "" }) => {
    const address = encodeURIComponent(file);
    return filled(item, {
      picture,
      address: htmlText(address),
      title: htmlText(title.replace(/(?<=\d)-(?=\d)/g, "\u2011")), // "4-2" stays on its line
      abstract: htmlText(firstSentences(abstract)),
    });
  });
  return before + items.join("") + after;
}

/** What the index and the laboratory have in common. */
export function indexStyle(): string {
  return template("xorlab/base.css") + template("index.css");
}

const SHORTEST = 60; // characters: a shorter sentence leads to the next, and alone says little

/** The first sentence, or the first two or so if it is short; a very long one is cut at a word. */
export function firstSentences(text: string): string {
  const ends = [...text.matchAll(/[.!?](?=\s+["“(]?\p{Lu}|\s*$)/gu)].map(({ index }) => index + 1);
  const end = ends.find((at) => at >= SHORTEST) ?? text.length;
  const sentences = text.slice(0, end).replace(/\s+/g, " ").trim();
  if (sentences.length <= LONGEST) return sentences;
  return `${sentences.slice(0, LONGEST).replace(/\s+\S*$/, "")} …`;
}
