import { type Host, silentHost } from "../train/progress.js";
import { onInterrupt } from "./interrupt.js";
import { liveReporter } from "./live.js";
import { inNotebook } from "./notebook.js";
import { terminalHost } from "./terminal.js";

const notebookHost: Host = { reporter: liveReporter, onStop: onInterrupt };

/** Where we run now: the one place that decides how progress is shown and how work is stopped. */
export function currentHost(): Host {
  if (inNotebook()) return notebookHost;
  return process.stderr.isTTY ? terminalHost : silentHost;
}
