import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Execution, type KernelSession, startKernel } from "./kernelSession.js";
import { errors, resultText, streamed, tracebackText } from "./kernelText.js";

// Needs: Jupyter

/** Files by their path; what is no text is written as JSON. */
export type Files = Readonly<Record<string, string | object>>;

/** A folder of files outside of the checkout, with a kernel that runs in its `notebooks`. */
export class Project {
  constructor(
    readonly root: string,
    readonly kernel: KernelSession,
  ) {}

  write(files: Files): void {
    writeFiles(this.root, files);
  }

  remove(...paths: string[]): void {
    for (const path of paths) rmSync(join(this.root, path), { recursive: true });
  }

  /** Runs a cell that must succeed. @returns the text of its result */
  async value(code: string): Promise<unknown> {
    return resultText(await this.succeed(code));
  }

  async succeed(code: string): Promise<Execution> {
    const cell = await this.kernel.run(code);
    assert.equal(cell.reply.content.status, "ok", errors(cell).map(tracebackText).join("\n") || code);
    return cell;
  }

  /** Runs a cell that must fail. @returns its traceback */
  async failure(code: string): Promise<string> {
    const cell = await this.kernel.run(code);
    assert.equal(cell.reply.content.status, "error", `${code}\n${resultText(cell)} ${streamed(cell)}`);
    return tracebackText(errors(cell)[0]);
  }

  async close(): Promise<void> {
    await this.kernel?.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

export async function openProject(
  files: Files,
  links: Readonly<Record<string, string>> = {},
): Promise<Project> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "xorlab-project-")));
  mkdirSync(join(root, "notebooks"));
  writeFiles(root, files);
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  return new Project(root, await startKernel({}, join(root, "notebooks")));
}

export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** The files of a package in node_modules. */
export function installed(name: string, manifest: object, files: Files): Files {
  const all: Files = { "package.json": { name, version: "1.0.0", ...manifest }, ...files };
  return Object.fromEntries(
    Object.entries(all).map(([path, content]) => [`node_modules/${name}/${path}`, content]),
  );
}
