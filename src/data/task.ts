/** What the targets ask for. */
export type Task = "binary" | "classes" | "regression";
export const TASKS: readonly Task[] = ["binary", "classes", "regression"];

/** The side of ½ on which 0 and 1 lie. */
const HALF = 0.5;

/**
 * The task that targets stand for: "classes" if there are several outputs of which exactly one is 1 in each row and the rest 0,
 * "binary" if the targets have two values (or 0 or 1 alone), else "regression".
 *
 * @param targets  rows × outputs numbers, row after row
 * @example taskOf([-1, 1, 1, -1], 1) // "binary"
 */
export function taskOf(targets: ArrayLike<number>, outputs: number): Task {
  if (outputs > 1 && isOneHot(targets, outputs)) return "classes";
  const values = twoValues(targets);
  if (values === undefined) return "regression";
  return values.length === 2 || values[0] === 0 || values[0] === 1 ? "binary" : "regression";
}

/** What separates two targets: the middle between them; ½ where all targets are alike. */
export function thresholdOf(targets: ArrayLike<number>): number {
  const [low = 0, high] = twoValues(targets) ?? [];
  return high === undefined ? HALF : (low + high) / 2;
}

/** The different values, ascending; undefined if there are more than two. */
function twoValues(targets: ArrayLike<number>): number[] | undefined {
  const values: number[] = [];
  for (let i = 0; i < targets.length; i++) {
    if (values.includes(targets[i])) continue;
    if (values.length === 2) return undefined;
    values.push(targets[i]);
  }
  return values.sort((a, b) => a - b);
}

function isOneHot(targets: ArrayLike<number>, outputs: number): boolean {
  for (let start = 0; start < targets.length; start += outputs) {
    let ones = 0;
    for (let j = 0; j < outputs; j++) {
      const target = targets[start + j];
      if (target !== 0 && target !== 1) return false;
      ones += target;
    }
    if (ones !== 1) return false;
  }
  return true;
}
