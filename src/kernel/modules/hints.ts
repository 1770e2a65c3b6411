import { readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { closest, distance } from "fastest-levenshtein";
import { attempt } from "../attempt.js";
import { isFile, isFolder, packageName, packageRoot } from "./packages.js";

const SOURCE = /(?:\.d)?\.[cm]?[jt]sx?$/;

/**
 * What to do about an import that leads nowhere, in a sentence or two.
 *
 * @param folder  that of the file, or of the notebook, that imports
 */
export function importHint(specifier: string, folder: string): string {
  const [, scheme, rest] = /^([a-z]+):(.*)$/i.exec(specifier) ?? [];
  if (scheme === "npm") return npmHint(rest, folder);
  if (scheme === "jsr") {
    const name = withoutVersion(rest);
    return `Node does not know "jsr:". Run "npx jsr add ${name}" in ${projectOf(folder)}, and import "${name}".`;
  }
  if (scheme === "http" || scheme === "https")
    return `Node imports nothing from the web. Install the package with npm, or save the file beside the notebook and import it as "./${basename(rest) || "file.js"}".`;
  if (scheme === "file") {
    const path = attempt(() => fileURLToPath(specifier));
    return `Write its path instead${path === undefined ? "" : `: "${path}"`}.`;
  }
  if (scheme === "data") return "Cells import files and packages only: save the text as a file.";
  if (scheme === "node") {
    const near = nearest(rest, BUILTINS);
    return `Node ${process.version} has no such module.${near ? ` Did you mean "node:${near}"?` : ""}`;
  }
  if (/^\.{0,2}(\/|$)/.test(specifier)) return fileHint(specifier, folder);
  return packageHint(specifier, folder);
}

const BUILTINS = builtinModules.filter((name) => !name.startsWith("_"));

function npmHint(rest: string, folder: string): string {
  const name = packageName(rest.replace(/^\//, ""))?.replace(/(?<=.)@.*$/, "");
  const version = /(?<=[^/]@)[^/]+/.exec(rest)?.[0];
  if (name === undefined) return 'Write the name of the package without "npm:".';
  const install = `npm install ${name}${version === undefined ? "" : `@${version}`}`;
  const imported = withoutVersion(rest.replace(/^\//, ""));
  return `Node does not know "npm:". Run "${install}" in ${projectOf(folder)}, and import "${imported}".`;
}

/** "@std/path/posix" of "@std/path@1.0/posix". */
const withoutVersion = (name: string): string => name.replace(/(?<=[^/])@[^/]*/, "");

function packageHint(specifier: string, folder: string): string {
  const name = packageName(specifier);
  if (name === undefined) return "";
  const beside = [".ts", ".js", ".mjs", ".tsx", ".json"].find((end) => isFile(join(folder, specifier + end)));
  if (beside || isFile(join(folder, specifier)))
    return `A file beside the notebook is imported with "./": "./${specifier}".`;
  if (packageRoot(name, folder) !== undefined)
    return `The package ${name} is installed, but has ${specifier === name ? "no file" : `no ".${specifier.slice(name.length)}"`} to import.`;
  const near = nearest(name, BUILTINS);
  const meant = near === undefined ? "" : `Did you mean "${near}"? Otherwise: `;
  return `${meant}The package is not installed. Run "npm install ${name}" in ${projectOf(folder)}; no restart is needed.`;
}

function fileHint(specifier: string, folder: string): string {
  const path = join(folder, specifier);
  const [parent, name] = [dirname(path), basename(path)];
  const names = attempt(() => readdirSync(parent));
  if (!names) return `There is no folder ${parent}.`;
  const near = nearest(name.replace(SOURCE, ""), [...new Set(names.map((one) => one.replace(SOURCE, "")))]);
  const meant = near && specifier.slice(0, specifier.length - name.length) + near;
  return `There is no such file in ${parent}.${meant && near !== name ? ` Did you mean "${meant}"?` : ""}`;
}

/** The folder in which npm installs: the nearest with a package.json or packages, or else the given one. */
function projectOf(folder: string): string {
  for (let at = folder; dirname(at) !== at; at = dirname(at))
    if (isFile(join(at, "package.json")) || isFolder(join(at, "node_modules"))) return at;
  return folder;
}

/** The closest of some names, if it is near enough to be meant. */
export function nearest(
  name: string,
  names: readonly string[],
  most = name.length < 4 ? 1 : 2,
): string | undefined {
  const found = closest(name, names);
  return found !== undefined && distance(name, found) <= most ? found : undefined;
}
