import { types } from "node:util";

const namespaces = new WeakMap<object, object>();
const modules = new WeakMap<object, object>();

/**
 * An ES module as `require` would give it: the same names with the same, current values, marked so that the code that
 * TypeScript writes takes `default` for the default export.
 */
export function asModule(namespace: object): object {
  if ("__esModule" in namespace) return namespace;
  const known = modules.get(namespace);
  if (known) return known;
  const module = new Proxy(namespace, {
    get: (target, name) => (name === "__esModule" ? true : Reflect.get(target, name)),
  });
  modules.set(namespace, module);
  namespaces.set(module, namespace);
  return module;
}

/**
 * A module as `import * as` gives it: what has been an ES module is one, and of what CommonJS exports, the whole is the
 * `default`.
 */
export function namespaceOf(exported: unknown): object {
  if ((typeof exported !== "object" && typeof exported !== "function") || exported === null)
    return { default: exported };
  const known = namespaces.get(exported);
  if (known) return known;
  if (types.isModuleNamespaceObject(exported) || (exported as { __esModule?: unknown }).__esModule)
    return exported;
  const namespace = Object.create(null);
  for (const name of Object.keys(exported).filter((key) => key !== "default"))
    Object.defineProperty(namespace, name, {
      enumerable: true,
      get: () => (exported as Record<string, unknown>)[name],
    });
  Object.defineProperty(namespace, "default", { enumerable: true, value: exported });
  namespaces.set(exported, namespace);
  return namespace;
}

/**
 * Makes a variable of cells follow what a module exports, which may change where that is no constant. What is assigned to the
 * variable takes its place.
 */
export function follow(page: object, name: string, module: Record<string, unknown>, key: string): void {
  const own = { configurable: true, enumerable: true };
  Object.defineProperty(page, name, {
    ...own,
    get: () => module[key],
    set: (value) => Object.defineProperty(page, name, { ...own, writable: true, value }),
  });
}
