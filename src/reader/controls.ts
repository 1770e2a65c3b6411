import type { Control, Controls } from "../interact/controls.js";
import { make } from "./elements.js";
import { type Field, fieldFor } from "./fields.js";

export type ControlsView = ReturnType<typeof createControls>;

export const NOT_CONNECTED = "These controls are not connected to the kernel. Run the cell to use them.";

const BETWEEN = 50; // milliseconds between two messages while a slider moves

let count = 0;

/**
 * The controls of interact(), in JupyterLab and in pages.
 *
 * @param change  is given all values, at most twenty times a second
 */
export function createControls(first: Controls, change: (values: readonly Control["value"][]) => void) {
  count += 1;
  const prefix = `xorlab-controls-${count}`;
  const status = make("small", { class: "xorlab-note", role: "status" });
  const values = first.controls.map(({ value }) => value);
  const unanswered = new Set<number>(); // the places of values that were set here and have not come back yet
  let latest = first;
  const send = throttled(() => change([...values]));
  const fields: Field[] = first.controls.map((control, i) =>
    fieldFor(`${prefix}-${i}`, control, "", (value) => {
      values[i] = value;
      unanswered.add(i);
      send();
    }),
  );
  const element = make(
    "fieldset",
    { class: "xorlab-form xorlab-controls", "aria-label": "Controls" },
    ...fields.map((field) => field.element),
    status,
  );
  const shape = shapeOf(first);
  const view = {
    element,
    /** Shows what has been set elsewhere. @returns false if these are other controls */
    show(controls: Controls): boolean {
      if (shapeOf(controls) !== shape) return false;
      latest = controls;
      for (const [i, { value }] of controls.controls.entries()) {
        if (unanswered.has(i) && value !== values[i]) continue; // it is older than what was set here
        unanswered.delete(i);
        values[i] = value;
        fields[i].show(value);
      }
      return true;
    },
    /** Whether the controls can be used, and what is to be said of them. */
    say(usable: boolean, text: string): void {
      element.disabled = !usable;
      status.textContent = text;
    },
    /** Whether work is under way. */
    busy(busy: boolean): void {
      if (!busy && !send.waits()) {
        unanswered.clear();
        view.show(latest); // the function may have been given another value than was sent, such as one on a slider's steps
      }
      element.ariaBusy = String(busy);
      element.classList.toggle("xorlab-busy", busy);
    },
  };
  view.show(first);
  return view;
}

/** All but the values. */
function shapeOf({ id, controls }: Controls): string {
  return JSON.stringify([id, controls.map((one) => ({ ...one, value: undefined }))]);
}

/** Whether a text is the form of controls: it may come from a file that anybody has written. */
export function isControls(value: unknown): value is Controls {
  const { id, controls } = (value ?? {}) as Partial<Controls>;
  return typeof id === "string" && Array.isArray(controls) && controls.every(isControl);
}

function isControl(one: unknown): boolean {
  const { label, kind, value, ...rest } = (one ?? {}) as Record<string, unknown>;
  if (typeof label !== "string") return false;
  if (kind === "number") return [value, rest.low, rest.high, rest.step].every(Number.isFinite);
  if (kind === "choice")
    return Array.isArray(rest.choices) && rest.choices.every((name) => typeof name === "string");
  return (
    (kind === "checkbox" && typeof value === "boolean") || (kind === "text" && typeof value === "string")
  );
}

/** Does work at once and then at most every few milliseconds; the last call always counts. */
function throttled(work: () => void): { (): void; waits(): boolean } {
  let timer: number | undefined;
  let wanted = false;
  const next = (): void => {
    timer = undefined;
    if (!wanted) return;
    wanted = false;
    timer = window.setTimeout(next, BETWEEN);
    work();
  };
  const call = (): void => {
    wanted = true;
    if (timer === undefined) next();
  };
  return Object.assign(call, { waits: () => wanted });
}
