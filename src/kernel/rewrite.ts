import type { Identifier, Node } from "typescript-for-cells";
import type { TypeScript } from "./compiler.js";

/** What tslab gets wrong in a cell: names of earlier cells in two places, and whether the cell must run as async. */

/** A source with text inserted, and the way back. */
export interface Expanded {
  readonly source: string;
  /** The place in the user's source for one in the expanded source. */
  readonly original: (offset: number) => number;
}

/**
 * Writes shorthand properties out, `{ seed }` becomes `{ seed: seed }`, and quotes property names in destructuring,
 * `{ loss: last }` becomes `{ "loss": last }`.
 *
 * tslab rewrites names of earlier cells to `exports.seed`, which is an error in either place.
 */
export function expandShorthand(ts: TypeScript, source: string): Expanded {
  const insertions = insertionsFor(ts, source);
  let expanded = "";
  let end = 0;
  for (const { at, text } of insertions) {
    expanded += source.slice(end, at) + text;
    end = at;
  }
  return {
    source: expanded + source.slice(end),
    original(offset) {
      let inserted = 0;
      for (const { at, text } of insertions) {
        if (offset < at + inserted) break;
        if (offset < at + inserted + text.length) return at;
        inserted += text.length;
      }
      return Math.min(offset - inserted, source.length);
    },
  };
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

function insertionsFor(ts: TypeScript, source: string): Insertion[] {
  const found: Insertion[] = [];
  const quote = (name: Node | undefined): void => {
    if (!name || !ts.isIdentifier(name)) return;
    found.push({ at: name.getStart(), text: '"' }, { at: name.getEnd(), text: '"' });
  };
  const visit = (node: Node): void => {
    if (ts.isShorthandPropertyAssignment(node) && !node.objectAssignmentInitializer)
      found.push({ at: node.name.getEnd(), text: `: ${(node.name as Identifier).text}` });
    if (ts.isBindingElement(node)) quote(node.propertyName);
    if (ts.isPropertyAssignment(node) && isPattern(ts, node.parent)) quote(node.name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS));
  return found.sort((a, b) => a.at - b.at);
}

/** Whether an object literal is a pattern on the left of an assignment. */
function isPattern(ts: TypeScript, literal: Node): boolean {
  let node = literal;
  while (
    ts.isObjectLiteralExpression(node.parent) ||
    ts.isArrayLiteralExpression(node.parent) ||
    ts.isPropertyAssignment(node.parent)
  )
    node = node.parent;
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/**
 * Whether a cell awaits outside of functions, and so must run as an async function itself.
 *
 * tslab goes by the compiler's message about it, which is missing where a function inside awaits too, and for `for await`.
 */
export function awaitsAtTop(ts: TypeScript, source: string): boolean {
  const visit = (node: Node): boolean => {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
    if (ts.isFunctionLike(node)) return false;
    return ts.forEachChild(node, visit) ?? false;
  };
  // As a module: only there is `await` at the top the operator.
  const module = `${source}\nexport {};`;
  return visit(ts.createSourceFile("cell.ts", module, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS));
}
