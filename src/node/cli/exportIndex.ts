import { closeSync, openSync, readdirSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the index says of a page. */
export interface PageEntry {
  /** the page's file, beside the index */
  readonly file: string;
  readonly title: string;
  readonly abstract: string;
}

const HEAD = 65536; // bytes: the facts stand near the top of a page, before megabytes of script
const MARK = '<meta name="generator" content="xorlab"';
const LONGEST = 280; // characters of an abstract

/** The exported pages of a folder, in the order of their names. Other files are left out. */
export function exportedPages(folder: string): PageEntry[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".html") && name !== "index.html");
  return files.sort().flatMap((file) => {
    const facts = /<script[^>]*id="xorlab-page"[^>]*>([^<]*)<\/script>/.exec(headOf(join(folder, file)));
    return facts === null ? [] : [{ file, ...(JSON.parse(facts[1]) as Omit<PageEntry, "file">) }];
  });
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

/** Whether the folder holds an index that the export did not write, and so must not replace. */
export function foreignIndex(folder: string): boolean {
  try {
    return !headOf(join(folder, "index.html")).includes(MARK);
  } catch {
    return false;
  }
}

/** Writes index.html: a list of the folder's exported pages. */
export function writeIndex(folder: string): string {
  const path = join(folder, "index.html");
  writeFileSync(path, indexPage(exportedPages(folder)));
  return path;
}

/** The index as HTML: no script, nothing from another host; titles and abstracts are text. */
export function indexPage(entries: readonly PageEntry[]): string {
  const items = entries.map(
    ({ file, title, abstract }) => `      <li>
        <a href="${escaped(encodeURIComponent(file))}">
          <h2>${escaped(title)}</h2>
          <p>${escaped(firstSentence(abstract))}</p>
        </a>
      </li>`,
  );
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    ${MARK}>
    <title>xorlab: notebooks</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>xorlab</h1>
      <p class="about">Why won’t my tiny network learn?</p>
      <ol>
${items.join("\n")}
      </ol>
    </main>
  </body>
</html>
`;
}

/** The first sentence; a very long one is cut at a word. */
export function firstSentence(text: string): string {
  const end = /[.!?](?=\s+\p{Lu}|\s*$)/u.exec(text);
  const sentence = (end === null ? text : text.slice(0, end.index + 1)).replace(/\s+/g, " ").trim();
  if (sentence.length <= LONGEST) return sentence;
  return `${sentence.slice(0, LONGEST).replace(/\s+\S*$/, "")} …`;
}

function escaped(text: string): string {
  const names: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => names[character]);
}

const STYLE = `
      :root { --page: #f5f7f9; --card: #fff; --text: #1f2429; --quiet: #5b6570; --line: #dde2e8; --link: #0a58ca; }
      @media screen and (prefers-color-scheme: dark) {
        :root { --page: #14181d; --card: #1c2228; --text: #e4e8ec; --quiet: #9aa6b2; --line: #333b45; --link: #86b7ff; }
      }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--page); color: var(--text);
        font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
      main { max-width: 46rem; margin: 0 auto; padding: 4rem 1.25rem; }
      h1 { font-size: 2.3rem; letter-spacing: -0.02em; line-height: 1.2; margin: 0; }
      .about { color: var(--quiet); margin: 0.4rem 0 2.5rem; font-size: 1.15rem; }
      ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.9rem; counter-reset: page; }
      li { counter-increment: page; }
      li a { position: relative; display: block; padding: 1.1rem 1.3rem 1.1rem 3.6rem; color: inherit;
        text-decoration: none; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
      li a::before { content: counter(page); position: absolute; left: 1.3rem; top: 1.15rem; color: var(--quiet);
        font-variant-numeric: tabular-nums; }
      li a:hover, li a:focus-visible { border-color: var(--link); outline: 1px solid var(--link); }
      h2 { margin: 0; font-size: 1.2rem; line-height: 1.35; color: var(--link); text-wrap: balance;
        overflow-wrap: anywhere; }
      li p { margin: 0.3rem 0 0; color: var(--quiet); overflow-wrap: anywhere; }
      li p:empty { display: none; }
`;
