import { endChildren } from "./child.mjs";
import { Problem, problemText } from "./problem.mjs";

const INTERRUPTED = 130; // the shell's exit code for Ctrl-C

/**
 * Runs what Ctrl-C may interrupt, and explains its problem, if it has one.
 *
 * @param {string} name  such as "set-up"
 * @param {() => Promise<void>} work
 * @returns {Promise<number>}  the exit code
 */
export async function runCommand(name, work) {
  process.on("SIGINT", () => {
    // on, not once: a second Ctrl-C must not end it before the first has been answered
    endChildren();
    console.error(`\n${name} was interrupted; the next run continues from here`);
    process.exit(INTERRUPTED);
  });
  try {
    await work();
    return 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.output) console.error(`\n${error.output}`);
    console.error(`\n${problemText(error)}\n`);
    return 1;
  }
}
