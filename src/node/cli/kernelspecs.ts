import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { namesIn, trying } from "../files.js";
import { CHECKOUT, setupModule } from "./checkout.js";

/** A kernel of xorlab's as Jupyter finds it. */
export interface Installed {
  readonly name: string;
  readonly folder: string;
  /** The checkout, or the installed package, that it starts. */
  readonly target: string;
  readonly argv: readonly string[];
}

/** The folder's files besides kernel.json, by where they come from in the package. */
const FILES = ["kernel/launch.sh", "kernel/launch.cjs", "kernel/explain.cjs", "logo-svg.svg"];

/**
 * Writes a kernelspec, as `jupyter kernelspec install` without Python does, and JupyterLab's extension for controls.
 *
 * @param data         a data folder of Jupyter's
 * @param displayName  what front ends call it
 * @param install      the command that installs it, for the message if it cannot start
 * @returns its folder
 * @throws Error if another kernel has that name, or the folder cannot be written
 */
export async function writeKernelspec(
  data: string,
  name: string,
  displayName: string,
  install: string,
): Promise<string> {
  const folder = join(data, "kernels", name);
  const there = readSpec(folder);
  if (there && !there.metadata?.xorlab)
    throw new Error(
      `xorlab kernel install: ${folder} holds another kernel, ${JSON.stringify(there.display_name)}\n  Cure: choose another --name`,
    );
  const [{ kernelspec }, { writeLabExtension }] = await Promise.all(
    ["kernelspec.mjs", "labextension.mjs"].map(setupModule),
  );
  // By their full paths: not every front end knows Jupyter's {resource_dir}.
  const launch = [join(folder, "launch.sh"), [join(folder, "launch.cjs"), CHECKOUT]];
  const { metadata, ...rest } = kernelspec(process.execPath, ...launch);
  const spec = {
    ...rest,
    display_name: displayName,
    metadata: { ...metadata, xorlab: { target: CHECKOUT, install } },
  };
  trying("xorlab kernel install", folder, "written", () => {
    mkdirSync(folder, { recursive: true });
    for (const file of FILES) copyFileSync(join(CHECKOUT, "jupyter", file), join(folder, basename(file)));
    writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
    writeLabExtension(data);
  });
  return folder;
}

interface Spec {
  readonly argv: readonly string[];
  readonly display_name?: string;
  readonly metadata?: { readonly xorlab?: { readonly target: string } };
}

function readSpec(folder: string): Spec | undefined {
  try {
    const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
    return Array.isArray(spec?.argv) ? spec : undefined;
  } catch {
    return undefined;
  }
}

/** The kernels that `xorlab kernel install` has put into these data folders. */
export function installedKernels(data: readonly string[]): Installed[] {
  return data.flatMap((one) => {
    const kernels = join(one, "kernels");
    return namesIn(kernels).flatMap((name) => {
      const spec = readSpec(join(kernels, name));
      const target = spec?.metadata?.xorlab?.target;
      return spec && target ? [{ name, folder: join(kernels, name), target, argv: spec.argv }] : [];
    });
  });
}

/** What keeps a kernel from starting, as it would say itself; undefined if it starts. */
export function faultOf({ argv }: Installed): string | undefined {
  const [command, ...args] = argv.slice(0, -1);
  const { status, stdout, stderr, error } = spawnSync(command, [...args, "--check"], { encoding: "utf8" });
  const said = stdout?.trim();
  if (status === 0 && said === "") return undefined;
  if (error) return `${command} does not start: ${error.message}`;
  return said || stderr.trim();
}

/** Takes a kernelspec away, and JupyterLab's extension with the last of them. */
export async function removeKernelspec({ folder }: Installed): Promise<void> {
  const { removeLabExtension } = await setupModule("labextension.mjs");
  const data = dirname(dirname(folder));
  trying("xorlab kernel uninstall", folder, "removed", () => {
    rmSync(folder, { recursive: true });
    if (installedKernels([data]).length === 0) removeLabExtension(data);
  });
}
