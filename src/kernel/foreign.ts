import type { Fault } from "./compile.js";

/** What people bring along from IPython and from terminals, and what TypeScript has in its place. */

const OPEN_TERMINAL = "open a terminal (in JupyterLab: File ▸ New ▸ Terminal)";
const runs = (command: string) =>
  `import { execSync } from "node:child_process"; execSync(${JSON.stringify(command)}, { stdio: "inherit" })`;

/** IPython's commands, and what to do instead. */
const MAGIC: readonly (readonly [names: string, instead: string])[] = [
  ["time timeit prun", 'write console.time("work"); …; console.timeEnd("work")'],
  ["matplotlib pylab", "leave it out: a figure shows itself"],
  ["bash sh script system sx cmd", `write ${runs("…")}`],
  ["pip conda npm yarn", `${OPEN_TERMINAL} and type npm install NAME`],
  ["cd", 'write process.chdir("…")'],
  ["pwd", "write process.cwd()"],
  ["ls", 'write import { readdirSync } from "node:fs"; readdirSync(".")'],
  ["cat pycat load", 'write import { readFileSync } from "node:fs"; readFileSync("…", "utf8")'],
  ["writefile file", 'write import { writeFileSync } from "node:fs"; writeFileSync("…", "…")'],
  ["env set_env", "write process.env.NAME"],
  ["run", 'write import "./file"'],
  ["who whos who_ls", "ask for one variable: name?"],
  ["debug pdb", "write console.log(…)"],
  ["reset reload_ext load_ext autoreload", "restart the kernel"],
  ["html latex markdown svg javascript js", 'write import { display } from "tslab"; display.html("…")'],
];

const SHELL = new Set("npm npx yarn pnpm pip pip3 conda git cd ls cat pwd echo curl wget mkdir".split(" "));
const isSyntax = ({ code }: Fault) => code >= 1000 && code < 2000;

/**
 * One sentence on a line that is no TypeScript but a command of IPython's or of a terminal's, in place of all that the
 * compiler says about it. A line that begins like one and is right, such as `!ready`, has no fault and is no command.
 */
export function foreignCommand(faults: readonly Fault[], source: string): string | undefined {
  const lines = source.split("\n");
  for (const { file, line } of faults) {
    if (file !== undefined) continue;
    const text = lines[line - 1].trim();
    const isFirst = lines.slice(0, line - 1).every((before) => /^\s*(\/\/.*)?$/.test(before));
    const wrong = faults.some((fault) => fault.line === line && isSyntax(fault));
    const found = magic(text, isFirst) ?? shell(text, wrong);
    if (found !== undefined) return found;
  }
  return undefined;
}

function magic(line: string, isFirst: boolean): string | undefined {
  const [command, name] = /^%{1,2}([A-Za-z_]\w*)/.exec(line) ?? [];
  if (name === undefined) return undefined;
  const instead = MAGIC.find(([names]) => names.split(" ").includes(name))?.[1];
  if (instead === undefined && !isFirst) return undefined; // an unknown word after a % that goes on from the line above
  return `${command} is a command of IPython, not TypeScript; ${instead ?? "there is nothing in its place"}.`;
}

function shell(line: string, isWrong: boolean): string | undefined {
  const [, mark, command = "", word = ""] = /^([!$]\s*)?(([A-Za-z][\w.-]*).*)$/.exec(line) ?? [];
  const isCommand = mark === undefined ? isWrong && SHELL.has(word) : isWrong || SHELL.has(word);
  if (!isCommand) return undefined;
  return `${line} is a command for a terminal, not TypeScript; ${OPEN_TERMINAL}, or write ${runs(command)}.`;
}
