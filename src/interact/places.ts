import type { MimeBundle } from "../display.js";
import type { Captured, Display } from "../platform.js";

/** What one run of interact()'s function shows, as it comes. */
export interface Turn {
  take(shown: Captured): void;
  /** Takes away what an earlier run showed beyond this one. */
  end(): void;
}

const EMPTY: MimeBundle = { "text/plain": "" };
const TOGETHER = 50; // milliseconds whose printing is shown together

/**
 * Places below the controls, where each run shows its outputs in those of the run before: the first output in the first
 * place, and so on.
 */
export function outputPlaces(display: (bundle: MimeBundle) => Display): { begin(): Turn } {
  const places: { readonly shown: Display; empty: boolean }[] = [];
  const put = (at: number, bundle: MimeBundle): void => {
    const place = places[at];
    const empty = bundle === EMPTY;
    if (place?.empty && empty) return;
    if (!place) places[at] = { shown: display(bundle), empty };
    else {
      place.shown.update(bundle);
      place.empty = empty;
    }
  };
  const begin = (): Turn => {
    let count = 0;
    const byId = new Map<unknown, number>();
    let text: { readonly at: number; content: string; put: string; when: number } | undefined;
    const putText = (): void => {
      if (!text || text.put === text.content) return;
      put(text.at, { "text/plain": text.content });
      text = { ...text, put: text.content, when: performance.now() };
    };
    return {
      take(shown) {
        if (shown.kind === "text") {
          text ??= { at: count++, content: "", put: "", when: 0 };
          text.content += shown.text;
          if (performance.now() - text.when > TOGETHER) putText();
          return;
        }
        if (shown.kind === "update") {
          const at = byId.get(shown.id);
          if (at !== undefined) put(at, shown.bundle);
          return;
        }
        putText();
        text = undefined;
        if (shown.kind === "clear") [count] = [0];
        else {
          byId.set(shown.id, count);
          put(count++, shown.bundle);
        }
      },
      end() {
        putText();
        for (let at = count; at < places.length; at++) put(at, EMPTY);
      },
    };
  };
  return { begin };
}
