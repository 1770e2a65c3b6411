import { percentText, r2Text } from "../../words/numbers.js";
import type { Facts } from "../facts/facts.js";
import { type NeighbourFacts, type ScatterFacts, VOTERS } from "../facts/neighbours.js";
import { longer, scaledForLonger } from "../trying/remedies/steps.js";
import { wider } from "../trying/remedies/structure.js";
import { type Entry, said } from "./entry.js";

/** A vote of neighbours that is right on more rows shows no overlap; and one this much below the largest class's share. */
const OVERLAP = { most: 0.95, chance: 0.1 };
/** Nearest rows that are farther from each other, squared and against any two, may tell less of a class than a network learns in time. */
const NEAR_ROWS = 0.2;

/** Causes that the nearest other rows tell: the inputs do not say more. */
export const NEIGHBOURS = [
  {
    // A vote of the five nearest rows tells at most 95 % of the rows' classes, and at least as many as the largest class has,
    // less a tenth of all; and the network is right on no smaller a share, but for ½/√rows. Where these rows are not near,
    // the loss does not fall any more.
    name: "overlapping-classes",
    holds: overlaps,
    why: ({ neighbours }) => said(neighbours, overlapText),
    tries: [wider, scaledForLonger, longer],
  },
  {
    // The nearest rows leave a smooth function of the inputs an R² of at most 0.9, and less than was asked for, and the
    // network's is as near to that as it is known: within 0.05, or three times what is left over √rows.
    name: "noisy-targets",
    holds: isNoisy,
    why: ({ scatter }, { data }) => said(scatter, (found) => noisyText(found, data.judge !== undefined)),
    tries: [wider, scaledForLonger, longer],
  },
] as const satisfies readonly Entry[];

/** A vote that beats the larger class by no more than this tells next to nothing. */
const NO_BETTER = 0.05;

/** Below this R² nearest rows show noise, and so near to it a network has learned what they tell. */
const NOISY = 0.9;
const SAME_R2 = 0.05;

function noisyText({ smoothR2, networkR2 }: ScatterFacts, judgedElsewhere: boolean): string {
  const where = judgedElsewhere ? " on the rows of the training" : "";
  return `Rows with nearly the same inputs have different targets: going by each row's ${VOTERS} nearest, smooth functions of the inputs reach an R² of about ${r2Text(smoothR2)}, and the network has ${r2Text(networkR2)}${where}. Either the inputs do not tell more of the targets, or there are too few rows for so fine a pattern`;
}

/** How well the nearest rows, and the network, tell the classes. */
function overlapText({ rows, right, largest, networkRight }: NeighbourFacts): string {
  const [vote, most] = [right / rows, largest / rows];
  const votes = `a vote of the ${VOTERS} nearest other rows is right on ${percentText(vote)} of the rows`;
  const network = `the network on ${percentText(networkRight)}`;
  return vote <= most + NO_BETTER
    ? `Near rows tell next to nothing of the class, so that either the inputs do not, or there are too few rows for so fine a pattern: ${votes}, always saying the larger class on ${percentText(most)}, ${network}`
    : `Rows of different classes lie among each other: ${votes}, ${network}`;
}

function overlaps({ neighbours, course }: Facts): boolean {
  if (!neighbours) return false;
  const { rows, right, largest, networkRight, distance } = neighbours;
  if (distance > NEAR_ROWS && course?.word === "slow") return false;
  const [vote, most] = [right / rows, largest / rows];
  const unclear = vote <= OVERLAP.most && vote >= most - OVERLAP.chance;
  return unclear && networkRight >= vote - 0.5 / Math.sqrt(rows);
}

function isNoisy({ scatter, judgement }: Facts): boolean {
  if (!scatter) return false;
  const { smoothR2, networkR2, rows } = scatter;
  const known = Math.max(SAME_R2, (3 * (1 - smoothR2)) / Math.sqrt(rows));
  return smoothR2 <= Math.min(NOISY, judgement.asked) && Math.abs(networkR2 - smoothR2) <= known;
}

/** Whether the network is as good as the nearest rows tell, so that nothing else is in its way. */
export function leavesOpen(facts: Facts): boolean {
  const { right = 0, rows = 1, networkRight = 0 } = facts.neighbours ?? {};
  return (overlaps(facts) && networkRight >= right / rows) || isNoisy(facts);
}
