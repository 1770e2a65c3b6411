/** "xorlab/figures": what can be drawn, each as a function of its own. */
export type { Figure } from "./figures/figure.js";
export * from "./figures/index.js";
