// What several test files use together: started once for all of them, and ended after the last.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TEST_FOLDER } from "./files.mjs";

/** @param {string} helper  the name of a file in test/support/ */
const load = (helper) =>
  import(pathToFileURL(join(TEST_FOLDER, "..", "dist", "test", "support", `${helper}.js`)).href);

/**
 * By what files need: starts it, and gives what ends it. A file that runs alone starts its own.
 * @type {Readonly<Record<string, () => Promise<(() => Promise<void>) | undefined>>>}
 */
const STARTS = {
  Chromium: async () => {
    const { noChromium, shareBrowser } = await load("chromium");
    const missing = noChromium();
    if (missing === false) return shareBrowser();
    console.log(missing);
    return undefined;
  },
  JupyterLab: async () => {
    const [{ noChromium }, { shareLab }] = await Promise.all([load("chromium"), load("jupyterlab")]);
    return noChromium() === false ? shareLab() : undefined;
  },
  "requirements-test.txt": async () => {
    const { noTestPackages } = await load("kernelPython");
    noTestPackages();
    return undefined;
  },
};

/**
 * Starts what at least two of the files need.
 * @param {readonly import("./files.mjs").TestFile[]} files
 * @returns {Promise<() => Promise<void>>}  ends it
 */
export async function startShared(files) {
  const wanted = Object.keys(STARTS).filter(
    (need) => files.filter(({ needs }) => needs.includes(need)).length > 1,
  );
  const ends = await Promise.all(
    wanted.map((need) =>
      STARTS[need]().catch((error) => {
        console.log(`${need}, for all files: ${error.message}`); // each file tries by itself, and says why it fails
        return undefined;
      }),
    ),
  );
  return async () => {
    await Promise.all(ends.map((end) => end?.()));
  };
}
