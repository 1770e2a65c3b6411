import { came, finiteNumber, plainText, unknownName, written } from "../check.js";
import type { MimeBundle } from "../display.js";
import { oneLine, shortened } from "../words/english.js";
import { rounded } from "../words/numbers.js";
import { type Range, rangeOf } from "./range.js";

/** Controls as a reader sees them: labels and values, as they travel to a notebook or a page. */

/** The format in which controls are displayed. */
export const CONTROLS_TYPE = "application/vnd.xorlab.controls+json";

/** One control, as plain JSON. All texts are plain text. */
export type Control = { readonly label: string } & (
  | ({ readonly kind: "number"; readonly value: number } & Range)
  /** `value`: the place of the chosen one */
  | { readonly kind: "choice"; readonly value: number; readonly choices: readonly string[] }
  | { readonly kind: "checkbox"; readonly value: boolean }
  | { readonly kind: "text"; readonly value: string }
);

/** What CONTROLS_TYPE carries. */
export interface Controls {
  /** By which a change finds its interact(); it means nothing once the kernel has ended. */
  readonly id: string;
  readonly controls: readonly Control[];
}

/** A number with a slider. */
export interface NumberOption {
  readonly min: number;
  readonly max: number;
  /** The distance between two values; without it 1 between whole numbers, else a hundredth of the range. */
  readonly step?: number;
  /** The first value; without it `min`. */
  readonly value?: number;
  readonly label?: string;
}

/** One of several values. */
export interface ChoiceOption<Value extends string | number = string | number> {
  readonly choices: readonly Value[];
  /** The first value; without it the first choice. */
  readonly value?: Value;
  readonly label?: string;
}

/** What interact() makes a control of. */
export type ControlOption =
  | number
  | boolean
  | string
  | readonly (string | number)[]
  | NumberOption
  | ChoiceOption;

/** The values that a control can have. */
export type ValueOf<Option> = Option extends readonly (infer Value)[]
  ? Value
  : Option extends { readonly choices: readonly (infer Value)[] }
    ? Value
    : Option extends boolean
      ? boolean
      : Option extends string
        ? string
        : number;

/** A control, and what its values mean for the function. */
export interface Knob {
  readonly name: string;
  readonly control: Control;
  /** The function's value for what the control shows. */
  meaning(shown: Control["value"]): unknown;
  /** What the control is to show for what a front end sent; undefined if that is no value for it. */
  accept(sent: unknown): Control["value"] | undefined;
}

const WHERE = "interact";
const MOST = 40; // controls
const LONGEST = 10_000; // characters of a text

/** @throws TypeError, RangeError that name the option */
export function knobsOf(options: unknown): readonly Knob[] {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new TypeError(`${WHERE}: the options must be an object { name: control, … }, got ${came(options)}`);
  const entries = Object.entries(options);
  if (entries.length === 0 || entries.length > MOST)
    throw new RangeError(`${WHERE}: the options must have 1 to ${MOST} controls, got ${entries.length}`);
  return entries.map(([name, option]) => ({ name, ...partsOf(oneLine(name), option) }));
}

type Parts = Omit<Knob, "name">;

/** A knob whose control shows the function's values themselves. */
function plain(control: Control, accept: Knob["accept"]): Parts {
  return { control, accept, meaning: (shown) => shown };
}

function partsOf(label: string, option: unknown): Parts {
  if (typeof option === "number") {
    const value = finiteNumber(WHERE, label, option);
    const accept = (sent: unknown) => (Number.isFinite(sent) ? Number(sent) : undefined);
    return plain({ label, kind: "number", value, ...rangeOf(value) }, accept);
  }
  if (typeof option === "boolean")
    return plain({ label, kind: "checkbox", value: option }, (sent) =>
      typeof sent === "boolean" ? sent : undefined,
    );
  if (typeof option === "string")
    return plain({ label, kind: "text", value: option }, (sent) =>
      typeof sent === "string" && sent.length <= LONGEST ? sent : undefined,
    );
  if (Array.isArray(option)) return choiceOf(label, label, { choices: option });
  if (typeof option !== "object" || option === null)
    throw new TypeError(
      `${WHERE}: ${label} must be { min, max }, a list, a number, true or false, or a text, got ${came(option)}`,
    );
  const isChoice = "choices" in option;
  const known = isChoice ? ["choices", "value", "label"] : ["min", "max", "step", "value", "label"];
  for (const key of Object.keys(option))
    if (!known.includes(key)) throw unknownName(`${WHERE}: ${label}`, "option", key, known);
  const { label: given } = option as { label?: unknown };
  const shown = given === undefined ? label : oneLine(plainText(WHERE, `${label}.label`, given));
  return isChoice
    ? choiceOf(label, shown, option as ChoiceOption)
    : sliderOf(label, shown, option as NumberOption);
}

function sliderOf(name: string, label: string, option: NumberOption): Parts {
  const low = finiteNumber(WHERE, `${name}.min`, option.min);
  const high = finiteNumber(WHERE, `${name}.max`, option.max, { above: low });
  const whole = Number.isInteger(low) && Number.isInteger(high);
  const usual = whole ? 1 : rangeOf(low + (high - low) / 3, low, high).step;
  const { step: distance = usual, value: first = low } = option;
  const step = finiteNumber(WHERE, `${name}.step`, distance, { above: 0 });
  const value = finiteNumber(WHERE, `${name}.value`, first, { low, high });
  return plain({ label, kind: "number", value, low, high, step }, (sent) => {
    if (typeof sent !== "number" || !Number.isFinite(sent)) return undefined;
    const most = Math.floor((high - low) / step + 1e-9); // as a browser's slider counts
    const steps = Math.min(most, Math.max(0, Math.round((sent - low) / step)));
    return rounded(low + steps * step, 12);
  });
}

function choiceOf(name: string, label: string, { choices, value }: ChoiceOption): Parts {
  const rule = `${WHERE}: ${name} must have texts or numbers to choose from`;
  if (!Array.isArray(choices) || choices.length === 0)
    throw new TypeError(`${rule}, got ${written(choices)}`);
  for (const one of choices)
    if (typeof one !== "string" && !Number.isFinite(one))
      throw new TypeError(`${rule}, got ${came(one)} among them`);
  const at = value === undefined ? 0 : choices.indexOf(value);
  if (at < 0)
    throw new RangeError(`${WHERE}: ${name}.value must be one of its choices, got ${written(value)}`);
  const all = [...choices];
  return {
    control: { label, kind: "choice", value: at, choices: all.map((one) => oneLine(String(one))) },
    meaning: (shown) => all[Number(shown)],
    accept: (sent) => (Number.isInteger(sent) && Number(sent) in all ? Number(sent) : undefined),
  };
}

/** The knobs' controls with other values. */
export function controlsWith(knobs: readonly Knob[], values: readonly Control["value"][]): Control[] {
  return knobs.map(({ control }, i) => ({ ...control, value: values[i] }) as Control);
}

/** The controls as a display: where none can be drawn or used, a line says the values. */
export function controlsBundle(id: string, controls: readonly Control[]): MimeBundle {
  const shown = (one: Control) =>
    shortened(String(one.kind === "choice" ? one.choices[one.value] : one.value), 60);
  const text = controls.map((one) => `${one.label}: ${shown(one)}`).join(", ");
  const carried: Controls = { id, controls };
  return { [CONTROLS_TYPE]: carried, "text/plain": text };
}
