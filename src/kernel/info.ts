import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the kernel says of itself. */
export function kernelInfo(typescript: string): Readonly<Record<string, unknown>> {
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8"));
  return {
    status: "ok",
    protocol_version: "5.3",
    implementation: "xorlab",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true }, // as tslab: for all front ends
    },
    banner: `xorlab ${version}: TypeScript ${typescript} on Node ${process.version}`,
    help_links: [],
    debugger: false,
  };
}
