import { penaltyOf } from "../../engine/plain.js";
import { listed } from "../../words/english.js";
import { lossText, significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import type { Facts } from "../facts/facts.js";
import { BALANCED } from "../facts/gradient.js";

/** Of a run that a penalty holds back: by how much. */
export function penaltyText({ network, weights }: Ended, { inside, loss, steps }: Facts): string {
  if (!network || !weights || !inside) return "";
  const { norm, dataNorm = 0 } = inside.gradient;
  const kinds = (["l1", "l2"] as const).flatMap((kind) => {
    const sizes = [...new Set(network.layers.map((layer) => layer[kind] ?? 0))].filter((size) => size > 0);
    return sizes.length > 0 ? `${kind.toUpperCase()} ${listed(sizes.map((size) => significant(size)))}` : [];
  });
  const balanced = `without it the gradient would be ${significant(dataNorm, 2)} long, with it, it is ${significant(norm, 2)}`;
  const shrunk = `it has made them small, ${significant(steps?.endSize ?? 0, 2)} (root mean square), where they started with ${significant(steps?.startSize ?? 0, 2)}`;
  const cost = lossText(penaltyOf(network).value(weights));
  const how =
    norm < BALANCED * dataNorm
      ? `${balanced}. The penalty is ${cost}, the loss without it ${lossText(loss.now)}`
      : `${shrunk}. The loss without the penalty is ${lossText(loss.now)}`;
  return `The penalty on its weights (${listed(kinds)}) holds it back: ${how}.`;
}
