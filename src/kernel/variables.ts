import ts from "typescript-for-cells";
import { pageName } from "./scope.js";

/** A cell in its program, and where its variables are. */
export interface CellInProgram {
  readonly checker: ts.TypeChecker;
  readonly cell: ts.SourceFile;
  /** The declarations of earlier cells. */
  readonly earlier: ts.SourceFile;
  readonly pageOf: (name: string) => number;
}

/** The variables at the top of cells, as a cell's code refers to them. */
export interface Variables {
  /** Whether a name, where it stands, means one. */
  is(name: ts.Identifier): boolean;
  /** Whether the cell declares some of these at its top, in a block or not. */
  areDeclaredIn(list: ts.VariableDeclarationList): boolean;
  page(name: string): ts.Identifier;
  /** `page.name` */
  access(name: ts.Identifier): ts.Expression;
  /** `page.name = value;` */
  assign(name: ts.Identifier, value: ts.Expression, place: ts.Node): ts.Statement;
  /** `page.name = name;`: of something that stands in the code under its own name. */
  assignOwn(name: ts.Identifier, place: ts.Node): ts.Statement;
  statement(expression: ts.Expression, place: ts.Node): ts.Statement;
  /** Does work in which a name means what it does in TypeScript: in a class, its own name is not a variable. */
  without<Result>(name: string, work: () => Result): Result;
  /** The pages that were referred to. */
  readonly pages: ReadonlySet<number>;
}

export function variablesOf({ checker, cell, earlier, pageOf }: CellInProgram): Variables {
  const { factory } = ts;
  const [own, others] = [cell, earlier].map(({ locals }) => locals ?? new Map());
  const excepted = new Set<string>();
  const pages = new Set<number>();
  const isDeclared = (name: ts.BindingName): boolean =>
    ts.isIdentifier(name)
      ? own.get(name.escapedText) === name.parent.symbol
      : name.elements.some((element) => ts.isBindingElement(element) && isDeclared(element.name));
  const variables: Variables = {
    pages,
    is(name) {
      const key = name.escapedText;
      if (excepted.has(name.text) || (!own.has(key) && !others.has(key))) return false;
      const found = checker.resolveName(name.text, name, ts.SymbolFlags.Value, false);
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
export function keyOf(name: string): ts.PropertyName {
  const { factory } = ts;
  if (name !== "__proto__") return factory.createIdentifier(name);
  return factory.createComputedPropertyName(factory.createStringLiteral(name));
}
