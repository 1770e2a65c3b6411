import { join, resolve } from "node:path";

/** The checkout: this file is its dist/test/support/checkout.js. */
export const CHECKOUT = resolve(__dirname, "../../..");

const PROGRAM = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];

/** The Python of the environment that set-up made. */
export const PYTHON = join(CHECKOUT, ".venv", ...PROGRAM);
