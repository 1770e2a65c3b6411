import { type Host, silentHost } from "../progress.js";
import { inNotebook } from "./jupyter.js";
import { liveReporter } from "./live.js";
import { onInterrupt } from "./stop.js";
import { terminalHost } from "./terminal.js";

const notebookHost: Host = { reporter: liveReporter, onStop: onInterrupt };

/** Where we run now: the one place that decides how progress is shown and how work is stopped. */
export function currentHost(): Host {
  if (inNotebook()) return notebookHost;
  return process.stderr.isTTY ? terminalHost : silentHost;
}
