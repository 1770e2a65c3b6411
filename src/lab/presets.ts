import { settingOf } from "./address.js";
import type { Setting } from "./setting.js";

/** Good and bad runs with their reasons: the claims of the question and of its answer, and what else beginners meet. */
export interface Preset {
  readonly name: string;
  /** What is seen, and why. Rates are left to the count beside the run. */
  readonly reason: string;
  readonly setting: Setting;
}

/** TensorFlow Playground's training: our squared error has no ½, so half its rate makes the same steps. */
const PLAYGROUND =
  "initializer=playground&loss=squared&optimizer=sgd&learningRate=0.015&batchSize=10&epochs=200&shuffle=false&solved=0.95";

/** By their names, with settings as the page's address has them. */
export const PRESETS_WRITTEN: Readonly<
  Record<string, { readonly address: string; readonly reason: string }>
> = {
  "Two sigmoids learn it": {
    address: "activation=sigmoid",
    reason:
      "The question’s first network: all answers are right from about epoch 80 on. While its units are nearly linear they get almost no gradient from XOR, so the loss barely moves at first. With other seeds it often fails.",
  },
  "Two ReLUs stall at 0.3397": {
    address: "",
    reason:
      "The same with ReLU. Both units are off on two corners that need different answers, so these get the same answer, ½, and no gradient from them changes the units. One tied pair costs about half of ln 2.",
  },
  "Five ReLUs jump to perfect": {
    address: "hidden=5",
    reason:
      "With five units it works at once. But it is no jump: the share of solved runs rises gradually with the width. Try 3 and 4 units, and watch the share.",
  },
  "Two sigmoids, bad luck": {
    address: "activation=sigmoid&seed=4",
    reason:
      "Nothing but the seed differs from the first run, and it fails. One run tells little; the share beside it tells how often.",
  },
  "Playground: two ReLUs": {
    address: `data=clouds&rows=250&${PLAYGROUND}`,
    reason:
      "The answer to the question calls this “pretty terrible”, and it is: on TensorFlow Playground’s clouds the boundary must follow a whole cross, and two units in one layer draw a band.",
  },
  "Playground: 4-2": {
    address: `data=clouds&rows=250&hidden=4-2&${PLAYGROUND}`,
    reason:
      "“A 4-2 relu network works really well”: about three times in four. The weak point is the pair of ReLUs in its second layer. Remove that layer, and it works more often.",
  },
  "All weights zero": {
    address: "activation=sigmoid&initializer=zeros",
    reason:
      "Hidden units that start alike get the same gradients and stay alike, so two of them do the work of one. Random initial weights tell them apart.",
  },
  "Squares instead of units": {
    address:
      "data=circles&rows=250&inputs=x1x1-x2x2&hidden=&initializer=playground&optimizer=adam&learningRate=0.015&batchSize=10&epochs=60&shuffle=false",
    reason:
      "A circle needs hidden units that bend a line around it, or the right inputs: given x₁² and x₂², a network without any hidden unit draws it. Choose x₁ and x₂ instead, and it fails.",
  },
  "Three species": {
    address:
      "data=iris&test=0.25&columns=3-4&hidden=3&activation=tanh&optimizer=adam&learningRate=0.01&batchSize=10&epochs=60&solved=0.95",
    reason:
      "Irises by their petals: one output a species, and the largest wins. Where three lines meet, all three are equally likely. Two species overlap a little, so 95 % of right answers count as solved.",
  },
  "Memorized noise": {
    address:
      "data=gaussians&rows=60&noise=0.4&test=0.5&hidden=12&activation=tanh&optimizer=adam&learningRate=0.03&epochs=300&seed=1",
    reason:
      "The clouds overlap, and a wide network with many epochs fits single points: the loss on the training rows goes on falling while that on the held-out rows rises.",
  },
};

export const PRESETS: readonly Preset[] = Object.entries(PRESETS_WRITTEN).map(
  ([name, { address, reason }]) => ({
    ...{ name, reason },
    setting: settingOf(address).setting,
  }),
);
