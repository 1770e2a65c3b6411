import type { Control } from "../interact/controls.js";
import { rangeOf } from "../interact/range.js";
import { type Field, fieldFor } from "./fields.js";
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
        fields = parameters.map((one) => {
          const given = { id: `setting-${one.name}`, control: controlOf(one), hint: one.comment };
          return fieldFor(given, (value) => set(one.name, String(one.choices?.[Number(value)] ?? value)));
        });
        element.replaceChildren(...fields.map((field) => field.element));
      }
      shape = nextShape;
      for (const [i, field] of fields.entries()) field.show(controlOf(parameters[i]).value);
    },
  };
}

/** The control for a setting. Its slider's range is "0 to 0.5" where the comment says so. */
function controlOf({ name: label, value, literal, comment, choices }: Parameter): Control {
  if (choices) return { label, kind: "choice", choices, value: choices.indexOf(String(value)) };
  if (typeof value === "boolean") return { label, kind: "checkbox", value };
  if (typeof value !== "number")
    return { label, kind: "text", value: typeof value === "string" ? value : literal };
  const ends = /(-?\d*\.?\d+) to (-?\d*\.?\d+)/.exec(comment)?.slice(1).map(Number) ?? [];
  return { label, kind: "number", value, ...rangeOf(value, ...ends) };
}
