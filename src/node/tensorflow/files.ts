import { mkdir, readFile, realpath, rename, stat, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, posix, resolve, sep, win32 } from "node:path";
import type { io } from "@tensorflow/tfjs-core";
import { written } from "../../check.js";

const SCHEME = "file://";

/** The names that tfjs-node and the TensorFlow.js converter use. */
const MODEL_FILE = "model.json";
const WEIGHTS_FILE = "weights.bin";

/** What is used of TensorFlow.js here; tfjs-node has a handler of its own as well. */
interface FileApi {
  readonly io: typeof io & {
    readonly fileSystem?: (path: string) => { readonly path: string | string[] } & io.IOHandler;
  };
}

/**
 * Makes `model.save("file://folder")` and `tf.loadLayersModel("file://folder/model.json")` work with this
 * TensorFlow.js, with the same files, checks and errors whichever backend it is. The plain one has no such handler;
 * tfjs-node's creates no parent folders and reads weights from any path that a model.json names.
 *
 * The path is all that follows `file://`, as it stands, relative to the current folder: `file://models/xor`.
 */
export function registerFiles(api: FileApi): void {
  const handlers = fileHandlers(api.io);
  if (api.io.fileSystem) {
    replaceHandlers(api.io.fileSystem, handlers);
    return;
  }
  const router = (url: string | string[]) => {
    if (typeof url !== "string" || !url.startsWith(SCHEME)) return null as unknown as io.IOHandler;
    const path = url.slice(SCHEME.length);
    return {
      save: (model: io.ModelArtifacts) => handlers.save(path, model),
      load: () => handlers.load(path),
    };
  };
  api.io.registerSaveRouter(router);
  api.io.registerLoadRouter(router);
}

function fileHandlers(tools: FileApi["io"]) {
  return {
    save: async (path: string, model: io.ModelArtifacts): Promise<io.SaveResult> => {
      await saveFiles(path, model, tools.CompositeArrayBuffer.join(model.weightData));
      return { modelArtifactsInfo: tools.getModelArtifactsInfoForJSON(model) };
    },
    load: async (path: string): Promise<io.ModelArtifacts> => {
      const { json, weights } = await loadFiles(path);
      return tools.getModelArtifactsForJSON(json, async (manifest) => [
        manifest.flatMap((group) => group.weights),
        weights,
      ]);
    },
  };
}

/** Only one handler may answer for a scheme, and tfjs-node has registered its own: replaces its two methods. */
function replaceHandlers(
  fileSystem: NonNullable<FileApi["io"]["fileSystem"]>,
  handlers: ReturnType<typeof fileHandlers>,
): void {
  const methods = Object.getPrototypeOf(fileSystem(MODEL_FILE)) as io.IOHandler;
  const { load } = methods;
  methods.save = function (this: { path: string }, model) {
    return handlers.save(this.path, model);
  };
  methods.load = function (this: { path: string | string[] }) {
    if (typeof this.path === "string") return handlers.load(this.path);
    return (load as NonNullable<typeof load>).call(this); // a graph model in two files
  };
}

/** Writes a model into a folder, which is made if it is not there, together with those above it. */
async function saveFiles(path: string, model: io.ModelArtifacts, weights: ArrayBuffer): Promise<void> {
  const folder = fullPath("model.save", path);
  const { weightData, weightSpecs, ...rest } = model;
  if (rest.modelTopology instanceof ArrayBuffer)
    throw new TypeError("model.save: a model in binary form cannot be saved to file://, only a layers model");
  const json = { ...rest, weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weightSpecs ?? [] }] };
  try {
    const there = await stat(folder).catch(() => undefined);
    if (there && !there.isDirectory()) throw new Error("there is a file of that name; it must be a folder");
    await mkdir(folder, { recursive: true });
    // The weights first: whoever finds a model.json finds its weights too.
    await replaceFile(join(folder, WEIGHTS_FILE), Buffer.from(weights));
    await replaceFile(join(folder, MODEL_FILE), JSON.stringify(json));
  } catch (error) {
    throw new Error(`model.save: ${folder} cannot be written: ${(error as Error).message}`);
  }
}

/** Writes a draft beside it, then renames that: readers find the old file or the new one, even after a crash. */
async function replaceFile(file: string, content: string | Buffer): Promise<void> {
  const draft = `${file}.${process.pid}.part`;
  await writeFile(draft, content);
  await rename(draft, file);
}

/**
 * Reads a model that `model.save("file://…")` or the TensorFlow.js converter wrote: what model.json says, and all
 * weights one after the other. Errors name the file and what is wrong with it.
 *
 * @param path  its model.json, or the folder with it
 */
async function loadFiles(path: string) {
  const place = fullPath("tf.loadLayersModel", path);
  const found = await stat(place).catch(() => undefined);
  const file = found?.isDirectory() ? join(place, MODEL_FILE) : place;
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

/** Whether a name in a model.json stays within its folder: it may come from somebody else. */
function staysInside(name: unknown): name is string {
  if (typeof name !== "string" || name === "" || name.includes("\0")) return false;
  if (isAbsolute(name) || win32.isAbsolute(name) || /^[A-Za-z]:/.test(name)) return false;
  return !posix.normalize(name.replaceAll("\\", "/")).split("/").includes("..");
}

/** The path behind `file://`, in full; an empty one is the current folder. `where` names the caller in errors. */
function fullPath(where: string, path: string): string {
  if (path.includes("\0"))
    throw new RangeError(`${where}: a path cannot contain a zero byte, got ${written(`${SCHEME}${path}`)}`);
  // file:///C:/models: the third slash begins no path there
  return resolve(process.platform === "win32" ? path.replace(/^\/+(?=[A-Za-z]:)/, "") : path);
}
