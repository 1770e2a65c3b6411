// Bundles what pages run into dist/page: node tools/bundlePages.mjs
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const CHECKOUT = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(CHECKOUT, "dist", "page");

/**
 * A classic script with all that it needs.
 * @param {string} entry  in src
 */
async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(CHECKOUT, "src", entry)],
    outfile: join(OUT, "script.js"),
    bundle: true,
    minify: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].text;
}

mkdirSync(OUT, { recursive: true });
writeFileSync(
  join(OUT, "laboratory.js"),
  (await bundled("lab/view/main.ts")).replaceAll("</script", "<\\/script"),
);
writeFileSync(join(OUT, "laboratoryWorker.js.gz"), gzipSync(await bundled("lab/worker.ts"), { level: 9 }));
