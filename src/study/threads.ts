import { platform, type StudyWorker, type WorkerEvents } from "../platform.js";

/** Starts a thread for a study's tasks. In ES modules for bundlers, src/browser/threads.ts takes this file's place. */
export const startThread = (events: WorkerEvents): StudyWorker => platform().startWorker(events);
