import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { wholeNumber, written } from "../../check.js";
import { trying } from "../files.js";
import { CHECKOUT, calledAs, outputFolder, venvPython } from "./checkout.js";
import { checkIndex, writeIndex } from "./exportIndex.js";
import { ExportReport, failureText, type Output } from "./exportReport.js";
import { type Edition, type Failure, type Limits, type RunEvent, runNotebooks } from "./exportRun.js";
import { findNotebook, type Notebook, notebooksIn, readNotebook } from "./notebooks.js";
import { readOptions } from "./options.js";
import { overrideParameters, readOverrides } from "./parameters.js";

const WHERE = "xorlab export";

export const HELP = `${calledAs("export")} [NOTEBOOK… --out DIR -p name=value … --timeout SECONDS --jobs N --student]

Runs notebooks, each in a fresh kernel, and writes each as one HTML file that needs no network, with an index.html.
The notebook files do not change.

  NOTEBOOK               a path, or a name such as 02-relu-stall; none: every notebook in notebooks/
  -o, --out DIR          where the pages go (html: in the checkout, or where you are if that is elsewhere)
  -p, --parameter n=v    a new value for a name of the cell tagged "parameters", where lines begin with its
                         declaration (const n = …); may be given several times
                         -p seed=7  -p activation=relu  -p progress=false  -p 'widths=[1, 2, 3]'
  --timeout SECONDS      how long one cell may take (600); 0: no limit
  -j, --jobs N           how many notebooks run side by side (as many as there are cores)
  --student              the student edition: each notebook as a page and as .ipynb, both without outputs, with the
                         tables that it reads; runs nothing, and goes to student/ instead of html/
  -h, --help             this text
`;

const OPTIONS = {
  out: { type: "string", short: "o" },
  parameter: { type: "string", short: "p", multiple: true },
  timeout: { type: "string", default: "600" },
  jobs: { type: "string", short: "j" },
  student: { type: "boolean", default: false },
} as const;

const STOPPED = 130; // what shells give for a program that Ctrl-C ended

/**
 * Runs notebooks and writes them as HTML pages with an index: `xorlab export`.
 *
 * @param argv        the arguments after "export"
 * @param laboratory  whether the laboratory will take the place of the index, so that pages can link to it
 * @returns the exit code: 0, 1 after a failure (which was printed), 130 after Ctrl-C
 * @throws RangeError for a bad argument
 */
export async function run(argv: readonly string[], laboratory = false): Promise<number> {
  const { values, positionals } = readOptions(WHERE, argv, OPTIONS, true);
  const limits = {
    timeout: readNumber("--timeout", values.timeout, 0),
    jobs: values.jobs === undefined ? availableParallelism() : readNumber("--jobs", values.jobs, 1),
  };
  const chosen = chooseNotebooks(positionals);
  const notebooks = overrideParameters(chosen, readOverrides(values.parameter ?? []));
  const { student } = values;
  venvPython(WHERE); // before a folder is made
  const folder = readyFolder(values.out, student ? "student" : "html");
  if (student) for (const notebook of notebooks) keepWork(notebook, folder);
  return exportInto(folder, notebooks, { laboratory, student }, limits, process.stdout);
}

function readNumber(option: string, text: string, least: number): number {
  return wholeNumber("xorlab export", option, /^\d+$/.test(text) ? Number(text) : text, least);
}

function chooseNotebooks(names: readonly string[]): Notebook[] {
  const folder = join(CHECKOUT, "notebooks");
  const paths = names.length > 0 ? names.map((name) => findNotebook(name, folder)) : notebooksIn(folder);
  if (paths.length === 0)
    throw new RangeError(
      `xorlab export: there is no notebook in ${folder}; name one: ${calledAs("export")} PATH`,
    );
  const notebooks = [...new Set(paths)].map(readNotebook);
  const pages = new Set(["index"]); // each page needs a name of its own
  for (const { name, path } of notebooks) {
    if (pages.has(name))
      throw new RangeError(
        `xorlab export: ${path} would be written to ${name}.html, which is taken; rename it`,
      );
    pages.add(name);
  }
  return notebooks;
}

function readyFolder(out: string | undefined, usual: string): string {
  if (out === "") throw new RangeError(`xorlab export: --out must be a folder, got ${written(out)}`);
  const folder = resolve(out ?? join(outputFolder(), usual));
  checkIndex(WHERE, folder, "choose another --out");
  trying(WHERE, `--out ${folder}`, "created", () => mkdirSync(folder, { recursive: true }));
  return folder;
}

/**
 * A notebook that stands where its student edition would be written must be an earlier edition that nobody has run.
 *
 * @throws RangeError if it is another one
 */
function keepWork({ name }: Notebook, folder: string): void {
  const path = join(folder, `${name}.ipynb`);
  if (!existsSync(path)) return;
  const { metadata, cells } = readNotebook(path).content;
  const used = cells.some(({ outputs = [] }) => outputs.length > 0);
  const { edition } = (metadata?.xorlab ?? {}) as { edition?: unknown };
  if (used || edition !== "student")
    throw new RangeError(
      `xorlab export: ${path} ${used ? "has outputs" : "is no student edition"}, and would be lost; choose another --out`,
    );
}

async function exportInto(
  folder: string,
  notebooks: readonly Notebook[],
  edition: Edition,
  limits: Limits,
  output: Output,
): Promise<number> {
  const report = new ExportReport(output);
  const pageOf = (notebook: Notebook) => join(folder, `${notebook.name}.html`);
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const failures: Failure[] = [];
  const listener = (event: RunEvent) => {
    report.tell(event);
    if (event.event === "failed") failures.push(event);
  };
  try {
    const { outcome, said } = await runNotebooks(
      notebooks,
      pageOf,
      edition,
      limits,
      interrupted.signal,
      listener,
    );
    report.end();
    if (report.written.length > 0) output.write(writeIndex(WHERE, folder));
    if (outcome === "finished") return 0;
    for (const failure of failures)
      process.stderr.write(`\n${failureText(failure, limits.timeout, said).trimEnd()}\n\n`);
    const stopped = outcome === "stopped";
    process.stderr.write(`${stopped ? "Stopped. " : ""}${summary(report, notebooks.length)}\n`);
    return stopped ? STOPPED : 1;
  } finally {
    report.end();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

function summary({ written: pages }: ExportReport, asked: number): string {
  if (pages.length === 0) return "No page was written.";
  return `${pages.length} of ${asked} pages had been written: ${pages.join(", ")}`;
}
