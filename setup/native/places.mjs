import { join } from "node:path";
import { MACHINE, NATIVE_FOLDER, NATIVE_PACKAGE, READY_FILE } from "../library.mjs";
import { NAPI_VERSION } from "./pins.mjs";

export { MACHINE };

const modules = join(NATIVE_FOLDER, "node_modules");

/** Everything that `xorlab native` makes, in one folder. */
export const places = {
  folder: NATIVE_FOLDER,
  ready: READY_FILE,
  busy: join(NATIVE_FOLDER, "busy"), // the number of the process that works here
  downloads: join(NATIVE_FOLDER, "downloads"),
  modules,
  packagesStamp: join(modules, ".xorlab-native.json"),
  headers: join(modules, "node-api-headers", "include"),
  package: NATIVE_PACKAGE,
  library: join(NATIVE_PACKAGE, "deps"), // TensorFlow's library and headers, where tfjs-node looks for them
  libraryStamp: join(NATIVE_PACKAGE, "deps", "wheel.json"),
  addonFolder: join(NATIVE_PACKAGE, "lib"),
  addon: join(NATIVE_PACKAGE, "lib", `napi-v${NAPI_VERSION}`, "tfjs_binding.node"),
};
