import { join } from "node:path";
import type { SetupParts } from "../../native/setupParts.js";
import { nativeReady } from "../tensorflow/backend.js";
import type { Finding } from "./doctorReport.js";

const TF = join(__dirname, "..", "tensorflow", "backend.js");

/** Loads TensorFlow.js as a notebook would. In a process of its own, which a native library may bring down. */
const TRY_BACKEND = `
const { backendChoice, tf } = require(${JSON.stringify(TF)});
const { text, package } = backendChoice();
const library = package.endsWith("node") ? tf.backend().binding.TF_Version : undefined;
console.log("xorlab-backend" + JSON.stringify({ package, text, library }));
`;

/** Which backend TensorFlow.js has here, and why not the native one. That one is not needed. */
export async function checkBackend(setup: SetupParts): Promise<Finding> {
  const { code, output } = await setup.runChild([process.execPath, "-e", TRY_BACKEND]);
  return backendFinding(code, output, nativeReady() !== undefined, process.env.XORLAB_BACKEND ?? "");
}

/**
 * What the trial's answer means.
 *
 * @param made    whether `xorlab native` has made one here
 * @param wanted  the value of XORLAB_BACKEND
 */
export function backendFinding(code: number, output: string, made: boolean, wanted: string): Finding {
  const name = "backend";
  const answer = /^xorlab-backend(\{.*\})$/m.exec(output)?.[1];
  if (code !== 0 || answer === undefined) return failureFinding(name, output, made, wanted);
  const { package: from, text, library } = JSON.parse(answer);
  if (from === "@tensorflow/tfjs-node") return { name, state: "ok", text: `${text}, TensorFlow ${library}` };
  if (wanted === "plain") return { name, state: "ok", text };
  return {
    name,
    state: "note",
    text,
    cure: "npx xorlab native   (only if you want tfjs-node: all works without it)",
  };
}

function failureFinding(name: string, output: string, made: boolean, wanted: string): Finding {
  const why = /^(?:Uncaught )?(\w*Error: .*)$/m.exec(output)?.[1] ?? "TensorFlow's library ended the process";
  const cure =
    wanted === "native"
      ? "npx xorlab native   (or unset XORLAB_BACKEND)"
      : wanted !== "" && wanted !== "plain"
        ? "unset XORLAB_BACKEND"
        : made
          ? "npx xorlab native --remove && npx xorlab native"
          : "npm run setup";
  return { name, state: "problem", text: why, cure };
}
