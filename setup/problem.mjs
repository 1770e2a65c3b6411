/**
 * A failure that set-up can explain: what failed, why, and the command that cures it.
 * It is printed without a stack trace; every other error is a defect of set-up itself.
 */
export class Problem extends Error {
  /**
   * @param {string} what  what failed, one sentence
   * @param {string} why   the reason, one or two sentences
   * @param {readonly string[]} cures  what to do, one line each; commands stand alone at the line's end
   */
  constructor(what, why, cures) {
    super(what);
    this.what = what;
    this.why = why;
    this.cures = cures;
    this.output = ""; // the last lines of the program that failed, if one did
  }
}

/**
 * The lines a person reads.
 * @param {Problem} problem
 * @returns {string}
 */
export function problemText(problem) {
  const [first, ...others] = problem.cures;
  return [
    `✗ ${problem.what}`,
    `  Why:  ${problem.why}`,
    `  Cure: ${first}`,
    ...others.map((cure) => `        ${cure}`),
  ].join("\n");
}
