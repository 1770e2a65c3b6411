import type { MimeBundle } from "../display.js";
import { make } from "./elements.js";
import type { Show } from "./kernel.js";
import { addPrinted, bundleOutput, errorOutput, type Output, printed } from "./outputs.js";

const FORMAT = { stdout: "text/plain", stderr: "application/vnd.jupyter.stderr" } as const;

/** Where a cell's outputs stand: takes over those that stand there. */
export function outputAreaOf(cell: HTMLElement) {
  const area = cell.querySelector<HTMLElement>(".jp-Cell-outputArea") ?? make("div");
  area.classList.add("jp-OutputArea", "jp-Cell-outputArea");
  if (!area.isConnected) cell.append(area);
  const written = [...area.children];
  const displayed = new Map<number, { readonly child: Element; readonly renew: Output["renew"] }>(); // by their ids
  let printing: { readonly name: string; readonly pre: Element } | undefined;
  let old: Element[] = [];

  const put = ({ element, finish }: Output, before = old.shift()): Element => {
    const child = make("div", { class: "jp-OutputArea-child" }, element);
    if (before) before.replaceWith(child);
    else area.append(child);
    printing = undefined;
    void finish?.();
    return child;
  };
  /** Dims what is there: it is out of date. */
  const dim = (dimmed: boolean): void => {
    for (const child of area.children) child.classList.toggle("xorlab-old", dimmed);
  };
  const display = (id: number, bundle: MimeBundle): void => {
    const before = displayed.get(id);
    if (before?.renew?.(bundle)) return;
    const output = bundleOutput(bundle);
    if (!output) return;
    displayed.set(id, { child: put(output, before?.child ?? old.shift()), renew: output.renew });
  };
  const stream = (name: "stdout" | "stderr", text: string): void => {
    if (printing?.name === name) addPrinted(printing.pre, text);
    else {
      const element = printed(FORMAT[name], text);
      put({ element });
      printing = { name, pre: element.children[0] };
    }
  };
  return {
    dim,
    /** Begins a run: each new output takes the place of an old one. */
    begin(): void {
      old = [...area.children];
      displayed.clear();
      printing = undefined;
    },
    /** Ends a run: what is left of the old outputs goes. */
    finish(): void {
      for (const child of old.splice(0)) child.remove();
      dim(false);
    },
    /** Brings back the outputs with which the page was written. */
    reset(): void {
      old = [];
      area.replaceChildren(...written);
      dim(false);
    },
    /** What a display has shown is shown anew in its place. */
    show(shown: Parameters<Show>[0]): void {
      if ("xorlab" in shown) display(shown.id, shown.bundle);
      else if (shown.says === "stream") stream(shown.name, shown.text);
      else if (shown.says === "error") put({ element: errorOutput(shown.error) });
      else if (shown.says === "clear") {
        area.replaceChildren(...old);
        printing = undefined;
      } else {
        const output = bundleOutput(shown.bundle);
        if (output) put(output);
      }
    },
  };
}
