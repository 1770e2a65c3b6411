import { parseArgs } from "node:util";
import { unknownName, written } from "../../check.js";
import type { StudyOptions } from "../../study/settings.js";

/** What the command line asks for. */
export interface StudyRequest {
  readonly help: boolean;
  readonly options: StudyOptions;
  readonly json: string | undefined;
  readonly csv: string | undefined;
}

type Reader = (option: string, text: string) => unknown;

/** The settings, with how one value of each is read. Several values are separated by commas. */
const SETTINGS = {
  hidden: hiddenLayers,
  activation: name,
  output: name,
  "kernel-initializer": name,
  "bias-initializer": name,
  optimizer: name,
  "learning-rate": number,
  loss: name,
  "batch-size": number,
  epochs: number,
  data: name,
  rows: number,
} as const satisfies Record<string, Reader>;

/** Options with one value. */
const SINGLE = {
  trials: number,
  seed: number,
  workers: number,
  "solved-accuracy": number,
  engine: name,
} as const satisfies Record<string, Reader>;

export const STUDY_FLAGS = [...Object.keys(SETTINGS), ...Object.keys(SINGLE), "json", "csv", "help"];

/** Reads the arguments after "study". Values are checked by study() itself. */
export function readStudyArguments(argv: readonly string[]): StudyRequest {
  const { values } = parsed(argv);
  const { json, csv, help, ...rest } = values as Record<string, string | boolean | undefined>;
  const options: Record<string, unknown> = {};
  for (const [flag, text] of Object.entries(rest)) {
    if (typeof text !== "string") continue;
    const key = flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (flag in SINGLE) options[key] = SINGLE[flag as keyof typeof SINGLE](flag, text);
    else
      options[key] = text.split(",").flatMap((part) => valuesOf(flag as keyof typeof SETTINGS, part.trim()));
  }
  return { help: help === true, options, json: json as string | undefined, csv: csv as string | undefined };
}

function parsed(argv: readonly string[]) {
  const options = Object.fromEntries(
    STUDY_FLAGS.map((flag) => [
      flag,
      flag === "help" ? { type: "boolean" as const, short: "h" } : { type: "string" as const },
    ]),
  );
  try {
    return parseArgs({ args: [...argv], options });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const flag = /'(-[^' ]*)/.exec(message)?.[1] ?? "";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION")
      throw unknownName(
        "xorlab study",
        "option",
        flag,
        STUDY_FLAGS.map((known) => `--${known}`),
      );
    throw new TypeError(`xorlab study: ${message.split("\n")[0]}`);
  }
}

/** One value, or the whole numbers of a range such as 1..8. */
function valuesOf(flag: keyof typeof SETTINGS, text: string): unknown[] {
  const range = /^(\d+)\.\.(\d+)$/.exec(text);
  if (!range) return [SETTINGS[flag](flag, text)];
  const [low, high] = [Number(range[1]), Number(range[2])];
  if (low > high || high - low > 10_000)
    throw new RangeError(
      `xorlab study: --${flag} must be a range from a smaller to a larger number, got ${written(text)}`,
    );
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}

/** A width, or the widths of several layers joined by "-": 4-2. "0" is a network without a hidden layer. */
function hiddenLayers(flag: string, text: string): number | number[] {
  if (text === "0") return [];
  const widths = text.split("-").map((width) => number(flag, width));
  return widths.length === 1 ? widths[0] : widths;
}

function name(_flag: string, text: string): string {
  return text;
}

function number(flag: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value))
    throw new TypeError(`xorlab study: --${flag} must be a number, got ${written(text)}`);
  return value;
}
