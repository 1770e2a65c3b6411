import type {
  BindingElement,
  BindingName,
  ClassDeclaration,
  EnumDeclaration,
  Expression,
  ForInitializer,
  Identifier,
  ModuleDeclaration,
  Node,
  SourceFile,
  Statement,
  TransformerFactory,
  TypeChecker,
  VariableDeclaration,
  VariableDeclarationList,
  VariableStatement,
  Visitor,
} from "typescript-for-cells";
import type { TypeScript } from "./edition.js";
import { aliasStatements, given, importStatements } from "./imports.js";
import { keyOf, type Variables } from "./variables.js";

type Insides = { getModuleInstanceState(node: Node): number };
const NOT_INSTANTIATED = 0; // a namespace of types alone

/**
 * From a cell to the body of a function in which all variables declared at the top of cells are properties of pages (see
 * scope.ts): `const n = 1` becomes `page.n = 1`, and `n` becomes `page.n`, wherever it stands. So earlier and later cells,
 * functions and timers share variables, and each can be declared anew.
 *
 * @param result  the cell's last expression, if its value is the result: it is returned in a list
 */
export function rewriteCell(
  ts: TypeScript,
  checker: TypeChecker,
  variables: Variables,
  result: Statement | undefined,
): TransformerFactory<SourceFile> {
  const { factory } = ts;
  const { access, assign, assignOwn } = variables;
  const undefinedAtFirst = new Map<string, Identifier>();
  const imports: Statement[] = [];
  const hoisted: Statement[] = [];

  const visitExpression = (node: Expression): Expression => ts.visitNode(node, visit) as Expression;

  /** A value for a variable: functions and classes without a name get the variable's, as in a declaration. */
  const named = (name: Node, value: Expression): Expression => {
    const visited = visitExpression(value);
    const bare = unwrapped(ts, value);
    const isNameless =
      ts.isArrowFunction(bare) ||
      ((ts.isFunctionExpression(bare) || ts.isClassExpression(bare)) && bare.name === undefined);
    if (!isNameless || !ts.isIdentifier(name)) return visited;
    const property = factory.createPropertyAssignment(keyOf(ts, name.text), visited);
    return factory.createPropertyAccessExpression(
      factory.createObjectLiteralExpression([property]),
      name.text,
    );
  };

  /** What a declaration binds, as what an assignment assigns to. */
  const targetOf = (name: BindingName): Expression => {
    if (ts.isIdentifier(name)) return access(name);
    if (ts.isArrayBindingPattern(name))
      return factory.createArrayLiteralExpression(
        name.elements.map((element) => {
          if (ts.isOmittedExpression(element)) return element;
          const target = targetWithDefault(element);
          return element.dotDotDotToken ? factory.createSpreadElement(target) : target;
        }),
      );
    return factory.createObjectLiteralExpression(
      name.elements.map((element) => {
        const target = targetWithDefault(element);
        if (element.dotDotDotToken) return factory.createSpreadAssignment(target);
        const key = ts.visitNode(element.propertyName, visit) ?? (element.name as Identifier).text;
        return factory.createPropertyAssignment(key as string, target);
      }),
    );
  };
  const targetWithDefault = ({ name, initializer }: BindingElement): Expression =>
    initializer ? factory.createAssignment(targetOf(name), named(name, initializer)) : targetOf(name);

  /** A declaration as an assignment; none for `var x`, which changes nothing where it stands. */
  const assignmentsOf = (declaration: VariableDeclaration): Expression[] => {
    const { name, initializer, parent } = declaration;
    if (!initializer && !(parent.flags & ts.NodeFlags.BlockScoped)) {
      if (ts.isIdentifier(name)) undefinedAtFirst.set(name.text, name);
      return [];
    }
    const value = initializer ? named(name, initializer) : factory.createVoidZero();
    return [ts.setTextRange(factory.createAssignment(targetOf(name), value), declaration)];
  };

  const visitVariables = (node: VariableStatement): Node | Node[] => {
    const { declarationList: list, modifiers } = node;
    if (!variables.areDeclaredIn(list)) return ts.visitEachChild(node, visit, undefined);
    if (list.flags & ts.NodeFlags.Using)
      return [
        factory.updateVariableStatement(node, modifiers, ts.visitEachChild(list, visit, undefined)),
        ...list.declarations.map(({ name }) => assignOwn(name as Identifier, name)),
      ];
    const statements = list.declarations.flatMap((one) =>
      assignmentsOf(one).map((assignment) => variables.statement(assignment, one)),
    );
    return statements.length > 0 ? statements : factory.createEmptyStatement();
  };

  /** Between the parentheses of a loop. */
  const visitHead = (list: VariableDeclarationList): ForInitializer | undefined => {
    if (!ts.isForStatement(list.parent)) return targetOf(list.declarations[0].name);
    const [first, ...more] = list.declarations.flatMap(assignmentsOf);
    return first && more.reduce(factory.createComma, first);
  };

  /** A class, an enum or a namespace stays, and is assigned after it. */
  const visitOwned = (node: ClassDeclaration | EnumDeclaration | ModuleDeclaration): Node[] => {
    const { name } = node;
    if (!name || !ts.isIdentifier(name)) return [];
    const visited = variables.without(name.text, () => ts.visitEachChild(node, visit, undefined));
    const { getModuleInstanceState } = ts as unknown as Insides;
    const isType = ts.isModuleDeclaration(node) && getModuleInstanceState(node) === NOT_INSTANTIATED;
    return isType ? [visited] : [visited, assignOwn(name, node)];
  };

  /** A function called by its name alone has no `this`: `(0, page.f)()`. */
  const visitCalled = (callee: Expression): Expression => {
    const bare = unwrapped(ts, callee);
    if (!ts.isIdentifier(bare) || !variables.is(bare)) return visitExpression(callee);
    const comma = factory.createComma(factory.createNumericLiteral(0), access(bare));
    const start = callee.getStart();
    // In stacks V8 names the place after the parenthesis: it is to be the name's.
    return ts.setSourceMapRange(factory.createParenthesizedExpression(comma), { pos: start, end: start });
  };

  const visit: Visitor = (node) => {
    if (ts.isIdentifier(node)) return isReference(node) && variables.is(node) ? access(node) : node;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node; // is erased
    if (ts.isVariableStatement(node)) return visitVariables(node);
    if (ts.isVariableDeclarationList(node) && variables.areDeclaredIn(node)) return visitHead(node);
    if (ts.isShorthandPropertyAssignment(node) && variables.is(node.name)) {
      const { name, objectAssignmentInitializer: initial } = node;
      const value = initial ? factory.createAssignment(access(name), named(name, initial)) : access(name);
      return ts.setTextRange(factory.createPropertyAssignment(keyOf(ts, name.text), value), node);
    }
    if (ts.isBinaryExpression(node) && ts.isIdentifier(node.left) && isNaming(ts, node.operatorToken.kind)) {
      const { left, operatorToken, right } = node;
      if (variables.is(left))
        return factory.updateBinaryExpression(node, access(left), operatorToken, named(left, right));
    }
    if (ts.isCallExpression(node)) {
      const rest = ts.visitNodes(node.arguments, visit) as typeof node.arguments;
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
        return ts.setTextRange(factory.createCallExpression(given(ts, "import"), undefined, rest), node);
      const callee = visitCalled(node.expression);
      return ts.isCallChain(node)
        ? factory.updateCallChain(node, callee, node.questionDotToken, undefined, rest)
        : factory.updateCallExpression(node, callee, undefined, rest);
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      return ts.setTextRange(given(ts, "meta"), node);
    if (ts.isTaggedTemplateExpression(node)) {
      const template = ts.visitNode(node.template, visit) as typeof node.template;
      return factory.updateTaggedTemplateExpression(node, visitCalled(node.tag), undefined, template);
    }
    return ts.visitEachChild(node, visit, undefined);
  };

  /** What is only declared is what another cell, or something outside of cells, has under that name. */
  const visitAmbient = (name: Identifier): Statement => {
    const key = factory.createStringLiteral(name.text);
    const known = factory.createBinaryExpression(key, ts.SyntaxKind.InKeyword, variables.page(name.text));
    const outside = factory.createPropertyAccessExpression(factory.createIdentifier("globalThis"), name.text);
    const taken = factory.createAssignment(access(name), outside);
    return variables.statement(factory.createLogicalOr(known, taken), name);
  };

  const visitStatement = (node: Statement): Node | readonly Node[] => {
    if (ts.isExportDeclaration(node)) return [];
    if (isAmbient(ts, node)) {
      hoisted.push(...declaredNames(ts, node).map(visitAmbient));
      return [];
    }
    if (ts.isImportDeclaration(node)) {
      imports.push(...importStatements(ts, checker, variables, node));
      return [];
    }
    if (ts.isImportEqualsDeclaration(node)) return aliasStatements(ts, checker, variables, node);
    if (ts.isFunctionDeclaration(node)) {
      if (!node.name) return []; // it is only the default that a module would export
      if (node.body) hoisted.push(assignOwn(node.name, node.name));
    }
    if (ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node))
      return visitOwned(node);
    if (node === result && ts.isExpressionStatement(node)) {
      const list = factory.createArrayLiteralExpression([visitExpression(node.expression)]); // names no function
      return ts.setTextRange(factory.createReturnStatement(list), node);
    }
    return visit(node) as Node | Node[];
  };

  return () => (file) => {
    const statements = file.statements.flatMap(visitStatement) as Statement[];
    const first = [...undefinedAtFirst.values()].map((name) => assign(name, factory.createVoidZero(), name));
    const rewritten = factory.updateSourceFile(file, [...imports, ...hoisted, ...first, ...statements]);
    return ts.setEmitFlags(rewritten, ts.EmitFlags.NoNestedComments | ts.EmitFlags.NoComments);
  };
}

