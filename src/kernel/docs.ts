import ts from "typescript-for-cells";

/*
 * The documentation comments of declaration files are read when somebody asks for them. To read all of them, of the
 * language's, Node's, TensorFlow.js's and our own, took a fifth of the time in which a kernel starts.
 */

/** The head of a hidden comment, as long as the usual one: whatever follows keeps its place in the file. */
const HIDDEN = "/*\u0001";
const SHOWN = "/**";
const COMMENT = /^[ \t]*\/\*\*(?!\/)[\s\S]*?\*\//gm;

/** A declaration file in which the compiler sees no documentation, but for what is deprecated: that is offered last. */
export function hideDocs(text: string): string {
  return text.replace(COMMENT, (comment) =>
    comment.includes("@deprecated") ? comment : comment.replace(SHOWN, HIDDEN),
  );
}

/** Makes a compiler read hidden documentation when it is asked for that of a symbol or a signature. */
export function showDocsWhenAsked(): void {
  const { getSymbolConstructor, getSignatureConstructor } = ts.objectAllocator;
  for (const { prototype } of [getSymbolConstructor(), getSignatureConstructor()])
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (!/Documentation|JsDocTags/.test(name)) continue;
      const original = prototype[name];
      prototype[name] = function (...given) {
        for (const node of this.declarations ?? [this.declaration]) if (node) readDocs(node);
        return original.apply(this, given);
      };
    }
}

const texts = new WeakMap<ts.SourceFile, string>();

/** Reads the comments before a declaration and before what it stands in: a variable's are its statement's. */
function readDocs(declaration: ts.Node): void {
  const file = declaration.getSourceFile();
  const text = texts.get(file) ?? file.text.replaceAll(HIDDEN, SHOWN);
  texts.set(file, text);
  if (text === file.text) return;
  for (let node = declaration; node && node !== file; node = node.parent) {
    if (node.jsDoc?.length) continue;
    const docs = (ts.getJSDocCommentRanges(node, text) ?? []).flatMap(
      ({ pos, end }) => ts.parseIsolatedJSDocComment(text, pos, end - pos)?.jsDoc ?? [],
    );
    if (docs.length > 0) node.jsDoc = docs.map((doc) => Object.assign(doc, { parent: node }));
  }
}
