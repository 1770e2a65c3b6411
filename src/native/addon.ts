import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { NAPI_VERSION } from "./pins.js";
import { places } from "./places.js";
import type { SetupParts } from "./setupParts.js";

const SOURCES = ["tfjs_backend.cc", "tfjs_binding.cc"];

/**
 * Compiles tfjs-node's addon against the unpacked library: what its binding.gyp says, as one call of the compiler.
 * node-gyp would need make and Node's own headers as well.
 *
 * @param compiler  the C++ compiler
 * @returns a word on what was done
 */
export async function compileAddon(
  setup: SetupParts,
  compiler: string,
  say: (line: string) => void,
): Promise<string> {
  if (existsSync(places.addon)) return "there";
  mkdirSync(dirname(places.addon), { recursive: true });
  const draft = `${places.addon}.part`;
  say("compiling and linking");
  const { code, output } = await setup.runChild([compiler, ...compilerArguments(draft)], { onLine: say });
  if (code !== 0)
    throw new setup.Failure(
      new setup.Problem(
        "tfjs-node's addon could not be compiled.",
        `the compiler ${compiler} failed; what it printed stands above.`,
        [
          "take another compiler: CXX=clang++ npx xorlab native",
          "if the compiler was killed, there is too little memory: close other programs, then npx xorlab native",
        ],
      ),
      output,
    );
  renameSync(draft, places.addon);
  return `compiled with ${compiler}`;
}

function compilerArguments(output: string): string[] {
  const library = join(places.library, "lib");
  return [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", `-DNAPI_VERSION=${NAPI_VERSION}`],
    ...["-I", join(places.headers, "include"), "-I", join(places.library, "include")],
    ...SOURCES.map((name) => join(places.package, "binding", name)),
    ...["-o", output, "-L", library, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"],
    "-Wl,-rpath,$ORIGIN/../../deps/lib", // relative, so that the checkout may be moved
  ];
}
