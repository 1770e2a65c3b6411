// Writes the API reference to a folder, which it empties first: node tools/reference/main.mjs FOLDER. Warnings are errors.
// TypeDoc is installed beside this file when it is first needed, with a compiler of its own: that of TypeScript 7 has no
// interface for programs yet.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");

/** Nothing is loaded but the reference's own files. */
const POLICY = `default-src 'none'; script-src 'self' file: 'unsafe-inline'; style-src 'self' file: 'unsafe-inline'; \
img-src 'self' file: data:; connect-src data:; base-uri 'none'; form-action 'none'`;

const TENSORFLOW = { "*": "https://js.tensorflow.org/api/latest/" };

/** Installs TypeDoc, unless it is there as package-lock.json has it. */
function install() {
  const made = join(here, "node_modules", ".package-lock.json");
  if (existsSync(made) && statSync(made).mtimeMs >= statSync(join(here, "package-lock.json")).mtimeMs) return;
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["ci", "--no-audit", "--no-fund"], {
    cwd: here,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("TypeDoc could not be installed: see above");
}

/**
 * @param {string} folder
 * @returns {Promise<boolean>}  whether it was written, without a warning
 */
async function writeReference(folder) {
  const { Application, Converter, JSX, ReflectionKind } = await import("typedoc");
  const app = await Application.bootstrap({
    name: "xorlab",
    entryPoints: [join(root, "src", "index.ts")],
    tsconfig: join(here, "tsconfig.json"),
    basePath: root,
    readme: join(here, "index.md"),
    includeVersion: true,
    hideGenerator: true,
    disableSources: true,
    excludeExternals: true,
    externalSymbolLinkMappings: Object.fromEntries(
      ["tfjs", "tfjs-core", "tfjs-layers"].map((name) => [`@tensorflow/${name}`, TENSORFLOW]),
    ),
    sort: ["kind", "alphabetical"],
    kindSortOrder: ["Function", "Variable", "Namespace", "Interface", "TypeAlias"],
    navigation: { includeGroups: true },
    groupOrder: ["Functions", "Namespaces", "Variables", "*"],
    validation: { notExported: true, invalidLink: true, notDocumented: true },
    requiredToBeDocumented: ["Function", "Interface", "TypeAlias", "Variable", "Namespace"],
    intentionallyNotExported: ["Widened"],
    logLevel: "Warn",
  });
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    // A type that is read off a table or a function of ours is shown as what it is: readers have neither.
    const symbol = context.getSymbolFromReflection(reflection);
    if (reflection.kind !== ReflectionKind.TypeAlias || !symbol) return;
    if (!/\btypeof \w/.test(symbol.declarations?.[0].getText() ?? "")) return;
    reflection.comment?.modifierTags.add("@useDeclaredType");
    const type = context.checker.getDeclaredTypeOfSymbol(symbol);
    if (type.aliasSymbol === symbol) type.aliasSymbol = undefined; // else it would be shown by its own name
  });
  const meta = (/** @type {object} */ attributes) => JSX.createElement("meta", attributes);
  app.renderer.hooks.on("head.begin", () =>
    JSX.createElement(
      JSX.Fragment,
      null,
      meta({ "http-equiv": "Content-Security-Policy", content: POLICY }),
      meta({ name: "generator", content: "xorlab" }),
    ),
  );
  app.renderer.hooks.on("sidebar.begin", ({ relativeURL }) =>
    JSX.createElement(
      "a",
      { href: `${relativeURL("index.html")}`.replace(/index\.html$/, "../index.html") },
      "← Laboratory",
    ),
  );
  const faults = () => app.logger.hasErrors() || app.logger.hasWarnings();
  const project = await app.convert();
  if (project) app.validate(project);
  if (!project || faults()) return false;
  await app.generateDocs(project, folder);
  return !faults();
}

install();
process.exitCode = (await writeReference(resolve(process.argv[2]))) ? 0 : 1;
