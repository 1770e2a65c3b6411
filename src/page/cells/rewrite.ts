import type { AnyNode, Identifier, Program, VariableDeclaration } from "acorn";
import { analyze, type ScopeManager, type Variable } from "eslint-scope";
import { type Declared, isConstant } from "./variables.js";

/**
 * How a cell reaches the notebook's variables: each name that stands for one becomes a property of an object that all cells
 * share. So a function of an earlier cell sees what a later cell declares anew.
 */

/** The object that names are read from and set on, and the one on which they get their first values. */
export const KEPT = "__kept__";
export const NEW = "__new__";

/** Text in place of a part of the code. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Rewritten {
  readonly declared: readonly Declared[];
  readonly edits: readonly Edit[];
  /** Where a constant is set again, if anywhere. */
  readonly mistake: number | undefined;
}

/** @param kept  the notebook's variables so far */
export function rewriteNames(program: Program, kept: object): Rewritten {
  const scopes = analyze(program as never, {
    ecmaVersion: 2022,
    sourceType: "module",
    ignoreEval: true, // it is not allowed in pages
  });
  const [, top] = scopes.scopes;
  const tree = treeOf(program);
  const edits = declarationEdits(scopes, tree);
  let mistake: number | undefined;
  const declared = top.variables.map(({ name, defs }) => ({ name, kind: kindOf(defs[0]) }));
  for (const [i, { references }] of top.variables.entries())
    for (const reference of references) {
      const identifier = reference.identifier as Identifier;
      if (reference.init) continue; // a declaration
      if (reference.isWrite() && isConstant(declared[i])) mistake = identifier.start;
      edits.push(...useOf(identifier, tree));
    }
  for (const reference of top.through) {
    const identifier = reference.identifier as Identifier;
    if (isBuiltIn(identifier.name, kept)) continue;
    const { writable } = Object.getOwnPropertyDescriptor(kept, identifier.name) ?? {};
    if (reference.isWrite() && writable === false) mistake = identifier.start;
    edits.push(...useOf(identifier, tree, true));
  }
  return { declared, edits, mistake };
}

/** JavaScript's own names, as long as no cell declares them: reached directly they are faster. */
function isBuiltIn(name: string, kept: object): boolean {
  const known = name === "undefined" || (/^\p{Lu}/u.test(name) && name in globalThis);
  return known && !Object.hasOwn(kept, name);
}

function kindOf({ type, parent }: Variable["defs"][number]): Declared["kind"] {
  if (type === "Variable") return parent.kind as "const" | "let" | "var";
  return type === "ImportBinding" ? "import" : type === "ClassName" ? "class" : "function";
}

interface Tree {
  readonly parents: ReadonlyMap<AnyNode, AnyNode>;
  /** Where the statements of programs and blocks begin, where a semicolon can stand. */
  readonly statements: ReadonlySet<number>;
}

function treeOf(program: Program): Tree {
  const parents = new Map<AnyNode, AnyNode>();
  const statements = new Set<number>();
  const visit = (parent: AnyNode): void => {
    for (const [name, part] of Object.entries(parent))
      for (const child of [part].flat())
        if (typeof child?.type === "string") {
          parents.set(child, parent);
          const listed = Array.isArray(part) && ["body", "consequent"].includes(name);
          if (listed || (name === "declaration" && statements.has(parent.start))) statements.add(child.start);
          visit(child);
        }
  };
  visit(program);
  const last = program.body[program.body.length - 1];
  if (last?.type === "ExpressionStatement") statements.delete(last.start); // it will be returned
  return { parents, statements };
}

function insertion(at: number, text: string): Edit {
  return { from: at, to: at, text };
}

/** A name that is read or set. Called as a property it would be given the object as `this`. */
function useOf(identifier: Identifier, { parents, statements }: Tree, mayBeUnknown = false): Edit[] {
  const { name, start: from, end: to } = identifier;
  const parent = parents.get(identifier);
  const property = `${KEPT}.${name}`;
  if (parent?.type === "ExportSpecifier") return [];
  if (
    (parent?.type === "CallExpression" && parent.callee === identifier) ||
    parent?.type === "TaggedTemplateExpression"
  )
    return [{ from, to, text: `${statements.has(from) ? ";" : ""}(0,${property})` }];
  if (mayBeUnknown && parent?.type === "UnaryExpression" && parent.operator === "typeof")
    return [{ from, to, text: `("${name}" in ${KEPT}?${property}:void 0)` }];
  return [{ from, to, text: keyFor(identifier, parents) + property }];
}

/** Of a name that stands in an object or a pattern for key and value. */
function keyFor(identifier: Identifier, parents: Tree["parents"]): string {
  const parent = parents.get(identifier);
  const holder =
    parent?.type === "AssignmentPattern" && parent.left === identifier ? parents.get(parent) : parent;
  return holder?.type === "Property" && holder.shorthand ? `${identifier.name}:` : "";
}

/** Declarations become assignments, but for functions, which are assigned before all else. */
function declarationEdits(scopes: ScopeManager, tree: Tree): Edit[] {
  const [, top] = scopes.scopes;
  const edits: Edit[] = [];
  for (const { defs } of top.variables)
    for (const { type, name, node } of defs) {
      const identifier = name as unknown as Identifier;
      const { start, end } = node as unknown as AnyNode;
      if (type === "Variable")
        edits.push({
          from: identifier.start,
          to: identifier.end,
          text: `${keyFor(identifier, tree.parents)}${NEW}.${identifier.name}`,
        });
      if (type === "ClassName")
        edits.push(insertion(start, `;${NEW}.${identifier.name}=`), insertion(end, ";"));
    }
  const isTop = (node: AnyNode) =>
    scopes.getDeclaredVariables(node as never).some(({ scope }) => scope === top);
  for (const [node, parent] of tree.parents)
    if (node.type === "VariableDeclaration" && isTop(node)) edits.push(...asAssignments(node, parent, tree));
  return edits;
}

function asAssignments(node: VariableDeclaration, parent: AnyNode, { statements }: Tree): Edit[] {
  const isListed = statements.has(node.start); // where semicolons keep it apart from its neighbours
  const isHead = /^For(In|Of)/.test(parent.type) && !("body" in parent && parent.body === node);
  const edits = [{ from: node.start, to: node.declarations[0].start, text: isListed ? ";" : "" }];
  for (const { id, init, start, end } of node.declarations) {
    const isPattern = id.type === "ObjectPattern" && !isHead;
    if (isPattern) edits.push(insertion(start, "("));
    if (init && id.type === "Identifier" && isNameless(init))
      edits.push(insertion(init.start, `{"${id.name}":`), insertion(init.end, `}["${id.name}"]`));
    if (!init && node.kind === "let") edits.push(insertion(end, "=void 0"));
    if (isPattern) edits.push(insertion(end, ")"));
  }
  return isListed ? [...edits, insertion(node.end, ";")] : edits;
}

/** A function or class that gets its name from the variable. */
function isNameless(init: AnyNode): boolean {
  return (
    init.type === "ArrowFunctionExpression" ||
    (/^(Function|Class)Expression$/.test(init.type) && !(init as { id?: unknown }).id)
  );
}
