import type { Node } from "@tslab/typescript-for-tslab";
import type { TypeScript } from "./tslab.js";

/**
 * Whether a cell awaits outside of functions, and so must run as an async function itself.
 *
 * tslab goes by the compiler's complaint about it, which is missing where a function inside awaits too, and for `for await`.
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