/** Whether an identifier is an expression, not the name of something that is being declared or of a property. */
function isReference(node: Identifier): boolean {
  const parent = node.parent as Partial<Record<"name" | "propertyName" | "label", Node>>;
  return node !== parent.name && node !== parent.propertyName && node !== parent.label;
}

/** An expression without parentheses and types around it. */
function unwrapped(ts: TypeScript, node: Expression): Expression {
  const isWrapping =
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node);
  return isWrapping ? unwrapped(ts, node.expression) : node;
}

/** Whether an assignment with this operator gives a nameless function the name of what it is assigned to. */
function isNaming({ SyntaxKind }: TypeScript, operator: number): boolean {
  return (
    operator === SyntaxKind.EqualsToken ||
    operator === SyntaxKind.BarBarEqualsToken ||
    operator === SyntaxKind.AmpersandAmpersandEqualsToken ||
    operator === SyntaxKind.QuestionQuestionEqualsToken
  );
}

/** Whether a statement begins with `declare`. */
function isAmbient(ts: TypeScript, node: Statement): boolean {
  const { modifiers = [] } = node as Statement & { readonly modifiers?: readonly Node[] };
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
}

/** The names of the values that a statement declares. */
function declaredNames(ts: TypeScript, node: Statement): Identifier[] {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [];
  if (node.flags & ts.NodeFlags.GlobalAugmentation) return [];
  const names = ts.isVariableStatement(node)
    ? node.declarationList.declarations.map(({ name }) => name)
    : [(node as ClassDeclaration).name];
  return names.filter((name): name is Identifier => name !== undefined && ts.isIdentifier(name));
}
