import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { io } from "@tensorflow/tfjs-core";
import { MODEL_FILE, modelPath, WEIGHTS_FILE } from "./filesPaths.js";

/**
 * Writes a model into a folder: model.json and weights.bin, as tfjs-node and the TensorFlow.js converter do.
 *
 * @param path     the folder; it is made if it is not there, with those above it
 * @param model    what TensorFlow.js wants saved
 * @param weights  all its weights, one after the other
 * @throws Error that names the path if it cannot be written
 */
export async function saveModelFiles(
  path: string,
  model: io.ModelArtifacts,
  weights: ArrayBuffer,
): Promise<void> {
  const folder = modelPath("model.save", path);
  if (model.modelTopology instanceof ArrayBuffer)
    throw new TypeError("model.save: a model in binary form cannot be saved to file://, only a layers model");
  try {
    if ((await kindOf(folder)) === "file")
      throw new Error("there is a file of that name; it must be a folder");
    await mkdir(folder, { recursive: true });
    // The weights first: a model.json that is there has its weights beside it.
    await replace(join(folder, WEIGHTS_FILE), Buffer.from(weights));
    await replace(join(folder, MODEL_FILE), JSON.stringify(modelJson(model)));
  } catch (error) {
    throw new Error(`model.save: ${folder} cannot be written: ${(error as Error).message}`);
  }
}

function modelJson({ weightData, weightSpecs, ...rest }: io.ModelArtifacts): object {
  return { ...rest, weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weightSpecs ?? [] }] };
}

async function kindOf(path: string): Promise<"file" | "folder" | "nothing"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    return "nothing";
  }
}

/** Writes beside it, then renames: whoever reads meanwhile, or after a crash, finds the old file or the new one. */
async function replace(file: string, content: string | Buffer): Promise<void> {
  const draft = `${file}.${process.pid}.part`;
  await writeFile(draft, content);
  await rename(draft, file);
}
