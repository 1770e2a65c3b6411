import { make } from "../../reader/elements.js";
import { FIELDS } from "../fields.js";
import { FEATURE_NAMES, FEATURES, inputColumns, type Setting, tableColumns } from "../setting.js";

/** The parts of controls, and those that choose what the network sees: a file, columns and features. */

export type Name = keyof typeof FIELDS;
export type Change = (part: Partial<Setting>) => void;

/** A field on the page: its element, and what shows a value in it. */
export interface Control {
  readonly root: HTMLElement;
  show(setting: Setting): void;
}

/** A label above an element, and a hint below it. */
export function labelled(name: Name, element: HTMLElement, hint: Node | string, kind = "field"): HTMLElement {
  element.id = `field-${name}`;
  const small = make("small", { id: `${element.id}-hint` }, hint);
  element.setAttribute("aria-describedby", small.id);
  return make("div", { class: kind }, make("label", { for: element.id }, FIELDS[name].label), element, small);
}

/** A heading above several elements. */
export function grouped(name: Name, ...elements: readonly HTMLElement[]): HTMLElement {
  return make("fieldset", { class: "field" }, make("legend", {}, FIELDS[name].label), ...elements);
}

/** A file of one's own. */
export function tableControl(readFile: (file: File) => void): Control {
  const input = make("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv" });
  input.addEventListener("change", () => {
    if (input.files?.[0]) readFile(input.files[0]);
    input.value = ""; // so that the same file, changed, can be chosen again
  });
  const hint = new Text();
  const show = ({ table }: Setting): void => {
    hint.data = table
      ? `${table.name}: ${table.columns.length} columns${table.decimal ? ", numbers with a decimal comma" : ""}. It stays on your computer.`
      : "A CSV file whose first line names the columns. Or drop it on this page: it stays on your computer.";
  };
  return { root: labelled("table", input, hint), show };
}

const MOST_BYTES = 5_000_000;

/** The name and the text of a file. */
export async function textFile(file: File): Promise<{ readonly name: string; readonly text: string }> {
  if (file.size > MOST_BYTES) throw new RangeError(`${file.name} has more than ${MOST_BYTES / 1e6} MB.`);
  const text = await file.text();
  if (text.includes("\ufffd"))
    throw new RangeError(`${file.name} is not written in UTF-8: save it as “CSV UTF-8”.`);
  return { name: file.name.replace(/\.[^.]*$/, ""), text };
}

/** What boxes stand for, in the same order: columns of which at least two, and features of which at least one is taken. */
const BOXES = {
  columns: {
    least: 2,
    options: (setting: Setting) =>
      inputColumns(setting).map((value) => ({ value, label: tableColumns(setting)[value - 1].name })),
  },
  inputs: {
    least: 1,
    options: () => FEATURE_NAMES.map((value) => ({ value, label: FEATURES[value].label })),
  },
};

/** Boxes of which some are checked. */
export function boxesControl(name: keyof typeof BOXES, change: Change): Control {
  const { least, options } = BOXES[name];
  const row = make("div", { class: "row" });
  let shown = "";
  let boxes: HTMLInputElement[] = [];
  const show = (setting: Setting): void => {
    const all = options(setting);
    if (JSON.stringify(all) !== shown) {
      boxes = all.map(() => make("input", { type: "checkbox" }));
      row.replaceChildren(...boxes.map((box, i) => make("label", { class: "check" }, box, all[i].label)));
      shown = JSON.stringify(all);
    }
    const chosen: readonly unknown[] = setting[name];
    boxes.forEach((box, i) => {
      box.checked = chosen.includes(all[i].value);
      box.onchange = () => {
        const values = all.filter((_, j) => boxes[j].checked).map(({ value }) => value);
        if (values.length >= least) change({ [name]: values });
        else box.checked = true;
      };
    });
  };
  return { root: grouped(name, row), show };
}
