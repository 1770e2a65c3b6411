import { lossText } from "./numbers.js";

/** What a loss does, in words: figures and explain() say it alike. */

/** As verdict/course.ts judges it; undefined for trainings too short to tell. */
type CourseWord = "falling" | "slow" | "oscillating" | "rising" | "flat" | undefined;

/**
 * What came of a training that did not solve its data, as it follows the network's name.
 *
 * @param data    what the data are called
 * @param epochs  epochs completed
 * @param loss    the last epoch's
 * @example unsolvedText("xor", 100, "flat", 0.3397) // "does not solve xor: its loss is flat at 0.3397"
 * @example unsolvedText("xor", 40, "falling", 0.5036) // "has not solved xor by epoch 40: its loss is still falling"
 */
export function unsolvedText(data: string, epochs: number, course: CourseWord, loss: number): string {
  const moved = epochs > 0 && course !== "flat";
  const result = moved ? `has not solved ${data} by epoch ${epochs}` : `does not solve ${data}`;
  if (course !== undefined) return `${result}: its loss ${courseText(course, loss)}`;
  return moved ? `${result}: too few epochs to tell where its loss goes` : result;
}

/** That a training was stopped, as it follows the network's name: "was stopped after epoch 12 of 100". */
export function stoppedText(done: number, epochs: number): string {
  return `was stopped ${done === 0 ? "before its first epoch ended" : `after epoch ${done} of ${epochs}`}`;
}

/** What a loss does, as it follows "its loss": "is flat at 0.3397", "is still falling, slowly". */
export function courseText(course: Exclude<CourseWord, undefined>, loss: number): string {
  return {
    falling: "is still falling",
    slow: "is still falling, slowly",
    oscillating: "oscillates",
    rising: "rises",
    flat: `is flat at ${lossText(loss)}`,
  }[course];
}
