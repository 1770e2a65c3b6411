import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../setup/paths.mjs";
import { npm, run, TYPESCRIPTS } from "./folder.mjs";

const BODY = `
const data: Dataset = xor({ seed: 7 });
const run: Run = await train(mlp({ hidden: [2], seed: 7 }), data, { seed: 7, progress: false });
const many: Study = await study({ trials: 2, epochs: 1, hidden: [1, 2] });
const drawn: Figure = loss([run, trainNetwork({}, data)]);
show(figures.loss(run)).update(drawn);
const rate: number = many.rows[0].rate + studyTrials({}, { count: 1 })[0].finalLoss;
const sum: number = run.weights()[0].kernel[0][0] + tf.tensor1d([1, 2]).add(1).dataSync()[0] + rate;
const options: TrainOptions = { optimizer: { name: "adam", learningRate: 0.1 } };
console.log(sum, explain(run).text, options);
// @ts-expect-error
xor({ sede: 1 });
// @ts-expect-error
mlp({ activation: "rleu" });
`;
const IMPORTS = `import { explain, figures, mlp, show, study, tf, train, xor } from "xorlab";
import type { Dataset, Figure, Run, Study, TrainOptions } from "xorlab";
import { studyTrials, trainNetwork } from "xorlab/engine";
import { loss } from "xorlab/figures";
`;
const ENGINE = `import { type NetworkTrainOptions, studyTrials, trainNetwork, xor } from "xorlab/engine";
const options: NetworkTrainOptions = { epochs: 2 };
export const sum: number = trainNetwork({}, xor(), options).finalLoss + studyTrials()[0].finalLoss;
`;

const RESOLUTIONS = /** @type {const} */ ([
  ["node16", "node16", "import.mts"],
  ["node16", "node16", "require.cts"],
  ["nodenext", "nodenext", "import.mts"],
  ["bundler", "esnext", "import.ts"],
  ["node10", "commonjs", "require.ts"],
]);

/** @param {string} folder @param {string} base @param {boolean} quick */
export function checkTypes(folder, base, quick) {
  const inside = `${IMPORTS}export async function main(): Promise<void> {${BODY}}\n`;
  for (const name of ["import.mts", "import.ts"]) writeFileSync(join(folder, name), IMPORTS + BODY);
  for (const name of ["require.cts", "require.ts"]) writeFileSync(join(folder, name), inside);
  writeFileSync(join(folder, "engine.mts"), ENGINE);
  const compilers = quick ? [["7.0.2", join(root, "node_modules", "typescript")]] : installed(base);
  let count = 0;
  for (const [version, path] of compilers) {
    /** @type {(resolution: string, module: string, file: string, skip: boolean) => void} */
    const check = (resolution, module, file, skip) => {
      const old = resolution === "node10" && /^6/.test(version) ? ["--ignoreDeprecations", "6.0"] : [];
      const options = `--noEmit --strict --target es2022 --lib es2022,dom --skipLibCheck ${skip}`.split(" ");
      const how = ["--moduleResolution", resolution, "--module", module, ...options, ...old];
      const ignored =
        /^5/.test(version) && resolution === "node10"
          ? how.map((one) => (one === "node10" ? "node" : one))
          : how;
      run([process.execPath, join(path, "bin", "tsc"), ...ignored, file], folder);
      count += 1;
    };
    for (const [resolution, module, file] of RESOLUTIONS)
      if (!(resolution === "node10" && /^7/.test(version))) check(resolution, module, file, true); // 7 has dropped it
    check("node16", "node16", "engine.mts", false);
  }
  return `${count} compilations, strict, TypeScript ${compilers.map(([version]) => version).join(", ")}`;
}

/** @param {string} base @returns {[version: string, path: string][]} */
function installed(base) {
  const folder = join(base, "typescript");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  npm(["install", ...TYPESCRIPTS.map((version) => `ts-${version}@npm:typescript@${version}`)], folder);
  return TYPESCRIPTS.map((version) => [version, join(folder, "node_modules", `ts-${version}`)]);
}
