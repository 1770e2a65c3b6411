import type {
  BindingElement,
  BindingName,
  ClassDeclaration,
  EntityName,
  EnumDeclaration,
  Expression,
  ForInitializer,
  Identifier,
  ImportDeclaration,
  ModuleDeclaration,
  Node,
  SourceFile,
  Statement,
  SymbolTable,
  TransformerFactory,
  TypeChecker,
  VariableDeclaration,
  VariableDeclarationList,
  VariableStatement,
  Visitor,
} from "typescript-for-cells";
import { pageName } from "./scope.js";
import type { TypeScript } from "./typescript.js";

/**
 * From a cell to the body of a function in which all variables declared at the top of cells are properties of pages (see
 * scope.ts): `const n = 1` becomes `page.n = 1`, and `n` becomes `page.n`, wherever it stands. So earlier and later cells,
 * functions and timers share variables, and each can be declared anew.
 */
export interface Rewriting {
  readonly checker: TypeChecker;
  readonly cell: SourceFile;
  /** The declarations of earlier cells. */
  readonly earlier: SourceFile;
  readonly pageOf: (name: string) => number;
  /** The cell's last expression, if its value is the result: it is returned as { value }. */
  readonly result: Statement | undefined;
}

/** How the code calls what the kernel gives it besides pages: `require`, `namespaceOf`, `import`, `meta`. */
export const KERNEL = "__kernel__";

/** What the compiler notes about nodes besides what it declares. */
type WithLocals = SourceFile & { readonly locals?: SymbolTable };
type Resolving = TypeChecker & {
  resolveName(name: string, at: Node, meaning: number, excludeGlobals: boolean): unknown;
};
type Insides = { getModuleInstanceState(node: Node): number };

