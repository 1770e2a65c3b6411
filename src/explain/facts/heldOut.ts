import { extent } from "../../numbers/vectors.js";
import { rightRows } from "../../verdict/outcome.js";
import { lossText } from "../../words/numbers.js";
import type { Ended } from "../ended.js";

/** A loss this much above its lowest has risen. */
const ROSE = 1.1;
const SHORTEST = 8; // epochs, as for the course of a loss

/** What the rows held out for validation tell: whether the loss over them rose while that of the training fell. */
export function heldOutText({ heldOut, losses, predict }: Ended): string | undefined {
  if (!heldOut || heldOut.losses.length < SHORTEST) return undefined;
  const last = heldOut.losses.length - 1;
  const [lowest] = extent(heldOut.losses);
  const at = heldOut.losses.indexOf(lowest);
  const answers = predict(heldOut.data.inputs);
  const { rows, task } = heldOut.data;
  const right =
    task === "regression"
      ? ""
      : `${rightRows(answers, heldOut.data)} of the ${rows} validation rows are right; `;
  const now = `${right}the loss over them is ${lossText(heldOut.losses[last])}`;
  const rose = heldOut.losses[last] > ROSE * lowest && losses[last] < losses[at];
  if (!rose) return `${now}.`;
  return `It overfits: ${now}, after a lowest of ${lossText(lowest)} in epoch ${at + 1}, while that of the training went on falling from ${lossText(losses[at])} to ${lossText(losses[last])}.`;
}
