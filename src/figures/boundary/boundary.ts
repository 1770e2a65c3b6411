import { written } from "../../check.js";
import type { Run } from "../../train/run.js";
import { asFigure, type Figure } from "../figure.js";
import { type Answers, answersOf } from "../parts/answers.js";
import { checkRun } from "../parts/check.js";
import { type EpochStop, type EpochStops, epochOption, epochStops } from "../parts/epochStops.js";
import { type EpochDrawing, epochSlider } from "../parts/epochs.js";
import { COARSE, FINE, type Plane, planeOf } from "../parts/plane.js";
import { ONE_SCALE, planeAxis } from "../parts/planeFrame.js";
import { dataText } from "../parts/runs.js";
import { CONFIG, cardLayout, LEGEND } from "../parts/theme.js";
import { boundaryFinding } from "./finding.js";
import { outputTrace } from "./ground.js";
import { answerLabels, pointTraces } from "./points.js";

const SQUARE_HEIGHT = 290; // pixels, about the width that a telephone has for it
const AXIS = 54; // its numbers and title
const COLOUR_BAR = 66;
const BELOW = AXIS + COLOUR_BAR; // the plane
const LEGEND_ROW = 26;

/**
 * The network's output over the plane of its two inputs: colours from 0 to 1, black where it is ½, and the data on it.
 * A slider goes through the epochs; first shown is the trained network, of which the title speaks.
 *
 * A point is right where its colour is that of the ground. Of a truth table, every row is labelled with its target
 * and the network's answer; of continuous data, at most 400 points are drawn.
 *
 * @param run  a run on data with two inputs
 * @param options  `epoch`: only the network after this epoch, without a slider; 0 is before training
 * @returns a figure whose title counts the right answers
 * @throws TypeError if it is no run; RangeError if its data have other than two inputs, or if the weights after the
 *   epoch were not kept
 * @example figures.boundary(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).data[0].type // "contour"
 */
export function boundary(run: Run, options: { readonly epoch?: number } = {}): Figure {
  const epoch = checkedOptions(run, options);
  const answers = answersOf(run, epoch);
  const shown = allStops(run, epoch);
  const plane = planeOf(run, answers, shown.stops[shown.active].epoch, FINE);
  const slider = epochSlider(shown, drawing(run, answers, shown, plane), BELOW);
  const card = boundaryCard(run, answers, epoch, slider.height);
  const layout = {
    ...card,
    margin: { ...card.margin, b: BELOW + slider.height },
    ...axes(plane),
    ...slider.layout,
    hovermode: "closest",
    dragmode: false,
    legend: { ...LEGEND, ...LEGEND_PLACE },
    showlegend: !answers.labelled,
  };
  const frames = slider.frames.length > 0 ? { frames: slider.frames } : {};
  return asFigure({ data: slider.data, layout, config: CONFIG, ...frames });
}

/** The epoch that is asked for, if any, of a run on data that can be drawn. */
function checkedOptions(run: Run, options: unknown): number | undefined {
  const { data } = checkRun("figures.boundary", run);
  if (data.features !== 2)
    throw new RangeError(
      `figures.boundary: the data must have 2 inputs to be drawn in a plane, got ${written(data.name)} with ${data.features}`,
    );
  return epochOption("figures.boundary", run, options);
}

function boundaryCard(run: Run, answers: Answers, epoch: number | undefined, sliderHeight: number) {
  const { title, detail, description } = boundaryFinding(run, answers, epoch);
  return cardLayout({
    title,
    subtitle: [detail, `${dataText(run)}; seed ${run.seed}; ${progressText(run, epoch)}`],
    description,
    height: SQUARE_HEIGHT + BELOW + sliderHeight,
    keyHeight: answers.labelled ? 0 : LEGEND_ROW,
  });
}

/** The moments to show; one at least, though all weights may be no numbers. */
function allStops(run: Run, epoch: number | undefined): EpochStops {
  const shown = epochStops(run, epoch);
  if (shown.stops.length > 0) return shown;
  return { stops: [{ epoch: undefined, label: "end", name: "end" }], active: 0 };
}

/** What is to be seen at each moment; in full only at the one that is shown first. */
function drawing(run: Run, answers: Answers, { stops, active }: EpochStops, plane: Plane) {
  return (stop: EpochStop): EpochDrawing => {
    const first = stop === stops[active];
    const then = answersOf(run, stop.epoch);
    const ground = first ? plane : planeOf(run, answers, stop.epoch, COARSE);
    return {
      data: [outputTrace(ground, -(AXIS + 2) / SQUARE_HEIGHT), ...pointTraces(then)],
      annotations: answers.labelled ? answerLabels(then, plane) : [],
      caption: `${then.right} of ${then.rows} right`,
    };
  };
}

function progressText({ status, history, settings }: Run, epoch: number | undefined): string {
  if (epoch !== undefined) return `epoch ${epoch} of ${settings.epochs}`;
  const epochs = history.loss.length;
  const when =
    epochs === 0 ? "before the first epoch ended" : `after ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`;
  return status === "completed" ? when : `${status} ${when}`;
}

const LEGEND_PLACE = {
  yref: "paper",
  y: 1,
  yanchor: "bottom",
  xref: "paper",
  x: 0.5,
  xanchor: "center",
  indentation: 0,
} as const;

/** Of one scale where the inputs' extents allow it. */
function axes({ x, y, alike }: Plane): object {
  const scale = alike ? ONE_SCALE : { x: {}, y: {} };
  return {
    xaxis: planeAxis("first input", x, scale.x),
    yaxis: planeAxis("second input", y, scale.y),
  };
}
