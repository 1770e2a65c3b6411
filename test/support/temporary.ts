import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

/** A folder that is gone after the tests of the file that asks for it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The same as the place where this process, and those that it starts, put temporary files. */
export function ownTemporaryFolder(): string {
  const folder = temporaryFolder();
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  return folder;
}
