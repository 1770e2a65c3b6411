#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { unknownName } from "../../check.js";
import { CHECKOUT } from "./checkout.js";

/** A command: its arguments in, its exit code out. It answers --help itself. */
type Command = (argv: readonly string[]) => Promise<number>;

/** Each command with a line for the list, and how its file is loaded: only when it is called. */
const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  lab: {
    summary: "opens the notebooks in JupyterLab",
    load: async () => (await import("./lab.js")).openLab,
  },
  export: {
    summary: "runs notebooks and writes them as self-contained HTML pages",
    load: async () => (await import("./export.js")).exportNotebooks,
  },
  site: {
    summary: "writes a website: the laboratory and the exported notebooks",
    load: async () => (await import("./site.js")).writeSite,
  },
  study: {
    summary: "trains many networks and reports how often they succeed",
    load: async () => (await import("./study.js")).runStudyCommand,
  },
  doctor: {
    summary: "checks what is installed and works, and says how to fix the rest",
    load: async () => (await setupModule("doctor/doctor.mjs")).doctorCommand,
  },
  native: {
    summary: "installs TensorFlow.js's native backend, tfjs-node",
    load: async () => (await setupModule("native/native.mjs")).nativeCommand,
  },
};

/** A file of setup/, which is plain JavaScript: set-up itself runs before anything is built. */
function setupModule(file: string) {
  return import(pathToFileURL(join(CHECKOUT, "setup", file)).href);
}

/**
 * The command line: `xorlab <command> [options]`.
 *
 * @param argv  what stands after "xorlab"
 * @returns the exit code
 */
async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(help());
    return name === undefined ? 1 : 0;
  }
  if (name === "--version" || name === "-v") {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) throw unknownName("xorlab", "command", name, Object.keys(COMMANDS));
  const command = await COMMANDS[name].load();
  return command(rest);
}

function help(): string {
  const names = Object.keys(COMMANDS);
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map((name) => `  ${name.padEnd(width)}   ${COMMANDS[name].summary}`);
  return `xorlab <command> [options]

${lines.join("\n")}

  xorlab <command> --help   what the command's options are
  xorlab --version          which xorlab this is
`;
}

function version(): string {
  return JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8")).version;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // An error that the user can fix names xorlab first; anything else is a defect and shows its stack.
    const expected = error instanceof Error && error.message.startsWith("xorlab");
    process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  },
);
