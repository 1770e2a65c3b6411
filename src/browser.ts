/**
 * "xorlab" where a bundler builds an app for browsers: ES modules, of which it takes what is used. The same API as index.ts, in
 * a page's own thread or in a worker. setup/modules.mjs puts files of browser/ in the place of those that need Node.
 */
export * from "./api.js";
