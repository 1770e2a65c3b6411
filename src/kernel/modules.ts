import Module, { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";

/** `require` for cells, and the TypeScript modules beside the notebook that tslab has compiled. */
export interface CellModules {
  readonly require: NodeJS.Require;
  add(outputs: readonly { readonly path: string; readonly data: string }[]): void;
}

/**
 * Modules as cells import them: "tslab" is the API of the running kernel, a TypeScript file beside the notebook is what tslab
 * compiled it to, everything else comes from the folder's node_modules.
 */
export function cellModules(folder: string, tslabApi: unknown): CellModules {
  const outputs = new Map<string, string>();
  const loaded = new Map<string, Module>();
  const local = (from: string, id: string): Module | undefined => {
    const path = join(from, id);
    const file = (extname(path) === ".js" ? path : `${path}.js`).replaceAll("\\", "/");
    const before = loaded.get(file);
    const source = outputs.get(file);
    if (before || source === undefined) return before;
    const made = new Module(file, module);
    made.filename = file;
    made.paths = (Module as unknown as { _nodeModulePaths(path: string): string[] })._nodeModulePaths(
      dirname(file),
    );
    made.require = wrapped(made.require.bind(made), dirname(file)) as NodeJS.Require;
    loaded.set(file, made);
    try {
      (made as unknown as { _compile(source: string, file: string): void })._compile(source, file);
    } catch (error) {
      loaded.delete(file); // the next import tries again
      throw error;
    }
    return made;
  };
  const wrapped = (load: (id: string) => unknown, from: string) =>
    new Proxy(load, {
      apply(target, self, [id]: [string]) {
        if (id === "tslab") return tslabApi;
        return local(from, id)?.exports ?? Reflect.apply(target, self, [id]);
      },
    });
  return {
    require: wrapped(createRequire(join(folder, "cell.js")), folder) as NodeJS.Require,
    add(added) {
      for (const { path, data } of added) {
        loaded.delete(path);
        outputs.set(path, data);
      }
    },
  };
}
