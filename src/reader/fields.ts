import type { Control } from "../interact/controls.js";
import { make } from "./elements.js";

/** A labelled control in a form. */
export interface Field {
  readonly element: HTMLElement;
  /** Shows another value, but not in a field that is being used. */
  show(value: Control["value"]): void;
}

/**
 * A label, a control and a hint.
 *
 * @param id   unique in the document
 * @param set  takes a new value; what it throws is shown below the control
 */
export function fieldFor(
  id: string,
  control: Control,
  hint: string,
  set: (value: Control["value"]) => void,
): Field {
  const label = make("label", { for: id }, control.label);
  const small = make("small", { id: `${id}-hint` }, hint);
  const trouble = make("small", { class: "xorlab-trouble", role: "alert" });
  const made = inputFor(control, (value) => {
    try {
      set(value);
      trouble.textContent = "";
    } catch (error) {
      trouble.textContent = (error as Error).message;
    }
    made.input.ariaInvalid = String(trouble.textContent !== "");
  });
  const { input, others = [], show } = made;
  input.id = id;
  input.setAttribute("aria-describedby", small.id);
  return {
    element: make("div", { class: "xorlab-field" }, label, input, ...others, small, trouble),
    show(value) {
      if (document.activeElement !== input) trouble.textContent = "";
      show(value);
    },
  };
}

interface Made {
  readonly input: HTMLInputElement | HTMLSelectElement;
  readonly others?: readonly HTMLElement[];
  show(value: Control["value"]): void;
}

function inputFor(control: Control, set: (value: Control["value"]) => void): Made {
  if (control.kind === "choice") return choice(control.choices, set);
  if (control.kind === "number") return numberWithSlider(control, set);
  if (control.kind === "checkbox") {
    const input = make("input", { type: "checkbox" });
    input.addEventListener("change", () => set(input.checked));
    return { input, show: (checked) => Object.assign(input, { checked }) };
  }
  const input = make("input", { spellcheck: "false" });
  input.addEventListener("change", () => set(input.value));
  return { input, show: (value) => showIn(input, String(value)) };
}

/** A field that is being typed into is left alone. */
function showIn(input: HTMLInputElement, text: string): void {
  if (document.activeElement !== input) input.value = text;
}

function choice(names: readonly string[], set: (at: number) => void): Made {
  const input = make("select", {}, ...names.map((name) => new Option(name)));
  input.addEventListener("change", () => set(input.selectedIndex));
  return { input, show: (at) => Object.assign(input, { selectedIndex: at }) };
}

const TYPING = 500; // milliseconds without a key after which a number counts as typed

function numberWithSlider(
  { low, high, step }: Extract<Control, { kind: "number" }>,
  set: (value: number) => void,
): Made {
  const input = make("input", { type: "number", step: "any" });
  const range = { type: "range", min: String(low), max: String(high), step: String(step) };
  const unreached = { tabindex: "-1", "aria-hidden": "true" }; // the field does the same by keyboard
  const slider = make("input", { ...range, ...unreached });
  let timer = 0;
  const later = (wait: number) => () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => input.value !== "" && set(Number(input.value)), wait);
  };
  input.addEventListener("input", later(TYPING));
  input.addEventListener("change", later(0));
  slider.addEventListener("input", () => {
    clearTimeout(timer);
    input.value = slider.value;
    set(Number(slider.value));
  });
  return {
    input,
    others: [slider],
    show(value) {
      showIn(input, String(value));
      if (document.activeElement !== slider) slider.value = String(value);
    },
  };
}
