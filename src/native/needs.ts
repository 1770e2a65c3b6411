import { existsSync, readFileSync, statfsSync } from "node:fs";
import { MACHINE } from "../node/tensorflow/backend.js";
import { DISK_NEEDED, OLDEST_GLIBC, WHEELS, type Wheel } from "./pins.js";
import { places } from "./places.js";
import type { SetupParts, SetupProblem } from "./setupParts.js";

const COMPILERS = ["g++", "c++", "clang++"];

/** What building against the wheel needs, once it was found. */
export interface WheelNeeds {
  readonly wheel: Wheel;
  readonly compiler: string;
}

/** What can be looked at before anything long begins. Tests put other machines in. */
export interface Machine {
  readonly name: string;
  /** undefined where the C library is another one, as on Alpine */
  readonly glibc: string | undefined;
  /** of the processor, as Linux lists them; undefined where it does not */
  readonly flags: string | undefined;
  readonly compilers: readonly string[];
}

export function thisMachine(env = process.env): Machine {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const cpu = existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";
  return {
    name: MACHINE,
    glibc: header?.glibcVersionRuntime,
    flags: /^flags\s*:(.*)$/m.exec(cpu)?.[1],
    compilers: env.CXX ? [env.CXX] : COMPILERS,
  };
}

/**
 * Finds what the build needs.
 *
 * @throws a problem that names what is missing and the command that mends it
 */
export async function wheelNeeds(setup: SetupParts, machine = thisMachine()): Promise<WheelNeeds> {
  const wheel = WHEELS[machine.name];
  const unfit = machineProblem(setup, machine, wheel);
  if (unfit) throw unfit;
  const compiler = await findCompiler(setup, machine);
  const { code } = existsSync(setup.paths.venvPython)
    ? await setup.runChild([setup.paths.venvPython, "-I", "-m", "pip", "--version"])
    : { code: 127 };
  if (code !== 0)
    throw new setup.Problem(
      "The Python environment .venv does not run here.",
      "its pip fetches TensorFlow's library.",
      ["npm run setup", "npx xorlab native"],
    );
  return { wheel, compiler };
}

function machineProblem(
  setup: SetupParts,
  machine: Machine,
  wheel: Wheel | undefined,
): SetupProblem | undefined {
  const refuse = (why: string, cure: string) =>
    new setup.Problem("TensorFlow's library cannot be had for this machine.", why, [
      cure,
      "xorlab works without it, on the plain backend",
    ]);
  if (!wheel)
    return refuse(
      `there is a wheel for ${Object.keys(WHEELS).join(" and ")}, this is ${machine.name}, and tfjs-node's own download failed or cannot be reached.`,
      "where that download can be reached (a network without a firewall): npx xorlab native --from stock",
    );
  if (!newEnough(machine.glibc))
    return refuse(
      `it needs the GNU C library ${OLDEST_GLIBC.join(".")} or later, this system has ${machine.glibc ?? "another one, as Alpine does"}.`,
      "use a system such as Debian, Ubuntu or Fedora",
    );
  if (machine.name === "linux-x64" && machine.flags !== undefined && !/\bavx\b/.test(machine.flags))
    return refuse(
      "it needs a processor with AVX, which this one lacks.",
      "use another machine, or let the virtual one pass its host's processor on",
    );
  return undefined;
}

function newEnough(glibc: string | undefined): boolean {
  const [major = 0, minor = 0] = (glibc ?? "").split(".").map(Number);
  return major > OLDEST_GLIBC[0] || (major === OLDEST_GLIBC[0] && minor >= OLDEST_GLIBC[1]);
}

async function findCompiler(setup: SetupParts, { compilers }: Machine): Promise<string> {
  for (const name of compilers) {
    const { code } = await setup.runChild([name, "--version"]);
    if (code === 0) return name;
  }
  throw new setup.Problem(
    compilers.length > 1 ? "No C++ compiler was found." : `CXX=${compilers[0]} is not a compiler that runs.`,
    "tfjs-node's addon, 100 kB, is compiled on this machine.",
    [
      "Debian, Ubuntu: sudo apt install g++      Fedora: sudo dnf install gcc-c++",
      "if there is one already, name it: CXX=/path/to/g++ npx xorlab native",
    ],
  );
}

/** @throws a problem if the disk could not hold what is fetched and unpacked */
export function checkDisk(setup: SetupParts, way: keyof typeof DISK_NEEDED, free = freeBytes()): void {
  if (free >= DISK_NEEDED[way]) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new setup.Problem(
    "There is too little space on the disk.",
    `it takes ${gigabytes(DISK_NEEDED[way])} for a while, and ${gigabytes(free)} are free.`,
    ["free some space: df -h . shows how much there is", "npx xorlab native"],
  );
}

function freeBytes(): number {
  const { bavail, bsize } = statfsSync(places.checkout);
  return bavail * bsize;
}
