import { existsSync, readFileSync } from "node:fs";
import type { SetupParts } from "../../native/setupParts.js";
import type { Finding } from "./doctorReport.js";

const MEND = "npm run setup";

/** Does .venv run, and is it the one that set-up would make? */
export async function checkPython(setup: SetupParts): Promise<Finding> {
  const name = "Python";
  if (!existsSync(setup.paths.venvPython))
    return { name, state: "problem", text: "the environment .venv is not there", cure: MEND };
  const state = await setup.venvState();
  const { work, why } = setup.venvWork(state);
  if (work === "nothing") return { name, state: "ok", text: `${state.runs} in .venv` };
  return { name, state: "problem", text: why || "set-up did not end", cure: MEND };
}

const VERSIONS = [
  "import sys, json",
  "from importlib.metadata import version, PackageNotFoundError",
  "def found(name):",
  "    try: return version(name)",
  "    except PackageNotFoundError: return None",
  "print(json.dumps({name: found(name) for name in sys.argv[1:]}))",
].join("\n");

/** Are the packages there that requirements.txt pins? */
export async function checkPythonPackages(setup: SetupParts): Promise<Finding> {
  const name = "Python packages";
  const pins = readPins(readFileSync(setup.paths.requirements, "utf8"));
  const { code, output } = await setup.runChild(
    [setup.paths.venvPython, "-I", "-c", VERSIONS, ...pins.map(([project]) => project)],
    { env: setup.pythonEnvironment(process.env) },
  );
  if (code !== 0) return { name, state: "problem", text: "the environment .venv does not run", cure: MEND };
  const versions: Record<string, string | null> = JSON.parse(output.trim().split("\n").at(-1) as string);
  const wrong = pins.filter(([project, pin]) => versions[project] !== pin);
  if (wrong.length === 0)
    return { name, state: "ok", text: pins.map(([project, pin]) => `${project} ${pin}`).join(", ") };
  const text = wrong.map(
    ([project, pin]) =>
      `${project} ${pin} is ${versions[project] ? `here as ${versions[project]}` : "missing"}`,
  );
  return {
    name,
    state: "problem",
    text: text.join("; "),
    cure: `${setup.paths.venvPython} -m pip install -r ${setup.paths.requirements}`,
  };
}

/** The projects and versions of lines such as "plotly==7.1.0". */
export function readPins(requirements: string): [project: string, version: string][] {
  return [...requirements.matchAll(/^([\w.-]+)==([\w.]+)/gm)].map(([, project, version]) => [
    project,
    version,
  ]);
}
