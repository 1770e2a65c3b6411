import { Problem } from "./problem.mjs";

const TAIL = 40; // lines of a failed program's output that are worth showing
const STACK_LINE = /^(npm error)?\s+at .*:\d+:\d+\)?( \{)?$/; // where in npm's own code: of no use to its user

/** A Problem together with what the program printed. */
export class Failure extends Problem {
  /**
   * @param {Problem} problem
   * @param {string} output
   */
  constructor(problem, output) {
    super(problem.what, problem.why, problem.cures);
    const lines = output.trimEnd().split("\n");
    this.output = lines
      .filter((line) => !STACK_LINE.test(line))
      .slice(-TAIL)
      .join("\n");
  }
}
