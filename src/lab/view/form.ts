import { textOf, valueOfText } from "../address.js";
import {
  applies,
  FEATURE_NAMES,
  FEATURES,
  type Feature,
  FIELDS,
  FORM,
  MOST_LAYERS,
  MOST_UNITS,
  type Setting,
  tableColumns,
} from "../setting.js";
import { element } from "./elements.js";

/** The form of a setting, made from the table of fields. */

type Name = keyof typeof FIELDS;
type Change = (part: Partial<Setting>) => void;

/** A field on the page: its element, and what shows a value in it. */
interface Control {
  readonly root: HTMLElement;
  show(setting: Setting): void;
}

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
    const group = element("div", { class: "fields" });
    root.append(
      element("details", wide && title !== "More" ? { open: "" } : {}, element("summary", {}, title), group),
    );
    return (Object.keys(fields) as Name[]).map((name) => {
      const control = controlOf(name, change, readFile);
      group.append(control.root);
      return { name, control };
    });
  });
  const rates = RATES.map((rate) => element("option", { value: String(rate) }));
  root.append(element("datalist", { id: "rates" }, ...rates));
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
    case "column":
      return targetControl(change);
    case "columns":
      return columnsControl(change);
    case "widths":
      return widthsControl(change);
    case "features":
      return featuresControl(change);
    case "switch":
      return switchControl(name, change);
    default:
      return textControl(name as Exclude<Name, "table">, change);
  }
}

/** A select, a number or a text. */
function textControl(name: Exclude<Name, "table">, change: Change): Control {
  const field = FIELDS[name];
  const id = `field-${name}`;
  const hint = field.hint ? element("small", { id: `${id}-hint` }, field.hint) : undefined;
  const attributes = { id, ...(hint ? { "aria-describedby": hint.id } : {}) };
  const control = inputOf(name, attributes);
  control.addEventListener("change", () => {
    const value = valueOfText(name, control.value);
    control.setCustomValidity(value === undefined ? ruleOf(name) : "");
    if (value === undefined) control.reportValidity();
    else change({ [name]: value });
  });
  const kind = field.kind === "number" && name !== "seed" ? "field half" : "field";
  const root = element(
    "div",
    { class: kind },
    element("label", { for: id }, field.label),
    control,
    ...(hint ? [hint] : []),
  );
  const show = (setting: Setting): void => {
    const text = textOf(name, setting[name]);
    control.value = field.kind === "points" ? text.replaceAll(";", "\n").replaceAll(",", ", ") : text;
    control.setCustomValidity("");
  };
  return { root, show };
}

function inputOf(name: Name, attributes: Record<string, string>) {
  const field = FIELDS[name];
  if (field.kind === "choice") {
    const options = Object.entries(field.choices).map(([value, text]) => element("option", { value }, text));
    return element("select", attributes, ...options);
  }
  if (field.kind !== "number") return element("textarea", { ...attributes, rows: "6", spellcheck: "false" });
  const { low, high, step } = field;
  const range = { min: String(low), max: String(high), step: String(step) };
  const list: Record<string, string> = name === "learningRate" ? { list: "rates" } : {};
  return element("input", { ...attributes, ...range, ...list, type: "number", inputmode: "decimal" });
}

/** What may stand in a field. */
function ruleOf(name: Name): string {
  const field = FIELDS[name];
  if (field.kind === "number")
    return `${field.label} must be a ${field.step === 1 ? "whole number" : "number"} from ${field.low} to ${field.high}.`;
  return "Each line must hold three numbers: x₁, x₂ and the class, 0 to 5. At most 200 lines.";
}

function switchControl(name: Name, change: Change): Control {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => change({ [name]: box.checked }));
  const show = (setting: Setting): void => {
    box.checked = setting[name] === true;
  };
  return { root: element("label", { class: "field check" }, box, FIELDS[name].label), show };
}

