/** What TypeScript knows of a name: the part of it that we tell. */
export interface QuickInfo {
  readonly displayParts?: readonly Part[];
  readonly documentation?: readonly Part[];
  readonly tags?: readonly { readonly name: string; readonly text?: readonly Part[] }[];
}

interface Part {
  readonly text: string;
}

/** Signature, description and tags as text; whether a name was imported is of no interest. */
export function documentation({ displayParts, documentation: described, tags = [] }: QuickInfo): string {
  const signature = joined(displayParts)
    .replace(/^\(alias\) /, "")
    .replace(/\n(import|export) [\w$]+$/, "");
  const lines = tags.map(({ name, text }) => `@${name} ${joined(text)}`.trimEnd());
  return [signature, joined(described), lines.join("\n")].filter((part) => part !== "").join("\n\n");
}

function joined(parts: readonly Part[] = []): string {
  return parts.map(({ text }) => text).join("");
}
