import { isAbsolute, posix, resolve, win32 } from "node:path";
import { written } from "../../check.js";

/** The names that tfjs-node and the TensorFlow.js converter use. */
export const MODEL_FILE = "model.json";
export const WEIGHTS_FILE = "weights.bin";

/**
 * The path behind `file://`, in full; none is the current folder.
 *
 * @param where  who asks, for the error
 * @param path   what follows the scheme, as it stands
 * @throws RangeError if no system can have it
 */
export function modelPath(where: string, path: string): string {
  if (path.includes("\0"))
    throw new RangeError(`${where}: a path cannot contain a zero byte, got ${written(`file://${path}`)}`);
  // file:///C:/models: the third slash begins no path there
  return resolve(process.platform === "win32" ? path.replace(/^\/+(?=[A-Za-z]:)/, "") : path);
}

/** Whether a name in a model.json stays within its folder: it may come from somebody else. */
export function staysInside(name: unknown): name is string {
  if (typeof name !== "string" || name === "" || name.includes("\0")) return false;
  if (isAbsolute(name) || win32.isAbsolute(name) || /^[A-Za-z]:/.test(name)) return false;
  return !posix.normalize(name.replaceAll("\\", "/")).split("/").includes("..");
}
