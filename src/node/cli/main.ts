#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { unknownName } from "../../check.js";
import { CHECKOUT, standWhereCalled } from "./checkout.js";

/** A command: its arguments in, its exit code out. It answers --help itself. */
type Command = (argv: readonly string[]) => Promise<number>;

/** Each command: a line for the list, and how its file is loaded, only when it is called. */
const COMMANDS: Readonly<Record<string, readonly [summary: string, load: () => Promise<Command>]>> = {
  lab: ["opens the notebooks in JupyterLab", async () => (await import("./lab.js")).openLab],
  export: [
    "runs notebooks and writes them as self-contained HTML pages",
    async () => (await import("./export.js")).exportNotebooks,
  ],
  site: [
    "writes a website: the laboratory and the exported notebooks",
    async () => (await import("./site.js")).writeSite,
  ],
  study: [
    "trains many networks and reports how often they succeed",
    async () => (await import("./study.js")).runStudyCommand,
  ],
  merge: ["puts the shards of a study together", async () => (await import("./merge.js")).mergeCommand],
  kernel: [
    "adds the kernel to a Jupyter of your own: install, uninstall, list",
    async () => (await import("./kernel.js")).kernelCommand,
  ],
  setup: [
    "installs what notebooks need: the kernel's packages, Python's, JupyterLab",
    async () => (await setupModule("steps.mjs")).setupCommand,
  ],
  doctor: [
    "checks what is installed and works, and says how to fix the rest",
    async () => (await setupModule("doctor/doctor.mjs")).doctorCommand,
  ],
  native: [
    "installs TensorFlow.js's native backend, tfjs-node",
    async () => (await setupModule("native/native.mjs")).nativeCommand,
  ],
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
  const [, load] = COMMANDS[name];
  return (await load())(rest);
}

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, [summary]]) => `  ${name.padEnd(width)}   ${summary}`);
  return `xorlab <command> [options]

${lines.join("\n")}

  xorlab <command> --help   what the command's options are
  xorlab --version          which xorlab this is
`;
}

function version(): string {
  return JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8")).version;
}

standWhereCalled();
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
