/** How counts and lists become English, and how text from outside is kept plain. */

/** "1 unit", "3 units". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** "8 trials", "4 to 24 trials". */
export function countedRange(counts: readonly number[], noun: string): string {
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return fewest === most ? counted(most, noun) : `${fewest} to ${most} ${noun}s`;
}

/** "the one unit", "both units", "all 3 units". */
export function allOf(count: number, noun: string): string {
  return `${ofThe(count, count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** "3 of the 5", and where these are all "the one", "both", "all 5". */
export function ofThe(count: number, all: number): string {
  if (count < all) return `${count} of the ${all}`;
  return all === 1 ? "the one" : all === 2 ? "both" : `all ${all}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return items.length < 2
    ? items.join("")
    : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** A text that begins with a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Text on one line: line ends, other control characters and those that turn the reading direction become spaces. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd").replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ");
}

/** The start of a long text, and an ellipsis. */
export function shortened(text: string, length = 120): string {
  const characters = Array.from(oneLine(text));
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length - 1).join("")}…`;
}

// Characters for private use: they stand for nothing, and are taken out of what comes from outside.
const [OPEN, CLOSE] = ["\ue000", "\ue001"];

/** A name from outside within a sentence, marked so that it can be set apart when the text becomes Markdown. */
export function outside(name: string): string {
  return marked(shortened(name, 40));
}

/** The same of a name that is short enough. */
export function marked(name: string): string {
  return `${OPEN}${name.replace(/[\ue000\ue001]/g, "")}${CLOSE}`;
}

/** A text without the marks of names from outside. */
export function asPlain(text: string): string {
  return text.replaceAll(OPEN, "").replaceAll(CLOSE, "");
}

/** A sentence in Markdown: names from outside are code spans, and it is unbroken(). */
export function inMarkdown(text: string): string {
  const parts = text.split(/\ue000([^\ue001]*)\ue001/);
  return parts.map((part, i) => (i % 2 === 1 ? codeSpan(part) : unbroken(part))).join("");
}

/** A sentence in which no line ends in "12 %", "ln 2" or "(0, 1)". */
export function unbroken(text: string): string {
  return text.replace(/(?<=\d) (?=%)|(?<=\bln) (?=\d)|(?<=\((?:[\d.−]+, )*[\d.−]+,) (?=[\d.−])/g, "\u00a0");
}

/** Text from outside in Markdown: a code span shows it letter by letter, without markup, equations or HTML. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = text.trim() === "" || /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}
