import type { Control } from "../interact/controls.js";
import { type ControlsView, createControls, isControls, NOT_CONNECTED } from "./controls.js";

/** The controls that stand in a page, and their way to its kernel. */
const views = new Map<string, ControlsView>();

type Change = (id: string, values: readonly Control["value"][]) => void;
let change: Change = () => {};

/** @param tell  takes what is set at controls */
export function connectControls(tell: Change): void {
  change = tell;
}

/** Controls that can be used; undefined if the value describes none. */
export function liveControls(value: unknown): ControlsView | undefined {
  if (!isControls(value)) return undefined;
  const { id } = value;
  const view = createControls(value, (values) => change(id, values));
  views.set(id, view);
  return view;
}

/** Whether work for controls is under way. */
export function showBusy(id: string, busy: boolean): void {
  views.get(id)?.busy(busy);
}

/** The kernel has ended, and knows none of them any more. */
export function disconnectControls(): void {
  for (const view of views.values()) {
    view.busy(false);
    view.say(false, NOT_CONNECTED);
  }
  views.clear();
}