/** A file of one's own. */
function tableControl(readFile: (file: File) => void): Control {
  const id = "field-table";
  const input = element("input", {
    id,
    type: "file",
    accept: ".csv,.tsv,.txt,text/csv",
    "aria-describedby": `${id}-hint`,
  });
  input.addEventListener("change", () => {
    if (input.files?.[0]) readFile(input.files[0]);
    input.value = ""; // so that the same file, changed, can be chosen again
  });
  const hint = element("small", { id: `${id}-hint` });
  const show = ({ table }: Setting): void => {
    hint.textContent = table
      ? `${table.name}: ${table.columns.length} columns. It stays on your computer.`
      : "A CSV file whose first line names the columns. Or drop it on this page: it stays on your computer.";
  };
  return {
    root: element("div", { class: "field" }, element("label", { for: id }, FIELDS.table.label), input, hint),
    show,
  };
}

/** Which column is to be predicted. */
function targetControl(change: Change): Control {
  const id = "field-target";
  const select = element("select", { id });
  select.addEventListener("change", () => change({ target: Number(select.value) }));
  const show = (setting: Setting): void => {
    const options = tableColumns(setting).flatMap(({ name, classes }, i) =>
      classes ? [element("option", { value: String(i + 1) }, `${name} (${classes.length} classes)`)] : [],
    );
    select.replaceChildren(...options);
    select.value = String(setting.target);
  };
  return {
    root: element("div", { class: "field" }, element("label", { for: id }, FIELDS.target.label), select),
    show,
  };
}

/** Boxes of which some are checked: at least `least`. */
function boxesControl<Value>(
  legend: string,
  least: number,
  choose: (chosen: Value[]) => void,
  optionsOf: (
    setting: Setting,
  ) => readonly { readonly value: Value; readonly label: string; readonly checked: boolean }[],
): Control {
  const row = element("div", { class: "row" });
  const root = element("fieldset", { class: "field" }, element("legend", {}, legend), row);
  let shown = "";
  let boxes: HTMLInputElement[] = [];
  const show = (setting: Setting): void => {
    const options = optionsOf(setting);
    const labels = options.map(({ label }) => label);
    if (JSON.stringify(labels) !== shown) {
      boxes = labels.map(() => element("input", { type: "checkbox" }));
      row.replaceChildren(...boxes.map((box, i) => element("label", { class: "check" }, box, labels[i])));
      shown = JSON.stringify(labels);
    }
    boxes.forEach((box, i) => {
      box.checked = options[i].checked;
      box.onchange = () => {
        const chosen = options.filter((_, j) => boxes[j].checked).map(({ value }) => value);
        if (chosen.length >= least) choose(chosen);
        else box.checked = true;
      };
    });
  };
  return { root, show };
}

/** Which columns the network gets: at least two. */
function columnsControl(change: Change): Control {
  return boxesControl<number>(
    FIELDS.columns.label,
    2,
    (columns) => change({ columns }),
    (setting) =>
      tableColumns(setting).flatMap(({ name, numeric }, i) =>
        numeric && (setting.data !== "table" || i + 1 !== setting.target)
          ? [{ value: i + 1, label: name, checked: setting.columns.includes(i + 1) }]
          : [],
      ),
  );
}

/** What the network gets of two columns: at least one feature. */
function featuresControl(change: Change): Control {
  return boxesControl<Feature>(
    FIELDS.inputs.label,
    1,
    (inputs) => change({ inputs }),
    ({ inputs }) =>
      FEATURE_NAMES.map((value) => ({
        value,
        label: FEATURES[value].label,
        checked: inputs.includes(value),
      })),
  );
}

/** A number of units for each hidden layer, and buttons for more and fewer layers. */
function widthsControl(change: Change): Control {
  let widths: readonly number[] = [];
  const add = element("button", { type: "button" }, "Add layer");
  const remove = element("button", { type: "button" }, "Remove layer");
  const list = element("div", { class: "row" });
  add.addEventListener("click", () => change({ hidden: [...widths, 2] }));
  remove.addEventListener("click", () => change({ hidden: widths.slice(0, -1) }));
  const root = element(
    "fieldset",
    { class: "field" },
    element("legend", {}, FIELDS.hidden.label),
    list,
    element("div", { class: "row" }, add, remove),
  );
  const inputOfLayer = (layer: number): HTMLInputElement => {
    const input = element("input", {
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
