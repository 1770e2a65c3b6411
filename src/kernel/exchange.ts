import ts from "typescript-for-cells";
import { bind, identify } from "./ambient.js";

/*
 * Most of what a small cell costs the compiler is not the cell: each program looks at all files, and its checker puts together the global
 * names of all of them. So a program whose checker has found no fault in its cell is used again: where nothing else has changed, the next
 * cell takes that cell's place.
 */

const MOST = 49; // cells of one program, empty ones between them included: what its checker knows of each stays in memory

/** How many cells a program has had beside its first. */
const exchanged = new WeakMap<ts.Program, number>();

const released = new WeakSet<ts.SourceFile>();

/** Notes that the compiler is done with a cell, and has found no fault in it. */
export const releaseCell = (cell: ts.SourceFile): void => void released.add(cell);

/**
 * Puts a cell in the place of the one that a program has, if that can be done: neither may have a part in what files there are and what
 * is global, and the checker must not have been left in the middle of something, or with a fault that it would report again.
 *
 * @param next  the cell, parsed as the other one was
 * @returns whether it was done
 */
export function exchangeCell(program: ts.Program, cell: ts.SourceFile, next: ts.SourceFile): boolean {
  const count = (exchanged.get(program) ?? 0) + 1;
  const isFree = cell.text === "" || released.has(cell);
  if (!isFree || count > MOST || !isAlone(cell) || !isAlone(next) || hasFaults(program, cell)) return false;
  exchanged.set(program, count);
  const { resolvedPath } = cell;
  identify(next, cell);
  Object.assign(next, {
    path: `${resolvedPath}#${count}`, // by which the program remembers what faults it has found where
    imports: [],
    moduleAugmentations: [],
    ambientModuleNames: [],
  });
  const files = program.getSourceFiles() as ts.SourceFile[];
  files[files.indexOf(cell)] = next;
  program.getFilesByNameMap().set(resolvedPath, next);
  bind(ts, next, program.getCompilerOptions());
  return true;
}

/** Gives a program's cell the path by which the next program looks for it. */
export function endExchange(cell: ts.SourceFile): void {
  Object.assign(cell, { path: cell.resolvedPath });
}

const OUTSIDE = /\b(?:import|module|global)\b|\/\/\/|@jsx/;

/** Whether a file is a module that neither names another file nor adds to what others declare. */
function isAlone(file: ts.SourceFile): boolean {
  const { imports = [], moduleAugmentations = [] } = file;
  return (
    ts.isExternalModule(file) &&
    imports.length === 0 &&
    moduleAugmentations.length === 0 &&
    !OUTSIDE.test(file.text) &&
    !file.statements.some((one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined)
  );
}

/** Also those that a comment in the cell hides. */
function hasFaults(program: ts.Program, cell: ts.SourceFile): boolean {
  return (
    program.getTypeChecker().getDiagnostics(cell).length > 0 || program.getGlobalDiagnostics().length > 0
  );
}
