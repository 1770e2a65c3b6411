/** "xorlab/figures": what can be drawn, each as a function of its own. */
export type { Figure, PlotlyFigure } from "./figures/figure.js";
export type { HiddenSpaceOptions } from "./figures/hiddenSpace/hiddenSpace.js";
export * from "./figures/index.js";
export type { FigurePageOptions } from "./figures/page.js";
export type { ShownOptions } from "./figures/parts/rows.js";
export type * from "./networkTypes.js";
export type { Study, StudyTrial } from "./study/result.js";
export type { StudyRow } from "./study/table.js";
export type { Run } from "./train/run.js";
