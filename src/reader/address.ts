import { literalFor, type Parameter } from "./parameters.js";

/** The settings in the page's address: #hidden=3&activation=tanh, those that differ from the page as it was written. */

/** New literals by the names of parameters. Whatever an address holds, it is read as literals and never run. */
export function settingsIn(hash: string, parameters: readonly Parameter[]): Map<string, string> {
  const settings = new Map<string, string>();
  if (!hash.includes("=")) return settings; // a link to a heading
  for (const [name, value] of new URLSearchParams(hash.slice(1))) {
    const parameter = parameters.find((one) => one.name === name);
    if (!parameter) throw new RangeError(`the address sets ${name}, which this notebook does not have`);
    settings.set(name, literalFor(parameter, value));
  }
  return settings;
}

/** The address's part for settings, from "#" on; empty if all are as they were written. */
export function hashOf(parameters: readonly Parameter[], written: readonly Parameter[]): string {
  const changed = parameters.filter(
    ({ name, literal }) => literal !== written.find((one) => one.name === name)?.literal,
  );
  const text = ({ value, literal }: Parameter) =>
    typeof value === "string" ? value : literal.replace(/\s+/g, "");
  const pairs = changed.map((one) => `${encodeURIComponent(one.name)}=${encodeURIComponent(text(one))}`);
  return pairs.length > 0 ? `#${pairs.join("&")}` : "";
}
