import { unknownName } from "../../check.js";
import { CellSyntaxError, type Imported } from "./compile.js";
import type { CellError } from "./errors.js";

/** What cells can import, by its name. */
export type Modules = Readonly<Record<string, () => object>>;

/** The values of what a cell imports, by the names that it gives them. @throws CellSyntaxError for what a page lacks */
export function importedValues(imports: readonly Imported[], modules: Modules): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { module, name, local, place } of imports) {
    if (!Object.hasOwn(modules, module))
      throw new CellSyntaxError(
        `"${module}" cannot be imported here: a page has "${Object.keys(modules).join('" and "')}" only; JupyterLab has all packages`,
        place,
        "ImportError",
      );
    const exported: object = modules[module]();
    if (name === "*" || (name === "default" && !(name in exported))) values[local] = exported;
    else if (name in exported) values[local] = Reflect.get(exported, name);
    // Types are not known here: a capital may begin one, and its name is then no value.
    else if (!/^\p{Lu}/u.test(name))
      throw new CellSyntaxError(unknownName(module, "export", name, Object.keys(exported)).message, place);
  }
  return values;
}

/** Says where an unknown name should probably have come from, and of which kind a name is that cannot be set. */
export function withHint(error: CellError, modules: Modules, kept: object): CellError {
  const [, constant] =
    /^(?:Cannot assign to read only property '|")(.+?)(?:' of |" is read-only)/.exec(error.message) ?? [];
  if (Object.getOwnPropertyDescriptor(kept, constant ?? "")?.writable === false)
    return { ...error, message: "Assignment to constant variable." };
  const [, name] = /^(\S+) is not defined$/.exec(error.message) ?? [];
  if (error.name !== "ReferenceError" || name === undefined) return error;
  const hint =
    name in (modules.xorlab?.() ?? {})
      ? `xorlab exports it: import { ${name} } from "xorlab"; or run the cell that imports it`
      : "if an earlier cell declares it, run that cell first";
  return { ...error, message: `${error.message}; ${hint}` };
}
