import { types } from "node:util";

const modules = new WeakMap<object, object>();
const namespaces = new WeakMap<object, object>();

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

/** What `import()` gives of a module. */
export function namespaceOf(exports: unknown): unknown {
  if (typeof exports !== "object" && typeof exports !== "function") return { default: exports };
  if (exports === null) return { default: exports };
  const namespace = namespaces.get(exports);
  if (namespace) return namespace;
  if (types.isModuleNamespaceObject(exports) || (exports as { __esModule?: unknown }).__esModule)
    return exports;
  const names = Object.keys(exports).filter((name) => name !== "default");
  const found = Object.create(null, { [Symbol.toStringTag]: { value: "Module" } });
  for (const name of names)
    Object.defineProperty(found, name, {
      enumerable: true,
      get: () => (exports as Record<string, unknown>)[name],
    });
  return Object.assign(found, { default: exports });
}
