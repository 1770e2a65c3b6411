import { counted } from "../../words/english.js";
import { accuracyText, lossText, shortPercentText } from "../../words/numbers.js";
import { MOST_POINTS, type OwnPoint, type Setting } from "../setting.js";
import type { LabRun } from "../tasks.js";
import { drawBoundary } from "./boundary.js";
import { type Sheet, sheetOf, type Theme } from "./canvas.js";
import { byId } from "./elements.js";
import { type Frame, framesOf, type Plane } from "./frame.js";
import { drawHiddenSpace } from "./hiddenSpace.js";
import { drawLoss } from "./loss.js";
import { drawNetwork } from "./network.js";

/** The four pictures of a moment, always of the same one. */
export interface Panels {
  /** Takes another run; returns its last epoch. */
  load(run: LabRun): number;
  /** @param rests  whether to say in words what is seen, too */
  show(epoch: number, theme: Theme, rests: boolean): void;
}

/** @param clicked  receives places (x₁, x₂) where the answers were clicked */
export function makePanels(redraw: () => void, clicked: (x: number, y: number) => void): Panels {
  let run: LabRun | undefined;
  let before: LabRun | undefined;
  let frames: ReturnType<typeof framesOf> | undefined;
  let plane: Plane | undefined;
  const draws: Record<string, (frame: Frame, sheet: Sheet) => void> = {
    ...{ answers: drawBoundary(), network: drawNetwork(), hidden: drawHiddenSpace },
    loss: (frame, sheet) => drawLoss(frame, sheet, before),
  };
  const canvases = Object.entries(draws).map(([id, draw]) => {
    const canvas = byId<HTMLCanvasElement>(id);
    return { id, canvas, draw, sheet: sheetOf(canvas, redraw) };
  });
  byId("answers").addEventListener("click", ({ offsetX, offsetY, currentTarget }) => {
    const width = (currentTarget as HTMLElement).clientWidth;
    if (plane)
      clicked(plane.left + (offsetX / width) * plane.size, plane.bottom + (1 - offsetY / width) * plane.size);
  });
  return {
    load: (next) => {
      before = run?.setting.loss === next.setting.loss ? run : undefined;
      run = next;
      document.body.toggleAttribute("data-before", before !== undefined);
      document.body.toggleAttribute("data-held", next.testPoints !== undefined);
      document.body.dataset.data = next.setting.data;
      frames = framesOf(next);
      return frames.last;
    },
    show: (epoch, theme, rests) => {
      if (!frames || !run) return;
      const frame = frames.frameAt(epoch, theme);
      plane = frame.plane;
      for (const { draw, sheet } of canvases) draw(frame, sheet());
      const text = momentText(run, Math.floor(epoch));
      byId("moment").textContent = text;
      if (rests) byId("epoch").setAttribute("aria-valuetext", text);
      if (rests)
        for (const { id, canvas } of canvases) canvas.setAttribute("aria-label", DESCRIPTIONS[id](frame));
    },
  };
}

/** Epoch and losses: "epoch 57 of 100 · loss 0.3401 · held out 0.3502". */
function momentText({ setting, history }: LabRun, epoch: number): string {
  const at = `epoch ${epoch} of ${setting.epochs}`;
  if (epoch === 0) return `${at} · initial weights`;
  const share = history.accuracy[epoch - 1];
  const held = history.valLoss ? ` · held out: loss ${lossText(history.valLoss[epoch - 1])}` : "";
  return `${at} · loss ${lossText(history.loss[epoch - 1])} · accuracy ${accuracyText(share)}${held}`;
}

const DESCRIPTIONS: Readonly<Record<string, (frame: Frame) => string>> = {
  answers: (frame) => {
    const { right, all } = rightPoints(frame);
    return `Map of the answers over x₁ and x₂: ${right} of ${all} places right, ${shortPercentText(right / all)}`;
  },
  network: ({ run: { network } }) =>
    `The network: ${counted(network.inputs, "input")}, ${network.layers.map(({ units, activation }) => `${units} ${activation}`).join(", then ")}`,
  hidden: () => "The points by the values of two hidden units",
  loss: ({ run, epoch }) => `Loss by epoch; ${momentText(run, Math.floor(epoch))}`,
};

function rightPoints({ run, weights, pass }: Frame): { right: number; all: number } {
  const { classes, inputs } = run.points;
  let right = 0;
  classes.forEach((target, i) => {
    const [answer] = pass(weights, inputs, i * run.network.inputs);
    if (answer !== run.threshold && answer > run.threshold === (target === 1)) right += 1;
  });
  return { right, all: classes.length };
}

/** The points with one more at this place, or without the one that is there. */
export function withPoint({ points }: Setting, [x, y, target]: OwnPoint, near: number): readonly OwnPoint[] {
  const hit = points.findIndex(([px, py]) => Math.hypot(px - x, py - y) < near);
  if (hit >= 0) return points.filter((_, i) => i !== hit);
  return points.length < MOST_POINTS ? [...points, [x, y, target]] : points;
}
