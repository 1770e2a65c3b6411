import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type LockedPackage, lockedClosure } from "./closure.js";
import { HEADERS } from "./pins.js";
import { places } from "./places.js";
import type { SetupParts } from "./setupParts.js";

/**
 * Fetches tfjs-node and what it needs, exactly as package-lock.json pins them, and unpacks them below .native. None
 * of their scripts runs, and neither node_modules nor package-lock.json is touched.
 *
 * @returns a word on what was done
 */
export async function unpackPackages(setup: SetupParts, say: (line: string) => void): Promise<string> {
  const wanted = wantedPackages(setup.paths.lock);
  const stamp = { pins: createHash("sha256").update(JSON.stringify(wanted)).digest("hex") };
  if (setup.readStamp(places.packagesStamp)?.pins === stamp.pins && existsSync(places.package))
    return `${wanted.length} there`;
  setup.removeStamp(places.packagesStamp);
  rmSync(join(places.folder, "node_modules"), { recursive: true, force: true });
  rmSync(places.headers, { recursive: true, force: true });
  mkdirSync(places.downloads, { recursive: true });
  const archives = await fetchAll(setup, wanted, say);
  for (const [index, one] of wanted.entries()) {
    say(`unpacking ${one.name}`);
    await unpack(setup, archives[index], join(places.folder, one.place));
  }
  linkCommand();
  setup.writeStamp(places.packagesStamp, stamp);
  for (const archive of archives) rmSync(archive, { force: true });
  return `${wanted.length} fetched`;
}

function wantedPackages(lock: string): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(lock, "utf8"));
  return [...lockedClosure(packages), { place: HEADERS.name, ...HEADERS }];
}

/** The archives in the order asked for, each compared with its pin. One that is there from before is kept. */
async function fetchAll(
  setup: SetupParts,
  wanted: readonly LockedPackage[],
  say: (line: string) => void,
): Promise<string[]> {
  const archives = wanted.map(archiveOf);
  const missing = wanted.filter((one, index) => !matches(archives[index], one.integrity));
  if (missing.length > 0) {
    const specs = [...new Set(missing.map(({ name, version }) => `${name}@${version}`))];
    const { command, shell } = setup.npmCommand(process.env);
    const options = ["--ignore-scripts", "--prefer-offline", "--loglevel=notice", "--pack-destination", "."];
    const { code, output } = await setup.runChild([...command, "pack", ...options, ...specs], {
      cwd: places.downloads,
      env: { ...process.env, npm_config_update_notifier: "false" },
      shell,
      onLine: say,
    });
    if (code !== 0) throw new setup.Failure(setup.npmProblem(output, code), output);
  }
  const wrong = wanted.find((one, index) => !matches(archives[index], one.integrity));
  if (wrong)
    throw new setup.Problem(
      `${wrong.name}@${wrong.version} is not the package that package-lock.json pins.`,
      "what npm fetched has another checksum: it was damaged on the way, or the registry gives another package.",
      ["npm cache verify", "npx xorlab native"],
    );
  return archives;
}

/** As `npm pack` names it: "@scope/name" becomes "scope-name". */
function archiveOf({ name, version }: LockedPackage): string {
  return join(places.downloads, `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`);
}

function matches(file: string, integrity: string): boolean {
  if (!existsSync(file)) return false;
  return `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}` === integrity;
}

/** Unpacks beside its place, then renames: a folder that is there is whole. */
async function unpack(setup: SetupParts, archive: string, place: string): Promise<void> {
  const draft = join(places.downloads, "unpacking");
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  const { code, output } = await setup.runChild([
    "tar",
    "-xzf",
    archive,
    "-C",
    draft,
    "--strip-components=1",
  ]);
  if (code !== 0)
    throw new setup.Failure(
      new setup.Problem(
        `${archive} could not be unpacked.`,
        "the program tar failed; what it printed stands above.",
        [
          "install tar (Debian, Ubuntu: sudo apt install tar), look at the disk with df -h . and call npx xorlab native again",
        ],
      ),
      output,
    );
  mkdirSync(dirname(place), { recursive: true });
  renameSync(draft, place);
}

/** tfjs-node's own install script calls node-pre-gyp by its bare name. */
function linkCommand(): void {
  mkdirSync(places.commands, { recursive: true });
  const script = join("..", "@mapbox", "node-pre-gyp", "bin", "node-pre-gyp");
  const link = join(places.commands, "node-pre-gyp");
  if (process.platform === "win32")
    writeFileSync(`${link}.cmd`, `@"${process.execPath}" "%~dp0\\${script}" %*\r\n`);
  else {
    chmodSync(join(places.commands, script), 0o755);
    symlinkSync(script, link);
  }
}
