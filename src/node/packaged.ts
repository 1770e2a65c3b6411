import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { filled } from "../words/html.js";

/** What comes with the package for the pages that it writes: templates, and scripts that the build has packed. */

/** The checkout (or the installed package): this file is its dist/src/node/packaged.js. */
export const CHECKOUT = resolve(__dirname, "../../..");

/** Whether xorlab is a package that npm has installed, and no checkout. */
export const INSTALLED = basename(dirname(CHECKOUT)) === "node_modules";

/** A file of templates/. */
export function template(name: string): string {
  return readFileSync(join(CHECKOUT, "templates", name), "utf8");
}

/** A script that pages carry, gzip in base64. */
export function packed(name: string): string {
  return readFileSync(join(CHECKOUT, "dist", "page", `${name}.txt`), "utf8");
}

/** By what a page's content security policy knows an inline script. */
export function scriptHash(script: string): string {
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}

/** The page of a figure, in which marks stand for what belongs to the figure. */
export function figurePageTemplate(where: string, plotly: "plotly" | "plotly-full"): string {
  try {
    const script = template("xorlab/begin.js");
    return filled(template("figure.html"), {
      ...{ script, scriptHash: scriptHash(script) },
      style: template("xorlab/base.css") + template("xorlab/page.css"),
      ...{ drawing: packed("drawing"), plotly: packed(plotly) },
    });
  } catch (cause) {
    const { code, message, path } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? `${path} is missing` : message;
    throw new Error(
      `${where}: ${why}\n  Cure: npm run build in a checkout, else install the package again; a bundled program must leave xorlab out of its bundle`,
      { cause },
    );
  }
}
