import type { MimeBundle } from "../display.js";
import type { Display, Progress, Reporter } from "../platform.js";
import { progressPicture } from "./picture.js";

const FIRST = 150; // milliseconds: work that ends sooner shows no progress at all
const BETWEEN = 100; // milliseconds: ten pictures a second at most

/**
 * Progress as a live picture, replaced at the end by a one-line summary.
 *
 * @param display  shows it in the cell that runs; undefined where there is none just now
 */
export function liveReporter(display: (bundle: MimeBundle) => Display | undefined): Reporter {
  const start = performance.now();
  let next = start + FIRST;
  let shown: Display | undefined;
  const put = (bundle: MimeBundle): void => {
    if (shown) shown.update(bundle);
    else shown = display(bundle);
  };
  return {
    update(progress: () => Progress) {
      const now = performance.now();
      if (now < next) return;
      next = now + BETWEEN;
      const current = progress();
      put({
        "image/svg+xml": progressPicture(current),
        "text/plain": [current.title, ...current.facts].join(", "),
      });
    },
    finish: (summary) => put({ "text/plain": summary }),
  };
}
