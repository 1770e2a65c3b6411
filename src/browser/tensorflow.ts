import { version_cpu } from "@tensorflow/tfjs-backend-cpu";
import * as core from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import * as layers from "@tensorflow/tfjs-layers";
import type { TensorFlow } from "../platform.js";

/**
 * TensorFlow.js for a bundled app, on its plain backend: the modules that the app itself imports from "@tensorflow/tfjs", if it
 * does, so that there is one TensorFlow.js. A bundle has it only where mlp(), train(), study(), explain() or tf are used.
 */
export const tf: TensorFlow = { ...core, ...layers, ...{ version: versions() } };

function versions(): Record<string, string> {
  const { version_core, version_layers } = { ...core, ...layers };
  return {
    ...{ tfjs: version_core, "tfjs-core": version_core },
    ...{ "tfjs-layers": version_layers, "tfjs-backend-cpu": version_cpu },
  };
}
