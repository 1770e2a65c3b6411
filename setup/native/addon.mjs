import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { runChecked } from "../child.mjs";
import { Problem } from "../problem.mjs";
import { NAPI_VERSION } from "./pins.mjs";
import { places } from "./places.mjs";

/**
 * Compiles tfjs-node's addon against the unpacked library: what its binding.gyp says, as one call of the compiler.
 * node-gyp would need make and Node's own headers as well.
 *
 * @param {string} compiler  the C++ compiler
 * @param {(line: string) => void} say
 * @returns {Promise<string>}  a word on what was done
 */
export async function compileAddon(compiler, say) {
  if (existsSync(places.addon)) return "already compiled";
  mkdirSync(dirname(places.addon), { recursive: true });
  const draft = `${places.addon}.part`;
  say("compiling and linking");
  const problem = new Problem(
    "tfjs-node's addon could not be compiled.",
    `the compiler ${compiler} failed; its output is above.`,
    [
      "use another compiler: CXX=clang++ npx xorlab native",
      "if the compiler was killed, there is too little memory: close other programs, then npx xorlab native",
    ],
  );
  await runChecked([compiler, ...compilerArguments(draft)], { onLine: say }, () => problem);
  renameSync(draft, places.addon);
  return `compiled with ${compiler}`;
}

/** @param {string} output */
function compilerArguments(output) {
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"];
  return [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", `-DNAPI_VERSION=${NAPI_VERSION}`],
    ...["-I", places.headers, "-I", join(places.library, "include")],
    ...sources.map((name) => join(places.package, "binding", name)),
    ...["-o", output, "-L", join(places.library, "lib")],
    ...["-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"],
    "-Wl,-rpath,$ORIGIN/../../deps/lib", // relative, so that the checkout may be moved
  ];
}
