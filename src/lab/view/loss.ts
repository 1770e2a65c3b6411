import { roundTicks } from "../../numbers/vectors.js";
import { lossText } from "../../words/numbers.js";
import type { LabRun } from "../labRun.js";
import { type Box, drawTicks, placeIn, type Sheet } from "./canvas.js";
import type { Frame } from "./frame.js";

/**
 * Loss and, below it, accuracy, epoch by epoch, on training and held-out rows, with the run before in grey and losses to compare
 * with.
 */

const EDGE = { left: 44, bottom: 34, top: 10, right: 12 };
const LOSS_SHARE = 0.64; // of the height
const GAP = 22; // between both charts

/** A part of the sheet that shows the run's epochs, and values from 0 up to a largest one. */
interface Chart {
  readonly box: Box;
  readonly place: ReturnType<typeof placeIn>;
}

export function drawLoss(frame: Frame, sheet: Sheet, before: LabRun | undefined): void {
  const { context, theme, width, height, dot, write, stroke } = sheet;
  const { run, epoch } = frame;
  const { history, setting } = run;
  const [left, right, foot] = [EDGE.left, width - EDGE.right, height - EDGE.bottom];
  const middle = EDGE.top + LOSS_SHARE * (foot - EDGE.top);
  const most = 1.06 * highestOf(run);
  const chart = (top: number, foot: number, most: number, epochs: readonly number[], ticks: number[]) => {
    const box = { left, right, top, foot };
    const place = placeIn({ x: [0, setting.epochs], y: [0, most] }, box);
    context.fillStyle = theme.line;
    context.fillRect(left, foot, right - left, 1);
    drawTicks(sheet, box, place, epochs, ticks);
    return { box, place };
  };
  const epochs = roundTicks(0, setting.epochs).filter(Number.isInteger);
  const losses = chart(EDGE.top, middle - GAP / 2, most, [], roundTicks(0, most));
  const shares = chart(middle + GAP / 2, foot, 1, epochs, [0, 0.5, 1]);
  write("accuracy", [left + 4, shares.box.top - 7], { size: 11 });
  write("epoch", [(left + width) / 2, height - 8], { align: "center" });
  drawReferences(run, sheet, losses);
  drawSolved(run, sheet, shares);
  const [now] = losses.place(epoch, 0);
  context.fillStyle = theme.quiet;
  context.fillRect(now, EDGE.top, 1, foot - EDGE.top);
  const passed = Math.floor(epoch);
  for (const [{ box, place }, name, valName] of [
    [losses, "loss", "valLoss"],
    [shares, "accuracy", "valAccuracy"],
  ] as const) {
    const draw = (values: readonly number[], colour: string, size: number, dash: number[] = []) => {
      context.beginPath();
      values.forEach((value, i) => {
        const [x, y] = place(i + 1, value);
        context.lineTo(x, Math.max(y, box.top - 4));
      });
      context.setLineDash(dash);
      stroke(colour, size);
      context.setLineDash([]);
      if (colour !== theme.line && passed > 0 && passed <= values.length)
        dot(place(passed, values[passed - 1]), 4, colour);
    };
    draw(before?.history[name].slice(0, setting.epochs) ?? [], theme.line, 2);
    draw(history[valName] ?? [], theme.classes[0], 2, [5, 4]);
    draw(history[name], theme.classes[1], 2.4);
  }
}

/** The largest loss that is to be seen: of a run that explodes not all of it. */
function highestOf({ history: { loss, valLoss = [] }, references }: LabRun): number {
  const constant = Math.max(...references.map(({ high }) => high));
  const all = [...loss, ...valLoss].filter(Number.isFinite);
  return Math.max(constant, Math.min(Math.max(...all), 2.5 * constant)) || 1;
}

function drawReferences(
  { references }: LabRun,
  { context, theme, write }: Sheet,
  { box: { left, right }, place }: Chart,
): void {
  for (const { low, high, name } of references) {
    const [[, top], [, foot]] = [place(0, high), place(0, low)];
    context.globalAlpha = 0.5;
    context.fillStyle = theme.line;
    context.fillRect(left, top, right - left, Math.max(1, foot - top));
    context.globalAlpha = 1;
    const text = `${name}: ${low === high ? lossText(low) : `${lossText(low)} to ${lossText(high)}`}`;
    write(text, [right - 4, top - 8], { align: "right", size: 11 });
  }
}

/** The first epoch after which the network was solved. */
function drawSolved(
  { firstSolvedEpoch: epoch }: LabRun,
  { context, theme, width, write }: Sheet,
  { box: { top, foot }, place }: Chart,
): void {
  if (epoch === undefined) return;
  const [x] = place(epoch, 0);
  context.fillStyle = theme.quiet;
  context.fillRect(x, top, 1, foot - top);
  const isLeft = x > width / 2;
  const align = isLeft ? "right" : "left";
  write(`first solved: ${epoch}`, [x + (isLeft ? -5 : 5), foot - 9], { align, size: 11 });
}
