import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { drawData } from "../../src/data/drawn.js";
import { fusedTrial } from "../../src/engine/fused.js";
import { initialWeights } from "../../src/engine/initializers.js";
import type { StudyOptions } from "../../src/index.js";
import { type StudySetting, studySettings } from "../../src/study/settings.js";
import { fusedOutcomes } from "../../src/study/trials.js";
import { CHECKOUT } from "../support/checkout.js";
import { noChromium, openBrowser } from "../support/chromium.js";
import { loadModules, type PageModule, pageModules } from "../support/engineInPage.js";
import { trialBits } from "../support/trialBits.js";

const ROOM = join(CHECKOUT, "dist", "src");
const TRIALS = join(ROOM, "study", "trials.js");
const DRAWN = join(ROOM, "data", "drawn.js");
const FUSED = join(ROOM, "engine", "fused.js");
const INITIALIZERS = join(ROOM, "engine", "initializers.js");

/** All that the study's trials need, from fusedOutcomes() down; the page loads nothing else. */
const modules = (): Record<string, PageModule> => pageModules(TRIALS, (path) => readFileSync(path, "utf8"));

const SEEDS = [4, 1, 8, 3, 5, 77, 2 ** 40 + 1, 6, 9, 10, 11]; // more than one group of eight, the last one not full

const STUDIES: Readonly<Record<string, StudyOptions>> = {
  "the question's settings": {
    activation: ["sigmoid", "relu"],
    hidden: [2, 5],
    rows: 200,
    epochs: 20,
    learningRate: 0.02,
  },
  "clouds with Adam": {
    data: "clouds",
    activation: ["sigmoid", "relu"],
    hidden: [[4, 3]],
    optimizer: "adam",
    rows: 90,
    epochs: 12,
    learningRate: 0.03,
  },
  "every other activation, a network too large to be unrolled": {
    activation: ["tanh", "elu", "softplus", "leakyRelu"],
    hidden: [[9, 9]],
    data: "spirals",
    rows: 40,
    epochs: 3,
    biasInitializer: "randomNormal",
  },
  "squared errors, momentum": {
    loss: "meanSquaredError",
    output: "tanh",
    optimizer: [{ name: "sgd", momentum: 0.9 }, "adagrad"],
    rows: 50,
    epochs: 5,
    batchSize: 7,
  },
};

test("the engine needs nothing of Node's, down from the trials of a study", () => {
  const found = Object.keys(modules());
  for (const needed of [FUSED, INITIALIZERS, DRAWN]) assert.ok(found.includes(needed), needed);
  assert.ok(!found.some((path) => /pool|worker|piscina|tensorflow/.test(path)), found.join("\n"));
});

test("pageModules() refuses files that need Node", () => {
  const refused = (source: string): (() => unknown) => {
    return () => pageModules(TRIALS, () => source);
  };
  assert.throws(refused('require("node:os");'), /requires node:os/);
  assert.throws(refused('require("piscina");'), /requires piscina/);
  assert.throws(refused("exports.here = process.cwd();"), /uses process/);
});

test("Chromium trains to the same bits as Node", { skip: noChromium() }, async (context) => {
  let browser: Browser | undefined;
  let page: Page;
  before(async () => {
    browser = await openBrowser();
    page = await (await browser.newContext({ offline: true })).newPage();
  });
  after(() => browser?.close());
  for (const [name, options] of Object.entries(STUDIES))
    await context.test(name, async () => {
      for (const setting of studySettings(options)) {
        const here = trialBits({ fusedTrial, fusedOutcomes, initialWeights, drawData }, setting, SEEDS);
        assert.ok(here.weights.length > 0 && here.status.length === 2 * SEEDS.length);
        assert.deepEqual(await bitsInPage(page, setting), here, setting.text);
      }
    });
});

/** What trialBits() says in the page, with the engine loaded there from its text. */
function bitsInPage(page: Page, setting: StudySetting): Promise<unknown> {
  const paths = { FUSED, TRIALS, INITIALIZERS, DRAWN };
  const functions = [loadModules, trialBits].map(String).join("\n");
  return page.evaluate(
    ([text, files, at, one, seeds]) => {
      const make = new Function("files", "at", "one", "seeds", text as string);
      return make(files, at, one, seeds) as unknown;
    },
    [
      `${functions}
      const load = (path) => loadModules(files, path);
      return trialBits({ ...load(at.FUSED), ...load(at.TRIALS), ...load(at.INITIALIZERS), ...load(at.DRAWN) }, one, seeds);`,
      modules(),
      paths,
      setting,
      SEEDS,
    ] as const,
  );
}
