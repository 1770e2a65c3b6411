import { written } from "../../check.js";
import type { Run } from "../../train/run.js";
import { asFigure, type Figure } from "../figure.js";
import type { Finding } from "../loss/finding.js";
import { references } from "../loss/references.js";
import { checkRun } from "../parts/check.js";
import { PLANE, planeAxes } from "../parts/plane.js";
import { dataText } from "../parts/runs.js";
import { COLOURS, CONFIG, cardLayout } from "../parts/theme.js";
import { type Surroundings, surroundings } from "./end.js";
import { landscapeFinding } from "./finding.js";
import { landscapeLabels } from "./labels.js";
import { type WeightPath, weightPath } from "./path.js";
import { type PathPlane, pathPlane } from "./plane.js";
import { lossColours } from "./scale.js";
import { type Landscape, landscapeOf } from "./surface.js";
import { lossTrace, pathTraces, referenceLines } from "./traces.js";

/**
 * The loss over a plane in the space of all weights: the plane through the start and the end of the run's path that
 * holds most of it. The line from start to end runs across; up is the direction in which the path strays most from
 * that line (of a straight path, or none, a random one that follows from the run's seed). One unit is the same
 * distance both ways.
 *
 * The loss is the mean over the run's data, over an even part of them where they are many. Lines mark losses that
 * mean something, as in figures.loss.
 *
 * @param run  a run of a chain of dense layers
 * @returns a figure whose title says on what the path ends
 * @throws TypeError if it is no run, or its model no chain of dense layers; RangeError if it starts at weights that
 *   are no finite numbers
 * @example figures.landscape(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).data[0].type // "contour"
 */
export function landscape(run: Run): Figure {
  const path = checkedPath(run);
  const plane = pathPlane(path, run.seed);
  const land = landscapeOf(run, plane);
  const around = surroundings(land, plane.path);
  const losses = path.points.map(land.lossOf);
  const all = land.loss.flat().filter(Number.isFinite);
  const guides = referenceLines(land, references([run]));
  const step = roundStep(path.epochs[path.epochs.length - 1]);
  const lowest = [...all, around.loss].reduce((least, loss) => Math.min(least, loss), Infinity);
  const names = guides.map((guide) => guide.label);
  const layout = {
    ...landscapeCard(
      run,
      landscapeFinding(run, around, lowest, path.broken),
      planeText(plane, land, run),
      dotsText(path, step),
    ),
    ...planeAxes(
      { x: [land.x[0], land.x[land.x.length - 1]], y: [land.y[0], land.y[land.y.length - 1]] },
      ["start → end (distance in weights)", upTitle(plane)],
      true,
    ),
    shapes: [ringShape(plane, around)],
    annotations: landscapeLabels(plane, land, names),
    hovermode: "closest",
    dragmode: false,
  };
  const colours = lossColours(all, losses.filter(Number.isFinite));
  const traces = [
    lossTrace(land, colours, unitText(run)),
    ...guides.map((guide) => guide.trace),
    ...pathTraces(path, plane.path, losses, step),
  ];
  return asFigure({ data: traces, layout, config: CONFIG });
}

/** The weights of a run that has a landscape. */
function checkedPath(run: Run): WeightPath {
  const { network, data } = checkRun("figures.landscape", run);
  if (!network)
    throw new TypeError(
      `figures.landscape: the model must be a chain of dense layers, got one on ${written(data.name)} that is not (${run.engineReason})`,
    );
  const path = weightPath(run);
  if (path.points.length === 0)
    throw new RangeError(
      "figures.landscape: the run must start at finite weights, got weights that are no numbers",
    );
  return path;
}

function landscapeCard(run: Run, { title, detail }: Finding, plane: string, dots: string) {
  return cardLayout({
    title,
    subtitle: [detail, `${plane} ${dots}`.trim(), `${dataText(run)}; seed ${run.seed}`],
    description: `${title}. ${detail} ${plane}`,
    height: PLANE.height + PLANE.axis + PLANE.bar,
  });
}

function unitText({ settings }: Run): string {
  return settings.loss === "binaryCrossentropy" ? "(nats)" : "(mean squared error)";
}

function upTitle({ drawn }: PathPlane): string {
  return drawn === "none" ? "main sideways direction" : "random direction";
}

/** What the plane is, and how much of the path it shows. */
function planeText({ share, drawn, path }: PathPlane, { rows }: Landscape, run: Run): string {
  const loss = rows < run.data.rows ? ` The loss is that of ${rows} of the ${run.data.rows} rows.` : "";
  const still = path.length > 1 ? "The weights did not move" : "Only the start of the path is known";
  if (drawn === "both") return `${still}: two random directions.${loss}`;
  const held = share > 0.9995 ? "all" : `${(100 * share).toFixed(share > 0.99 ? 1 : 0)} %`;
  const straight = drawn === "up" ? " The path is straight: upward is a random direction." : "";
  return `This plane holds ${held} of the path's variance.${straight}${loss}`;
}

function dotsText({ epochs }: WeightPath, step: number): string {
  if (epochs.length < 3) return "";
  return `A dot ${step === 1 ? "each epoch" : `every ${step} epochs`}.`;
}

/** A round number of epochs of which ten or fewer pass. */
function roundStep(epochs: number): number {
  for (let power = 1; ; power *= 10)
    for (const lead of [1, 2, 5]) if (epochs / (lead * power) <= 10) return lead * power;
}

/** The ring around the end within which the loss was looked at. */
function ringShape({ path }: PathPlane, { radius }: Surroundings): object {
  const [x, y] = path[path.length - 1];
  return {
    type: "circle",
    ...{ x0: x - radius, x1: x + radius, y0: y - radius, y1: y + radius },
    line: { color: COLOURS.ink, width: 1.2, dash: "dot" },
  };
}
