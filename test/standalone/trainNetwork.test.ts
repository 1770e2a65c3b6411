import assert from "node:assert/strict";
import { test } from "node:test";
import { dataset, type NetworkRun, trainNetwork, trainNetworkSteps, xor } from "../../src/engineApi.js";
import { figures, mlp, type NetworkOptions, train } from "../../src/index.js";

const NETWORKS: Readonly<Record<string, NetworkOptions>> = {
  "the question's": { activation: "relu", seed: 7 },
  "two layers, penalties": { hidden: [4, 3], activation: "tanh", kernelRegularizer: { l2: 0.01 }, seed: 3 },
};

/** All of a run that does not depend on the clock, or on who made it. */
function told(run: NetworkRun) {
  const { history, status, ending, solved, firstSolvedEpoch, firstPerfectEpoch, settings, seed } = run;
  return { history, status, ending, solved, firstSolvedEpoch, firstPerfectEpoch, settings, seed };
}

for (const [name, network] of Object.entries(NETWORKS))
  test(`trainNetwork() gives the run of train(), bit for bit: ${name}`, async () => {
    const data = xor({ rows: 60, seed: 7 });
    const options = {
      epochs: 40,
      optimizer: "adam",
      seed: 5,
      validation: xor({ rows: 9, seed: 1 }),
    } as const;
    const alone = trainNetwork(network, data, options);
    const whole = await train(mlp(network), data, { ...options, progress: false });
    assert.deepEqual(told(alone), told(whole));
    for (const epoch of [0, 13, 40]) assert.deepEqual(alone.weights(epoch), whole.weights(epoch));
    assert.deepEqual(alone.predict([[0, 1]]), whole.predict([[0, 1]]));
    const titleOf = (run: NetworkRun) => JSON.stringify(figures.loss(run).layout.title);
    assert.equal(titleOf(alone), titleOf(whole));
  });

test("trainNetworkSteps() yields how far it is, and can be left early", () => {
  const steps = trainNetworkSteps({ hidden: 2 }, xor({ rows: 8 }), { epochs: 5 });
  const first = steps.next();
  assert.ok(!first.done && first.value.step > 0 && Number.isFinite(first.value.loss));
  steps.return(undefined as never);
  assert.equal(steps.next().done, true);
});

test("trainNetwork() names what does not fit", () => {
  const three = dataset([[1, 2, 3]], [[0, 1]]);
  assert.throws(() => trainNetwork({}, three), {
    name: "RangeError",
    message:
      "trainNetwork: the network takes 2 inputs and gives 1 outputs a row, but the data have 3 and 2; set inputs and outputs",
  });
  assert.throws(
    () => trainNetwork({}, xor(), { engine: "tfjs" } as never),
    /trainNetwork: unknown option "engine"/,
  );
  assert.throws(() => trainNetwork({ hiden: 3 } as never, xor()), /trainNetwork: .*did you mean "hidden"/);
});
