import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { io } from "@tensorflow/tfjs-core";
import { written } from "../../check.js";
import { MODEL_FILE, modelPath, staysInside } from "./filesPaths.js";

/**
 * Reads a model that `model.save("file://…")` or the TensorFlow.js converter wrote.
 *
 * @param path  its model.json, or the folder with it
 * @returns what model.json says, and all weights one after the other
 * @throws Error or RangeError that names the file and what is wrong with it
 */
export async function loadModelFiles(
  path: string,
): Promise<{ readonly json: io.ModelJSON; readonly weights: ArrayBuffer }> {
  const file = await modelFile(modelPath("tf.loadLayersModel", path));
  const json = parsed(file, await content(file));
  const parts: Buffer[] = [];
  for (const name of json.weightsManifest.flatMap((group) => group.paths))
    parts.push(await content(await insideFolder(file, name)));
  const all = Buffer.concat(parts);
  const expected = weightBytes(json.weightsManifest.flatMap((group) => group.weights));
  if (expected !== undefined && expected !== all.length)
    throw new RangeError(
      `tf.loadLayersModel: the weights beside ${file} have ${all.length} bytes, but it describes ${expected}; the files do not belong together, or one was cut short`,
    );
  return { json, weights: new Uint8Array(all).buffer };
}

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1 };

/** How long the weights must be; undefined for kinds whose length depends on the values. */
function weightBytes(specs: readonly io.WeightsManifestEntry[]): number | undefined {
  let sum = 0;
  for (const { dtype, shape, quantization } of specs) {
    if (quantization || BYTES[dtype] === undefined) return undefined;
    sum += BYTES[dtype] * shape.reduce((product, size) => product * size, 1);
  }
  return sum;
}

async function modelFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ? join(path, MODEL_FILE) : path;
}

async function content(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const why = missing ? "it is not there" : (error as Error).message;
    throw new Error(`tf.loadLayersModel: ${file} cannot be read: ${why}`);
  }
}

/** Its parts that are needed here; TensorFlow.js checks the layers. */
function parsed(file: string, text: Buffer): io.ModelJSON {
  const refuse = (why: string) => new Error(`tf.loadLayersModel: ${file} is not a saved model: ${why}`);
  let json: io.ModelJSON;
  try {
    json = JSON.parse(text.toString("utf8"));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  if (typeof json !== "object" || json === null || !json.modelTopology)
    throw refuse("it has no modelTopology");
  const { weightsManifest } = json;
  const proper =
    Array.isArray(weightsManifest) &&
    weightsManifest.every((group) => Array.isArray(group?.paths) && Array.isArray(group.weights));
  if (!proper) throw refuse("its weightsManifest is missing or no list of { paths, weights }");
  return json;
}

/** A weights file of a model.json, which may lie in its folder or below it, and nowhere else; nor by a link. */
async function insideFolder(file: string, name: unknown): Promise<string> {
  const folder = dirname(file);
  const refuse = () =>
    new RangeError(
      `tf.loadLayersModel: ${file} names weights outside its folder: ${written(name)}; they must lie beside it`,
    );
  if (!staysInside(name)) throw refuse();
  const path = join(folder, name);
  const [real, realFolder] = await Promise.all([realpath(path).catch(() => path), realpath(folder)]);
  if (real !== path && !real.startsWith(realFolder + sep)) throw refuse();
  return path;
}
