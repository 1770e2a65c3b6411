import { rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runChecked } from "../child.mjs";
import { Problem } from "../problem.mjs";
import { places } from "./places.mjs";

const PATIENCE = 4000; // milliseconds for a host that is there to answer at all

/** Where tfjs-node's install script fetches from, and the file that tells whether it can be had. */
const HOST = "https://storage.googleapis.com/";
const PROBE = "tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz";

/**
 * Can tfjs-node's own download be reached? Asked of the same host, mirrors included, for one file's head.
 *
 * @returns {Promise<string | undefined>}  undefined if it can, else why not
 */
export async function stockTrouble(env = process.env, patience = PATIENCE) {
  const base = env.TFJS_NODE_CDN_STORAGE || env.npm_config_TFJS_NODE_CDN_STORAGE || env.CDN_STORAGE || HOST;
  try {
    const signal = AbortSignal.timeout(patience);
    const { ok, status } = await fetch(new URL(PROBE, base), { method: "HEAD", signal });
    return ok ? undefined : `it answers ${status}`;
  } catch (error) {
    const { name, message, cause } = /** @type {Error & { cause?: { code?: string } }} */ (error);
    return name === "TimeoutError" ? `no answer within ${patience / 1000} s` : (cause?.code ?? message);
  }
}

/**
 * Installs the stock way: tfjs-node's own script, which calls node-pre-gyp by its bare name, fetches libtensorflow
 * and a compiled addon.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<string>}  a word on what was done
 */
export async function runStockScript(say) {
  for (const folder of [places.library, places.addonFolder]) rmSync(folder, { recursive: true, force: true });
  const variable = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const path = [join(places.modules, ".bin"), process.env[variable]].join(delimiter);
  const env = { ...process.env, [variable]: path };
  const options = { cwd: places.package, env, onLine: say };
  await runChecked([process.execPath, "scripts/install.js"], options, stockProblem);
  return "tfjs-node's own library and addon";
}

const stockProblem = () =>
  new Problem("tfjs-node's own download failed.", "its output is above.", [
    "npx xorlab native --from wheel   (Linux: from the PyPI wheel instead)",
    "behind a proxy: export HTTPS_PROXY=http://your-proxy:port, then npx xorlab native",
  ]);
