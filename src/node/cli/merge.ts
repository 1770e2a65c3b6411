import { basename, dirname, join } from "node:path";
import "../../index.js";
import { mergeParts } from "../../study/parts/merge.js";
import { type MissingShard, missingText, type PartRead } from "../../study/parts/missing.js";
import { type Shard, shardText } from "../../study/shard.js";
import { counted } from "../../words/english.js";
import { readOptions } from "./options.js";
import { fileSource } from "./partFile.js";
import { INCOMPLETE } from "./shard.js";
import { writeStudy } from "./studyOutput.js";

const WHERE = "xorlab merge";

export const HELP = `xorlab merge FILE… [--csv FILE | --json FILE] [--partial]

Puts the shards of a study together, which xorlab study --shard K/N --out FILE made, in any order. The table is the one that
the whole study gives, to the bit. A trial that is in several files counts once. Files of other studies are refused.

If trials are missing, it prints the commands that run just these, and ends with exit code 75.

    --json FILE, --csv FILE    also writes the rows to a file; - is standard output
    --partial                  if trials are missing, writes what there is all the same
`;

const OPTIONS = {
  json: { type: "string" },
  csv: { type: "string" },
  partial: { type: "boolean" },
} as const;

/** Puts shards together: `xorlab merge`. */
export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(WHERE, argv, OPTIONS, true);
  if (positionals.length === 0)
    throw new RangeError(`${WHERE}: the files of the shards must follow, got none`);
  const { study, missing, parts } = mergeParts(
    WHERE,
    positionals.map((path) => fileSource(WHERE, path)),
  );
  if (missing.length > 0) process.stderr.write(missingReport(missing, parts));
  if (missing.length === 0 || values.partial) writeStudy(WHERE, study, values);
  return missing.length === 0 ? 0 : INCOMPLETE;
}

/** What is missing, and the commands that run it. */
function missingReport(missing: readonly MissingShard[], parts: readonly PartRead[]): string {
  const trials = missing.reduce((sum, shard) => sum + shard.trials, 0);
  const lines = missing.map((shard) => `  ${missingText(shard)}\n`).join("");
  const { command } = parts.find((part) => part.command) ?? {};
  const run = command
    ? `To run just these:\n${missing.map((shard) => `  ${shardCommand(command, shard, parts)}\n`).join("")}`
    : "A program made these parts; it can run just these with study({ …, shard }).\n";
  return `${WHERE}: ${counted(trials, "trial")} of the study ${trials === 1 ? "is" : "are"} missing:\n${lines}${run}`;
}

function shardCommand(
  command: readonly string[],
  { shard, begun }: MissingShard,
  parts: readonly PartRead[],
): string {
  const out = begun?.name ?? fileFor(shard, parts);
  return ["xorlab", "study", ...command, "--shard", shardText(shard), "--out", out].map(quoted).join(" ");
}

/** A file for a shard, named as those of the others are: part-7.json beside part-3.json. */
function fileFor({ part, of }: Shard, parts: readonly PartRead[]): string {
  const taken = parts.map(({ name }) => name);
  for (const { name, shard } of parts) {
    const numbers = new RegExp(`(?<!\\d)0*${shard.part}(?!\\d)`, "g");
    const isClear = shard.of === of && basename(name).match(numbers)?.length === 1;
    const next = basename(name).replace(numbers, (digits) => String(part).padStart(digits.length, "0"));
    const path = join(dirname(name), next);
    if (isClear && !taken.includes(path)) return path;
  }
  return join(dirname(taken[0]), `part-${part}-of-${of}.json`);
}

/** An argument as a shell takes it. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
