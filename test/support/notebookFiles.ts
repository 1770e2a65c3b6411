import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.js";

/** Notebooks that come with the tests. */
export const FIXTURES = join(CHECKOUT, "test", "fixtures");

/** A new empty folder inside the checkout, so that its notebooks find the packages; git does not see it. */
export function newFolder(): string {
  const parent = join(CHECKOUT, "dist", "test-notebooks");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "export-"));
}

/** A cell's source; a text is a code cell. */
export type TestCell = string | { readonly markdown: string } | { readonly parameters: string };

/** What a notebook's file holds, without outputs. */
export function notebookContent(cells: readonly TestCell[], kernel = "xorlab", language = "typescript") {
  const code = (source: string, tags: string[] = []) => ({
    cell_type: "code",
    metadata: { tags },
    source,
    execution_count: null,
    outputs: [],
  });
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: kernel, display_name: kernel, language } },
    cells: cells.map((cell, index) => {
      const id = `cell-${index}`;
      if (typeof cell === "string") return { id, ...code(cell) };
      if ("parameters" in cell) return { id, ...code(cell.parameters, ["parameters"]) };
      return { id, cell_type: "markdown", metadata: {}, source: cell.markdown };
    }),
  };
}

/** Writes a notebook and returns its path. */
export function writeNotebook(
  folder: string,
  name: string,
  cells: readonly TestCell[],
  kernel?: string,
  language?: string,
): string {
  const path = join(folder, `${name}.ipynb`);
  writeFileSync(path, JSON.stringify(notebookContent(cells, kernel, language)));
  return path;
}

/**
 * Copies the committed notebooks, with few trials: as they are, they have run when they were committed.
 *
 * @returns the copies' paths
 */
export function copyNotebooks(folder: string): string[] {
  cpSync(join(CHECKOUT, "notebooks"), folder, { recursive: true });
  const paths = readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(folder, name));
  for (const path of paths) askForLess(path);
  return paths;
}

/** By what the numbers of notebooks are divided. */
const LESS: Readonly<Record<string, number>> = { trials: 40, tries: 10 };

function askForLess(path: string): void {
  changeCells(path, (cell) => {
    cell.source = sourceOf(cell).replace(
      /\b(trials|tries) = (\d+);/g,
      (_, name, many) => `${name} = ${Math.ceil(many / LESS[name])};`,
    );
  });
}

/** Has explain() say what it computes of a run, and try nothing where it is not told how often: that takes seconds each time. */
export function explainLess(path: string): void {
  changeCells(path, (cell) => {
    cell.source = sourceOf(cell).replace(/\bexplain\((\w+)\)/g, "explain($1, { trials: 0 })");
  });
}

/** Takes all outputs out of a notebook's file. */
export function clearOutputs(path: string): void {
  changeCells(path, (cell) => Object.assign(cell, { outputs: [], execution_count: null }));
}

interface FileCell {
  readonly cell_type: string;
  source: string | readonly string[];
}

const sourceOf = ({ source }: FileCell): string => [source].flat().join("");

/** Changes the code cells in a notebook's file. */
function changeCells(path: string, change: (cell: FileCell) => void): void {
  const notebook = JSON.parse(readFileSync(path, "utf8"));
  for (const cell of notebook.cells as FileCell[]) if (cell.cell_type === "code") change(cell);
  writeFileSync(path, JSON.stringify(notebook));
}
