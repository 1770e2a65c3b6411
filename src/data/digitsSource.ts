/** Loads the 82 kB when they are first asked for. In ES modules (src/browser/) they are imported, where digits() is used. */
declare function require(name: "./digitsText.js"): { readonly DIGITS_TEXT: string };

export const digitsText = (): string => require("./digitsText.js").DIGITS_TEXT;
