import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT, PYTHON } from "./checkout.js";

// Needs: Jupyter

/** A cell to run; it is interrupted half a second after a display that the pattern matches, if one is given. */
export interface Cell {
  readonly code: string;
  readonly interruptWhen?: string;
}

/** One message that a cell sent. */
export interface Output {
  readonly type: "display_data" | "update_display_data" | "stream" | "error" | "execute_result";
  readonly content: {
    readonly data?: Readonly<Record<string, unknown>>;
    readonly transient?: { readonly display_id?: string };
    readonly name?: string;
    readonly text?: string;
  };
}

/** How a cell ended. */
export interface CellResult {
  readonly status: "ok" | "error" | "abort" | "aborted";
  readonly outputs: readonly Output[];
  readonly secondsAfterInterrupt: number | null;
}

/** Runs cells, given by name, one after the other in a fresh kernel of the project's set-up, inside the checkout. */
export async function runCells<Name extends string>(
  cells: Readonly<Record<Name, Cell>>,
): Promise<Readonly<Record<Name, CellResult>>> {
  const parent = join(CHECKOUT, "dist", "test-notebooks");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "kernel-"));
  try {
    const request = JSON.stringify({ kernel: "xorlab", folder, cells });
    return JSON.parse(await python(join(CHECKOUT, "test", "support", "kernel_client.py"), request));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text that a cell printed to standard output. */
export function printed({ outputs }: CellResult): string {
  const streams = outputs.filter(({ type, content }) => type === "stream" && content.name === "stdout");
  return streams.map(({ content }) => content.text).join("");
}

/** The displays of a cell, updates included, in order. */
export function displays({ outputs }: CellResult): Readonly<Record<string, unknown>>[] {
  return outputs.filter(({ type }) => type.endsWith("display_data")).map(({ content }) => content.data ?? {});
}

function python(script: string, input: string): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(PYTHON, [script], { stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      output += part;
    });
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      errors += part;
    });
    child.on("error", failed);
    child.on("close", (code) =>
      code === 0 ? done(output) : failed(new Error(`${script} ended with ${code}:\n${errors}`)),
    );
    child.stdin.end(input);
  });
}
