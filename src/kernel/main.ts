import { readFileSync } from "node:fs";
import { alarmOver } from "./alarm.js";
import { provideTypeScript, takeKept } from "./kept.js";
import { openWire } from "./wire.js";

/** The kernel's program: `node main.js CONNECTION_FILE`, as Jupyter starts it. */

delete process.env.MALLOC_MMAP_THRESHOLD_; // launch.sh has set it for the kernel, not for what cells start
const connection = JSON.parse(readFileSync(process.argv[2], "utf8"));
const alarm = alarmOver();
// Stop may be pressed before this has ended: it breaks nothing off.
alarm.guard(() => {
  const wire = openWire(connection, alarm); // the sockets are opened while all else is loaded
  const kept = takeKept();
  provideTypeScript(kept);
  const { startKernel }: typeof import("./kernel.js") = require("./kernel.js");
  startKernel(connection, alarm, wire, kept);
});
