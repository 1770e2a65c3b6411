import { closest, distance } from "fastest-levenshtein";

const REFUSED = /^Type '"([^'"]{1,100})"' is not assignable to type '("[^']*)'\.$/;

/**
 * What was probably meant, where TypeScript refuses a text of which only certain ones are allowed: it says so itself only
 * where the two are nearer still.
 */
export function nearMiss(message: string): string {
  const [, came, type] = REFUSED.exec(message) ?? [];
  const allowed = type ? [...type.matchAll(/"([^"]+)"/g)].map(([, name]) => name) : [];
  if (allowed.length === 0) return message;
  const nearest = closest(came, allowed);
  const near = distance(came.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, came.length / 3);
  return near ? `${message} Did you mean "${nearest}"?` : message;
}
