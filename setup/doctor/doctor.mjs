import { existsSync } from "node:fs";
import { readOptions } from "../library.mjs";
import { npmStamp } from "../packages.mjs";
import { installed, paths, SETUP } from "../paths.mjs";
import { findingText, note, reportJson, summaryText } from "./finding.mjs";
import {
  checkJupyterLab,
  checkKernel,
  checkKernelspec,
  checkPython,
  checkRequirements,
} from "./jupyterChecks.mjs";
import { checkBackend, checkBuild, checkNode, checkPackages, checkSpace } from "./nodeChecks.mjs";

export const HELP = `npx xorlab doctor [--json]

Checks that everything xorlab uses is installed and works: Node and its packages, Python, JupyterLab, the notebooks'
kernel (which it starts), TensorFlow.js's backend and disk space. Under each problem it prints the command that fixes it.

  --json       the same for programs: { "ok": …, "findings": [{ "name", "state", "text", "cure" }] }
  -h, --help   this text

The exit code is 0 if everything that is needed works. The native backend is not needed.
`;

const OPTIONS = /** @type {const} */ ({
  json: { type: "boolean", default: false },
});

/** In this order, since what comes first is the cause of what follows. @type {[string, () => Promise<Finding>][]} */
const CHECKS = [
  ["Node", checkNode],
  ["npm packages", checkPackages],
  ["build", checkBuild],
  ["Python", checkPython],
  ["Python packages", checkRequirements],
  ["JupyterLab", checkJupyterLab],
  ["kernelspec", checkKernelspec],
  ["kernel", checkKernel],
  ["backend", checkBackend],
  ["disk", checkSpace],
];

const FOR_NOTEBOOKS = ["build", "Python", "Python packages", "JupyterLab", "kernelspec", "kernel"];

/** Where nobody has asked for notebooks. @type {typeof CHECKS} */
const LIBRARY_CHECKS = [
  ...CHECKS.filter(([name]) => !FOR_NOTEBOOKS.includes(name)),
  [
    "notebooks",
    async () => note("not set up; the library works without", `${SETUP}   (for lab, export and the kernel)`),
  ],
];

/** Whether xorlab is an installed package in which set-up has not run. */
const onlyLibrary = () => installed && !npmStamp() && !existsSync(paths.venv);

/**
 * Examines everything and prints a page about it: `xorlab doctor`.
 *
 * @typedef {import("./finding.mjs").Finding} Finding
 * @param {readonly string[]} argv  the arguments after "doctor"
 * @returns {Promise<number>}  the exit code: 0 if there is no problem
 */
export async function run(argv) {
  const { json } = readOptions("xorlab doctor", argv, OPTIONS).values;
  const findings = [];
  if (!json) process.stdout.write("xorlab doctor\n");
  for (const [name, check] of onlyLibrary() ? LIBRARY_CHECKS : CHECKS) {
    const finding = { name, ...(await check()) };
    findings.push(finding);
    if (!json) process.stdout.write(findingText(finding));
  }
  process.stdout.write(json ? reportJson(findings) : summaryText(findings));
  return findings.some(({ state }) => state === "problem") ? 1 : 0;
}
