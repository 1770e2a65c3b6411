import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** The checkout (or the installed package): this file is its dist/src/native/setupParts.js. */
const CHECKOUT = resolve(__dirname, "../../..");

/** A failure with its cause and its cures, as set-up prints it. */
export interface SetupProblem extends Error {
  readonly what: string;
  readonly why: string;
  readonly cures: readonly string[];
  /** the last lines of a failed program, where there is one */
  readonly output?: string;
}

type Say = (line: string) => void;

/** What is used of setup/: its way of running programs, of showing steps, and what it knows of the checkout. */
export interface SetupParts {
  readonly Problem: new (what: string, why: string, cures: readonly string[]) => SetupProblem;
  readonly Failure: new (problem: SetupProblem, output: string) => SetupProblem;
  readonly problemText: (problem: SetupProblem) => string;
  readonly Progress: new (
    stream: NodeJS.WritableStream,
  ) => { step(name: string, work: (say: Say) => Promise<string>): Promise<void> };
  readonly runChild: (
    command: readonly string[],
    options?: { cwd?: string; env?: NodeJS.ProcessEnv; shell?: boolean; onLine?: Say },
  ) => Promise<{ readonly code: number; readonly output: string }>;
  readonly endChildren: () => void;
  readonly npmProblem: (output: string, code: number) => SetupProblem;
  readonly pipProblem: (output: string) => SetupProblem;
  readonly nodeProblem: (version: string) => SetupProblem | undefined;
  readonly npmCommand: (env: NodeJS.ProcessEnv) => { command: string[]; shell: boolean };
  readonly npmReason: (stamp: object | undefined, facts: object) => string | undefined;
  readonly npmStamp: () => object | undefined;
  readonly npmFacts: () => object;
  readonly pythonEnvironment: (env: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
  readonly venvState: () => Promise<{ readonly runs: string | undefined }>;
  readonly venvWork: (state: object) => {
    readonly work: "make" | "install" | "nothing";
    readonly why: string;
  };
  readonly readStamp: (file: string) => Record<string, unknown> | undefined;
  readonly writeStamp: (file: string, stamp: object) => void;
  readonly removeStamp: (file: string) => void;
  readonly kernelspec: (node: string) => { readonly argv: string[] };
  readonly KERNEL_NAME: string;
  readonly paths: Readonly<Record<"lock" | "nodeModules" | "requirements" | "venv" | "venvPython", string>>;
  readonly root: string;
}

const FILES = [
  ...["problem", "failure", "progress", "child", "diagnose", "node-version", "paths", "packages"],
  ...["venv", "stamp", "kernelspec"],
];

/** Loads set-up's parts. They are modules of the other kind, with Node's built-ins only. */
export async function setupParts(): Promise<SetupParts> {
  const load = (name: string) => import(pathToFileURL(join(CHECKOUT, "setup", `${name}.mjs`)).href);
  return Object.assign({}, ...(await Promise.all(FILES.map(load))));
}
