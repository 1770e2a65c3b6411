import fs from "node:fs";
import { join } from "node:path";
import { mock } from "node:test";
import { compileCell } from "../../src/kernel/compile.js";
import { completionAt } from "../../src/kernel/completion.js";
import { type Declaration, declarationsAfter, textOfDeclarations } from "../../src/kernel/declarations.js";
import { createScope } from "../../src/kernel/scope.js";
import { infoAt } from "../../src/kernel/services.js";
import { loadTslab } from "../../src/kernel/tslab.js";
import { CHECKOUT } from "./checkout.js";

/**
 * The type checker of a notebook's kernel, in the notebooks' folder. One a process: it changes tslab's compiler.
 *
 * @param types  the file of TensorFlow.js's types, if not the one that set-up has written
 */
export function notebookCells(types?: string) {
  const before = process.cwd();
  process.chdir(join(CHECKOUT, "notebooks")); // the converter resolves modules from the folder it is made in
  const { result: tslab, paths: readAtStart } = filesRead(() => loadTslab(undefined, types));
  process.chdir(before);
  const scope = createScope();
  let declared: readonly Declaration[] = [];
  const declarations = () => textOfDeclarations(declared);
  const at = (cell: string) => {
    const code = cell.replace("¦", "");
    const position = cell.includes("¦") ? cell.indexOf("¦") : cell.length;
    return { code, position, opened: tslab.open(declarations(), code) };
  };
  /** Checks a cell; the messages, or none, and then its names are known to the next cells. */
  const check = (cell: string): string[] => {
    const compiled = compileCell(tslab, scope, declared, cell);
    if (!("code" in compiled)) return compiled.map(({ message }) => message);
    declared = declarationsAfter(declared, compiled.declarations);
    return [];
  };
  return {
    check,
    declarations,
    readAtStart,
    filesRead,
    /** What is offered at ¦, or at the end. */
    offered(cell: string): readonly string[] {
      const { opened, code, position } = at(cell);
      return completionAt(opened, declarations(), () => undefined, code, position).matches;
    },
    /** The type and the docstring of what is at ¦. */
    told: (cell: string): { type: string; docs: string } => {
      const { opened, position } = at(cell);
      const info = infoAt(opened, position);
      const text = (parts: readonly { readonly text: string }[] = []) =>
        parts.map((part) => part.text).join("");
      return { type: text(info?.displayParts), docs: text(info?.documentation) };
    },
  };
}

/** The declaration files that are read while something is done. */
function filesRead<Result>(work: () => Result): { result: Result; paths: string[] } {
  const reading = mock.method(fs, "readFileSync");
  const result = work();
  reading.mock.restore();
  const read = reading.mock.calls.map(({ arguments: [path] }) => String(path));
  return { result, paths: read.filter((path) => path.endsWith(".d.ts")) };
}
