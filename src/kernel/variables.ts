import ts from "typescript-for-cells";
import type { OpenedCell } from "./programs.js";
import { pageName, type Scope } from "./scope.js";

/** The variables at the top of cells, as a cell's code refers to them. */
export type Variables = ReturnType<typeof variablesOf>;

export function variablesOf({ program, cell, earlier }: OpenedCell, { pageOf }: Pick<Scope, "pageOf">) {
  const { factory } = ts;
  const [own, others]: ts.SymbolTable[] = [cell, earlier].map(({ locals }) => locals ?? new Map());
  const excepted = new Set<string>();
  const pages = new Set<number>();
  const isDeclared = (name: ts.BindingName): boolean =>
    ts.isIdentifier(name)
      ? own.get(name.escapedText) === name.parent.symbol
      : name.elements.some((element) => ts.isBindingElement(element) && isDeclared(element.name));
  const page = (name: string): ts.Identifier => {
    pages.add(pageOf(name));
    return factory.createIdentifier(pageName(pageOf(name)));
  };
  /** `page.name` */
  const access = (name: ts.Identifier): ts.Expression =>
    ts.setTextRange(factory.createPropertyAccessExpression(page(name.text), name.text), name);
  const statement = (expression: ts.Expression, place: ts.Node): ts.Statement =>
    ts.setTextRange(factory.createExpressionStatement(ts.setTextRange(expression, place)), place);
  /** `page.name = value;` */
  const assign = (name: ts.Identifier, value: ts.Expression, place: ts.Node): ts.Statement =>
    statement(factory.createAssignment(access(name), value), place);
  return {
    page,
    access,
    statement,
    assign,
    /** `page.name = name;`: of something that stands in the code under its own name. */
    assignOwn: (name: ts.Identifier, place: ts.Node): ts.Statement =>
      assign(name, factory.createIdentifier(name.text), place),
    /** The pages that were referred to. */
    pages: pages as ReadonlySet<number>,
    /** Whether a name, where it stands, means one. */
    is(name: ts.Identifier): boolean {
      const key = name.escapedText;
      if (excepted.has(name.text) || (!own.has(key) && !others.has(key))) return false;
      const found = program.getTypeChecker().resolveName(name.text, name, ts.SymbolFlags.Value, false);
      return found !== undefined && (found === own.get(key) || found === others.get(key));
    },
    /** Whether the cell declares some of these at its top, in a block or not. */
    areDeclaredIn: ({ declarations }: ts.VariableDeclarationList): boolean =>
      declarations.some(({ name }) => isDeclared(name)),
    /** Does work in which a name means what it does in TypeScript: in a class, its own name is not a variable. */
    without<Result>(name: string, work: () => Result): Result {
      excepted.add(name);
      const result = work();
      excepted.delete(name);
      return result;
    },
  };
}

/** A name as an object literal has it: `__proto__: x` would mean the object's prototype. */
export function keyOf(name: string): ts.PropertyName {
  const { factory } = ts;
  if (name !== "__proto__") return factory.createIdentifier(name);
  return factory.createComputedPropertyName(factory.createStringLiteral(name));
}
