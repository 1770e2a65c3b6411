import { make } from "../../reader/elements.js";
import { rounded } from "../../words/numbers.js";
import { MOST_WEIGHT } from "../address.js";
import { byId } from "./elements.js";
import type { Focus, Frame } from "./frame.js";
import { indexOf, lineName, linesTo, numberOf, unitName } from "./units.js";

/** Fields for the numbers of a unit or a line that was clicked: what is written there takes the place of what was trained. */

/** @param change  receives a weight's index among all, and its new value */
export function makeWeights(change: (index: number, value: number) => void) {
  const root = byId<HTMLFieldSetElement>("weights");
  let fields: { readonly focus: Focus; readonly input: HTMLInputElement }[] = [];
  let opener: Element | null = null;
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && opener instanceof HTMLElement) opener.focus();
  });
  const fieldOf = (frame: Frame, focus: Focus) => {
    const name =
      focus.from === undefined ? `bias of ${unitName(frame.run, focus)}` : lineName(frame.run, focus);
    const limits = { min: String(-MOST_WEIGHT), max: String(MOST_WEIGHT), step: "any" };
    const input = make("input", { type: "number", ...limits });
    input.addEventListener("input", () => {
      if (input.value !== "" && input.validity.valid) change(indexOf(frame, focus), input.valueAsNumber);
    });
    return { focus, input, label: make("label", {}, name, input) };
  };
  /** Opens the fields of what was clicked: of a unit its bias and the weights that lead to it. */
  const open = (frame: Frame, focus: Focus): void => {
    opener = document.activeElement;
    const all = focus.from === undefined ? [focus, ...linesTo(frame, focus)] : [focus];
    const made = all.map((one) => fieldOf(frame, one));
    fields = made;
    root.replaceChildren(...made.map(({ label }) => label));
    root.hidden = false;
    show(frame);
    made[0].input.focus();
    made[0].input.select();
  };
  /** Shows the numbers of a moment, but not in a field that is being used. */
  const show = (frame: Frame): void => {
    for (const { focus, input } of fields)
      if (input !== document.activeElement) input.value = String(rounded(numberOf(frame, focus), 4));
  };
  const close = (): void => {
    fields = [];
    root.hidden = true;
  };
  return { open, show, close };
}
