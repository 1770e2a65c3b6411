import { Problem } from "./problem.mjs";

const TAIL = 40; // lines of a failed program's output that are worth showing

/** A Problem together with what the program printed. */
export class Failure extends Problem {
  /**
   * @param {Problem} problem
   * @param {string} output
   */
  constructor(problem, output) {
    super(problem.what, problem.why, problem.cures);
    this.output = output.trimEnd().split("\n").slice(-TAIL).join("\n");
  }
}
