/**
 * The same API as index.ts, for a Web Worker in a page: bundled into one script that loads nothing else.
 *
 * Messages with a key `xorlab` are the library's: page/platform.ts has them. The script is started again for each thread of
 * a study; there `inStudyWorker` is true, and the script must leave all messages to the library.
 */
import { beginsStudyWorker, pagePlatform } from "./page/platform.js";
import { setPlatform } from "./platform.js";

setPlatform(pagePlatform);
export const inStudyWorker = beginsStudyWorker();

export * from "./api.js";
export type { FromWorker, ToWorker } from "./page/platform.js";
