/** What TypeScript allows and JSON does not: 'texts', keys without quotes, .5, a comma after the last item. */
const NOT_JSON =
  /"(?:\\.|[^"\\])*"|'((?:\\.|[^'\\])*)'|([\p{L}_$][\p{L}\p{N}_$]*)(?=\s*:)|(?<![\p{L}\p{N}_.])\.(?=\d)|(?<=[^[{,\s]\s*),(?=\s*[\]}])/gu;

/**
 * The value of a literal: a number, a quoted text, true, false, null, or a list or object of these. It is read, never
 * run: names, calls and operators are not literals.
 *
 * @returns undefined if the text is anything else
 */
export function readLiteral(text: string): unknown {
  const json = text.replace(NOT_JSON, (part: string, single?: string, key?: string) => {
    if (single !== undefined) return `"${single.replace(/\\'|\\.|"/gs, requoted)}"`;
    if (key !== undefined) return `"${key}"`;
    return part === "." ? "0." : part === "," ? "" : part;
  });
  try {
    return JSON.parse(json, (key, value) => {
      if (key === "__proto__" || value === Infinity || value === -Infinity) throw new RangeError(text);
      return value;
    });
  } catch {
    return undefined;
  }
}

/** A piece of a text in single quotes as it stands in double quotes. */
function requoted(piece: string): string {
  return piece === "\\'" ? "'" : piece === '"' ? '\\"' : piece;
}
