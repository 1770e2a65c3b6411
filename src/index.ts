/** Everything a notebook or a program on Node imports from "xorlab". */
import { nodePlatform } from "./node/platform.js";
import { setPlatform } from "./platform.js";

setPlatform(nodePlatform);

export * from "./api.js";
