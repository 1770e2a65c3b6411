import { createRequire } from "node:module";
import { NATIVE_PACKAGE, prepareForNative } from "../library.mjs";

// `node proof.mjs` loads what was made in .native, trains a step with it and prints what it is. In a process of its
// own, since a library that does not fit the machine ends the process.

prepareForNative();
const tf = createRequire(import.meta.url)(NATIVE_PACKAGE);
const model = tf.sequential({
  layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "zeros" })],
});
model.compile({ loss: "meanSquaredError", optimizer: tf.train.sgd(0.25) });
await model.fit(tf.tensor2d([[1]]), tf.tensor2d([[1]]), { epochs: 1, verbose: 0 });
const [weight] = model.getWeights()[0].dataSync();
if (weight !== 0.5) throw new Error(`a training step gives the weight ${weight}, it should be 0.5`);
if (tf.getBackend() !== "tensorflow") throw new Error(`the backend is ${tf.getBackend()}`);
console.log(JSON.stringify({ version: tf.version["tfjs-node"], library: tf.backend().binding.TF_Version }));
