import { unknownName, written } from "../check.js";
import type { Task } from "./task.js";

/** More would be one class a row rather than classes. */
const MOST_CLASSES = 1000;

/**
 * The targets that labels stand for: 0 and 1 for two classes; for more an output each, of which a row's own is 1 ("one-hot").
 *
 * @param labels   one a row
 * @param classes  the classes in their order; sorted as found unless given
 * @param placeOf  what to call the place of a label in an error: "row 3 of targets"
 * @throws RangeError for fewer than two classes, or a label that is not among those given
 * @example labelled("dataset", ["b", "a", "b"], undefined, String).classes // ["a", "b"]
 */
export function labelled(
  where: string,
  labels: readonly string[],
  classes: readonly string[] | undefined,
  placeOf: (row: number) => string,
) {
  const names = classes ?? sortedLabels([...new Set(labels)]);
  if (names.length < 2)
    throw new RangeError(
      `${where}: labels must be of at least two classes, got ${written(labels[0])} alone; ` +
        "if there are others, list all as classes",
    );
  if (names.length > MOST_CLASSES)
    throw new RangeError(`${where}: labels must be of at most ${MOST_CLASSES} classes, got ${names.length}`);
  const places = new Map(names.map((name, place) => [name, place]));
  const outputs = names.length === 2 ? 1 : names.length;
  const targets = new Float32Array(labels.length * outputs);
  labels.forEach((label, row) => {
    const place = places.get(label);
    if (place === undefined) throw unknownName(`${where}: ${placeOf(row)}`, "class", label, names);
    if (outputs === 1) targets[row] = place;
    else targets[row * outputs + place] = 1;
  });
  const task: Task = outputs === 1 ? "binary" : "classes";
  return { targets, outputs, task, classes: Object.freeze([...names]) };
}

/** Labels in the order of their numbers if all are numbers, else of their letters. */
export function sortedLabels(names: string[]): string[] {
  const numeric = names.every((name) => name.trim() !== "" && !Number.isNaN(Number(name)));
  return numeric ? names.sort((a, b) => Number(a) - Number(b)) : names.sort();
}
