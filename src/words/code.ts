/** How options are written in a cell. */

/** Code that stands for itself among options. */
export function code(text: string): symbol {
  return Symbol(text);
}

/**
 * A value as TypeScript.
 *
 * @example codeText({ hidden: [4, 2], activation: "tanh" }) // '{ hidden: [4, 2], activation: "tanh" }'
 */
export function codeText(value: unknown): string {
  if (typeof value === "symbol") return value.description ?? "";
  if (Array.isArray(value)) return `[${value.map(codeText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${entriesText(value)} }`;
}

/**
 * A call in which these options change and the others stay.
 *
 * @param before  the arguments before the options
 * @example callText("train", ["run.model", "run.data"], { epochs: 500 }) // "train(run.model, run.data, { epochs: 500, … })"
 */
export function callText(name: string, before: readonly string[], changed: object): string {
  return `${name}(${[...before, `{ ${entriesText(changed)}, … }`].join(", ")})`;
}

function entriesText(object: object): string {
  return Object.entries(object)
    .map(([name, value]) => (codeText(value) === name ? name : `${name}: ${codeText(value)}`))
    .join(", ");
}
