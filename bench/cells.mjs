// npm run bench -- cells [--rounds 5]: what a turn of a loop costs in a notebook whose variables all cells share, beside the
// same loop over variables of a function.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const python = join(root, ".venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");

const TURNS = 20_000_000;

/** Pairs: over a function's variables, and over those of cells. */
const LOOPS = {
  "reading a number": {
    local:
      "(() => { const step = 0.5; let n = 0; for (let i = 0; i < TURNS; i++) if (step > i) n++; return n; })();",
    cells: "(() => { let n = 0; for (let i = 0; i < TURNS; i++) if (step > i) n++; return n; })();",
  },
  "adding to a number": {
    local: "(() => { let total = 0; for (let i = 0; i < TURNS; i++) total += 0.5; return total; })();",
    cells: "total = 0; for (let i = 0; i < TURNS; i++) total += 0.5;",
  },
  "reading a list": {
    local:
      "(() => { const list = [1, 2, 3, 4]; let n = 0; for (let i = 0; i < TURNS; i++) n += list[i & 3]; return n; })();",
    cells: "(() => { let n = 0; for (let i = 0; i < TURNS; i++) n += list[i & 3]; return n; })();",
  },
  "calling a function": {
    local:
      "(() => { let total = 0; const add = (x) => { total += x; }; for (let i = 0; i < TURNS; i++) add(i); return total; })();",
    cells: "total = 0; for (let i = 0; i < TURNS; i++) add(i);",
  },
};

/** @param {number} rounds */
export function benchCells(rounds) {
  const loops = Object.fromEntries(
    Object.entries(LOOPS).flatMap(([name, { local, cells }]) => [
      [`${name}, local`, local],
      [name, cells],
    ]),
  );
  console.log(`nanoseconds a turn, medians of ${rounds} rounds of ${TURNS.toLocaleString("en")} turns\n`);
  console.log(
    `${"loop".padEnd(22)}${"other names".padStart(12)}${"a function's".padStart(15)}${"cells'".padStart(9)}`,
  );
  for (const names of [10, 3000]) {
    const given = [JSON.stringify(loops), names, rounds, TURNS].map(String);
    const times = JSON.parse(
      execFileSync(python, [join(root, "bench", "kernel_loops.py"), ...given], { encoding: "utf8" }),
    );
    for (const name of Object.keys(LOOPS))
      console.log(
        `${name.padEnd(22)}${String(names).padStart(12)}${times[`${name}, local`].toFixed(2).padStart(15)}${times[name].toFixed(2).padStart(9)}`,
      );
  }
}
