// Whether the package may be published: npm publish asks it first. package.json has a placeholder for the repository's address until
// somebody publishes from one.
import { readFileSync } from "node:fs";

const read = (/** @type {string} */ name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const { version } = JSON.parse(read("package.json"));
const cited = /^version: (.*)$/m.exec(read("CITATION.cff"))?.[1];

const faults = [
  read("package.json").includes("/YOUR_ACCOUNT/") &&
    "package.json: write the repository's address in place of github.com/YOUR_ACCOUNT/xorlab",
  cited !== version && `CITATION.cff: version must be ${version}, got ${cited}`,
].filter((fault) => fault !== false);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
