import { doTask, type StudyTask } from "../study/trials.js";

/** The whole script of a study's thread, without TensorFlow.js. The build makes a text of it: studyWorkerText.ts. */

/** Sent once, when the script runs. */
export const READY = "xorlab: ready";

self.addEventListener("message", ({ data }: MessageEvent<StudyTask>) => self.postMessage(doTask(data)));
self.postMessage(READY);
