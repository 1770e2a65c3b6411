/** The script studyWorker.ts, bundled: setup/modules.mjs writes it into this file's ES module. */
export const STUDY_WORKER_TEXT: string = "";
