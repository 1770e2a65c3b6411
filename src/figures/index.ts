/**
 * What can be drawn. Each is a pure function from results to a Plotly figure `{ data, layout, config }`, which draws itself
 * as a cell's last expression, or by show().
 */

export { boundary } from "./boundary/boundary.js";
export { confusion } from "./confusion.js";
export { epochsToSolve } from "./epochsToSolve.js";
export { fit } from "./fit/fit.js";
export { hiddenSpace } from "./hiddenSpace/hiddenSpace.js";
export { landscape } from "./landscape/landscape.js";
export { loss } from "./loss/loss.js";
export { lossFloors } from "./lossFloors.js";
export { network } from "./network/network.js";
export { predictedVsTrue } from "./predictedVsTrue.js";
export { story } from "./story/story.js";
export { successByWidth } from "./successByWidth/successByWidth.js";
