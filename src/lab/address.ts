import { FIELDS, type Field } from "./fields.js";
import {
  DEFAULTS,
  FEATURES,
  type Feature,
  INITIALIZERS,
  MOST_CLASSES,
  MOST_LAYERS,
  MOST_POINTS,
  MOST_UNITS,
  type OwnPoint,
  type Setting,
  type Start,
  weightCount,
} from "./setting.js";

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
  if (name === "start") return startOf(text);
  const field = FIELDS[name];
  switch (field.kind) {
    case "choice":
      if (!Object.hasOwn(field.choices, text)) return undefined;
      return (typeof DEFAULTS[name] === "number" ? Number(text) : text) as Setting[Name];
    case "number":
      return numberOf(text, field);
    case "switch":
      return text === "true" || text === "false" ? text === "true" : undefined;
    case "features":
      return featuresOf(text);
    case "widths":
      return widthsOf(text);
    case "points":
      return pointsOf(text);
    case "columns":
      return columnsOf(text);
    case "column":
      return numberOf(text, { low: 1, high: MOST_COLUMNS, step: 1 });
    case "table":
      return undefined;
  }
}

/** What is not at its default, as the part of an address behind "#". */
export function addressOf(setting: Setting, epoch?: number): string {
  const parts = NAMES.filter((name) => textOf(name, setting[name]) !== textOf(name, DEFAULTS[name])).map(
    (name) =>
      `${name}=${encodeURIComponent(textOf(name, setting[name])).replace(/%2C/g, ",").replace(/%3B/g, ";").replace(/%3A/g, ":")}`,
  );
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
  const epoch = numberOf(given.get("epoch") ?? "", { low: 0, high: 2000, step: 1 });
  return { setting: { ...DEFAULTS, ...Object.fromEntries(values) }, epoch, refused };
}

function numberOf(
  text: string,
  { low, high, step }: Pick<Extract<Field, { kind: "number" }>, "low" | "high" | "step">,
): number | undefined {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const whole = step !== 1 || Number.isInteger(value);
  return value >= low && value <= high && whole ? value : undefined;
}

function featuresOf(text: string): Feature[] | undefined {
  const names = text.split("-");
  const known = names.every((name) => Object.hasOwn(FEATURES, name)) && new Set(names).size === names.length;
  return known ? (names as Feature[]) : undefined;
}

/** "4-2"; no hidden layer is "". */
function widthsOf(text: string, least = 0, most = MOST_LAYERS): number[] | undefined {
  const widths = text === "" || text === "none" ? [] : text.split("-").map(Number);
  const allowed = widths.every((width) => Number.isInteger(width) && width >= 1 && width <= MOST_UNITS);
  return allowed && widths.length >= least && widths.length <= most ? widths : undefined;
}

/** The largest weight, either way, that is set by hand. */
export const MOST_WEIGHT = 1e6;
const MOST_COLUMNS = 1000;
const CLASSES = [...Array(MOST_CLASSES).keys()];

/** "3-4"; none is "". */
function columnsOf(text: string): number[] | undefined {
  const places = text === "" ? [] : text.split("-").map(Number);
  const known = places.every((place) => Number.isInteger(place) && place >= 1 && place <= MOST_COLUMNS);
  return known && places.length <= MOST_UNITS && new Set(places).size === places.length ? places : undefined;
}

/** "0,0,0;0,1,1", or a line a point. */
function pointsOf(text: string): OwnPoint[] | undefined {
  const lines = text.split(/[;\n]/).filter((line) => line.trim() !== "");
  const points = lines.map((line) =>
    line
      .trim()
      .split(/[\s,]+/)
      .map(Number),
  );
  const allowed = points.every(
    (point) =>
      point.length === 3 && point.every((value) => Math.abs(value) <= 1000) && CLASSES.includes(point[2]),
  );
  return allowed && points.length <= MOST_POINTS ? (points as unknown as OwnPoint[]) : undefined;
}

function startText(start: Start | undefined): string {
  if (!start) return "";
  const { seed, initializer, widths, weights } = start;
  return [seed, initializer, widths.join("-"), ...(weights ? [weights.join(",")] : [])].join(":");
}

function weightsOf(text: string, widths: readonly number[]): number[] | undefined {
  const weights = text.split(",").map((weight) => (weight === "" ? Number.NaN : Number(weight)));
  const allowed = weights.every((weight) => Math.abs(weight) <= MOST_WEIGHT);
  return allowed && weights.length === weightCount(widths) ? weights : undefined;
}

function startOf(text: string): Start | undefined {
  const [seed, initializer, widthsText = "", weightsText] = text.split(":");
  const widths = widthsOf(widthsText, 2, MOST_LAYERS + 2);
  const start = {
    seed: valueOfText("seed", seed),
    initializer: Object.hasOwn(INITIALIZERS, initializer) ? initializer : undefined,
    widths,
    ...(weightsText === undefined ? {} : { weights: weightsOf(weightsText, widths ?? []) }),
  };
  return Object.values(start).includes(undefined) ? undefined : (start as Start);
}
