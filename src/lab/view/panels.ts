import { make } from "../../reader/elements.js";
import { counted } from "../../words/english.js";
import { accuracyText, lossText, shortPercentText } from "../../words/numbers.js";
import type { LabRun } from "../labRun.js";
import { drawBoundary, isRight, MOST_DRAWN } from "./boundary.js";
import { type Sheet, sheetOf, type Theme } from "./canvas.js";
import { byId } from "./elements.js";
import { type Focus, type Frame, framesOf } from "./frame.js";
import { drawHiddenSpace } from "./hiddenSpace.js";
import { drawLoss } from "./loss.js";
import { drawNetwork } from "./network.js";
import { makePen, type Pen } from "./pen.js";
import { focusText, makeUnits } from "./units.js";
import { makeWeights } from "./weights.js";

/**
 * The four pictures of a moment, always of the same one.
 *
 * @param hold  lets the film stand
 * @param pen   is told where a point is to be set or removed
 */
export function makePanels(redraw: () => void, hold: () => void, pen: Pen) {
  let run: LabRun | undefined;
  let before: LabRun | undefined;
  let frames: ReturnType<typeof framesOf> | undefined;
  let shown: Frame | undefined;
  /** Weights set by hand, while their moment is shown. */
  let changed: { readonly epoch: number; readonly weights: Float32Array } | undefined;
  let focus: Focus | undefined;
  const fields = makeWeights((index, value) => {
    if (!shown) return;
    const weights = Float32Array.from(shown.weights);
    weights[index] = value;
    changed = { epoch: shown.epoch, weights };
    redraw();
  });
  const units = makeUnits(
    (next) => {
      focus = next;
      redraw();
    },
    (picked) => {
      hold();
      if (shown) fields.open(shown, picked);
    },
  );
  const draws: Record<string, (frame: Frame, sheet: Sheet) => void> = {
    ...{ answers: drawBoundary, network: drawNetwork, hidden: drawHiddenSpace },
    loss: (frame, sheet) => drawLoss(frame, sheet, before),
  };
  const canvases = Object.entries(draws).map(([id, draw]) => {
    const canvas = byId<HTMLCanvasElement>(id);
    return { id, canvas, draw, sheet: sheetOf(canvas, redraw) };
  });
  const cursor = makePen(byId("answers"), () => shown?.plane, pen);
  return {
    /** Takes another run; returns its last epoch. */
    load: (next: LabRun): number => {
      before = run?.setting.loss === next.setting.loss ? run : undefined;
      run = next;
      changed = undefined;
      fields.close();
      describeRun(next, before !== undefined);
      frames = framesOf(next);
      return frames.last;
    },
    /** The weights of the moment that is shown, also those that were set by hand. */
    weights: () => shown?.weights,
    /** @param rests  whether to say in words what is seen, too */
    show: (epoch: number, theme: Theme, rests: boolean): void => {
      if (!frames || !run) return;
      const { clientWidth, clientHeight } = byId("network");
      units.place(run, clientWidth, clientHeight);
      if (changed?.epoch !== epoch) changed = undefined;
      const frame = frames.frameAt(epoch, theme, focus, changed?.weights);
      shown = frame;
      cursor.place();
      for (const { draw, sheet } of canvases) draw(frame, sheet(theme));
      const text = changed ? changedText(frame) : momentText(run, Math.floor(epoch));
      byId("moment").textContent = text;
      byId("unit-text").textContent = focus
        ? focusText(frame, focus)
        : "Point at a unit or a line to see its numbers; click it to change them.";
      if (!rests) return;
      fields.show(frame);
      byId("epoch").setAttribute("aria-valuetext", text);
      units.label(frame);
      for (const { id, canvas } of canvases) canvas.setAttribute("aria-label", DESCRIPTIONS[id](frame));
    },
  };
}

/** What depends on the run alone: which keys are shown, and what they say. */
function describeRun({ setting, points, testPoints, classNames, plane }: LabRun, hasBefore: boolean): void {
  document.body.toggleAttribute("data-before", hasBefore);
  document.body.toggleAttribute("data-held", testPoints !== undefined);
  document.body.dataset.data = setting.data;
  const keys = classNames.map((name, group) =>
    make("span", { class: "dot", style: `color: var(--class-${group})` }, name),
  );
  byId("classes").replaceChildren(...keys);
  const all = points.classes.length;
  byId("drawn").textContent = all > MOST_DRAWN ? `${MOST_DRAWN} of ${all} points are drawn` : "";
  byId("projection").hidden = plane.origin.length === 2;
}

/** Epoch, losses and accuracies: "epoch 57 of 100 · loss 0.3401 · accuracy 0.750 · held out: loss 0.3502, accuracy 0.730". */
function momentText({ setting, history }: LabRun, epoch: number): string {
  const at = `epoch ${epoch} of ${setting.epochs}`;
  if (epoch === 0) return `${at} · initial weights`;
  const { loss, accuracy, valLoss, valAccuracy } = history;
  const [here, share] = [lossText(loss[epoch - 1]), accuracyText(accuracy[epoch - 1])];
  const held =
    valLoss && valAccuracy
      ? ` · held out: loss ${lossText(valLoss[epoch - 1])}, accuracy ${accuracyText(valAccuracy[epoch - 1])}`
      : "";
  return `${at} · loss ${here} · accuracy ${share}${held}`;
}

/** "epoch 57 · weights changed by hand · 3 of 4 places right, 75 %". */
const changedText = (frame: Frame): string =>
  `epoch ${frame.epoch} · weights changed by hand · ${rightText(frame)}`;

function rightText(frame: Frame): string {
  const { points } = frame.run;
  const all = points.classes.length;
  const right = [...points.classes.keys()].filter((i) => isRight(frame, points, i)).length;
  return `${right} of ${all} places right, ${shortPercentText(right / all)}`;
}

const DESCRIPTIONS: Readonly<Record<string, (frame: Frame) => string>> = {
  answers: (frame) => `Map of the answers over ${frame.run.plane.titles.join(" and ")}: ${rightText(frame)}`,
  network: ({ run: { network } }) =>
    `The network: ${counted(network.inputs, "input")}, ${network.layers.map(({ units, activation }) => `${units} ${activation}`).join(", then ")}`,
  hidden: () => "The points by the values of two hidden units",
  loss: ({ run, epoch }) => `Loss and accuracy by epoch; ${momentText(run, Math.floor(epoch))}`,
};
