import { resolve } from "node:path";

/** The checkout: this file is its dist/test/support/checkout.js. */
export const CHECKOUT = resolve(__dirname, "../../..");