/** @param used  the numbers of the pages that the code refers to are added to it */
export function rewriteCell(
  ts: TypeScript,
  { checker, cell, earlier, pageOf, result }: Rewriting,
  used: Set<number>,
): TransformerFactory<SourceFile> {
  const [own, others] = [cell, earlier].map(({ locals }: WithLocals) => locals ?? new Map());
  const { factory } = ts;

  /** Whether a name, where it stands, means a variable of a cell's top. */
  const isVariable = (name: Identifier): boolean => {
    const key = name.escapedText;
    if (within.has(name.text) || (!own.has(key) && !others.has(key))) return false;
    const found = (checker as Resolving).resolveName(name.text, name, ts.SymbolFlags.Value, false);
    return found !== undefined && (found === own.get(key) || found === others.get(key));
  };
  /** Classes, enums and namespaces in whose bodies we are: inside, their names mean themselves. */
  const within = new Set<string>();

  const page = (name: string): Identifier => {
    used.add(pageOf(name));
    return factory.createIdentifier(pageName(pageOf(name)));
  };
  const access = (name: Identifier): Expression =>
    ts.setTextRange(factory.createPropertyAccessExpression(page(name.text), name.text), name);
  const statement = (expression: Expression, place: Node): Statement =>
    ts.setTextRange(factory.createExpressionStatement(ts.setTextRange(expression, place)), place);
  const assign = (name: Identifier, value: Expression, place: Node): Statement =>
    statement(factory.createAssignment(access(name), value), place);
  const assignOwn = (name: Identifier, place: Node): Statement =>
    assign(name, factory.createIdentifier(name.text), place);

  const visitExpression = (node: Expression): Expression => ts.visitNode(node, visit) as Expression;

  /** A value for a variable: functions and classes without a name get the variable's, as in a declaration. */
  const named = (name: Node, value: Expression): Expression => {
    const visited = visitExpression(value);
    const bare = ts.skipPartiallyEmittedExpressions(unwrapped(ts, value));
    const nameless =
      ts.isArrowFunction(bare) ||
      ((ts.isFunctionExpression(bare) || ts.isClassExpression(bare)) && bare.name === undefined);
    if (!nameless || !ts.isIdentifier(name)) return visited;
    const key = factory.createComputedPropertyName(factory.createStringLiteral(name.text));
    const holder = factory.createObjectLiteralExpression([
      factory.createPropertyAssignment(name.text === "__proto__" ? key : name.text, visited),
    ]);
    return factory.createPropertyAccessExpression(holder, name.text);
  };

  const isDeclaredAtTop = (name: BindingName): boolean =>
    ts.isIdentifier(name)
      ? own.get(name.escapedText) === (name.parent as Node & { symbol?: unknown }).symbol
      : name.elements.some((element) => ts.isBindingElement(element) && isDeclaredAtTop(element.name));
  const isTopList = (list: VariableDeclarationList): boolean =>
    list.declarations.some(({ name }) => isDeclaredAtTop(name));

  /** What a declaration binds, as what an assignment assigns to. */
  const targetOf = (name: BindingName): Expression => {
    if (ts.isIdentifier(name)) return access(name);
    if (ts.isArrayBindingPattern(name))
      return factory.createArrayLiteralExpression(
        name.elements.map((element) => {
          if (ts.isOmittedExpression(element)) return element;
          return element.dotDotDotToken
            ? factory.createSpreadElement(targetOf(element.name))
            : targetWithDefault(element);
        }),
      );
    return factory.createObjectLiteralExpression(
      name.elements.map((element) => {
        if (element.dotDotDotToken) return factory.createSpreadAssignment(targetOf(element.name));
        const key = ts.visitNode(element.propertyName, visit) ?? (element.name as Identifier).text;
        return factory.createPropertyAssignment(key as string, targetWithDefault(element));
      }),
    );
  };
  const targetWithDefault = ({ name, initializer }: BindingElement): Expression =>
    initializer ? factory.createAssignment(targetOf(name), named(name, initializer)) : targetOf(name);

  /** A declaration as an assignment; none for `var x`, which changes nothing where it stands. */
  const assignmentOf = (declaration: VariableDeclaration): Expression[] => {
    const { name, initializer, parent } = declaration;
    if (!initializer && !(parent.flags & ts.NodeFlags.BlockScoped)) {
      if (ts.isIdentifier(name)) undefinedAtFirst.set(name.text, name);
      return [];
    }
    const value = initializer ? named(name, initializer) : factory.createVoidZero();
    return [ts.setTextRange(factory.createAssignment(targetOf(name), value), declaration)];
  };

  const visitVariables = (node: VariableStatement): Node | Node[] => {
    const { declarationList: list } = node;
    if (!isTopList(list)) return ts.visitEachChild(node, visit, undefined);
    if (isAmbient(node)) return [];
    if (list.flags & ts.NodeFlags.Using)
      return [
        factory.updateVariableStatement(node, node.modifiers, ts.visitEachChild(list, visit, undefined)),
        ...list.declarations.map(({ name }) => assignOwn(name as Identifier, name)),
      ];
    const assignments = list.declarations.flatMap((one) =>
      assignmentOf(one).map((assignment) =>
        ts.setTextRange(factory.createExpressionStatement(assignment), one),
      ),
    );
    return assignments.length > 0 ? assignments : factory.createEmptyStatement();
  };

  const visitHead = (list: VariableDeclarationList): ForInitializer | undefined => {
    if (!ts.isForStatement(list.parent)) return targetOf(list.declarations[0].name);
    const [first, ...more] = list.declarations.flatMap(assignmentOf);
    return first && more.reduce(factory.createComma, first);
  };

  const isAmbient = (node: Statement): boolean =>
    ts.canHaveModifiers(node) &&
    (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);

  /** A class, an enum or a namespace stays, and is assigned after it. */
  const visitOwned = (node: ClassDeclaration | EnumDeclaration | ModuleDeclaration): Node[] => {
    const { name } = node;
    if (!name || !ts.isIdentifier(name)) return [];
    within.add(name.text);
    const visited = ts.visitEachChild(node, visit, undefined);
    within.delete(name.text);
    const empty =
      ts.isModuleDeclaration(node) && (ts as unknown as Insides).getModuleInstanceState(node) === 0;
    return empty ? [visited] : [visited, assignOwn(name, node)];
  };

  /** A function called by its name alone has no `this`: `(0, page.f)()`. */
  const visitCalled = (callee: Expression): Expression | undefined => {
    const bare = unwrapped(ts, callee);
    if (!ts.isIdentifier(bare) || !isVariable(bare)) return undefined;
    const comma = factory.createComma(factory.createNumericLiteral(0), access(bare));
    const parenthesized = factory.createParenthesizedExpression(comma);
    // In stacks V8 names the place after this parenthesis: it is to be the name's.
    const start = callee.getStart();
    return ts.setSourceMapRange(parenthesized, { pos: start, end: start });
  };

  const visit: Visitor = (node) => {
    if (ts.isIdentifier(node)) return isReference(node) && isVariable(node) ? access(node) : node;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node; // is erased
    if (ts.isVariableStatement(node)) return visitVariables(node);
    if (ts.isVariableDeclarationList(node) && isTopList(node)) return visitHead(node);
    if (ts.isShorthandPropertyAssignment(node) && isVariable(node.name)) {
      const { name, objectAssignmentInitializer: initial } = node;
      const value = initial ? factory.createAssignment(access(name), named(name, initial)) : access(name);
      const computed = factory.createComputedPropertyName(factory.createStringLiteral(name.text));
      const key = name.text === "__proto__" ? computed : name.text;
      return ts.setTextRange(factory.createPropertyAssignment(key, value), node);
    }
    if (ts.isBinaryExpression(node) && ts.isIdentifier(node.left) && isNaming(ts, node.operatorToken.kind)) {
      if (!isVariable(node.left)) return ts.visitEachChild(node, visit, undefined);
      return factory.updateBinaryExpression(
        node,
        access(node.left),
        node.operatorToken,
        named(node.left, node.right),
      );
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return given("meta");
    if (ts.isCallExpression(node)) {
      const rest = ts.visitNodes(node.arguments, visit) as typeof node.arguments;
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
        return ts.setTextRange(factory.createCallExpression(given("import"), undefined, rest), node);
      const callee = visitCalled(node.expression);
      if (callee && ts.isCallChain(node))
        return factory.updateCallChain(node, callee, node.questionDotToken, undefined, rest);
      if (callee) return factory.updateCallExpression(node, callee, undefined, rest);
    }
    if (ts.isTaggedTemplateExpression(node)) {
      const tag = visitCalled(node.tag);
      const template = ts.visitNode(node.template, visit) as typeof node.template;
      if (tag) return factory.updateTaggedTemplateExpression(node, tag, undefined, template);
    }
    return ts.visitEachChild(node, visit, undefined);
  };

  const given = (name: string): Expression =>
    factory.createPropertyAccessExpression(factory.createIdentifier(KERNEL), name);

  /** An import as assignments of what it imports; only of values. */
  const visitImport = (node: ImportDeclaration): Statement[] => {
    const { importClause: clause, moduleSpecifier } = node;
    const required = factory.createCallExpression(given("require"), undefined, [moduleSpecifier]);
    if (!clause) return [statement(required, node)];
    if (clause.isTypeOnly) return [];
    const namespace = factory.createCallExpression(given("namespaceOf"), undefined, [required]);
    const { name, namedBindings: bindings } = clause;
    if (bindings && ts.isNamespaceImport(bindings) && !name) return [assign(bindings.name, namespace, node)];
    const whole = bindings && ts.isNamespaceImport(bindings) ? [assign(bindings.name, namespace, node)] : [];
    const specifiers = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
    const members = specifiers
      .filter((one) => !one.isTypeOnly && isValue(one.name))
      .map((one) => [(one.propertyName ?? one.name).text, one.name] as const);
    if (name && isValue(name)) members.push(["default", name]);
    if (members.length === 0) return whole;
    const pattern = factory.createObjectLiteralExpression(
      members.map(([key, to]) =>
        factory.createPropertyAssignment(factory.createStringLiteral(key), access(to)),
      ),
    );
    const from = members.some(([key]) => key === "default") ? namespace : required;
    return [...whole, statement(factory.createAssignment(pattern, from), node)];
  };
  const isValue = (name: Identifier): boolean => {
    const symbol = checker.getSymbolAtLocation(name);
    const target = symbol && checker.getAliasedSymbol(symbol);
    return !target || checker.isUnknownSymbol(target) || (target.flags & ts.SymbolFlags.Value) !== 0;
  };

  /** `a.b.c`, of `import short = a.b.c`. */
  const entityValue = (entity: EntityName): Expression => {
    if (ts.isIdentifier(entity)) return isVariable(entity) ? access(entity) : entity;
    return factory.createPropertyAccessExpression(entityValue(entity.left), entity.right.text);
  };

  /** What is only declared is what another cell, or something outside of cells, has under that name. */
  const visitAmbient = (name: Identifier): Statement => {
    const known = factory.createBinaryExpression(
      factory.createStringLiteral(name.text),
      ts.SyntaxKind.InKeyword,
      page(name.text),
    );
    const outside = factory.createPropertyAccessExpression(factory.createIdentifier("globalThis"), name.text);
    return statement(factory.createLogicalOr(known, factory.createAssignment(access(name), outside)), name);
  };

  const undefinedAtFirst = new Map<string, Identifier>();
  const imports: Statement[] = [];
  const hoisted: Statement[] = [];

  const visitStatement = (node: Statement): Node | Node[] => {
    if (ts.isImportDeclaration(node)) {
      imports.push(...visitImport(node));
      return [];
    }
    if (ts.isExportDeclaration(node)) return [];
    if (isAmbient(node)) {
      for (const name of declaredNames(ts, node)) hoisted.push(visitAmbient(name));
      return [];
    }
    if (ts.isFunctionDeclaration(node)) {
      if (!node.name) return [];
      if (node.body) hoisted.push(assignOwn(node.name, node.name));
    }
    if (ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node))
      return visitOwned(node);
    if (ts.isImportEqualsDeclaration(node)) {
      const { name, moduleReference: entity } = node;
      if (!isValue(name)) return [];
      if (ts.isEntityName(entity)) return assign(name, entityValue(entity), node);
      const asked = [entity.expression, factory.createStringLiteral("require")];
      imports.push(assign(name, factory.createCallExpression(given("require"), undefined, asked), node));
      return [];
    }
    if (node === result && ts.isExpressionStatement(node)) {
      const { expression } = node;
      const value = factory.createPropertyAssignment("value", visitExpression(expression));
      const object = factory.createObjectLiteralExpression([value]);
      return ts.setTextRange(factory.createReturnStatement(object), node);
    }
    return visit(node) as Node | Node[];
  };

  return () => (file) => {
    const statements = file.statements.flatMap(visitStatement) as Statement[];
    const atFirst = [...undefinedAtFirst.values()].map((name) =>
      assign(name, factory.createVoidZero(), name),
    );
    const rewritten = factory.updateSourceFile(file, [...imports, ...hoisted, ...atFirst, ...statements]);
    return ts.setEmitFlags(rewritten, ts.EmitFlags.NoNestedComments | ts.EmitFlags.NoComments);
  };
}

