/** Texts from outside in HTML, where nothing in them is markup, and templates that are filled with them. */

/** A text as HTML shows it letter by letter, in elements and in attributes. */
export function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** JSON within a script element, which nothing in it can end. */
export function htmlJson(value: unknown): string {
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, code);
}

/**
 * A template in which each `{{name}}`, in code also written as a comment, is replaced by the part of this name. What is put in is not
 * searched again; a mark without a part stays.
 */
export function filled(template: string, parts: Readonly<Record<string, string>>): string {
  const marks = /\/\*\{\{(\w+)\}\}\*\/|\{\{(\w+)\}\}/g;
  return template.replace(marks, (mark: string, code?: string, name = "") => {
    const part = code ?? name;
    return Object.hasOwn(parts, part) ? parts[part] : mark;
  });
}
