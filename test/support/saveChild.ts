import { mlp, tf } from "../../src/index.js";
import { predictRows } from "../../src/model/chain.js";

/** `node saveChild.js save|load FOLDER`: saves a model there, or loads the one that is there; prints its answers. */

const ROWS = new Float32Array([0, 0, 0, 1, 1, 0, 1, 1, 0.3, -2]);

async function main([what, folder]: readonly string[]): Promise<void> {
  const model =
    what === "save"
      ? mlp({ hidden: [3, 2], activation: "leakyRelu", seed: 11 })
      : await tf.loadLayersModel(`file://${folder}/model.json`);
  if (what === "save") await model.save(`file://${folder}`);
  const answers = predictRows(model as Parameters<typeof predictRows>[0], ROWS, 2);
  process.stdout.write(`answers${JSON.stringify([...answers])}\n`);
}

void main(process.argv.slice(2));
