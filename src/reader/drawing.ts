import { drawWritten } from "./figures.js";
import { page } from "./packed.js";

/**
 * The script that draws the figures a page was written with, in exported pages and in pages of one figure. It comes first and is
 * small: what the reader can do (main.ts) follows once a figure is seen.
 */
const { first, all } = drawWritten();
const live = first.then(async () => {
  if (await page().run("reader")) await page().ready;
});
/** `drawn`: when everything that the page was written with is drawn. */
Object.assign(page(), { drawn: Promise.all([all, live]) });
