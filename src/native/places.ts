import { dirname, join } from "node:path";
import { NATIVE_FOLDER, NATIVE_PACKAGE } from "../node/tensorflow/backend.js";
import { NAPI_VERSION } from "./pins.js";

/** Everything that `xorlab native` makes, in one place: a folder of the checkout that git ignores. */
export const places = {
  checkout: dirname(NATIVE_FOLDER),
  folder: NATIVE_FOLDER,
  package: NATIVE_PACKAGE,
  busy: join(NATIVE_FOLDER, "busy"),
  /** where packages and the wheel are fetched to; empty when all is done */
  downloads: join(NATIVE_FOLDER, "downloads"),
  commands: join(NATIVE_FOLDER, "node_modules", ".bin"),
  packagesStamp: join(NATIVE_FOLDER, "packages.json"),
  headers: join(NATIVE_FOLDER, "node-api-headers"),
  /** TensorFlow's library and headers, where tfjs-node wants them */
  library: join(NATIVE_PACKAGE, "deps"),
  libraryStamp: join(NATIVE_PACKAGE, "deps", "wheel.json"),
  addonFolder: join(NATIVE_PACKAGE, "lib"),
  addon: join(NATIVE_PACKAGE, "lib", `napi-v${NAPI_VERSION}`, "tfjs_binding.node"),
};
