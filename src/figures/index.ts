/** What can be drawn: pure functions from results to Plotly figures. */
export { boundary } from "./boundary.js";
export { epochsToSolve } from "./epochsToSolve.js";
export { hiddenSpace } from "./hiddenSpace.js";
export { landscape } from "./landscape.js";
export { loss } from "./loss.js";
export { lossFloors } from "./lossFloors.js";
export { network } from "./network.js";
export { story } from "./story.js";
export { successByWidth } from "./successByWidth.js";
