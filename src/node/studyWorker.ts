/** The program of a worker thread: does a study's tasks. */
import { parentPort } from "node:worker_threads";
import { doTask } from "../study/trials.js";

parentPort?.on("message", (task) => parentPort?.postMessage(doTask(task)));
