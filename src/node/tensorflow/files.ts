import type { io } from "@tensorflow/tfjs-core";
import { loadModelFiles } from "./filesLoad.js";
import { saveModelFiles } from "./filesSave.js";

const SCHEME = "file://";

/** What is used of TensorFlow.js here; tfjs-node has the handler of its own as well. */
interface FileApi {
  readonly io: typeof io & {
    readonly fileSystem?: (path: string) => { readonly path: string | string[] } & io.IOHandler;
  };
}

/**
 * Makes `model.save("file://folder")` and `tf.loadLayersModel("file://folder/model.json")` work with this
 * TensorFlow.js, with the same files, checks and errors whichever backend it is. The plain one has no such handler;
 * tfjs-node's makes no folders above the last one and reads weights from wherever a model.json says.
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
      await saveModelFiles(path, model, tools.CompositeArrayBuffer.join(model.weightData));
      return { modelArtifactsInfo: tools.getModelArtifactsInfoForJSON(model) };
    },
    load: async (path: string): Promise<io.ModelArtifacts> => {
      const { json, weights } = await loadModelFiles(path);
      return tools.getModelArtifactsForJSON(json, async (manifest) => [
        manifest.flatMap((group) => group.weights),
        weights,
      ]);
    },
  };
}

/** Only one handler may answer for a scheme, and tfjs-node's is there already: its two methods become ours. */
function replaceHandlers(
  fileSystem: NonNullable<FileApi["io"]["fileSystem"]>,
  handlers: ReturnType<typeof fileHandlers>,
): void {
  const methods = Object.getPrototypeOf(fileSystem("model.json")) as io.IOHandler;
  const { load } = methods;
  methods.save = function (this: { path: string }, model) {
    return handlers.save(this.path, model);
  };
  methods.load = function (this: { path: string | string[] }) {
    if (typeof this.path === "string") return handlers.load(this.path);
    return (load as NonNullable<typeof load>).call(this); // a graph model in two files
  };
}
