/**
 * The same API as index.ts, for a Web Worker in a page: bundled into one script, without a request to anybody.
 *
 * Messages with a key `xorlab` are the library's: see page/platform.ts. The script's address must stay valid, since study()
 * starts it again for each of its threads; there `inStudyWorker` is true, and the script must leave all messages alone.
 */
import { answerTasks, pagePlatform } from "./page/platform.js";
import { setPlatform } from "./platform.js";

setPlatform(pagePlatform);
export const inStudyWorker = answerTasks();

export * from "./api.js";
export type { DisplayMessage, StopMessage } from "./page/platform.js";
