import { FIELDS, number, widthsIn } from "./fields.js";
import { DEFAULTS, INITIALIZERS, MOST_LAYERS, type Setting, type Start, weightCount } from "./setting.js";

/** Settings as text: in the address, and in the fields of the form. A table is in neither. */

type Name = Exclude<keyof Setting, "table">;
const NAMES = (Object.keys(DEFAULTS) as (keyof Setting)[]).filter((name): name is Name => name !== "table");

/** A setting's value as text. */
export function textOf(name: Name, value: Setting[Name]): string {
  if (name === "start") return startText(value as Start | undefined);
  if (name === "points") return (value as Setting["points"]).map((point) => point.join(",")).join(";");
  return Array.isArray(value) ? value.join("-") : String(value);
}

/** The value that a text stands for; undefined if it stands for none that is allowed. */
export function valueOfText(name: Name, text: string): Setting[Name] | undefined {
  return (name === "start" ? startOf(text) : FIELDS[name].read(text)) as Setting[Name] | undefined;
}

/** What is not at its default, as the part of an address behind "#". */
export function addressOf(setting: Setting, epoch?: number): string {
  const texts = NAMES.map((name) => [name, textOf(name, setting[name])] as const);
  const parts = texts
    .filter(([name, text]) => text !== textOf(name, DEFAULTS[name]))
    .map(([name, text]) => `${name}=${encodeURIComponent(text).replace(/%2C|%3B|%3A/g, decodeURIComponent)}`);
  return [...parts, ...(epoch === undefined ? [] : [`epoch=${epoch}`])].join("&");
}

/** The setting of an address; what is unknown or not allowed is at its default, and named. */
export function settingOf(address: string): {
  readonly setting: Setting;
  readonly epoch: number | undefined;
  readonly refused: readonly string[];
} {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  const refused: string[] = [];
  const values = NAMES.flatMap((name) => {
    const text = given.get(name);
    if (text === null) return [];
    const value = valueOfText(name, text);
    if (value === undefined && text !== "") refused.push(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  for (const name of given.keys()) if (!(name in DEFAULTS) && name !== "epoch") refused.push(name);
  const epoch = number(0, 2000).read(given.get("epoch") ?? "");
  return { setting: { ...DEFAULTS, ...Object.fromEntries(values) }, epoch, refused };
}

/** The largest weight, either way, that is set by hand. */
export const MOST_WEIGHT = 1e6;

function startText(start: Start | undefined): string {
  if (!start) return "";
  const { seed, initializer, widths, weights } = start;
  return [seed, initializer, widths.join("-"), ...(weights ? [weights.join(",")] : [])].join(":");
}

function startOf(text: string): Start | undefined {
  const [seed, initializer, widthsText = "", weightsText] = text.split(":");
  const widths = widthsIn(widthsText, 2, MOST_LAYERS + 2);
  const start = {
    seed: valueOfText("seed", seed),
    initializer: Object.hasOwn(INITIALIZERS, initializer) ? initializer : undefined,
    widths,
    ...(weightsText === undefined ? {} : { weights: weightsOf(weightsText, widths ?? []) }),
  };
  return Object.values(start).includes(undefined) ? undefined : (start as Start);
}

function weightsOf(text: string, widths: readonly number[]): number[] | undefined {
  const weights = text.split(",").map(number(-MOST_WEIGHT, MOST_WEIGHT, "any").read);
  return !weights.includes(undefined) && weights.length === weightCount(widths)
    ? (weights as number[])
    : undefined;
}
