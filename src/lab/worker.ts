import "../page.js";
import { TASKS, type Tasks } from "./tasks.js";

/** The laboratory's worker: a task comes in, its answer or its error goes out. */

export interface Question<Name extends keyof Tasks = keyof Tasks> {
  readonly id: number;
  readonly task: Name;
  readonly given: Parameters<Tasks[Name]>[0];
}

export type Answer =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };

self.addEventListener("message", async ({ data: { id, task, given } }: MessageEvent<Question>) => {
  try {
    const answer: unknown = await TASKS[task](given as never);
    self.postMessage({ id, answer } satisfies Answer);
  } catch (error) {
    self.postMessage({ id, error: (error as Error).message } satisfies Answer);
  }
});
