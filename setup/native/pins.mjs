/**
 * What is fetched beside the npm packages of package-lock.json, pinned by its checksum.
 *
 * tfjs-node 4.22 was made for libtensorflow 2.9, but calls only TensorFlow's C interface, which stays the same. The
 * wheel's Python version does not matter: no Python code of it is used.
 *
 * @typedef {object} Wheel  a wheel of PyPI that carries libtensorflow
 * @property {string} project
 * @property {string} version
 * @property {string} platform  pip's name of the machine
 * @property {string} sha256
 * @property {number} size      bytes to fetch
 */

export const WHEEL_PYTHON = "3.12";

/**
 * By process.platform and process.arch. There is none for macOS on Intel, and none for Windows that could be linked.
 * @type {Readonly<Record<string, Wheel | undefined>>}
 */
export const WHEELS = {
  "linux-x64": {
    project: "tensorflow-cpu",
    version: "2.21.0",
    platform: "manylinux_2_27_x86_64",
    sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
    size: 274_000_871,
  },
  "linux-arm64": {
    project: "tensorflow",
    version: "2.21.0",
    platform: "manylinux_2_27_aarch64",
    sha256: "b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552",
    size: 280_000_000, // about
  },
};

/** The oldest glibc that the wheels run on: the 2.27 of their platform's name. */
export const OLDEST_GLIBC = /** @type {const} */ ([2, 27]);

/** The version of Node's C interface which tfjs-node is compiled for, and looks for in its folder. */
export const NAPI_VERSION = 8;

/** Bytes of disk that each way may need at its worst moment, with some to spare; of the wheel's 0.83e9 stay. */
export const DISK_NEEDED = { stock: 1e9, wheel: 1.6e9 };
