import * as xorlab from "../../src/page.js";

/** The whole script of a page's worker: it runs functions that it is sent as text, as a live page runs cells. */

/** What the page asks. */
export interface Question {
  readonly ask: number;
  /** A function of the library and of `given`. */
  readonly code: string;
  readonly given: unknown;
}

/** What the worker answers: JSON, or what was thrown. */
export interface Answer {
  readonly answers: number;
  readonly json?: string;
  readonly error?: string;
}

async function answer({ ask, code, given }: Question): Promise<Answer> {
  try {
    const run = new Function("xorlab", "given", `return (${code})(xorlab, given);`);
    return { answers: ask, json: JSON.stringify((await run(xorlab, given)) ?? null) };
  } catch (error) {
    return { answers: ask, error: String((error as Error).stack ?? error) };
  }
}

if (!xorlab.inStudyWorker)
  self.addEventListener("message", async ({ data }: MessageEvent<Partial<Question>>) => {
    if (data.ask !== undefined) self.postMessage(await answer(data as Question));
  });
