import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundled, isUpToDate } from "./bundle.mjs";
import { paths, root } from "./paths.mjs";
import { readStamp, removeStamp, writeIfDifferent, writeStamp } from "./stamp.mjs";

/**
 * Packs JupyterLab's extension, and the scripts that exported pages and the laboratory carry: gzip in base64, each in a file of dist/page/, which the template puts into
 * a page as it is. What has not changed is not packed again. Set-up runs this program once the npm packages are there.
 */

const folder = join(root, "dist", "page");
const stampFile = join(folder, "stamp.json");

/** What TensorFlow.js draws on a graphics card with; cells compute on its plain backend. @type {import("esbuild").Plugin} */
const withoutWebgl = {
  name: "without WebGL",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@tensorflow\/tfjs-backend-webgl$/ }, ({ path }) => ({ path, namespace: "none" }));
    onLoad({ filter: /./, namespace: "none" }, () => ({ contents: "export const version_webgl = 'none';" }));
  },
};

/** @param {string} file  below src/ */
const script = (file) =>
  bundled({
    entryPoints: [join(root, "src", file)],
    mainFields: ["module", "browser", "main"], // TensorFlow.js's "browser" is one file with all of it
    plugins: [withoutWebgl],
    loader: { ".css": "text" },
  });

/** @param {string} path  below node_modules/ */
const packaged = (path) => readFileSync(join(root, "node_modules", path), "utf8");

/**
 * Plotly as browsers compile it at once, in the background: else they look over each function while they load it, and compile it on
 * the page's own thread when it is called. Brackets tell that of the function around all of it; the comment tells Chromium of all.
 *
 * @param {string} script
 */
function compiledAtOnce(script) {
  const [start, end] = [": this, () => {", "\n}));"];
  if (script.split(start).length !== 2 || !script.endsWith(end))
    throw new Error("set-up: Plotly's script begins or ends otherwise: setup/page.mjs knows it");
  const bracketed = script.replace(start, ": this, (() => {").slice(0, -end.length);
  return `//# allFunctionsCalledOnLoad\n${bracketed}\n})));`;
}

/** Writes dist/page/. */
async function packPageScripts() {
  const files = [
    ...["page/kernel.ts", "reader/main.ts", "reader/drawing.ts"],
    ...["lab/worker.ts", "lab/view/main.ts"],
  ];
  const [kernel, reader, drawing, worker, laboratory] = await Promise.all(files.map(script));
  const scripts = {
    ...{ kernel, reader, drawing, worker, laboratory },
    plotly: compiledAtOnce(packaged("plotly.js-cartesian-dist-min/plotly-cartesian.min.js")),
    "plotly-full": compiledAtOnce(packaged("plotly.js-dist-min/plotly.min.js")),
    mathjax: packaged("mathjax/es5/tex-svg-full.js"),
  };
  const before = readStamp(stampFile) ?? {};
  /** @type {Record<string, string>} */
  const after = {};
  await packLabExtension();
  removeStamp(stampFile); // also where the new one says the same: its age counts
  for (const [name, text] of Object.entries(scripts)) {
    const file = join(folder, `${name}.txt`);
    after[name] = createHash("sha256").update(text).digest("hex");
    if (before[name] === after[name] && existsSync(file)) continue;
    writeIfDifferent(file, gzipSync(text, { level: 9 }).toString("base64"));
  }
  writeStamp(stampFile, after);
}

/**
 * Writes dist/jupyterlab/: JupyterLab's extension. Its script has another name when it has changed, since browsers keep it.
 */
async function packLabExtension() {
  const text = await script("jupyterlab/main.ts");
  const to = join(root, "dist", "jupyterlab");
  const load = `static/remoteEntry.${createHash("sha256").update(text).digest("hex").slice(0, 16)}.js`;
  const { version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const about = {
    ...{ name: "xorlab", version, license },
    description: "Draws the controls of xorlab's interact(), and fits figures to their cell.",
    jupyterlab: { extension: true, _build: { load, extension: "./extension" } },
  };
  rmSync(to, { recursive: true, force: true });
  writeIfDifferent(join(to, load), text);
  writeIfDifferent(join(to, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
}

// The npm package has them packed, and no sources.
const made = existsSync(join(root, "dist", "jupyterlab", "package.json"));
if (existsSync(join(root, "src")) && !(made && isUpToDate(stampFile, paths.packPages)))
  await packPageScripts();
