import type {
  BindingName,
  Expression,
  Identifier,
  Node,
  PropertyName,
  SourceFile,
  Statement,
  SymbolTable,
  TypeChecker,
  VariableDeclarationList,
} from "typescript-for-cells";
import type { TypeScript } from "./edition.js";
import { pageName } from "./scope.js";

/** A cell in its program, and where its variables are. */
export interface CellInProgram {
  readonly checker: TypeChecker;
  readonly cell: SourceFile;
  /** The declarations of earlier cells. */
  readonly earlier: SourceFile;
  readonly pageOf: (name: string) => number;
}

/** The variables at the top of cells, as a cell's code refers to them. */
export interface Variables {
  /** Whether a name, where it stands, means one. */
  is(name: Identifier): boolean;
  /** Whether the cell declares some of these at its top, in a block or not. */
  areDeclaredIn(list: VariableDeclarationList): boolean;
  page(name: string): Identifier;
  /** `page.name` */
  access(name: Identifier): Expression;
  /** `page.name = value;` */
  assign(name: Identifier, value: Expression, place: Node): Statement;
  /** `page.name = name;`: of something that stands in the code under its own name. */
  assignOwn(name: Identifier, place: Node): Statement;
  statement(expression: Expression, place: Node): Statement;
  /** Does work in which a name means what it does in TypeScript: in a class, its own name is not a variable. */
  without<Result>(name: string, work: () => Result): Result;
  /** The pages that were referred to. */
  readonly pages: ReadonlySet<number>;
}

/** What the compiler notes about nodes besides what it declares. */
type WithLocals = SourceFile & { readonly locals?: SymbolTable };
type Resolving = TypeChecker & {
  resolveName(name: string, at: Node, meaning: number, excludeGlobals: boolean): unknown;
};

export function variablesOf(ts: TypeScript, { checker, cell, earlier, pageOf }: CellInProgram): Variables {
  const { factory } = ts;
  const [own, others] = [cell, earlier].map(({ locals }: WithLocals) => locals ?? new Map());
  const excepted = new Set<string>();
  const pages = new Set<number>();
  const isDeclared = (name: BindingName): boolean =>
    ts.isIdentifier(name)
      ? own.get(name.escapedText) === (name.parent as Node & { symbol?: unknown }).symbol
      : name.elements.some((element) => ts.isBindingElement(element) && isDeclared(element.name));
  const variables: Variables = {
    pages,
    is(name) {
      const key = name.escapedText;
      if (excepted.has(name.text) || (!own.has(key) && !others.has(key))) return false;
      const found = (checker as Resolving).resolveName(name.text, name, ts.SymbolFlags.Value, false);
      return found !== undefined && (found === own.get(key) || found === others.get(key));
    },
    areDeclaredIn: ({ declarations }) => declarations.some(({ name }) => isDeclared(name)),
    page(name) {
      pages.add(pageOf(name));
      return factory.createIdentifier(pageName(pageOf(name)));
    },
    access: (name) =>
      ts.setTextRange(factory.createPropertyAccessExpression(variables.page(name.text), name.text), name),
    assign: (name, value, place) =>
      variables.statement(factory.createAssignment(variables.access(name), value), place),
    assignOwn: (name, place) => variables.assign(name, factory.createIdentifier(name.text), place),
    statement: (expression, place) =>
      ts.setTextRange(factory.createExpressionStatement(ts.setTextRange(expression, place)), place),
    without(name, work) {
      excepted.add(name);
      const result = work();
      excepted.delete(name);
      return result;
    },
  };
  return variables;
}

/** A name as an object literal has it: `__proto__: x` would mean the object's prototype. */
export function keyOf(ts: TypeScript, name: string): PropertyName {
  const { factory } = ts;
  if (name !== "__proto__") return factory.createIdentifier(name);
  return factory.createComputedPropertyName(factory.createStringLiteral(name));
}
