import { createEditor } from "./editor.js";
import { button } from "./elements.js";
import { outputAreaOf } from "./outputArea.js";

/** A code cell of the page. */
export type CodeCell = ReturnType<typeof createCell>;

/** What a cell tells the notebook. */
export interface CellEvents {
  /** The reader has changed the code. */
  changed(): void;
  run(): void;
}

/**
 * Makes a written code cell one that can be edited and run.
 *
 * @param number  counted from 1 among the code cells
 */
export function createCell(element: HTMLElement, written: string, number: number, events: CellEvents) {
  const prompt = element.querySelector(".jp-InputPrompt");
  const original = prompt?.textContent ?? "";
  let setting = false; // the code is set from outside
  const changed = () => setting || events.changed();
  const editor = createEditor(written, `Code of cell ${number}`, changed, events.run);
  element.querySelector(".jp-InputArea-editor")?.replaceChildren(editor.element);
  const look = { class: "xorlab-run", "aria-label": "Run cell", title: "Run cell (Shift+Enter)" };
  element.querySelector(".jp-InputArea")?.append(button("▶", events.run, look));
  const outputs = outputAreaOf(element);
  return {
    element,
    outputs,
    get source(): string {
      return editor.text;
    },
    set source(text) {
      setting = true;
      editor.text = text;
      setting = false;
    },
    /** The number in brackets beside it; "*" while it runs. */
    get prompt(): string {
      return prompt?.textContent ?? "";
    },
    set prompt(text) {
      element.ariaBusy = String(text === "*");
      if (prompt) prompt.textContent = text === "" ? "" : `[${text}]`;
    },
    /** Shows outputs that are folded. */
    unfold(): void {
      const fold = element.querySelector<HTMLDetailsElement>(".xorlab-fold");
      if (fold) fold.open = true;
    },
    /** Brings back code and outputs with which the page was written. */
    reset(): void {
      this.source = written;
      outputs.reset();
      this.prompt = "";
      if (prompt) prompt.textContent = original;
    },
  };
}
