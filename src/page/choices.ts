import { ACTIVATION_NAMES } from "../engine/functions.js";
import { INITIALIZER_NAMES } from "../engine/initializers.js";
import { LOSS_NAMES } from "../engine/losses.js";
import { OPTIMIZER_NAMES } from "../engine/optimizers.js";

/** The texts among which a setting chooses, by the end of the settings' names. */
export const CHOICES: Readonly<Record<string, readonly string[]>> = {
  activation: ACTIVATION_NAMES,
  optimizer: OPTIMIZER_NAMES,
  loss: LOSS_NAMES,
  initializer: INITIALIZER_NAMES,
};
