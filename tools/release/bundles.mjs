import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { npm, run } from "./folder.mjs";

const VITE = "vite@7.3.1";

/** What is imported, and how many bytes the minified bundle may have: as it is, or compressed. */
const SIZES = /** @type {const} */ ([
  ["xor", "xorlab", "bytes", 10_000],
  ["trainNetwork, studyTrials", "xorlab/engine", "gzip", 25_250],
  ["loss", "xorlab/figures", "gzip", 30_000],
]);

const APP = `
import { digits, figures, mlp, study, tf, train, xor } from "xorlab";
async function main() {
  const run = await train(mlp({ seed: 7 }), xor({ seed: 7 }), { seed: 7 });
  const many = await study({ trials: 40, hidden: [1, 2], epochs: 20, seed: 3, workers: 2 });
  const add = Array.from(tf.tensor1d([1, 2]).add(1).dataSync());
  window.result = JSON.stringify([run.finalLoss, many.rows.map((row) => row.floors), add, digits().rows, figures.loss(run).data.length > 0]);
}
main().catch((error) => { window.result = String(error.stack); });
`;
const ON_NODE = APP.replace("window.result = JSON", "globalThis.result = JSON").replace(
  "main().catch",
  "await main(); console.log(result); 0 && main().catch",
);

/** @param {string} folder @param {boolean} quick */
export async function checkBundles(folder, quick) {
  const told = [];
  for (const [names, from, measure, most] of SIZES) {
    const code = await bundled(folder, `import { ${names} } from "${from}"; window.used = [${names}];`);
    const bytes = measure === "gzip" ? gzipSync(code, { level: 9 }).length : code.length;
    if (bytes > most)
      throw new Error(
        `{ ${names} } of "${from}" is a bundle of ${bytes} bytes (${measure}), more than ${most}`,
      );
    if (/@license|tfjs/.test(String(code)))
      throw new Error(`{ ${names} } of "${from}" brings TensorFlow.js along`);
    told.push(`{ ${names} } ${(bytes / 1000).toFixed(1)} kB${measure === "gzip" ? " gzipped" : ""}`);
  }
  writeFileSync(join(folder, "onNode.js"), ON_NODE);
  const expected = run([process.execPath, "onNode.js"], folder).stdout.trim();
  await inBrowser(
    { "/app.js": await bundled(folder, APP) },
    '<script type="module" src="/app.js"></script>',
    expected,
  );
  if (!quick) await inBrowser(...(await withVite(folder)), expected);
  return `${told.join(", ")}; trains in Chromium${quick ? "" : ", also by Vite"}, as on Node`;
}

/** @param {string} folder @param {string} contents */
async function bundled(folder, contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    ...{ bundle: true, minify: true, write: false, format: "esm", platform: "browser", logLevel: "error" },
  });
  return Buffer.from(outputFiles[0].contents);
}

/** @param {string} folder @returns {Promise<[files: Record<string, Buffer>, page: string]>} */
async function withVite(folder) {
  npm(["install", "--no-save", VITE], folder);
  const app = join(folder, "app");
  mkdirSync(app);
  writeFileSync(join(app, "main.js"), APP);
  writeFileSync(join(app, "index.html"), '<script type="module" src="/main.js"></script>');
  run(
    [
      process.execPath,
      join(folder, "node_modules", "vite", "bin", "vite.js"),
      "build",
      app,
      "--logLevel",
      "error",
    ],
    folder,
  );
  const built = join(app, "dist");
  const files = readdirSync(join(built, "assets")).map((name) => [
    `/assets/${name}`,
    readFileSync(join(built, "assets", name)),
  ]);
  return [Object.fromEntries(files), readFileSync(join(built, "index.html"), "utf8")];
}

/**
 * Runs a page in Chromium, also under a policy that forbids threads.
 *
 * @param {Record<string, Buffer>} files
 * @param {string} page
 * @param {string} expected
 */
async function inBrowser(files, page, expected) {
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    existsSync,
  );
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    for (const policy of ["worker-src blob:", "worker-src 'none'"]) {
      const server = createServer(({ url = "" }, response) => {
        const file = files[url];
        response.setHeader("content-type", file ? "text/javascript" : "text/html");
        response.setHeader("content-security-policy", policy);
        response.end(file ?? page);
      });
      await new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(undefined)));
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      const tab = await browser.newPage();
      await tab.goto(`http://127.0.0.1:${port}/`);
      const result = await (
        await tab.waitForFunction("window.result", undefined, { timeout: 120_000 })
      ).jsonValue();
      server.close();
      if (result !== expected)
        throw new Error(`with ${policy} the bundle gives ${result}, and Node ${expected}`);
    }
  } finally {
    await browser.close();
  }
}
