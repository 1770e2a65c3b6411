import { button, make } from "../../reader/elements.js";
import { textOf, valueOfText } from "../address.js";
import { applies, FIELDS, FORM } from "../fields.js";
import { MOST_LAYERS, MOST_POINTS, MOST_UNITS, type Setting, tableColumns } from "../setting.js";
import {
  boxesControl,
  type Change,
  type Control,
  grouped,
  labelled,
  type Name,
  tableControl,
} from "./dataControls.js";

/** The form of a setting, made from the table of fields. */

const RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];

/**
 * Fills an element with the form.
 *
 * @returns shows a setting in it
 */
export function makeForm(
  root: HTMLElement,
  change: Change,
  readFile: (file: File) => void,
): (setting: Setting) => void {
  root.addEventListener("submit", (event) => event.preventDefault());
  const wide = matchMedia("(min-width: 48rem)").matches;
  const controls = Object.entries(FORM).flatMap(([title, fields]) => {
    const group = make("div", { class: "fields" });
    root.append(
      make("details", wide && title !== "More" ? { open: "" } : {}, make("summary", {}, title), group),
    );
    return (Object.keys(fields) as Name[]).map((name) => {
      const control = controlOf(name, change, readFile);
      group.append(control.root);
      return { name, control };
    });
  });
  root.append(make("datalist", { id: "rates" }, ...RATES.map((rate) => new Option("", String(rate)))));
  return (setting) => {
    for (const { name, control } of controls) {
      control.root.hidden = !applies(name, setting);
      control.show(setting);
    }
  };
}

function controlOf(name: Name, change: Change, readFile: (file: File) => void): Control {
  switch (FIELDS[name].kind) {
    case "table":
      return tableControl(readFile);
    case "boxes":
      return boxesControl(name as "columns" | "inputs", change);
    case "widths":
      return widthsControl(change);
    case "switch":
      return switchControl(name, change);
    default:
      return textControl(name as Exclude<Name, "table">, change);
  }
}

/** A select, a number or a text. */
function textControl(name: Exclude<Name, "table">, change: Change): Control {
  const field = FIELDS[name];
  const control = inputOf(name);
  control.addEventListener("change", () => {
    const value = valueOfText(name, control.value);
    control.setCustomValidity(value === undefined ? ruleOf(name) : "");
    if (value === undefined) control.reportValidity();
    else change({ [name]: value });
  });
  const show = (setting: Setting): void => {
    if (field.kind === "column") control.replaceChildren(...targetOptions(setting));
    const text = textOf(name, setting[name]);
    control.value = field.kind === "points" ? text.replaceAll(";", "\n").replaceAll(",", ", ") : text;
    control.setCustomValidity("");
  };
  const isShort = field.kind === "number" && name !== "seed";
  return { root: labelled(name, control, field.hint ?? "", isShort ? "field half" : "field"), show };
}

function inputOf(name: Name) {
  const field = FIELDS[name];
  if (field.kind === "choice")
    return make(
      "select",
      {},
      ...Object.entries(field.choices).map(([value, text]) => new Option(text, value)),
    );
  if (field.kind === "column") return make("select");
  if (field.kind !== "number") return make("textarea", { rows: "6", spellcheck: "false" });
  const { low, high, step } = field;
  const range = { min: String(low), max: String(high), step: String(step) };
  const list: Record<string, string> = name === "learningRate" ? { list: "rates" } : {};
  return make("input", { ...range, ...list, type: "number", inputmode: "decimal" });
}

/** The columns that can be predicted. */
function targetOptions(setting: Setting): HTMLOptionElement[] {
  return tableColumns(setting).flatMap(({ name, classes }, i) =>
    classes ? [new Option(`${name} (${classes.length} classes)`, String(i + 1))] : [],
  );
}

/** What may stand in a field. */
function ruleOf(name: Name): string {
  const field = FIELDS[name];
  if (field.kind === "number")
    return `${field.label} must be a ${field.step === 1 ? "whole number" : "number"} from ${field.low} to ${field.high}.`;
  return `Each line must hold three numbers: x₁, x₂ and the class, 0 to 5. At most ${MOST_POINTS} lines.`;
}

function switchControl(name: Name, change: Change): Control {
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => change({ [name]: box.checked }));
  const show = (setting: Setting): void => {
    box.checked = setting[name] === true;
  };
  return { root: make("label", { class: "field check" }, box, FIELDS[name].label), show };
}

/** A number of units for each hidden layer, and buttons for more and fewer layers. */
function widthsControl(change: Change): Control {
  let widths: readonly number[] = [];
  const add = button("Add layer", () => change({ hidden: [...widths, 2] }));
  const remove = button("Remove layer", () => change({ hidden: widths.slice(0, -1) }));
  const list = make("div", { class: "row" });
  const root = grouped("hidden", list, make("div", { class: "row" }, add, remove));
  const inputOfLayer = (layer: number): HTMLInputElement => {
    const input = make("input", {
      ...{ type: "number", min: "1", max: String(MOST_UNITS), step: "1" },
      "aria-label": `Units in hidden layer ${layer + 1}`,
    });
    input.addEventListener("change", () => {
      if (input.reportValidity() && input.value !== "")
        change({ hidden: widths.map((width, i) => (i === layer ? input.valueAsNumber : width)) });
    });
    return input;
  };
  const show = ({ hidden }: Setting): void => {
    widths = hidden;
    while (list.children.length > hidden.length) list.lastChild?.remove();
    for (let layer = list.children.length; layer < hidden.length; layer++) list.append(inputOfLayer(layer));
    hidden.forEach((width, layer) => {
      (list.children[layer] as HTMLInputElement).value = String(width);
    });
    add.disabled = hidden.length >= MOST_LAYERS;
    remove.disabled = hidden.length === 0;
  };
  return { root, show };
}
