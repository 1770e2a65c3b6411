import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.js";

export { CHECKOUT };

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
export function notebookContent(cells: readonly TestCell[], kernel = "xorlab") {
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
    metadata: { kernelspec: { name: kernel, display_name: kernel, language: "typescript" } },
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
): string {
  const path = join(folder, `${name}.ipynb`);
  writeFileSync(path, JSON.stringify(notebookContent(cells, kernel)));
  return path;
}

/** How an export ended and what it printed. */
export interface Exported {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PROGRAM = `require(${JSON.stringify(join(CHECKOUT, "dist", "src", "node", "cli", "export.js"))})
  .exportNotebooks(process.argv.slice(1)).then((code) => { process.exitCode = code; });`;

/**
 * Runs the export in a process of its own.
 *
 * @param started  is given the means to signal the process
 */
export async function runExport(
  args: readonly string[],
  started: (kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<Exported> {
  const child = spawn(process.execPath, ["-e", PROGRAM, "--", ...args], { cwd: CHECKOUT });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  started((signal) => child.kill(signal));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, stdout, stderr };
}
