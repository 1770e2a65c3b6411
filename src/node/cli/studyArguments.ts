import { written } from "../../check.js";
import { AXES, AXIS_NAMES, type StudyOptions } from "../../study/settings.js";
import { readOptions } from "./options.js";
import { TABLE_FLAGS, withTables } from "./studyTables.js";

/** What the command line asks for. */
export type StudyRequest = ReturnType<typeof readStudyArguments>;

type Reader = (flag: string, text: string) => unknown;

/** An option, how it is read, and whether it takes several values, separated by commas. */
interface Flag {
  readonly option: keyof StudyOptions;
  readonly read: Reader;
  readonly several: boolean;
}

const AXIS_READERS = {
  ...{ widths: hiddenLayers, name, names, number },
  ...{ "true or false": trueOrFalse, penalties },
};
const CONTROLS = {
  ...{ trials: number, seed: number, workers: number, engine: name, shard: name },
  ...{ solvedAccuracy: number, solvedR2: number, solvedLoss: number },
};

/** What can be given, by name: --learning-rate for learningRate. */
const FLAGS: ReadonlyMap<string, Flag> = new Map(
  [
    ...AXIS_NAMES.map((option): Flag => ({ option, read: AXIS_READERS[AXES[option].read], several: true })),
    ...Object.entries(CONTROLS).map(
      ([option, read]): Flag => ({ option: option as keyof typeof CONTROLS, read, several: false }),
    ),
  ].map((flag) => [flag.option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), flag]),
);
export const STUDY_FLAGS = [...FLAGS.keys(), ...TABLE_FLAGS, "json", "csv", "out"];

/** Reads the arguments after "study". Values are checked by study() itself. */
export function readStudyArguments(argv: readonly string[]) {
  const known = Object.fromEntries(STUDY_FLAGS.map((flag) => [flag, { type: "string" } as const]));
  const { values } = readOptions("xorlab study", argv, known);
  const { json, csv, out, target, scale, decimal, validation, ...given } = values as Partial<
    Record<string, string>
  >;
  const options = Object.entries(given as Record<string, string>).map(([name, text]) => {
    const { option, read, several } = FLAGS.get(name)!;
    const valuesIn = (part: string) => valuesOf(name, read, part.trim());
    return [option, several ? text.split(",").flatMap(valuesIn) : read(name, text)];
  });
  if (given.shard !== undefined && out === undefined)
    throw new RangeError("xorlab study: --shard needs --out FILE, where its trials are kept");
  if (given.shard !== undefined && (json ?? csv) !== undefined)
    throw new RangeError(
      "xorlab study: --json and --csv are for all shards together: xorlab merge FILE… --csv FILE",
    );
  return {
    options: withTables(Object.fromEntries(options), { target, scale, decimal, validation }),
    ...{ json, csv },
    /** The file of a shard, or of a whole study that is kept while it runs. */
    out,
    /** Those of all shards. */
    shared: withoutShard(argv),
  };
}

/** The arguments without --shard, --out and their values. */
function withoutShard(argv: readonly string[]): string[] {
  const isOne = (argument: string | undefined) => argument === "--shard" || argument === "--out";
  return argv.filter(
    (argument, i) => !(isOne(argument) || isOne(argv[i - 1]) || /^--(shard|out)=/.test(argument)),
  );
}

/** One value, or the whole numbers of a range such as 1..8. */
function valuesOf(flag: string, read: Reader, text: string): unknown[] {
  const range = /^(\d+)\.\.(\d+)$/.exec(text);
  if (!range) return [read(flag, text)];
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

/** An activation, or those of several layers joined by "-": relu-tanh. */
function names(_flag: string, text: string): string | string[] {
  return text.includes("-") ? text.split("-") : text;
}

/** "none", or penalties joined by "+": l1=0.001+l2=0.01. */
function penalties(flag: string, text: string): Record<string, number> {
  if (text === "none") return {};
  return Object.fromEntries(
    text.split("+").map((part) => {
      const [key, value = ""] = part.split("=");
      return [key.trim(), number(flag, value)];
    }),
  );
}

function number(flag: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value))
    throw new TypeError(`xorlab study: --${flag} must be a number, got ${written(text)}`);
  return value;
}

function trueOrFalse(flag: string, text: string): boolean {
  if (text !== "true" && text !== "false")
    throw new TypeError(`xorlab study: --${flag} must be true or false, got ${written(text)}`);
  return text === "true";
}
