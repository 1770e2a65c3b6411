import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.js";

// Needs: tfjs-node

/** The environment of a program that insists on a backend. What node:test tells its children is not for it. */
export function backendEnvironment(backend: "plain" | "native"): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT, ...kept } = process.env;
  return { ...kept, XORLAB_BACKEND: backend };
}

/** Why the tests on tfjs-node must be left out; false if they need not. With CI=true a test left out is a failure. */
export function nativeMissing(): string | false {
  const program = `require(${JSON.stringify(join(CHECKOUT, "dist/src/node/tensorflow/backend.js"))}).backendChoice()`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", program], {
    env: backendEnvironment("native"),
    encoding: "utf8",
  });
  if (status === 0) return false;
  if (stderr.includes("is not installed")) return "tfjs-node is not installed (npx xorlab native)";
  const why = /^(?:\w*Error): (.*)$/m.exec(stderr)?.[1] ?? "it ended the process";
  return `tfjs-node does not work: ${why}`;
}

/** How a program ended, and what it printed on both streams. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs Node in the checkout with a backend. */
export function runOn(backend: "plain" | "native", ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: CHECKOUT, env: backendEnvironment(backend) });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  return new Promise((done) => child.on("close", (code) => done({ code, output })));
}
