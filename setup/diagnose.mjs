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
 * The causes that npm and pip share.
 * @param {"npm" | "pip"} tool
 * @param {string} what    what failed
 * @param {string} output
 * @returns {Problem | undefined}
 */
function commonProblem(tool, what, output) {
  const source = tool === "npm" ? "npm registry" : "Python package index";
  if (DISK_FULL.test(output)) return diskProblem(what);
  if (BAD_CERTIFICATE.test(output))
    return new Problem(
      what,
      `the ${source}'s certificate is not trusted here, as happens behind a company's proxy.`,
      [
        tool === "npm"
          ? "export NODE_EXTRA_CA_CERTS=/path/to/your-proxy-ca.pem"
          : "export PIP_CERT=/path/to/your-proxy-ca.pem",
        AGAIN,
      ],
    );
  if (NO_NETWORK.test(output))
    return new Problem(
      what,
      `the ${source} cannot be reached: there is no network, or a proxy is in the way.`,
      ["connect to the network; behind a proxy: export HTTPS_PROXY=http://your-proxy:port", AGAIN],
    );
  if (NOT_ALLOWED.test(output))
    return new Problem(what, "you may not write to a file or folder of the checkout.", [
      'make the checkout yours: sudo chown -R "$(id -u)" .',
      AGAIN,
    ]);
  return undefined;
}

/** @param {string} what */
export function diskProblem(what) {
  return new Problem(what, "the disk is full.", [
    "free some space (xorlab needs 1 GB): df -h . shows how much there is",
    AGAIN,
  ]);
}

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
  const common = commonProblem("npm", what, output);
  if (common) return common;
  if (/EUSAGE/.test(output) && /in sync/.test(output))
    return new Problem(what, "package.json and package-lock.json do not agree.", [
      "if you changed package.json: npm install",
      "if you did not: git checkout package.json package-lock.json",
    ]);
  if (/EINTEGRITY/.test(output)) {
    const name = /tarball data for (\S+) .*corrupted/.exec(output)?.[1] ?? "A package";
    return new Problem(
      `${name} is not the package that package-lock.json pins.`,
      "its checksum differs: it was damaged on the way, or the registry serves another package.",
      ["npm cache verify", AGAIN],
    );
  }
  return new Problem(what, "npm ci failed; its output is above.", [`fix what npm reports, then: ${SETUP}`]);
}

/** @param {string} output  of the compiler */
export function buildProblem(output) {
  const what = "xorlab could not be built.";
  if (DISK_FULL.test(output)) return diskProblem(what);
  return new Problem(what, "the compiler found the errors above.", [
    "fix the lines it names; git status shows what differs from the committed code",
  ]);
}

/**
 * @param {string} output   of `python -m venv`
 * @param {string} version  of the Python that ran it, such as "3.11.2"
 */
export function venvProblem(output, version) {
  const what = "The Python environment .venv could not be created.";
  if (DISK_FULL.test(output)) return diskProblem(what);
  if (/No module named|ensurepip is not available|ensurepip/.test(output)) return venvMissing(version);
  return (
    commonProblem("pip", what, output) ??
    new Problem(what, "python -m venv failed; its output is above.", [
      `fix what it reports, or use another Python: PYTHON=/path/to/python3 ${SETUP}`,
    ])
  );
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

/**
 * @param {string} output  of `pip install`
 */
export function pipProblem(output) {
  const what = "The Python packages could not be installed.";
  const common = commonProblem("pip", what, output);
  if (common) return common;
  const missing = /No matching distribution found for (\S+)/.exec(output)?.[1];
  if (missing)
    return new Problem(what, `the Python package index has no ${missing} for this Python and this machine.`, [
      `use another Python, 3.10 or later: PYTHON=/path/to/python3 ${SETUP}`,
    ]);
  if (/DO NOT MATCH THE HASHES/.test(output))
    return new Problem(
      what,
      "the checksum of a package is not the pinned one: it was damaged on the way, or the index serves another file.",
      [AGAIN],
    );
  return new Problem(what, "pip failed; its output is above.", [`fix what pip reports, then: ${SETUP}`]);
}
