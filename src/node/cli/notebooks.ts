import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { unknownName } from "../../check.js";
import { namesIn } from "../files.js";

/** What the export needs to know of a cell; everything else in the file passes through untouched. */
export interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata?: { readonly tags?: readonly string[] };
  readonly outputs?: readonly unknown[];
}

/** A notebook as its file holds it. */
export interface Notebook {
  /** its file's name without ".ipynb" */
  readonly name: string;
  readonly path: string;
  readonly content: Content;
}

interface Content {
  readonly cells: readonly Cell[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A cell's source is stored as one text or as its lines. */
export function sourceOf(cell: Cell): string {
  return [cell.source].flat().join("");
}

/** The notebooks of a folder, by name. */
export function notebooksIn(folder: string): string[] {
  const names = namesIn(folder).filter((name) => name.endsWith(".ipynb"));
  return names.map((name) => join(folder, name));
}

/**
 * The file that an argument names: a path, or the name of a notebook in `folder`, with or without ".ipynb".
 *
 * @throws RangeError if there is none, with the near miss
 */
export function findNotebook(argument: string, folder: string): string {
  const candidates = [
    argument,
    `${argument}.ipynb`,
    join(folder, argument),
    join(folder, `${argument}.ipynb`),
  ];
  const found = candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  if (found !== undefined) return resolve(found);
  const searched = dirname(argument) === "." ? folder : dirname(argument);
  const known = notebooksIn(searched).map(nameOf);
  if (known.length === 0)
    throw new RangeError(`xorlab export: there is no notebook ${JSON.stringify(argument)}`);
  throw unknownName("xorlab export", `notebook in ${searched}:`, nameOf(argument), known);
}

function nameOf(path: string): string {
  return basename(path).replace(/\.ipynb$/, "");
}

/**
 * Reads a notebook and checks that it is one.
 *
 * @throws RangeError if the file is not a Jupyter notebook of format 4
 */
export function readNotebook(path: string): Notebook {
  const wrong = (why: string) => new RangeError(`xorlab export: ${path} is not a Jupyter notebook: ${why}`);
  let content: { cells?: readonly Cell[]; nbformat?: number };
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw wrong((error as Error).message);
  }
  if (content?.nbformat !== 4 || !Array.isArray(content.cells))
    throw wrong(`it must hold nbformat 4 and cells, nbformat is ${content?.nbformat}`);
  return { name: nameOf(path), path, content: content as Content };
}
