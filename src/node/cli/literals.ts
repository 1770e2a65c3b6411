import { createRequire } from "node:module";
import type ts from "@tslab/typescript-for-tslab";
import { written } from "../../check.js";

/** The TypeScript that the kernel itself reads cells with: it comes with tslab. */
export function kernelTypeScript(): typeof ts {
  return createRequire(require.resolve("tslab/package.json"))("@tslab/typescript-for-tslab");
}

/** What a literal can hold. */
export type Literal =
  | number
  | string
  | boolean
  | null
  | readonly Literal[]
  | { readonly [name: string]: Literal };

/**
 * The value of a literal written as in TypeScript: numbers, quoted texts, true, false, null, and lists and objects of
 * these. It is read, never run: names, calls and operators are not literals.
 *
 * @throws RangeError if the text is anything else
 */
export function readLiteral(text: string): Literal {
  const compiler = kernelTypeScript();
  const file = compiler.createSourceFile("value.ts", `(${text}\n)`, compiler.ScriptTarget.Latest, true);
  const statement = file.statements[0];
  const mistakes = (file as unknown as { parseDiagnostics: readonly unknown[] }).parseDiagnostics;
  if (
    mistakes.length > 0 ||
    file.statements.length !== 1 ||
    !compiler.isExpressionStatement(statement) ||
    !compiler.isParenthesizedExpression(statement.expression)
  )
    throw notLiteral(text);
  return valueIn(compiler, statement.expression.expression);
}

function notLiteral(text: string): RangeError {
  return new RangeError(
    `${written(text)} is not a number, a text, true, false, null, or a list or object of these`,
  );
}

function valueIn(compiler: typeof ts, node: ts.Expression): Literal {
  if (compiler.isNumericLiteral(node)) return numberOf(node);
  if (compiler.isPrefixUnaryExpression(node) && compiler.isNumericLiteral(node.operand)) {
    if (node.operator === compiler.SyntaxKind.MinusToken) return -numberOf(node.operand);
    if (node.operator === compiler.SyntaxKind.PlusToken) return numberOf(node.operand);
  }
  if (compiler.isStringLiteral(node) || compiler.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (node.kind === compiler.SyntaxKind.TrueKeyword) return true;
  if (node.kind === compiler.SyntaxKind.FalseKeyword) return false;
  if (node.kind === compiler.SyntaxKind.NullKeyword) return null;
  if (compiler.isArrayLiteralExpression(node)) return node.elements.map((item) => valueIn(compiler, item));
  if (compiler.isObjectLiteralExpression(node)) return objectOf(compiler, node);
  throw notLiteral(node.getText());
}

function numberOf(node: ts.NumericLiteral): number {
  const value = Number(node.text);
  // 010 would be eight, and 1e999 is not finite
  if (/^0\d/.test(node.getText()) || !Number.isFinite(value)) throw notLiteral(node.getText());
  return value;
}

function objectOf(compiler: typeof ts, node: ts.ObjectLiteralExpression): Literal {
  const entries = node.properties.map((property): [string, Literal] => {
    if (!compiler.isPropertyAssignment(property)) throw notLiteral(property.getText());
    const { name, initializer } = property;
    const plain = compiler.isIdentifier(name) || compiler.isStringLiteral(name);
    if (!plain || name.text === "__proto__") throw notLiteral(property.getText());
    return [name.text, valueIn(compiler, initializer)];
  });
  return Object.fromEntries(entries);
}
