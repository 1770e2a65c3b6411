import { closest, distance } from "fastest-levenshtein";

const REFUSED = /^Type '"([^'"]{1,100})"' is not assignable to type '("[^']*)'\.$/;

/**
 * A compiler's message with what was probably meant: the near one of the texts that are allowed (TypeScript says so only
 * where the two are nearer still), a forgotten await, or where an unknown name comes from.
 */
export function nearMiss(message: string): string {
  if (/type 'Promise</.test(message)) return `${message} Did you forget "await"?`;
  const unknown = /^Cannot find name '([^']+)'\.$/.exec(message)?.[1];
  if (unknown !== undefined) return `${message} ${whereFrom(unknown)}`;
  const [, came, type] = REFUSED.exec(message) ?? [];
  const allowed = type ? [...type.matchAll(/"([^"]+)"/g)].map(([, name]) => name) : [];
  if (allowed.length === 0) return message;
  const nearest = closest(came, allowed);
  const near = distance(came.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, came.length / 3);
  return near ? `${message} Did you mean "${nearest}"?` : message;
}

/** Where a name that is not known probably should have come from. */
function whereFrom(name: string): string {
  if (exported().includes(name))
    return `xorlab exports it: import { ${name} } from "xorlab"; or run the cell that imports it.`;
  return "If an earlier cell declares it, run that cell first.";
}

/** What the library exports; looked up when somebody misses a name. */
function exported(): readonly string[] {
  return Object.keys(require("../index.js"));
}
