import { make } from "../../reader/elements.js";
import { FIELDS } from "../fields.js";
import {
  FEATURE_NAMES,
  FEATURES,
  type Feature,
  inputColumns,
  type Setting,
  tableColumns,
} from "../setting.js";

/** The fields that choose the data's parts: a file, the target, columns and features. */

export type Change = (part: Partial<Setting>) => void;

/** A field on the page: its element, and what shows a value in it. */
export interface Control {
  readonly root: HTMLElement;
  show(setting: Setting): void;
}

/** A file of one's own. */
export function tableControl(readFile: (file: File) => void): Control {
  const id = "field-table";
  const input = make("input", {
    id,
    type: "file",
    accept: ".csv,.tsv,.txt,text/csv",
    "aria-describedby": `${id}-hint`,
  });
  input.addEventListener("change", () => {
    if (input.files?.[0]) readFile(input.files[0]);
    input.value = ""; // so that the same file, changed, can be chosen again
  });
  const hint = make("small", { id: `${id}-hint` });
  const show = ({ table }: Setting): void => {
    hint.textContent = table
      ? `${table.name}: ${table.columns.length} columns. It stays on your computer.`
      : "A CSV file whose first line names the columns. Or drop it on this page: it stays on your computer.";
  };
  return {
    root: make("div", { class: "field" }, make("label", { for: id }, FIELDS.table.label), input, hint),
    show,
  };
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

/** Which column is to be predicted. */
export function targetControl(change: Change): Control {
  const id = "field-target";
  const select = make("select", { id });
  select.addEventListener("change", () => change({ target: Number(select.value) }));
  const show = (setting: Setting): void => {
    const options = tableColumns(setting).flatMap(({ name, classes }, i) =>
      classes ? [make("option", { value: String(i + 1) }, `${name} (${classes.length} classes)`)] : [],
    );
    select.replaceChildren(...options);
    select.value = String(setting.target);
  };
  return {
    root: make("div", { class: "field" }, make("label", { for: id }, FIELDS.target.label), select),
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
  const row = make("div", { class: "row" });
  const root = make("fieldset", { class: "field" }, make("legend", {}, legend), row);
  let shown = "";
  let boxes: HTMLInputElement[] = [];
  const show = (setting: Setting): void => {
    const options = optionsOf(setting);
    const labels = options.map(({ label }) => label);
    if (JSON.stringify(labels) !== shown) {
      boxes = labels.map(() => make("input", { type: "checkbox" }));
      row.replaceChildren(...boxes.map((box, i) => make("label", { class: "check" }, box, labels[i])));
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
export function columnsControl(change: Change): Control {
  return boxesControl<number>(
    FIELDS.columns.label,
    2,
    (columns) => change({ columns }),
    (setting) =>
      inputColumns(setting).map((value) => ({
        value,
        label: tableColumns(setting)[value - 1].name,
        checked: setting.columns.includes(value),
      })),
  );
}

/** What the network gets of two columns: at least one feature. */
export function featuresControl(change: Change): Control {
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
