import { roundTicks } from "../../numbers/vectors.js";
import { lossText, significant } from "../../words/numbers.js";
import type { LabRun } from "../labRun.js";
import { type Sheet, write } from "./canvas.js";
import type { Frame } from "./frame.js";

/**
 * Loss and, below it, accuracy, epoch by epoch, on training and held-out rows, with the run before in grey and losses to compare
 * with.
 */

const EDGE = { left: 44, bottom: 34, top: 10, right: 12 };
const LOSS_SHARE = 0.64; // of the height
const GAP = 22; // between both charts

/** Part of the sheet with a scale from 0 upwards. */
interface Chart {
  readonly top: number;
  readonly foot: number;
  readonly most: number;
}

export function drawLoss(frame: Frame, sheet: Sheet, before: LabRun | undefined): void {
  const { context, width, height } = sheet;
  const { run, theme, epoch } = frame;
  const { history } = run;
  const foot = height - EDGE.bottom;
  const middle = EDGE.top + LOSS_SHARE * (foot - EDGE.top);
  const losses: Chart = { top: EDGE.top, foot: middle - GAP / 2, most: 1.06 * highestOf(run) };
  const shares: Chart = { top: middle + GAP / 2, foot, most: 1 };
  drawAxes(frame, sheet, losses, shares);
  drawReferences(frame, sheet, losses);
  drawSolved(frame, sheet, shares);
  const x = xOf(frame, width);
  context.fillStyle = theme.quiet;
  context.fillRect(x(epoch), losses.top, 1, shares.foot - losses.top);
  for (const [chart, name, valName] of [
    [losses, "loss", "valLoss"],
    [shares, "accuracy", "valAccuracy"],
  ] as const) {
    const draw = (
      values: readonly number[] | undefined,
      colour: string,
      size: number,
      dash: number[] = [],
    ) => {
      if (!values) return;
      context.beginPath();
      values.forEach((value, i) => {
        context.lineTo(x(i + 1), Math.max(yOf(chart, value), chart.top - 4));
      });
      context.strokeStyle = colour;
      context.lineWidth = size;
      context.setLineDash(dash);
      context.stroke();
      context.setLineDash([]);
      const passed = Math.floor(epoch);
      if (colour !== theme.line && passed > 0 && passed <= values.length)
        dot(context, x(passed), yOf(chart, values[passed - 1]), colour);
    };
    draw(before?.history[name].slice(0, run.setting.epochs), theme.line, 2);
    draw(history[valName], theme.classes[0], 2, [5, 4]);
    draw(history[name], theme.classes[1], 2.4);
  }
}

const xOf =
  ({ run }: Frame, width: number) =>
  (epoch: number): number =>
    EDGE.left + (epoch / run.setting.epochs) * (width - EDGE.left - EDGE.right);

const yOf = ({ top, foot, most }: Chart, value: number): number => foot - (value / most) * (foot - top);

/** The largest loss that is to be seen: of a run that explodes not all of it. */
function highestOf({ history: { loss, valLoss = [] }, references }: LabRun): number {
  const constant = Math.max(...references.map(({ high }) => high));
  const all = [...loss, ...valLoss].filter(Number.isFinite);
  return Math.max(constant, Math.min(Math.max(...all), 2.5 * constant)) || 1;
}

function drawAxes(frame: Frame, { context, width, height }: Sheet, losses: Chart, shares: Chart): void {
  const { theme, run } = frame;
  context.fillStyle = theme.line;
  for (const { foot } of [losses, shares])
    context.fillRect(EDGE.left, foot, width - EDGE.left - EDGE.right, 1);
  const tick = (text: string, y: number) =>
    write(context, text, [EDGE.left - 7, y], { theme, align: "right", size: 11 });
  for (const value of roundTicks(0, losses.most)) tick(significant(value), yOf(losses, value));
  for (const value of [0, 0.5, 1]) tick(significant(value), yOf(shares, value));
  write(context, "accuracy", [EDGE.left + 4, shares.top - 7], { theme, size: 11 });
  const x = xOf(frame, width);
  for (const value of roundTicks(0, run.setting.epochs).filter(Number.isInteger))
    write(context, significant(value), [x(value), shares.foot + 11], { theme, align: "center", size: 11 });
  write(context, "epoch", [(EDGE.left + width) / 2, height - 8], { theme, align: "center" });
}

function drawReferences({ theme, run }: Frame, { context, width }: Sheet, losses: Chart): void {
  for (const { low, high, name } of run.references) {
    const y = yOf(losses, high);
    context.globalAlpha = 0.5;
    context.fillStyle = theme.line;
    context.fillRect(EDGE.left, y, width - EDGE.left - EDGE.right, Math.max(1, yOf(losses, low) - y));
    context.globalAlpha = 1;
    const text = `${name}: ${low === high ? lossText(low) : `${lossText(low)} to ${lossText(high)}`}`;
    write(context, text, [width - EDGE.right - 4, y - 8], { theme, align: "right", size: 11 });
  }
}

/** The first epoch after which the network was solved. */
function drawSolved(frame: Frame, { context, width }: Sheet, shares: Chart): void {
  const { theme, run } = frame;
  if (run.firstSolvedEpoch === undefined) return;
  const x = xOf(frame, width)(run.firstSolvedEpoch);
  context.fillStyle = theme.quiet;
  context.fillRect(x, shares.top, 1, shares.foot - shares.top);
  const isLeft = x > width / 2;
  write(context, `first solved: ${run.firstSolvedEpoch}`, [x + (isLeft ? -5 : 5), shares.foot - 9], {
    ...{ theme, align: isLeft ? "right" : "left", size: 11 },
  });
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}
