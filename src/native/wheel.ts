import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { WHEEL_PYTHON, type Wheel } from "./pins.js";
import { places } from "./places.js";
import type { SetupParts } from "./setupParts.js";

const LOOK_EVERY = 300; // milliseconds between two looks at how much was fetched
const MEGABYTE = 1e6;

/**
 * Takes TensorFlow's library and headers out of its wheel: fetched by .venv's pip, compared with its pin, unpacked
 * where tfjs-node looks for them.
 *
 * @returns a word on what was done
 */
export async function unpackWheel(
  setup: SetupParts,
  wheel: Wheel,
  say: (line: string) => void,
): Promise<string> {
  const word = `${wheel.project} ${wheel.version}`;
  if (libraryIsWhole(setup, wheel)) return `${word}, there`;
  rmSync(places.library, { recursive: true, force: true });
  rmSync(places.addonFolder, { recursive: true, force: true }); // it was linked with another library
  const file = (await wheelThere(wheel, say)) ?? (await fetchWheel(setup, wheel, say));
  const sizes = await unpackLibrary(setup, file, say);
  setup.writeStamp(places.libraryStamp, { sha256: wheel.sha256, sizes });
  rmSync(file);
  return `${word}, ${Math.round(wheel.size / MEGABYTE)} MB fetched`;
}

/** Whether it was unpacked from this wheel, and every file still has its size. */
function libraryIsWhole(setup: SetupParts, wheel: Wheel): boolean {
  const stamp = setup.readStamp(places.libraryStamp);
  if (stamp?.sha256 !== wheel.sha256) return false;
  return Object.entries(stamp.sizes as Record<string, number>).every(([name, size]) => {
    const file = join(places.library, name);
    return existsSync(file) && statSync(file).size === size;
  });
}

/** The wheel, if it lies there whole: an earlier run may have been interrupted while it was unpacked. */
async function wheelThere(wheel: Wheel, say: (line: string) => void): Promise<string | undefined> {
  if (!existsSync(places.downloads)) return undefined;
  const name = readdirSync(places.downloads).find((entry) => entry.endsWith(".whl"));
  if (name === undefined) return undefined;
  const file = join(places.downloads, name);
  say("checking the wheel");
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  if (hash.digest("hex") === wheel.sha256) return file;
  rmSync(file);
  return undefined;
}

/** pip fetches into a temporary folder, ours, so that its size tells how far it is; nothing is kept elsewhere. */
async function fetchWheel(setup: SetupParts, wheel: Wheel, say: (line: string) => void): Promise<string> {
  const temporary = join(places.downloads, "pip");
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  let fetched = 0;
  const watch = setInterval(() => {
    fetched = Math.max(fetched, folderSize(temporary)); // pip empties the folder before it ends
    say(`${Math.round(fetched / MEGABYTE)} of ${Math.round(wheel.size / MEGABYTE)} MB`);
  }, LOOK_EVERY);
  const target = ["--implementation", "cp", "--python-version", WHEEL_PYTHON, "--platform", wheel.platform];
  const quiet = ["--disable-pip-version-check", "--no-input", "--no-color", "--progress-bar", "off"];
  const options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--dest", places.downloads];
  const { code, output } = await setup.runChild(
    [
      ...[setup.paths.venvPython, "-m", "pip", "download", ...quiet, ...options, ...target],
      `${wheel.project}==${wheel.version}`,
    ],
    { env: { ...setup.pythonEnvironment(process.env), TMPDIR: temporary, TEMP: temporary } },
  );
  clearInterval(watch);
  rmSync(temporary, { recursive: true, force: true });
  if (code !== 0) throw new setup.Failure(setup.pipProblem(output), output);
  const file = await wheelThere(wheel, say);
  if (file !== undefined) return file;
  throw new setup.Problem(
    `The wheel of ${wheel.project} ${wheel.version} is not the one that is pinned.`,
    "what pip fetched has another checksum: it was damaged on the way, or the index gives another file.",
    ["npx xorlab native   (fetches it again)"],
  );
}

function folderSize(folder: string): number {
  const sizes = readdirSync(folder, { recursive: true, encoding: "utf8" }).map(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Only what is linked with; each file is renamed when it is whole. Prints what it does, then the sizes as JSON. */
const UNPACK = `
import json, os, shutil, sys, zipfile
wheel, target = sys.argv[1:]
headers = tuple("tensorflow/include/" + part for part in ("tensorflow/c/", "tensorflow/core/platform/", "tsl/", "xla/tsl/"))
libraries = ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")
sizes = {}
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        if entry.is_dir() or not (entry.filename in libraries or entry.filename.startswith(headers)): continue
        library = entry.filename in libraries
        place = ("lib/" if library else "") + entry.filename[len("tensorflow/"):]
        path = os.path.join(target, *place.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if library: print("unpacking", place, entry.file_size // 1000000, "MB", flush=True)
        with archive.open(entry) as source, open(path + ".part", "wb") as copy: shutil.copyfileobj(source, copy, 1 << 20)
        os.replace(path + ".part", path)
        if library: sizes[place] = entry.file_size
print(json.dumps(sizes))
`;

async function unpackLibrary(
  setup: SetupParts,
  wheel: string,
  say: (line: string) => void,
): Promise<Record<string, number>> {
  const { code, output } = await setup.runChild(
    [setup.paths.venvPython, "-I", "-c", UNPACK, wheel, places.library],
    { onLine: say },
  );
  if (code === 0) return JSON.parse(output.trim().split("\n").at(-1) as string);
  const what = "TensorFlow's wheel could not be unpacked.";
  const problem = /No space left/.test(output)
    ? new setup.Problem(what, "the disk is full.", [
        "free some space: df -h . shows how much there is",
        "npx xorlab native",
      ])
    : new setup.Problem(what, "Python failed; what it printed stands above.", [
        "npx xorlab native --remove",
        "npx xorlab native",
      ]);
  throw new setup.Failure(problem, output);
}
