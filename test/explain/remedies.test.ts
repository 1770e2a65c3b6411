import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { type Dataset, judgedRows, makeDataset } from "../../src/data/dataset.js";
import { parity, truthTable } from "../../src/data/gates.js";
import { dataset } from "../../src/data/ownData.js";
import { initialWeights } from "../../src/engine/initializers.js";
import type { Network } from "../../src/engine/network.js";
import { predictions } from "../../src/engine/plain.js";
import { type Cause, causeOf } from "../../src/explain/cause.js";
import { factsOf } from "../../src/explain/facts/facts.js";
import { weightsWithOneMore, withOneMore } from "../../src/explain/trying/remedies/structure.js";
import { remediesFor } from "../../src/explain/trying/remedies.js";
import { type KnownEnd, type Remedy, together } from "../../src/explain/trying/remedy.js";
import { type NetworkOptions, networkSettings } from "../../src/settings/network.js";
import { type TrainOptions, trainSettings } from "../../src/settings/training.js";
import { endedWith, flatEnd } from "../support/endings.js";
import { assertNear, moments } from "../support/numbers.js";

test("weightsWithOneMore() keeps every weight, and the new unit is drawn as at a start", () => {
  const deep: Network = {
    inputs: 3,
    layers: [
      { units: 4, activation: "tanh" },
      { units: 2, activation: "tanh" },
      { units: 1, activation: "sigmoid" },
    ],
  };
  const weights = initialWeights(deep, { name: "heNormal" }, { name: "ones" }, 1);
  for (const at of [0, 1]) {
    const wider = withOneMore(deep, at);
    assert.deepEqual(
      wider.layers.map(({ units }) => units),
      at === 0 ? [5, 2, 1] : [4, 3, 1],
    );
    const grown = weightsWithOneMore(deep, weights, at, 7);
    // with the new unit's outgoing weights at zero the network answers as before
    const places = at === 0 ? [3 * 5 + 5 + 4 * 2, 3 * 5 + 5 + 4 * 2 + 1] : [4 * 3 + 4 + 4 * 3 + 3 + 2];
    assert.ok(places.every((place) => grown[place] !== 0));
    for (const place of places) grown[place] = 0;
    const inputs = parity({ bits: 3 }).inputs;
    assert.deepEqual(predictions(wider, grown, inputs), predictions(deep, weights, inputs));
    assert.notDeepEqual(weightsWithOneMore(deep, weights, at, 8), weightsWithOneMore(deep, weights, at, 7));
  }
});

function remediesOf(ended: KnownEnd, cause?: Cause): Remedy[] {
  const facts = factsOf(ended);
  return remediesFor({ ended, facts, cause: cause ?? causeOf(ended, facts) }).map(({ remedy }) => remedy);
}

/** Runs of many kinds, so that each maker of remedies has something to do. */
const NETWORKS: readonly NetworkOptions[] = [
  { hidden: 2, activation: "relu" },
  { hidden: [3, 2], activation: "tanh" },
  { hidden: [], output: "linear" },
  { hidden: 3, activation: "relu", output: "relu" },
  { hidden: 4, output: "tanh" },
  { hidden: 2, activation: "tanh", useBias: false },
];
const SETTINGS: readonly TrainOptions[] = [
  { optimizer: { name: "sgd", learningRate: 0.01 }, batchSize: 2, epochs: 30 },
  { optimizer: { name: "adam", learningRate: 1 }, loss: "meanSquaredError", shuffle: false, batchSize: 2 },
  { learningRate: 0.003, epochs: 300 },
];
const DATA: readonly Dataset[] = [
  truthTable("xor"),
  dataset(
    [
      [0, 255],
      [90, 10],
      [3, 200],
      [1, 1],
    ],
    [0, 1, 1, 0],
    { name: "large" },
  ),
  dataset(
    [
      [0, 0],
      [1, 0],
      [2, 5],
      [3, 1],
    ],
    [3, 4.5, 5, 6],
    { name: "numbers" },
  ),
  dataset(
    Array.from({ length: 20 }, (_, i) => [i % 3, i % 7]),
    Array.from({ length: 20 }, (_, i) => (i === 3 ? 1 : 0)),
  ),
];

