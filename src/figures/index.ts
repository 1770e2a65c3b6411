import { boundary } from "./boundary.js";
import { epochsToSolve } from "./epochsToSolve.js";
import { hiddenSpace } from "./hiddenSpace.js";
import { landscape } from "./landscape.js";
import { loss } from "./loss.js";
import { lossFloors } from "./lossFloors.js";
import { network } from "./network.js";
import { story } from "./story.js";
import { successByWidth } from "./successByWidth.js";

/** What can be drawn: pure functions from results to Plotly figures, for show() or a cell's last expression. */
export const figures = {
  loss,
  boundary,
  hiddenSpace,
  network,
  landscape,
  story,
  successByWidth,
  lossFloors,
  epochsToSolve,
} as const;
