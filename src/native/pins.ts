/**
 * What is fetched from outside beside the packages of package-lock.json, pinned to the byte.
 *
 * tfjs-node 4.22 was made for libtensorflow 2.9, but calls only TensorFlow's C interface, which stays the same. The
 * wheel's Python version does not matter: no Python code of it is used.
 */

/** A wheel of PyPI that carries libtensorflow. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  /** pip's name of the machine */
  readonly platform: string;
  readonly sha256: string;
  /** bytes to fetch */
  readonly size: number;
}

export const WHEEL_PYTHON = "3.12";

/** By process.platform and process.arch. There is none for macOS on Intel, and none for Windows that could be linked. */
export const WHEELS: Readonly<Record<string, Wheel>> = {
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
export const OLDEST_GLIBC = [2, 27] as const;

/** The headers of Node's C interface, the same for all Nodes: so that Node's own headers need not be there. */
export const HEADERS = {
  name: "node-api-headers",
  version: "1.9.0",
  integrity:
    "sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==",
} as const;

/** The version of that interface which tfjs-node is compiled for, and looks for in its folder. */
export const NAPI_VERSION = 8;

/** Bytes of disk that each way may need at its worst moment, with room to spare; of the wheel's 0.83e9 stay. */
export const DISK_NEEDED = { stock: 1e9, wheel: 1.6e9 } as const;
