import { DIGITS_TEXT } from "../data/digitsText.js";

/** In ES modules nothing is loaded later: a bundle has the text if it has digits(). */
export const digitsText = (): string => DIGITS_TEXT;
