import { createRequire } from "node:module";
import type { TensorFlow } from "../../model/tensorflow/tensorflow.js";
import { registerFiles } from "./files.js";
import { tensorFlowQuiet } from "./nativeEnvironment.js";
import { nativePackage } from "./nativePackage.js";
import { mendNodeUtil } from "./nodeUtil.js";

export type { TensorFlow };

/** Which backend was chosen, and why. */
export interface BackendChoice {
  readonly package: "@tensorflow/tfjs-node" | "@tensorflow/tfjs";
  readonly version: string;
  /** One line: what was loaded and why. */
  readonly text: string;
}

let loaded: { readonly api: TensorFlow; readonly choice: BackendChoice } | undefined;
const load = createRequire(__filename);

/**
 * TensorFlow.js, loaded on first use: `@tensorflow/tfjs-node` where it is installed and works, else
 * `@tensorflow/tfjs`. The first use says in one line which of them it is, and why.
 */
export const tf: TensorFlow = new Proxy({} as TensorFlow, {
  get: (_, key) => Reflect.get(loadTensorFlow().api, key),
  has: (_, key) => Reflect.has(loadTensorFlow().api, key),
  ownKeys: () => Reflect.ownKeys(loadTensorFlow().api),
  getOwnPropertyDescriptor: (_, key) => {
    const found = Reflect.getOwnPropertyDescriptor(loadTensorFlow().api, key);
    return found && { ...found, configurable: true };
  },
});

/** The backend in use; loads it if need be. */
export function backendChoice(): BackendChoice {
  return loadTensorFlow().choice;
}

function loadTensorFlow() {
  if (!loaded) {
    loaded = chooseBackend(load);
    console.info(loaded.choice.text);
  }
  return loaded;
}

/** Tries the native package, then the plain one. `XORLAB_BACKEND=plain` or `=native` insists on one of them. */
export function chooseBackend(require: (id: string) => unknown, wanted = process.env.XORLAB_BACKEND ?? "") {
  if (!["", "plain", "native"].includes(wanted))
    throw new RangeError(`tf: XORLAB_BACKEND must be plain or native, or not be set, got "${wanted}"`);
  const native = wanted === "plain" ? "XORLAB_BACKEND=plain asks for it" : tryNative(require);
  if (typeof native !== "string") {
    const text = `TensorFlow.js ${native.version.tfjs}: native backend, @tensorflow/tfjs-node ${NATIVE_VERSION(native)}`;
    return {
      api: native,
      choice: { package: "@tensorflow/tfjs-node" as const, version: native.version.tfjs, text },
    };
  }
  if (wanted === "native")
    throw new Error(
      `tf: XORLAB_BACKEND=native asks for @tensorflow/tfjs-node, but ${native}\n  Cure: npx xorlab native`,
    );
  const api = require("@tensorflow/tfjs") as TensorFlow;
  api.env().set("PROD", true); // no banner that advises other packages
  registerFiles(api as unknown as Parameters<typeof registerFiles>[0]);
  const text = `TensorFlow.js ${api.version.tfjs}: plain JavaScript backend, since ${native}`;
  return { api, choice: { package: "@tensorflow/tfjs" as const, version: api.version.tfjs, text } };
}

const NATIVE_VERSION = (api: TensorFlow) =>
  (api.version as { "tfjs-node"?: string })["tfjs-node"] ?? api.version.tfjs;

/** The native package once it has computed something, or why not. */
function tryNative(require: (id: string) => unknown): TensorFlow | string {
  mendNodeUtil();
  tensorFlowQuiet();
  const name = nativePackage();
  try {
    const api = require(name) as TensorFlow;
    const works = api.tidy(
      () => api.matMul(api.tensor2d([[1, 2]]), api.tensor2d([[3], [4]])).dataSync()[0] === 11,
    );
    if (!works) return "@tensorflow/tfjs-node computes wrong results here";
    registerFiles(api as unknown as Parameters<typeof registerFiles>[0]);
    return api;
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    if (code === "MODULE_NOT_FOUND" && String(message).includes(`'${name}'`))
      return "@tensorflow/tfjs-node is not installed";
    return `@tensorflow/tfjs-node does not work here (${String(message).split("\n")[0]})`;
  }
}