function* runs(): Generator<{ ended: KnownEnd; given: NetworkOptions }> {
  for (const given of NETWORKS)
    for (const options of SETTINGS)
      for (const data of DATA) {
        const { network } = networkSettings("test", given);
        const weights = initialWeights(network, { name: "heNormal" }, { name: "zeros" }, 3);
        yield { ended: endedWith(network, weights, data, trainSettings("test", options), [0.7, 0.7]), given };
      }
}

/** What is written for a remedy, as options: mlp()'s, train()'s and dataset()'s last arguments. */
function writtenOptions(write: string): { mlp?: NetworkOptions; train?: TrainOptions; dataset?: object } {
  const found: Record<string, object> = {};
  const noting =
    (name: string) =>
    (...given: object[]) => {
      found[name] = given[given.length - 1];
    };
  const scope = {
    ...{ mlp: noting("mlp"), train: noting("train"), dataset: noting("dataset") },
    run: { weights: () => "kept" },
  };
  const calls = write.replaceAll(", … }", " }").replaceAll("(…, ", "(null, ").replaceAll(") and ", "), ");
  runInNewContext(`[${calls}]`, scope);
  return found;
}

test("remediesFor(): what is written for a remedy is what is tried", () => {
  const seen = new Set<string>();
  for (const { ended, given } of runs()) {
    const { settings } = ended;
    const remedies = remediesOf(ended);
    const pairs = remedies.flatMap((one) => together(one, remedies[0]) ?? []);
    for (const { change, write, network, settings: changed, data, start } of [...remedies, ...pairs]) {
      if (/ with /.test(write)) continue; // words
      const { mlp = {}, train = {}, dataset: scaling } = writtenOptions(write);
      const { weights, ...options } = mlp as NetworkOptions & { weights?: string };
      const expected = networkSettings("test", { ...given, ...options });
      assert.deepEqual(network, expected.network, `${change}: ${write}`);
      assert.deepEqual(changed, trainSettings("test", { ...settings, ...train }), `${change}: ${write}`);
      assert.equal(data() !== ended.data, scaling !== undefined, change);
      if (start) assert.deepEqual(start.kernel, expected.kernelInitializer, change);
      assert.equal(start === undefined, weights === "kept" || /run\.model/.test(write), change);
      seen.add(change.replace(/[\d.]+/g, "#"));
    }
  }
  assert.ok(seen.size > 20, [...seen].join("; "));
});

test("remediesFor(): weights that change are said in words, and none is written that is no code", () => {
  const all = [...runs()].flatMap(({ ended, given: { useBias = true } }) =>
    remediesOf(ended).map(({ write }) => ({ write, useBias })),
  );
  const written = all.map(({ write }) => write);
  const grown = all.filter(({ write }) => write.includes("the weights being"));
  assert.deepEqual(new Set(grown.map(({ useBias }) => useBias)), new Set([true, false]));
  for (const { write, useBias } of grown) {
    const more = `one more column in the kernel of layer 1${useBias ? ", one more number in its bias," : ""} and one more row in the kernel of layer 2`;
    assert.match(
      write,
      new RegExp(
        `^mlp\\(\\{ (hidden|useBias): .*, weights, … \\}\\), the weights being run\\.weights\\(\\) with (biases of 0|${more})$`,
      ),
    );
  }
  for (const write of written) assert.doesNotMatch(write, /\{[^}]*run\.weights\(\) with/);
});

test("remediesFor() tries nothing twice, and nothing that is the run again", () => {
  for (const { ended } of runs()) {
    const remedies = remediesOf(ended);
    const names = remedies.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, "seeds follow from names");
    for (const { change, network, settings, data, start, from } of remedies) {
      const same = network === ended.network && data() === ended.data && from === "new weights";
      const alike = JSON.stringify([settings, start?.kernel.name, start?.bias.name]);
      if (same && alike === JSON.stringify([ended.settings, "glorotUniform", "zeros"]))
        assert.match(change, /another seed/);
    }
  }
});

