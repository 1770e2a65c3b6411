import type { Control } from "../interact/controls.js";
import { rangeOf } from "../interact/range.js";
import { make } from "./elements.js";
import { type Field, fieldFor } from "./fields.js";
import { literalFor, type Parameter, settingsOf, withSetting } from "./parameters.js";

/**
 * The settings of parameters cells as a form.
 *
 * @param change  is given the cells' new code
 */
export function createForm(change: (sources: readonly string[]) => void) {
  const element = make("form", { class: "xorlab-form", "aria-label": "Settings" });
  element.addEventListener("submit", (event) => event.preventDefault());
  let sources: readonly string[] = [];
  let shape = ""; // of the fields that are shown
  let fields: Field[] = [];

  /** Sets a parameter of the present code; its place may have moved. */
  const set = (name: string, text: string): void => {
    const setting = settingsOf(sources).find((one) => one.name === name);
    if (!setting) return;
    const literal = literalFor(setting, text);
    if (literal === setting.literal) return;
    sources = withSetting(sources, setting, literal);
    change(sources);
  };
  return {
    element,
    /** Shows the settings of the cells' code. */
    show(next: readonly string[]): void {
      sources = next;
      const parameters = settingsOf(sources);
      const nextShape = JSON.stringify(
        parameters.map(({ name, value, comment }) => [name, typeof value, comment]),
      );
      if (nextShape !== shape) {
        fields = parameters.map((one) =>
          fieldFor(`setting-${one.name}`, controlOf(one), one.comment, (value) =>
            set(one.name, String(one.choices?.[Number(value)] ?? value)),
          ),
        );
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
