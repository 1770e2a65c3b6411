/**
 * "xorlab" where a bundler builds an app for browsers: ES modules, of which it takes what is used. The same API as index.ts, in
 * a page's own thread or in a worker.
 */
import { browserPlatform } from "./browser/platform.js";
import { setPlatform } from "./platform.js";

setPlatform(browserPlatform);

export * from "./api.js";