/** Whether an identifier is an expression, not the name of something that is being declared or of a property. */
function isReference(node: Identifier): boolean {
  const { name, propertyName, label } = node.parent as Partial<
    Record<"name" | "propertyName" | "label", Node>
  >;
  return node !== name && node !== propertyName && node !== label;
}

/** An expression without parentheses and types around it. */
function unwrapped(ts: TypeScript, node: Expression): Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

/** Whether an assignment with this operator gives a nameless function the name of what it is assigned to. */
function isNaming(ts: TypeScript, operator: number): boolean {
  const { EqualsToken, BarBarEqualsToken, AmpersandAmpersandEqualsToken, QuestionQuestionEqualsToken } =
    ts.SyntaxKind;
  return [
    EqualsToken,
    BarBarEqualsToken,
    AmpersandAmpersandEqualsToken,
    QuestionQuestionEqualsToken,
  ].includes(operator);
}

/** The names of what a statement declares. */
function declaredNames(ts: TypeScript, node: Statement): Identifier[] {
  if (node.flags & ts.NodeFlags.GlobalAugmentation) return [];
  const names = ts.isVariableStatement(node)
    ? node.declarationList.declarations.map(({ name }) => name)
    : [(node as ClassDeclaration).name];
  const valued = !ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node);
  return names.filter((name): name is Identifier => valued && name !== undefined && ts.isIdentifier(name));
}
