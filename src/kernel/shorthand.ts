import type { TypeScript } from "./tslab.js";

/** A source with text put in, and the way back. */
export interface Expanded {
  readonly source: string;
  /** The place in the user's source for one in the expanded source. */
  readonly original: (offset: number) => number;
}

/**
 * Writes shorthand properties out: `{ seed }` becomes `{ seed: seed }`.
 *
 * tslab rewrites names of earlier cells to `exports.seed`, which a shorthand property cannot be.
 */
export function expandShorthand(ts: TypeScript, source: string): Expanded {
  const insertions = shorthandNames(ts, source);
  let expanded = "";
  let end = 0;
  for (const { at, text } of insertions) {
    expanded += source.slice(end, at) + text;
    end = at;
  }
  return {
    source: expanded + source.slice(end),
    original(offset) {
      let put = 0;
      for (const { at, text } of insertions) {
        if (offset < at + put) break;
        if (offset < at + put + text.length) return at;
        put += text.length;
      }
      return Math.min(offset - put, source.length);
    },
  };
}

function shorthandNames(ts: TypeScript, source: string): { readonly at: number; readonly text: string }[] {
  const found: { at: number; text: string }[] = [];
  const visit = (node: import("@tslab/typescript-for-tslab").Node): void => {
    if (ts.isShorthandPropertyAssignment(node) && !node.objectAssignmentInitializer)
      found.push({ at: node.name.getEnd(), text: `: ${node.name.text}` });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS));
  return found.sort((a, b) => a.at - b.at);
}
