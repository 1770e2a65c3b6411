import { type Cell, currentCell } from "./cell.js";
import { KeyboardInterrupt } from "./errors.js";
import type { Answer, Question, Wire } from "./wire.js";

/** The front end cannot be asked: as in Python's kernel. */
export class StdinNotImplementedError extends Error {
  override name = "StdinNotImplementedError";
}

/** Input from the person at the front end, for the cell that runs. */
export type Input = ReturnType<typeof inputFor>;

export function inputFor(wire: Wire, flush: () => void) {
  let last: Promise<unknown> = Promise.resolve();
  let forgotten = 0; // how often questions were

  const asker = (what: string): Cell => {
    const cell = currentCell();
    if (!cell?.running)
      throw new StdinNotImplementedError(
        `${what}: input can be asked for while its cell runs, and not after`,
      );
    if (cell.request.content.allow_stdin !== true)
      throw new StdinNotImplementedError(
        `${what}: this front end does not give input (allow_stdin is not set)`,
      );
    return cell;
  };
  const textOf = (what: string, answer: Answer): string => {
    if ("text" in answer) return answer.text;
    throw new StdinNotImplementedError(`${what}: the front end that ran this cell is gone`);
  };
  return {
    /**
     * Asks, and returns the answer; meanwhile nothing else runs.
     *
     * @throws StdinNotImplementedError if the front end gives no input, KeyboardInterrupt if Stop ends the waiting
     */
    ask(what: string, question: Question): string {
      const { request } = asker(what);
      flush(); // what was printed stands above the question
      const answer = wire.askAndWait(request, question);
      if (!answer) throw new KeyboardInterrupt();
      return textOf(what, answer);
    },
    /** The same without waiting: one question after the other. */
    async askLater(what: string, question: Question): Promise<string> {
      const cell = asker(what);
      const era = forgotten;
      const before = last;
      const answered = before.then(
        () =>
          new Promise<Answer>((resolve) => {
            if (era !== forgotten) return; // and never answered
            flush();
            wire.ask(cell.request, question, resolve);
          }),
      );
      last = answered;
      return textOf(what, await answered);
    },
    /** @throws StdinNotImplementedError if the cell that runs cannot ask */
    check: (what: string) => void asker(what),
    /** Stop has ended the cell: its questions are of no interest any more. */
    forget(): void {
      forgotten += 1;
      last = Promise.resolve();
      wire.forgetQuestions();
    },
  };
}

/** `prompt`, `confirm` and `alert`, as browsers and Deno have them. */
export function addDialogs({ ask }: Input): void {
  Object.assign(globalThis, {
    prompt(message: unknown = "", initial?: unknown): string {
      const shown = initial === undefined ? "" : ` [${String(initial)}]`;
      const answer = ask("prompt", { prompt: `${String(message)}${shown} `.trimStart(), password: false });
      return answer === "" && initial !== undefined ? String(initial) : answer;
    },
    confirm(message: unknown = "Confirm"): boolean {
      const answer = ask("confirm", { prompt: `${String(message)} [y/N] `, password: false });
      return /^\s*y(es)?\s*$/i.test(answer);
    },
    alert(message: unknown = "Alert"): void {
      ask("alert", { prompt: `${String(message)} [Enter] `, password: false });
    },
  });
}
