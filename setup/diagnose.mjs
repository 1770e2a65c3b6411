import { SETUP } from "./paths.mjs";
import { Problem } from "./problem.mjs";

/** Reads what a failed program printed and says why it failed and what cures it. Pure: text in, Problem out. */

const AGAIN = "then run the same command again; finished steps are kept";
const NO_NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|ENOTCACHED|Temporary failure in name resolution|Failed to establish a new connection|Connection refused|Network is unreachable|from versions: none/;
const BAD_CERTIFICATE =
  /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF|CERTIFICATE_VERIFY_FAILED|CERT_HAS_EXPIRED/;
const DISK_FULL = /ENOSPC|No space left on device/;
const NOT_ALLOWED = /EACCES|EPERM|EROFS|Permission denied|Read-only file system/;

/**
 * Why a program can have failed: words that it then prints, the reason (in which $1 is what the words captured), and what cures it.
 *
 * @typedef {readonly [words: RegExp, why: string, ...cures: string[]]} Cause
 */

/** @type {Cause} */
const FULL_DISK = [
  DISK_FULL,
  "the disk is full.",
  "free some space (xorlab needs 1 GB): df -h . shows how much there is",
  AGAIN,
];

/** The causes that npm and pip share. @type {(source: string, certificates: string) => Cause[]} */
const commonCauses = (source, certificates) => [
  [
    BAD_CERTIFICATE,
    `the ${source}'s certificate is not trusted here, as happens behind a company's proxy.`,
    `export ${certificates}=/path/to/your-proxy-ca.pem`,
    AGAIN,
  ],
  [
    NO_NETWORK,
    `the ${source} cannot be reached: there is no network, or a proxy is in the way.`,
    "connect to the network; behind a proxy: export HTTPS_PROXY=http://your-proxy:port",
    AGAIN,
  ],
  [
    NOT_ALLOWED,
    "you may not write to a file or folder of the checkout.",
    'make the checkout yours: sudo chown -R "$(id -u)" .',
    AGAIN,
  ],
];
const NPM_CAUSES = commonCauses("npm registry", "NODE_EXTRA_CA_CERTS");
const PIP_CAUSES = commonCauses("Python package index", "PIP_CERT");

/**
 * @param {string} what  what failed
 * @param {string} output
 * @param {readonly Cause[]} causes  besides a full disk; of those that fit the first counts, and the last one must fit
 */
export function problemOf(what, output, causes) {
  const [words, why, ...cures] = [FULL_DISK, ...causes].find(([one]) => one.test(output)) ?? FULL_DISK;
  return new Problem(
    what,
    why.replace("$1", () => words.exec(output)?.[1] ?? ""),
    cures,
  );
}

const ANY = /^/;

/**
 * @param {string} output  of `npm ci`
 * @param {number} code    its exit code
 */
export function npmProblem(output, code) {
  const what = "The npm packages could not be installed.";
  if (code === 127)
    return new Problem(what, "npm was not found beside Node.", [
      "install npm (Debian, Ubuntu: sudo apt install npm; others: it comes with https://nodejs.org)",
    ]);
  const damaged = /tarball data for (\S+) .*corrupted/.exec(output)?.[1] ?? "a package";
  return problemOf(what, output, [
    ...NPM_CAUSES,
    [
      /EUSAGE[\s\S]*in sync/,
      "package.json and package-lock.json do not agree.",
      "if you changed package.json: npm install",
      "if you did not: git checkout package.json package-lock.json",
    ],
    [
      /EINTEGRITY/,
      `${damaged} is not the package that package-lock.json pins: its checksum differs, since it was damaged on the way or the registry serves another.`,
      "npm cache verify",
      AGAIN,
    ],
    [ANY, "npm ci failed; its output is above.", `fix what npm reports, then: ${SETUP}`],
  ]);
}

/** @param {string} output  of the compiler */
export const buildProblem = (output) =>
  problemOf("xorlab could not be built.", output, [
    [
      ANY,
      "the compiler found the errors above.",
      "fix the lines it names; git status shows what differs from the committed code",
    ],
  ]);

/**
 * @param {string} output   of `python -m venv`
 * @param {string} version  of the Python that ran it, such as "3.11.2"
 */
export function venvProblem(output, version) {
  if (!DISK_FULL.test(output) && /No module named|ensurepip/.test(output)) return venvMissing(version);
  return problemOf("The Python environment .venv could not be created.", output, [
    ...PIP_CAUSES,
    [
      ANY,
      "python -m venv failed; its output is above.",
      `fix what it reports, or use another Python: PYTHON=/path/to/python3 ${SETUP}`,
    ],
  ]);
}

/** @param {string} version */
export function venvMissing(version) {
  const short = version.split(".").slice(0, 2).join(".");
  return new Problem(
    `Python ${version} lacks its venv module.`,
    "xorlab keeps its Python packages in an environment of their own, .venv, which python -m venv creates.",
    [
      `Debian, Ubuntu: sudo apt install python3-venv   (or python${short}-venv)`,
      "elsewhere: install Python from https://www.python.org, then run the same command again",
    ],
  );
}

/** @param {string} output  of `pip install` */
export const pipProblem = (output) =>
  problemOf("The Python packages could not be installed.", output, [
    ...PIP_CAUSES,
    [
      /No matching distribution found for (\S+)/,
      "the Python package index has no $1 for this Python and this machine.",
      `use another Python, 3.10 or later: PYTHON=/path/to/python3 ${SETUP}`,
    ],
    [
      /DO NOT MATCH THE HASHES/,
      "the checksum of a package is not the pinned one: it was damaged on the way, or the index serves another file.",
      AGAIN,
    ],
    [ANY, "pip failed; its output is above.", `fix what pip reports, then: ${SETUP}`],
  ]);
