import { types } from "node:util";

const namespaces = new WeakMap<object, object>();

/**
 * A module as `import * as` gives it: what has been an ES module is one, and of what CommonJS exports, the whole is the
 * `default`.
 */
export function namespaceOf(exported: unknown): object {
  if ((typeof exported !== "object" && typeof exported !== "function") || exported === null)
    return { default: exported };
  if (types.isModuleNamespaceObject(exported) || (exported as { __esModule?: unknown }).__esModule)
    return exported;
  const known = namespaces.get(exported);
  if (known) return known;
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
