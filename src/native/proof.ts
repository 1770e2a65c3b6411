import { NATIVE_PACKAGE, prepareForNative } from "../node/tensorflow/backend.js";

/**
 * A program of its own: `node proof.js` loads what was made in .native, trains a step with it and prints what it is.
 * In a process of its own, since a library that does not fit the machine ends the process.
 */
async function prove(): Promise<void> {
  prepareForNative();
  const tf = require(NATIVE_PACKAGE);
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "zeros" })],
  });
  model.compile({ loss: "meanSquaredError", optimizer: tf.train.sgd(0.25) });
  await model.fit(tf.tensor2d([[1]]), tf.tensor2d([[1]]), { epochs: 1, verbose: 0 });
  const [weight] = model.getWeights()[0].dataSync();
  if (weight !== 0.5) throw new Error(`a training step gives the weight ${weight}, it should be 0.5`);
  if (tf.getBackend() !== "tensorflow") throw new Error(`the backend is ${tf.getBackend()}`);
  const library = tf.backend().binding.TF_Version as string;
  process.stdout.write(`${JSON.stringify({ version: tf.version["tfjs-node"], library })}\n`);
}

prove().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
