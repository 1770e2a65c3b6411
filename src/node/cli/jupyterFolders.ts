import { posix, win32 } from "node:path";

/** Where Jupyter looks for kernels: the rules of jupyter_core's paths.py, without Python. */

/** What the rules depend on. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** The user's data folder of Jupyter. */
export function userDataFolder({ env, platform, home }: Surroundings): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  const { join } = platform === "win32" ? win32 : posix;
  const standard = isSet(env.JUPYTER_PLATFORM_DIRS); // platformdirs' folders in place of Jupyter's own
  if (platform === "darwin")
    return standard
      ? join(home, "Library", "Application Support", "jupyter")
      : join(home, "Library", "Jupyter");
  if (platform === "win32") {
    if (standard) return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "jupyter");
    if (env.APPDATA) return join(env.APPDATA, "jupyter");
    return join(env.JUPYTER_CONFIG_DIR || join(home, ".jupyter"), "data");
  }
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
}

function isSet(value = ""): boolean {
  return !["", "no", "n", "false", "off", "0", "0.0"].includes(value.toLowerCase());
}

/** The folder of an environment, or of any other prefix, in which Jupyter looks. */
export function prefixDataFolder(prefix: string): string {
  return (process.platform === "win32" ? win32 : posix).join(prefix, "share", "jupyter");
}

/** The folder of the environment that is active: of Python's venv or of conda; undefined if none is. */
export function activeEnvironment({ env }: Surroundings): string | undefined {
  return env.VIRTUAL_ENV || env.CONDA_PREFIX || undefined;
}

/** All folders in which kernels may be, the first first. */
export function allDataFolders(surroundings: Surroundings): string[] {
  const { env, platform } = surroundings;
  const windows = platform === "win32";
  const environment = activeEnvironment(surroundings);
  const system = windows
    ? [win32.join(env.PROGRAMDATA || "C:\\ProgramData", "jupyter")]
    : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  const folders = [
    ...(env.JUPYTER_PATH ?? "").split(windows ? ";" : ":").filter(Boolean),
    userDataFolder(surroundings),
    ...(environment ? [prefixDataFolder(environment)] : []),
    ...system,
  ];
  return [...new Set(folders)];
}
