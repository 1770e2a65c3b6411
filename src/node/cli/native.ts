import { existsSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { oneOf } from "../../check.js";
import { claim } from "../../native/claim.js";
import { alreadyThere, installNative, WAYS, type Way } from "../../native/install.js";
import { places } from "../../native/places.js";
import { type SetupParts, setupParts } from "../../native/setupParts.js";

const INTERRUPTED = 130; // the shell's exit code for Ctrl-C

const HELP = `npx xorlab native [--remove] [--from auto|stock|wheel]

Installs TensorFlow.js's native backend, @tensorflow/tfjs-node, so that it really runs: in the folder .native of this
checkout, and nowhere else. xorlab works without it; the numbers agree, and tiny networks train no faster with it.

  --from auto     tfjs-node's own download where it can be reached, else:
  --from wheel    TensorFlow's library out of its wheel of PyPI, and the addon compiled here (Linux; needs a C++ compiler)
  --from stock    tfjs-node's own download, nothing else
  --remove        takes it away again
  -h, --help      this text

Once it is there it is used. XORLAB_BACKEND=plain or XORLAB_BACKEND=native insists on one of the two.
It takes 0.9 GB of disk (1.6 GB while it works). An interrupted run goes on when it is called again.
`;

/**
 * Installs or removes the native backend: `xorlab native`.
 *
 * @param argv  the arguments after "native"; --help lists them
 * @returns the exit code: 0 if it is there and computes
 */
export async function nativeCommand(argv: readonly string[]): Promise<number> {
  const asked = readArguments(argv);
  if (asked.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const setup = await setupParts();
  process.once("SIGINT", () => {
    setup.endChildren();
    rmSync(places.busy, { force: true });
    process.stderr.write("\nxorlab native was interrupted; the next run goes on from here\n");
    process.exit(INTERRUPTED);
  });
  const work = asked.remove ? remove : () => install(setup, asked.from);
  try {
    return await claim(setup, places.busy, work);
  } catch (error) {
    if (!(error instanceof setup.Problem)) throw error;
    if (error.output) process.stderr.write(`\n${error.output}\n`);
    process.stderr.write(`\n${setup.problemText(error)}\n\n`);
    return 1;
  }
}

function readArguments(argv: readonly string[]): { help: boolean; remove: boolean; from: Way } {
  const options = {
    help: { type: "boolean", short: "h", default: false },
    remove: { type: "boolean", default: false },
    from: { type: "string", default: "auto" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...argv], options });
    return { ...values, from: oneOf("xorlab native", "--from", values.from, WAYS) };
  } catch (error) {
    const { message } = error as Error;
    throw new RangeError(message.startsWith("xorlab") ? message : `xorlab native: ${message}`);
  }
}

async function install(setup: SetupParts, from: Way): Promise<number> {
  process.stdout.write("xorlab native\n");
  const there = await alreadyThere(setup);
  if (there !== undefined) {
    process.stdout.write(`  It is there already: ${there}.\n`);
    return 0;
  }
  await installNative(setup, from);
  process.stdout.write("  It is used from now on; XORLAB_BACKEND=plain goes without it.\n");
  return 0;
}

async function remove(): Promise<number> {
  const there =
    existsSync(places.packagesStamp) || existsSync(places.downloads) || existsSync(places.package);
  rmSync(places.folder, { recursive: true, force: true });
  process.stdout.write(there ? `${places.folder} was removed.\n` : "There is nothing to remove.\n");
  return 0;
}
