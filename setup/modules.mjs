import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundled, isUpToDate } from "./bundle.mjs";
import { runChecked } from "./child.mjs";
import { buildProblem } from "./diagnose.mjs";
import { paths, root } from "./paths.mjs";
import { removeStamp, writeIfDifferent, writeStamp } from "./stamp.mjs";

/*
 * `node setup/modules.mjs`: the library as ES modules for bundlers, in dist/esm/. They are those of src/, compiled one by one, so
 * that a bundle has what it uses; a few files of src/browser/ stand in for files that need Node or a page of ours. Besides, what TensorFlow.js's parts
 * lack on Node.
 */

const STAND_INS = {
  "platform.js": { names: "platform", from: "./browser/platform.js" },
  "model/tensorflow.js": { names: "tf", from: "../browser/tensorflow.js" },
  "study/threads.js": { names: "startThread", from: "../browser/threads.js" },
  "data/digitsSource.js": { names: "digitsText", from: "../browser/digitsSource.js" },
};
const to = join(root, "dist", "esm");

/** What can be imported, by what has its types in dist/src/. */
const ENTRIES = { browser: "index", engineApi: "engineApi", figuresApi: "figuresApi" };

/** The threads' script as a text: the part of the library that trains, without TensorFlow.js. */
async function studyWorkerText() {
  const entryPoints = [join(root, "src", "browser", "studyWorker.ts")];
  return (await bundled({ entryPoints })).trim();
}

/**
 * The methods of tensors, such as `a.add(b)`, for Node: @tensorflow/tfjs has them, and @tensorflow/tfjs-core only as ES modules
 * that Node cannot load. They find core's class of tensors and its kernels in global variables of core's.
 */
function tensorMethods() {
  const name = "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
  const stdin = { contents: `import "${name}";`, resolveDir: root };
  return bundled({ stdin, format: "cjs", platform: "node", mainFields: ["module", "main"] });
}

/** Its age counts. */
const stampFile = join(root, "dist", "esm.json");

/** Writes dist/esm/. */
async function buildModules() {
  removeStamp(stampFile);
  const compile = [process.execPath, paths.compiler, "-p", join(root, "src", "tsconfig.modules.json")];
  await runChecked(compile, { cwd: root }, buildProblem);
  for (const [file, { names, from }] of Object.entries(STAND_INS)) {
    writeIfDifferent(join(to, file), `export { ${names} } from "${from}";\n`);
    rmSync(join(to, `${file}.map`), { force: true });
  }
  for (const [entry, typed] of Object.entries(ENTRIES))
    writeIfDifferent(join(to, `${entry}.d.ts`), `export * from "../src/${typed}.js";\n`);
  const text = `export const STUDY_WORKER_TEXT = ${JSON.stringify(await studyWorkerText())};\n`;
  writeIfDifferent(join(to, "browser", "studyWorkerText.js"), text);
  writeIfDifferent(
    join(root, "dist", "src", "node", "tensorflow", "tensorMethods.js"),
    await tensorMethods(),
  );
  // ES modules, of which bundlers leave out what is not used.
  writeIfDifferent(join(to, "package.json"), '{ "type": "module", "sideEffects": false }\n');
  writeStamp(stampFile, { made: true });
}

// The npm package has them built, and no sources.
if (existsSync(join(root, "src")) && !isUpToDate(stampFile, paths.packModules)) await buildModules();
