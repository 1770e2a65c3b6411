import { parseArgs } from "node:util";
import { setupParts } from "../../native/setupParts.js";
import { checkBackend } from "./doctorBackend.js";
import { checkJupyterLab, checkKernel, checkKernelspec } from "./doctorJupyter.js";
import { checkBuild, checkDisk, checkNode, checkPackages } from "./doctorNode.js";
import { checkPython, checkPythonPackages } from "./doctorPython.js";
import { type Finding, findingText, reportJson, summaryText } from "./doctorReport.js";

const HELP = `npx xorlab doctor [--json]

Says what of xorlab is there and works: Node and its packages, Python, JupyterLab, the notebooks' kernel (which it
starts), TensorFlow.js's backend and the disk. What does not work comes with the command that mends it.

  --json       the same for programs: { "ok": …, "findings": [{ "name", "state", "text", "cure" }] }
  -h, --help   this text

The exit code is 0 if all that is needed works. The native backend is not needed.
`;

/** In this order, since what comes first is the cause of what follows. */
const CHECKS = [
  ...[checkNode, checkPackages, checkBuild, checkPython, checkPythonPackages, checkJupyterLab],
  ...[checkKernelspec, checkKernel, checkBackend, checkDisk],
];

/**
 * Looks at everything and prints a page about it: `xorlab doctor`.
 *
 * @param argv  the arguments after "doctor"; --help lists them
 * @returns the exit code: 0 if there is no problem
 */
export async function doctorCommand(argv: readonly string[]): Promise<number> {
  const { help, json } = readArguments(argv);
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  const setup = await setupParts();
  const findings: Finding[] = [];
  if (!json) process.stdout.write("xorlab doctor\n");
  for (const check of CHECKS) {
    const finding = await check(setup);
    findings.push(finding);
    if (!json) process.stdout.write(findingText(finding));
  }
  process.stdout.write(json ? reportJson(findings) : summaryText(findings));
  return findings.some(({ state }) => state === "problem") ? 1 : 0;
}

function readArguments(argv: readonly string[]): { help: boolean; json: boolean } {
  const options = {
    help: { type: "boolean", short: "h", default: false },
    json: { type: "boolean", default: false },
  } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new RangeError(`xorlab doctor: ${(error as Error).message}`);
  }
}
