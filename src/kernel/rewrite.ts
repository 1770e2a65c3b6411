import ts from "typescript-for-cells";
import { aliasStatements, given, importStatements } from "./imports.js";
import { keyOf, type Variables } from "./variables.js";

const NOT_INSTANTIATED = 0; // a namespace of types alone

/**
 * From a cell to the body of a function in which all variables declared at the top of cells are properties of pages (see
 * scope.ts): `const n = 1` becomes `page.n = 1`, and `n` becomes `page.n`, wherever it stands. So earlier and later cells,
 * functions and timers share variables, and each can be declared anew.
 *
 * @param result  the cell's last expression, if its value is the result: it is returned in a list
 */
export function rewriteCell(
  checker: ts.TypeChecker,
  variables: Variables,
  result: ts.Statement | undefined,
): ts.TransformerFactory<ts.SourceFile> {
  const { factory } = ts;
  const { access, assign, assignOwn } = variables;
  const undefinedAtFirst = new Map<string, ts.Identifier>();
  const imports: ts.Statement[] = [];
  const hoisted: ts.Statement[] = [];

  const visitExpression = (node: ts.Expression): ts.Expression => ts.visitNode(node, visit) as ts.Expression;

  /** A value for a variable: functions and classes without a name get the variable's, as in a declaration. */
  const named = (name: ts.Node, value: ts.Expression): ts.Expression => {
    const visited = visitExpression(value);
    const bare = ts.skipOuterExpressions(value);
    const isNameless =
      ts.isArrowFunction(bare) ||
      ((ts.isFunctionExpression(bare) || ts.isClassExpression(bare)) && bare.name === undefined);
    if (!isNameless || !ts.isIdentifier(name)) return visited;
    const property = factory.createPropertyAssignment(keyOf(name.text), visited);
    return factory.createPropertyAccessExpression(
      factory.createObjectLiteralExpression([property]),
      name.text,
    );
  };

  /** What a declaration binds, as what an assignment assigns to. */
  const targetOf = (name: ts.BindingName): ts.Expression => {
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
        const key = ts.visitNode(element.propertyName, visit) ?? (element.name as ts.Identifier).text;
        return factory.createPropertyAssignment(key as string, target);
      }),
    );
  };
  const targetWithDefault = ({ name, initializer }: ts.BindingElement): ts.Expression =>
    initializer ? factory.createAssignment(targetOf(name), named(name, initializer)) : targetOf(name);

  /** A declaration as an assignment; none for `var x`, which changes nothing where it stands. */
  const assignmentsOf = (declaration: ts.VariableDeclaration): ts.Expression[] => {
    const { name, initializer, parent } = declaration;
    if (!initializer && !(parent.flags & ts.NodeFlags.BlockScoped)) {
      if (ts.isIdentifier(name)) undefinedAtFirst.set(name.text, name);
      return [];
    }
    const value = initializer ? named(name, initializer) : factory.createVoidZero();
    return [ts.setTextRange(factory.createAssignment(targetOf(name), value), declaration)];
  };

  const visitVariables = (node: ts.VariableStatement): ts.Node | ts.Node[] => {
    const { declarationList: list, modifiers } = node;
    if (!variables.areDeclaredIn(list)) return ts.visitEachChild(node, visit, undefined);
    if (list.flags & ts.NodeFlags.Using)
      return [
        factory.updateVariableStatement(node, modifiers, ts.visitEachChild(list, visit, undefined)),
        ...list.declarations.map(({ name }) => assignOwn(name as ts.Identifier, name)),
      ];
    const statements = list.declarations.flatMap((one) =>
      assignmentsOf(one).map((assignment) => variables.statement(assignment, one)),
    );
    return statements.length > 0 ? statements : factory.createEmptyStatement();
  };

  /** Between the parentheses of a loop. */
  const visitHead = (list: ts.VariableDeclarationList): ts.ForInitializer | undefined => {
    if (!ts.isForStatement(list.parent)) return targetOf(list.declarations[0].name);
    const [first, ...more] = list.declarations.flatMap(assignmentsOf);
    return first && more.reduce(factory.createComma, first);
  };

  /** A class, an enum or a namespace stays, and is assigned after it. */
  const visitOwned = (node: ts.ClassDeclaration | ts.EnumDeclaration | ts.ModuleDeclaration): ts.Node[] => {
    const { name } = node;
    if (!name || !ts.isIdentifier(name)) return [];
    const visited = variables.without(name.text, () => ts.visitEachChild(node, visit, undefined));
    const isType = ts.isModuleDeclaration(node) && ts.getModuleInstanceState(node) === NOT_INSTANTIATED;
    return isType ? [visited] : [visited, assignOwn(name, node)];
  };

  /** A function called by its name alone has no `this`: `(0, page.f)()`. */
  const visitCalled = (callee: ts.Expression): ts.Expression => {
    const bare = ts.skipOuterExpressions(callee);
    if (!ts.isIdentifier(bare) || !variables.is(bare)) return visitExpression(callee);
    const comma = factory.createComma(factory.createNumericLiteral(0), access(bare));
    const start = callee.getStart();
    // In stacks V8 names the place after the parenthesis: it is to be the name's.
    return ts.setSourceMapRange(factory.createParenthesizedExpression(comma), { pos: start, end: start });
  };

  const visit: ts.Visitor = (node) => {
    if (ts.isIdentifier(node)) return isReference(node) && variables.is(node) ? access(node) : node;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node; // is erased
    if (ts.isVariableStatement(node)) return visitVariables(node);
    if (ts.isVariableDeclarationList(node) && variables.areDeclaredIn(node)) return visitHead(node);
    if (ts.isShorthandPropertyAssignment(node) && variables.is(node.name)) {
      const { name, objectAssignmentInitializer: initial } = node;
      const value = initial ? factory.createAssignment(access(name), named(name, initial)) : access(name);
      return ts.setTextRange(factory.createPropertyAssignment(keyOf(name.text), value), node);
    }
    if (ts.isBinaryExpression(node) && ts.isIdentifier(node.left) && NAMING.has(node.operatorToken.kind)) {
      const { left, operatorToken, right } = node;
      if (variables.is(left))
        return factory.updateBinaryExpression(node, access(left), operatorToken, named(left, right));
    }
    if (ts.isCallExpression(node)) {
      const rest = ts.visitNodes(node.arguments, visit) as typeof node.arguments;
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
        return ts.setTextRange(factory.createCallExpression(given("import"), undefined, rest), node);
      const callee = visitCalled(node.expression);
      return ts.isCallChain(node)
        ? factory.updateCallChain(node, callee, node.questionDotToken, undefined, rest)
        : factory.updateCallExpression(node, callee, undefined, rest);
    }
    if (ts.isImportMeta(node)) return ts.setTextRange(given("meta"), node);
    if (ts.isTaggedTemplateExpression(node)) {
      const template = ts.visitNode(node.template, visit) as typeof node.template;
      return factory.updateTaggedTemplateExpression(node, visitCalled(node.tag), undefined, template);
    }
    return ts.visitEachChild(node, visit, undefined);
  };

  /** What is only declared is what another cell, or something outside of cells, has under that name. */
  const visitAmbient = (name: ts.Identifier): ts.Statement => {
    const key = factory.createStringLiteral(name.text);
    const known = factory.createBinaryExpression(key, ts.SyntaxKind.InKeyword, variables.page(name.text));
    const outside = factory.createPropertyAccessExpression(factory.createIdentifier("globalThis"), name.text);
    const taken = factory.createAssignment(access(name), outside);
    return variables.statement(factory.createLogicalOr(known, taken), name);
  };

  const visitStatement = (node: ts.Statement): ts.Node | readonly ts.Node[] => {
    if (ts.isExportDeclaration(node)) return [];
    if (isAmbient(node)) {
      hoisted.push(...declaredNames(node).map(visitAmbient));
      return [];
    }
    if (ts.isImportDeclaration(node)) {
      imports.push(...importStatements(checker, variables, node));
      return [];
    }
    if (ts.isImportEqualsDeclaration(node)) return aliasStatements(checker, variables, node);
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
    return visit(node) as ts.Node | ts.Node[];
  };

  return () => (file) => {
    const statements = file.statements.flatMap(visitStatement) as ts.Statement[];
    const first = [...undefinedAtFirst.values()].map((name) => assign(name, factory.createVoidZero(), name));
    const rewritten = factory.updateSourceFile(file, [...imports, ...hoisted, ...first, ...statements]);
    return ts.setEmitFlags(rewritten, ts.EmitFlags.NoNestedComments | ts.EmitFlags.NoComments);
  };
}

/** Whether an identifier is an expression, not the name of something that is being declared or of a property. */
function isReference(node: ts.Identifier): boolean {
  const parent = node.parent as Partial<Record<"name" | "propertyName" | "label", ts.Node>>;
  return node !== parent.name && node !== parent.propertyName && node !== parent.label;
}

/** The operators of assignments that give a nameless function the name of what it is assigned to. */
const NAMING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

/** Whether a statement begins with `declare`. */
function isAmbient(node: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** The names of the values that a statement declares. */
function declaredNames(node: ts.Statement): ts.Identifier[] {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [];
  if (node.flags & ts.NodeFlags.GlobalAugmentation) return [];
  const names: (ts.Node | undefined)[] = ts.isVariableStatement(node)
    ? node.declarationList.declarations.map(({ name }) => name)
    : [(node as ts.ClassDeclaration).name];
  return names.filter((name): name is ts.Identifier => name !== undefined && ts.isIdentifier(name));
}