test("remediesFor() begins with what the cause points to", () => {
  const first = (cause: Cause, ended = flatEnd()) =>
    remediesOf(ended, cause)
      .slice(0, 2)
      .map(({ change }) => change);
  assert.match(first("too-little-training").join(), /10 times as many epochs/);
  assert.match(first("dead-inputs").join(), /one more ReLU unit/);
  assert.match(first("small-start").join(), /standard deviation 1/);
  assert.match(first("too-large-steps").join(), /learning rate 0\.0005/);
  assert.match(first("noise").join(), /learning rate 0\.0005/);
  const far = dataset(
    Array.from({ length: 20 }, (_, i) => [i]),
    Array.from({ length: 20 }, (_, i) => Math.sin(i)),
  );
  const { network } = networkSettings("test", { inputs: 1, hidden: 3, activation: "tanh", output: "linear" });
  const settings = trainSettings("test", { loss: "meanSquaredError", epochs: 100 });
  const curve = endedWith(network, Array<number>(10).fill(0.1), far, settings);
  assert.match(
    remediesOf(curve, "still-learning")
      .slice(0, 8)
      .map(({ change }) => change)
      .join(),
    /inputs and targets scaled to mean 0 and deviation 1, Adam \(learning rate 0\.01\), 10 times as many epochs/,
  );
});

test("remediesFor() goes on from no diverged run, and changes the network where it is proved that nothing else helps", () => {
  const ended = flatEnd();
  for (const { from } of remediesOf({ ...ended, ending: "diverged" }, "diverged"))
    assert.equal(from, "new weights");
  for (const { from, network } of remediesOf(ended, "dead-units"))
    assert.ok(from === "new weights" || network !== ended.network);
  assert.ok(remediesOf(ended, "dead-units").some(({ from }) => from === "this state"));
});

test("more epochs come with shorter versions, and no run is longer than train() allows", () => {
  const [ten, hundred] = remediesOf(flatEnd(), "still-learning");
  assert.deepEqual([ten.settings.epochs, hundred.settings.epochs], [500, 5000]);
  assert.deepEqual(
    hundred.shorter?.().map(({ change }) => change),
    ["50 times as many epochs (2500)", "30 times as many epochs (1500)", "20 times as many epochs (1000)"],
  );
  for (const { settings } of remediesOf(flatEnd({ epochs: 400_000 })))
    assert.ok(settings.epochs <= 1_000_000);
});

test("inputs and targets are scaled to mean 0 and deviation 1, those of the judged rows likewise", () => {
  const numbers = DATA[2];
  const judge = makeDataset({
    ...numbers,
    inputs: Float32Array.of(1.5, 1.5),
    targets: Float32Array.of(4.625),
  });
  const data = makeDataset({ ...numbers, judge });
  const { network } = networkSettings("test", { hidden: 2, output: "linear" });
  const ended = endedWith(
    network,
    new Float32Array(9),
    data,
    trainSettings("test", { loss: "meanSquaredError" }),
  );
  const scaled = remediesOf(ended)
    .find(({ change }) => /scaled/.test(change))
    ?.data();
  assert.ok(scaled?.judge);
  for (const numbers of [scaled.inputs.filter((_, i) => i % 2 === 1), scaled.targets]) {
    const { mean, variance } = moments(numbers);
    assertNear([mean, variance], [0, 1], 1e-6, "scaled");
  }
  assertNear(scaled.judge.inputs, [0, 0], 1e-6, "the mean of both inputs");
  assertNear(scaled.judge.targets, [0], 1e-6, "the mean target");
  assert.ok(!remediesOf(flatEnd()).some(({ change }) => /scaled/.test(change)), "zeros and ones are fine");
});

test("rows of rare classes are repeated until the classes are as frequent, and judged by the data as they are", () => {
  const { network } = networkSettings("test", {});
  const ended = endedWith(network, new Float32Array(9), DATA[3], trainSettings("test", {}));
  const remedy = remediesOf(ended).find(({ change }) => /repeated/.test(change));
  const data = remedy?.data();
  assert.ok(data);
  assert.equal(data.rows, remedy?.rows);
  assert.deepEqual([data.rows, data.targets.filter((target) => target === 1).length], [38, 19]);
  assert.equal(judgedRows(data), DATA[3]);
});
