/** A table in Markdown: the head, then the rows, all cells as plain text. */
export function markdownTable([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(asMarkdown).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** Text that Markdown, HTML and equations take for nothing but text; numbers stay beside their per cent. */
export function asMarkdown(text: string): string {
  const plain = text.replace(/[\\`*_[\]<>&|$~#]/g, (character) => `&#${character.charCodeAt(0)};`);
  return plain.replaceAll(" %", "&nbsp;%");
}
