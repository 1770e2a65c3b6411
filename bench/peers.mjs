// The peers: how each is found, and how it trains one setting. Each measures itself and prints the time of one trial.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {object} Setting
 * @property {number} hidden
 * @property {"sigmoid" | "relu"} activation
 */

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {number} cores       how many cores its time is for; xorlab gets as many
 * @property {number} rounds      how often it is measured at most: slow peers once
 * @property {() => string | undefined} missing  why it is not there
 * @property {(setting: Setting) => number} milliseconds  one trial
 */

const folder = dirname(fileURLToPath(import.meta.url));
const python = process.env.BENCH_PYTHON ?? "python3";
const built = mkdtempSync(join(tmpdir(), "xorlab-bench-"));

/**
 * @param {string} program
 * @param {string[]} options
 */
const works = (program, options) => spawnSync(program, options, { stdio: "ignore" }).status === 0;

/** @param {string} module */
const lacksModule = (module) =>
  works(python, ["-c", `import ${module}`]) ? undefined : `${python} has no ${module}`;

/**
 * @param {string} program
 * @param {string[]} options
 */
const output = (program, options) =>
  execFileSync(program, options, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

/**
 * The number before a unit in a program's last line.
 * @param {string} text
 * @param {RegExp} pattern
 */
function numberIn(text, pattern) {
  const found = pattern.exec(text);
  if (!found) throw new Error(`no time in: ${text}`);
  return Number(found[1]);
}

/** @param {number} allCores @returns {Peer[]} */
export function peers(allCores) {
  return [
    {
      name: "C (clang -O3 -march=native)",
      cores: 1,
      rounds: 99,
      missing: () => (works("clang", ["--version"]) ? undefined : "clang is not installed"),
      milliseconds: ({ hidden, activation }) => {
        const program = join(built, `ensemble-${hidden}`);
        const options = [
          "-O3",
          "-march=native",
          "-ffast-math",
          `-DHIDDEN=${hidden}`,
          join(folder, "ensemble.c"),
          "-o",
          program,
          "-lm",
        ];
        execFileSync("clang", options);
        return numberIn(output(program, ["3200", activation]), /([\d.]+) ms per trial/);
      },
    },
    {
      name: "JAX vmap + jit",
      cores: allCores,
      rounds: 3,
      missing: () => lacksModule("jax"),
      milliseconds: ({ hidden, activation }) =>
        numberIn(
          output(python, [join(folder, "jax_ensemble.py"), String(hidden), activation, "400"]),
          /([\d.]+) ms per trial/,
        ),
    },
    {
      name: "PyTorch eager",
      cores: 1,
      rounds: 1,
      missing: () => lacksModule("torch"),
      milliseconds: ({ hidden, activation }) =>
        1000 *
        numberIn(
          output(python, [join(folder, "torch_loop.py"), String(hidden), activation, "10"]),
          /([\d.]+) s per 100/,
        ),
    },
    {
      name: "Keras",
      cores: 1,
      rounds: 1,
      missing: () => lacksModule("keras"),
      milliseconds: ({ hidden, activation }) =>
        1000 *
        numberIn(
          output(python, [join(folder, "keras_question.py"), String(hidden), activation, "1", "1"]),
          /([\d.]+) s\s*$/,
        ),
    },
  ];
}
