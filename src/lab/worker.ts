import "../page.js";
import { TASKS, type Tasks } from "./tasks.js";

/** The laboratory's worker: a task comes in, its answer or its error goes out before the next. */

export interface Question<Name extends keyof Tasks = keyof Tasks> {
  readonly task: Name;
  readonly given: Parameters<Tasks[Name]>[0];
}

export type Answer = { readonly answer: unknown } | { readonly error: string };

self.addEventListener("message", async ({ data: { task, given } }: MessageEvent<Question>) => {
  try {
    self.postMessage({ answer: await TASKS[task](given as never) } satisfies Answer);
  } catch (error) {
    self.postMessage({ error: (error as Error).message } satisfies Answer);
  }
});
