import { drawWritten } from "./figures.js";
import { page } from "./packed.js";

/** The script of a page that is one figure. `drawn`: when it is drawn. */
Object.assign(page(), { drawn: drawWritten(() => undefined) });
