import { significant } from "../words/numbers.js";
import { literalFor, type Parameter, parametersOf, withLiteral } from "./parameters.js";

/** The settings of a parameters cell as a form. */
export interface Form {
  readonly element: HTMLElement;
  /** Shows the settings of the cell's code. */
  show(source: string): void;
}

/**
 * @param change  is given the cell's new code
 */
export function createForm(change: (source: string) => void): Form {
  const element = document.createElement("form");
  element.className = "xorlab-form";
  element.ariaLabel = "Settings";
  element.addEventListener("submit", (event) => event.preventDefault());
  let source = "";
  let shape = ""; // of the fields that are shown
  let fields: Field[] = [];

  /** Sets a parameter of the present code; its place may have moved. */
  const set = (name: string, text: string): void => {
    const parameter = parametersOf(source).find((one) => one.name === name);
    if (!parameter) return;
    const next = withLiteral(source, parameter, literalFor(parameter, text));
    if (next === source) return;
    source = next;
    change(source);
  };
  return {
    element,
    show(next) {
      source = next;
      const parameters = parametersOf(source);
      const nextShape = JSON.stringify(
        parameters.map(({ name, value, comment }) => [name, typeof value, comment]),
      );
      if (nextShape !== shape) {
        fields = parameters.map((one) => fieldFor(one, (text) => set(one.name, text)));
        element.replaceChildren(...fields.map((field) => field.element));
      }
      shape = nextShape;
      for (const [i, field] of fields.entries()) field.show(parameters[i]);
    },
  };
}

interface Field {
  readonly element: HTMLElement;
  show(parameter: Parameter): void;
}

/** A label, a control and the comment as its hint. */
function fieldFor(parameter: Parameter, set: (text: string) => void): Field {
  const id = `setting-${parameter.name}`;
  const row = document.createElement("div");
  row.className = "xorlab-field";
  const label = Object.assign(document.createElement("label"), { htmlFor: id, textContent: parameter.name });
  const hint = Object.assign(document.createElement("small"), {
    id: `${id}-hint`,
    textContent: parameter.comment,
  });
  const trouble = Object.assign(document.createElement("small"), {
    className: "xorlab-trouble",
    role: "alert",
  });
  const {
    control,
    others = [],
    show,
  } = controlFor(parameter, (text) => {
    try {
      set(text);
      trouble.textContent = "";
    } catch (error) {
      trouble.textContent = (error as Error).message;
    }
    control.ariaInvalid = String(trouble.textContent !== "");
  });
  control.id = id;
  control.setAttribute("aria-describedby", hint.id);
  row.append(label, control, ...others, hint, trouble);
  return {
    element: row,
    show(next) {
      if (document.activeElement !== control) trouble.textContent = "";
      show(next);
    },
  };
}

interface Control {
  readonly control: HTMLInputElement | HTMLSelectElement;
  readonly others?: readonly HTMLElement[];
  show(parameter: Parameter): void;
}

function controlFor(parameter: Parameter, set: (text: string) => void): Control {
  if (parameter.choices) return choice(parameter.choices, set);
  if (typeof parameter.value === "number") return numberWithSlider(parameter, set);
  const control = document.createElement("input");
  if (typeof parameter.value === "boolean") {
    control.type = "checkbox";
    control.addEventListener("change", () => set(String(control.checked)));
    return { control, show: ({ value }) => Object.assign(control, { checked: value }) };
  }
  control.spellcheck = false;
  control.addEventListener("change", () => set(control.value));
  const text = ({ value, literal }: Parameter) => (typeof value === "string" ? value : literal);
  return { control, show: (next) => showIn(control, text(next)) };
}

/** A field that is being typed into is left alone. */
function showIn(control: HTMLInputElement, text: string): void {
  if (document.activeElement !== control) control.value = text;
}

function choice(names: readonly string[], set: (text: string) => void): Control {
  const control = document.createElement("select");
  control.append(...names.map((name) => new Option(name)));
  control.addEventListener("change", () => set(control.value));
  return { control, show: ({ value }) => Object.assign(control, { value }) };
}

const TYPING = 500; // milliseconds without a key after which a number counts as typed

function numberWithSlider(parameter: Parameter, set: (text: string) => void): Control {
  const control = Object.assign(document.createElement("input"), { type: "number", step: "any" });
  const { low, high, step } = rangeOf(Number(parameter.value), parameter.comment);
  const slider = Object.assign(document.createElement("input"), { type: "range", min: low, max: high, step });
  slider.tabIndex = -1; // the field does the same by keyboard
  slider.ariaHidden = "true";
  let timer = 0;
  const later = (wait: number) => () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => control.value !== "" && set(control.value), wait);
  };
  control.addEventListener("input", later(TYPING));
  control.addEventListener("change", later(0));
  slider.addEventListener("input", () => {
    control.value = slider.value;
    later(0)();
  });
  return {
    control,
    others: [slider],
    show({ value }) {
      showIn(control, String(value));
      if (document.activeElement !== slider) slider.value = String(value);
    },
  };
}

/** A slider's range: "0 to 0.5" where the comment says so, else up to the power of ten above twice the value. */
export function rangeOf(value: number, comment: string): { low: string; high: string; step: string } {
  const [, from, to] = /(-?\d*\.?\d+) to (-?\d*\.?\d+)/.exec(comment) ?? [];
  const size = 10 ** Math.ceil(Math.log10(2 * Math.abs(value || 0.5)) - 1e-9);
  const whole = Number.isInteger(value) && value !== 0 && size > 1;
  const low = from ?? (value < 0 ? String(-size) : whole ? "1" : "0");
  const high = to ?? String(size);
  const span = Number(high) - Number(low);
  return { low, high, step: whole && span > 1 ? "1" : significant(span / 100, 1) };
}
