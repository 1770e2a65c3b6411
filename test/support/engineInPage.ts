import { createRequire } from "node:module";

/** A CommonJS file as a page can load it: its text, and which file each of its require() calls means. */
export interface PageModule {
  readonly source: string;
  readonly requires: Readonly<Record<string, string>>;
}

/** What a file must not touch if it is to run in a page. */
const NODE_ONLY = /\b(process|Buffer|__dirname|__filename|setImmediate)\b/;

/**
 * A compiled file and everything it requires, by path.
 *
 * @throws Error if one of them requires what only Node has, or uses what only Node has
 */
export function pageModules(entry: string, read: (path: string) => string): Record<string, PageModule> {
  const modules: Record<string, PageModule> = {};
  const visit = (path: string): void => {
    if (path in modules) return;
    const source = read(path);
    const used = NODE_ONLY.exec(withoutComments(source));
    if (used) throw new Error(`${path} uses ${used[0]}, which a page does not have`);
    const names = Array.from(source.matchAll(/\brequire\("([^"]+)"\)/g), (match) => match[1]);
    modules[path] = { source, requires: Object.fromEntries(names.map((name) => [name, found(path, name)])) };
    for (const inner of Object.values(modules[path].requires)) visit(inner);
  };
  visit(entry);
  return modules;
}

/** The libraries that are plain JavaScript; every other name is taken for one that needs Node. */
const PLAIN_LIBRARIES = ["fastest-levenshtein"];

function found(path: string, name: string): string {
  if (!name.startsWith(".") && !PLAIN_LIBRARIES.includes(name))
    throw new Error(`${path} requires ${name}, which the engine must not need`);
  return createRequire(path).resolve(name);
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}

/** Loads modules with a require() of our own; the text of this function runs in the page too. */
export function loadModules(modules: Readonly<Record<string, PageModule>>, entry: string): unknown {
  const loaded: Record<string, { exports: unknown }> = {};
  const load = (path: string): unknown => {
    if (path in loaded) return loaded[path].exports;
    const module = { exports: {} as unknown };
    loaded[path] = module;
    const { source, requires } = modules[path];
    const run = new Function("exports", "module", "require", source);
    run(module.exports, module, (name: string) => load(requires[name]));
    return module.exports;
  };
  return load(entry);
}
