#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unknownName } from "../../check.js";
import { CHECKOUT, setupModule, standWhereCalled } from "./checkout.js";

/** A command's file: what --help prints, and what is done with the arguments, which gives the exit code. */
interface Command {
  readonly HELP: string;
  run(argv: readonly string[]): Promise<number>;
}

/** Each command: a line for the list, and how its file is loaded, only when it is called. */
const COMMANDS: Readonly<Record<string, readonly [summary: string, load: () => Promise<Command>]>> = {
  lab: ["opens the notebooks in JupyterLab", () => import("./lab.js")],
  export: ["runs notebooks and writes them as self-contained HTML pages", () => import("./export.js")],
  site: ["writes a website: the laboratory and the exported notebooks", () => import("./site.js")],
  study: ["trains many networks and reports how often they succeed", () => import("./study.js")],
  merge: ["puts the shards of a study together", () => import("./merge.js")],
  kernel: ["adds the kernel to a Jupyter of your own: install, uninstall, list", () => import("./kernel.js")],
  setup: [
    "installs what notebooks need: the kernel's packages, Python's, JupyterLab",
    () => setupModule("steps.mjs"),
  ],
  doctor: [
    "checks what is installed and works, and says how to fix the rest",
    () => setupModule("doctor/doctor.mjs"),
  ],
  native: ["installs TensorFlow.js's native backend, tfjs-node", () => setupModule("native/native.mjs")],
};

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
  const { HELP, run } = await COMMANDS[name][1]();
  if (!rest.includes("--help") && !rest.includes("-h")) return run(rest);
  process.stdout.write(HELP);
  return 0;
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
    // An error that the user can fix names first who says it, as in "xorlab export: …"; anything else is a defect and shows its stack.
    const expected = error instanceof Error && /^[a-z][\w. ]*: /.test(error.message);
    process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  },
);
