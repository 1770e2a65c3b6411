import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SetupParts } from "../../native/setupParts.js";
import { CHECKOUT, jupyterEnvironment } from "./checkout.js";
import type { Finding } from "./doctorReport.js";

const MEND = "npm run setup";

/** Does JupyterLab itself start? */
export async function checkJupyterLab(setup: SetupParts): Promise<Finding> {
  const { code, output } = await setup.runChild([setup.paths.venvPython, "-m", "jupyterlab", "--version"], {
    env: jupyterEnvironment(),
  });
  const text = lastLine(output);
  if (code === 0) return { name: "JupyterLab", state: "ok", text };
  return { name: "JupyterLab", state: "problem", text: `it does not start: ${text}`, cure: MEND };
}

/** Is the notebooks' kernel known to Jupyter, and does it lead into this checkout? */
export async function checkKernelspec(setup: SetupParts): Promise<Finding> {
  const name = "kernelspec";
  const file = join(setup.paths.venv, "share", "jupyter", "kernels", setup.KERNEL_NAME, "kernel.json");
  const problem = (text: string): Finding => ({ name, state: "problem", text, cure: MEND });
  if (!existsSync(file)) return problem(`${file} is not there`);
  const spec = setup.readStamp(file) as { argv?: string[]; display_name?: string } | undefined;
  const [node, ...others] = spec?.argv ?? [];
  if (node === undefined) return problem(`${file} cannot be read`);
  if (!existsSync(node)) return problem(`it starts ${node}, which is not there any more`);
  if (JSON.stringify(others) !== JSON.stringify(setup.kernelspec(node).argv.slice(1)))
    return problem("it leads to another checkout, or was written by an earlier version");
  return { name, state: "ok", text: `${spec?.display_name}, with ${node}` };
}

/** Starts the kernel as JupyterLab does and lets it use xorlab. Prints the seconds until then, or an error. */
const TRY_KERNEL = `
import sys, time
from jupyter_client.manager import KernelManager
start = time.monotonic()
kernel = KernelManager(kernel_name=sys.argv[1])
kernel.start_kernel(cwd=sys.argv[2])
printed = []
try:
    client = kernel.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    hook = lambda message: printed.append(message["content"].get("text", "") or "\\n".join(message["content"].get("traceback", [])))
    client.execute_interactive(sys.argv[3], timeout=60, output_hook=hook)
finally:
    kernel.shutdown_kernel(now=True)
text = "".join(printed).strip()
if text != "4": sys.exit("a first cell printed " + (text or "nothing"))
print("%.1f" % (time.monotonic() - start))
`;

const FIRST_CELL = 'import { truthTable } from "xorlab";\nconsole.log(truthTable("xor").rows);';

/** Does the kernel start, and can a first cell import xorlab? */
export async function checkKernel(setup: SetupParts): Promise<Finding> {
  const command = [setup.paths.venvPython, "-c", TRY_KERNEL, setup.KERNEL_NAME];
  const { code, output } = await setup.runChild([...command, join(CHECKOUT, "notebooks"), FIRST_CELL], {
    env: jupyterEnvironment(),
  });
  const text = lastLine(output);
  if (code === 0) return { name: "kernel", state: "ok", text: `imports xorlab and answers after ${text} s` };
  return { name: "kernel", state: "problem", text: `it does not work: ${text}`, cure: MEND };
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1)?.trim() ?? "";
}
