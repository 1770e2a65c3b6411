import type { Host, Progress, Reporter } from "../platform.js";
import { silentReporter } from "../train/progress.js";
import { onInterrupt } from "./interrupt.js";
import { display } from "./programDisplay.js";

/** A program in a terminal: one line of progress on standard error, gone when the work is done; Ctrl-C stops. */
export const terminalHost: Host = { reporter: terminalReporter, onStop: onInterrupt, display };

/** A program without a terminal: no progress, and Ctrl-C ends it like any other. */
export const silentHost: Host = { reporter: () => silentReporter, onStop: () => () => {}, display };

const WIPE = "\r\x1b[K"; // what stands on the line

function terminalReporter(): Reporter {
  let next = performance.now() + 300;
  let shown = false;
  return {
    update(progress: () => Progress) {
      const now = performance.now();
      if (now < next) return;
      next = now + 100;
      const { title, fraction, facts } = progress();
      const filled = Math.round(24 * fraction);
      const line = `${"█".repeat(filled)}${"░".repeat(24 - filled)} ${title}: ${facts.join(", ")}`;
      process.stderr.write(WIPE + line.slice(0, (process.stderr.columns || 80) - 1));
      shown = true;
    },
    finish: () => {
      if (shown) process.stderr.write(WIPE);
    },
  };
}
