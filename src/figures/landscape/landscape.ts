import { isPenalized } from "../../engine/network.js";
import { roundStep } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { lossUnit } from "../../words/names.js";
import { lossText, percentText, significant } from "../../words/numbers.js";
import type { Figure } from "../figure.js";
import { meaningsText, references } from "../loss/references.js";
import { checkChain, checkRun } from "../parts/check.js";
import { figureOf } from "../parts/marks.js";
import { PLANE, planeAxes } from "../parts/plane.js";
import { lossRemark, runLine, subject } from "../parts/runs.js";
import { type PathPlane, pathPlane, type WeightPath, weightPath } from "./path.js";
import { type Landscape, landscapeOf, type Ring, ringAround } from "./surface.js";
import { endNotes, lossTrace, pathTraces, referenceLines, ringShape } from "./traces.js";

const MOST_DOTS = 10; // along the path

/**
 * The loss over a plane in the space of all weights: the plane through the start and the end of the run's path that
 * holds most of it. The line from start to end runs across; up is the direction in which the path strays most from
 * that line (of a straight path, or none, a random one that follows from the run's seed). One unit is the same
 * distance both ways.
 *
 * The loss is the mean over the run's data, over an even part of them where they are many, and penalties are added to it as
 * they were in training. Lines mark losses that mean something, as in figures.loss.
 *
 * @param run  a run of a chain of dense layers
 * @returns a figure whose title says at which loss the path ends, and what is the lowest in view
 * @throws TypeError if it is no run, or its model no chain of dense layers; RangeError if it starts at weights that
 *   are no finite numbers
 * @example figures.landscape(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).data[0].type // "contour"
 */
export function landscape(run: NetworkRun): Figure {
  const { network, path } = checkedPath(run);
  const plane = pathPlane(path, run.seed);
  const land = landscapeOf(network, run.data, run.settings.loss, plane);
  const [start, end] = [plane.path[0], plane.path[plane.path.length - 1]];
  const ring = ringAround(land, end);
  const losses = path.points.map(land.lossOf);
  const guides = isPenalized(network) ? [] : referenceLines(land, references([run])); // what ties cost has no penalties
  const step = roundStep(Math.max(1, path.epochs[path.epochs.length - 1] / MOST_DOTS));
  const title = titleText(run, land, land.at(end), path.broken);
  const detail = ringText(ring);
  const reading = [
    lossRemark([run]),
    planeText(plane, land, run),
    meaningsText(
      guides.map((guide) => guide.reference),
      ", from light to dark",
    ),
  ];
  const side = (ticks: readonly number[]) => [ticks[0], ticks[ticks.length - 1]] as const;
  const up = plane.drawn === "none" ? "main sideways direction" : "random direction";
  return figureOf({
    card: {
      title,
      subtitle: [
        detail,
        [...reading, dotsText(path, step)].filter(Boolean).join(" "),
        runLine(run, undefined),
      ],
      description: [`${title}.`, detail, ...reading].filter(Boolean).join(" "),
      height: PLANE.height + PLANE.axis + PLANE.bar,
      square: PLANE.height,
    },
    axes: planeAxes({ x: side(land.x), y: side(land.y) }, ["start → end (distance in weights)", up], true),
    drawing: {
      traces: [
        lossTrace(land, losses, `(${lossUnit(run.settings.loss)})`),
        ...guides.map((guide) => guide.trace),
        ...pathTraces(path, plane.path, losses, step),
      ],
      notes: endNotes(start, end, land.half),
      shapes: [ringShape(end, ring)],
    },
  });
}

/** The weights of a run that has a landscape. */
function checkedPath(run: NetworkRun) {
  const where = "figures.landscape";
  const network = checkChain(where, checkRun(where, run));
  const path = weightPath(run);
  if (path.points.length === 0)
    throw new RangeError(`${where}: the run must start at finite weights, got weights that are no numbers`);
  return { network, path };
}

/** "The network of 2 sigmoid units ends at loss 0.0447; the lowest loss in view is 0.0067". */
function titleText(run: NetworkRun, { loss }: Landscape, end: number, broken: boolean): string {
  if (!Number.isFinite(end))
    return `${subject(run)} diverged: at its last finite weights the loss is no number`;
  const ends =
    broken || run.status === "diverged"
      ? "diverged: its last finite weights have"
      : `${run.status === "stopped" ? "was stopped" : "ends"} at`;
  const lowest = lossText(loss.flat().reduce((least, one) => (one < least ? one : least), end));
  const rest = lowest === lossText(end) ? ", the lowest in view" : `; the lowest loss in view is ${lowest}`;
  return `${subject(run)} ${ends} loss ${lossText(end)}${rest}`;
}

/** "At 144 places within the ring (radius 0.94), the loss differs from the end's by −0.000021 to +0.95." */
function ringText({ radius, places, change }: Ring): string {
  const where = `At ${places} places within the ring (radius ${significant(radius, 2)}), the loss`;
  const [least, most] = change;
  const [from, to] = [signedText(least), signedText(most)];
  return from === to
    ? `${where} is the same as at the end.`
    : `${where} differs from the end's by ${from} to ${to}.`;
}

const ROUNDING = 1e-9; // smaller changes are none

function signedText(change: number): string {
  if (Math.abs(change) < ROUNDING) return "0";
  const size = Number.isFinite(change) ? significant(Math.abs(change), 2) : "∞";
  return `${change < 0 ? "−" : "+"}${size}`;
}

/** What the plane is, and how much of the path it shows. */
function planeText({ share, drawn, path }: PathPlane, { rows }: Landscape, run: NetworkRun): string {
  const loss = rows < run.data.rows ? ` The loss is that of ${rows} of the ${run.data.rows} rows.` : "";
  const still = path.length > 1 ? "The weights did not move" : "Only the start of the path is known";
  if (drawn === "both") return `${still}: two random directions.${loss}`;
  const straight = drawn === "up" ? " The path is straight: upward is a random direction." : "";
  return `This plane holds ${percentText(share, 1)} of the path's variance.${straight}${loss}`;
}

function dotsText({ epochs }: WeightPath, step: number): string {
  if (epochs.length < 3) return "";
  return `A dot ${step === 1 ? "each epoch" : `every ${step} epochs`}.`;
}
