import type { Fault } from "./places.js";

/** What people bring along from Python, IPython and terminals, and what TypeScript has in its place. */

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

/** Python's names, and what to write instead. */
export const PYTHON_NAMES: Readonly<Record<string, string>> = {
  ...{ print: "console.log(…)", None: "null", True: "true", False: "false" },
  ...{ len: "….length", str: "String(…)", range: "a loop: for (let i = 0; i < …; i++)" },
};

/** Python's statements, and what to write instead. */
const PYTHON: readonly (readonly [line: RegExp, instead: string])[] = [
  [/^import [\w.]+( as \w+)?$/, 'write import * as name from "package", with a package of npm'],
  [/^from [\w.]+ import .+$/, 'write import { name } from "package", with a package of npm'],
  [/^def \w+\(.*:$/, "write function name(…) { … }"],
  [/^class \w+(\(.*\))?:$/, "write class Name { … }"],
  [/^for [^(].* in .+:$/, "write for (const name of …) { … }"],
  [/^(if|elif|while) [^(].*:$/, "write its condition in parentheses, and what follows in braces"],
  [/^(else|try|finally|except.*|with .+ as \w+):$/, "write what follows in braces"],
];

/** An element with an end of its own, or one that ends itself. */
const JSX = /<\/[A-Za-z][\w.]*>|<[A-Za-z][^<>]*\/>/;

const SHELL = new Set("npm npx yarn pnpm pip pip3 conda git cd ls cat pwd echo curl wget mkdir".split(" "));

const VOID_TESTED = 1345; // `!show()`, where show() returns nothing
const isSyntax = ({ code }: Pick<Fault, "code">) => code >= 1000 && code < 2000 && code !== VOID_TESTED;

/**
 * One sentence on a line that is no TypeScript but Python, JSX, or a command of IPython's or of a terminal's, in place of all
 * that the compiler says about it. A line that begins like one and is right, such as `!ready`, has no fault and is no command.
 */
export function foreignCommand(faults: readonly Fault[], source: string): string | undefined {
  const lines = source.split("\n");
  for (const { file, line } of faults) {
    if (file !== undefined) continue;
    const text = lines[line - 1].trim();
    const isFirst = lines.slice(0, line - 1).every((before) => /^\s*(\/\/.*)?$/.test(before));
    const wrong = faults.some((fault) => fault.line === line && isSyntax(fault));
    const found =
      magic(text, isFirst) ??
      (wrong ? python(text) : undefined) ??
      shell(text, wrong) ??
      (wrong ? jsx(text) : undefined);
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

function python(line: string): string | undefined {
  const code = line.replace(/\s*#.*$/, "");
  const instead = PYTHON.find(([pattern]) => pattern.test(code))?.[1];
  return instead && `${code} is Python, not TypeScript; ${instead}.`;
}

function jsx(line: string): string | undefined {
  const [element] = JSX.exec(line) ?? [];
  return element && `Cells cannot have JSX, such as ${element}; put it into a .tsx file, and import that.`;
}

function shell(line: string, isWrong: boolean): string | undefined {
  const [, mark, command = "", word = ""] = /^([!$]\s*)?(([A-Za-z][\w.-]*).*)$/.exec(line) ?? [];
  const isCommand =
    mark === undefined
      ? isWrong && SHELL.has(word) && !command.startsWith(`${word}(`)
      : isWrong || SHELL.has(word);
  if (!isCommand) return undefined;
  return `${line} is a command for a terminal, not TypeScript; ${OPEN_TERMINAL}, or write ${runs(command)}.`;
}
