import { study } from "../../src/index.js";

/**
 * A program of its own (node --expose-gc memoryChild.js WORKERS STUDIES FROM): runs so many small studies one after
 * another, each with settings of its own, and prints how much memory is in use after study FROM and after the last.
 * A study that were kept by mistake would hold 35 kB of outcomes.
 */
async function main(workers: number, studies: number, from: number): Promise<void> {
  const measured: number[] = [];
  for (let n = 1; n <= studies; n++) {
    const widths = 1 + (n % 9); // kernels for new shapes, and for known ones
    const options = { hidden: [widths, [widths, 2]], trials: 600, rows: 8, epochs: 1 + (n % 2) } as const;
    await study({ ...options, seed: n, learningRate: n / 1000, workers, progress: false });
    if (n === from || n === studies) measured.push(await inUse());
  }
  console.log(JSON.stringify(measured));
}

/** Bytes of JavaScript's objects and of the buffers they hold, after everything that is free has been given back. */
async function inUse(): Promise<number> {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error("run with --expose-gc");
  for (let round = 0; round < 4; round++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage(); // arrayBuffers are part of external
  return heapUsed + external;
}

const [workers, studies, from] = process.argv.slice(2).map(Number);
void main(workers, studies, from);
