import { progressPicture } from "../show/picture.js";
import type { Progress, Reporter } from "../train/progress.js";
import { type Display, display } from "./notebook.js";

const FIRST = 150; // milliseconds: work that ends sooner shows no progress at all
const BETWEEN = 100; // milliseconds: ten pictures a second at most

/** A live picture in the cell, replaced at the end by a one-line summary. */
export function liveReporter(): Reporter {
  const start = performance.now();
  let next = start + FIRST;
  let shown: Display | undefined;
  const put = (bundle: Readonly<Record<string, unknown>>): void => {
    if (shown) shown.update(bundle);
    else shown = display(bundle);
  };
  return {
    update(progress: () => Progress) {
      const now = performance.now();
      if (now < next) return;
      next = now + BETWEEN;
      const { title, facts, ...rest } = progress();
      put({
        "image/svg+xml": progressPicture({ title, facts, ...rest }),
        "text/plain": [title, ...facts].join(", "),
      });
    },
    finish: (summary) => put({ "text/plain": summary }),
  };
}
