import { lossText, significant } from "../../words/numbers.js";
import type { LabRun } from "../tasks.js";
import { roundTicks, type Sheet, write } from "./canvas.js";
import type { Frame } from "./frame.js";

/** The loss, epoch by epoch, on training and held-out rows, with the run before it in grey and losses to compare with. */

const EDGE = { left: 44, bottom: 34, top: 10, right: 12 };

export function drawLoss(frame: Frame, sheet: Sheet, before: LabRun | undefined): void {
  const { context, width, height } = sheet;
  const { run, theme, epoch } = frame;
  const { loss, valLoss } = run.history;
  const epochs = run.setting.epochs;
  const most = 1.06 * highestOf(run);
  const [right, foot] = [width - EDGE.right, height - EDGE.bottom];
  const x = (at: number) => EDGE.left + (at / epochs) * (right - EDGE.left);
  const y = (value: number) => foot - (value / most) * (foot - EDGE.top);
  drawAxes(frame, sheet, x, y, most);
  const draw = (losses: readonly number[], colour: string, size: number, dash: number[] = []) => {
    context.beginPath();
    losses.forEach((value, i) => {
      context.lineTo(x(i + 1), Math.max(y(value), EDGE.top - 4));
    });
    context.strokeStyle = colour;
    context.lineWidth = size;
    context.setLineDash(dash);
    context.stroke();
    context.setLineDash([]);
  };
  if (before) draw(before.history.loss.slice(0, epochs), theme.quiet, 1.4);
  if (valLoss) draw(valLoss, theme.classes[0], 2, [5, 4]);
  draw(loss, theme.classes[1], 2.4);
  context.beginPath();
  context.moveTo(x(epoch), EDGE.top);
  context.lineTo(x(epoch), foot);
  context.strokeStyle = theme.quiet;
  context.lineWidth = 1;
  context.stroke();
  const passed = Math.floor(epoch);
  if (passed > 0 && passed <= loss.length) dot(context, x(passed), y(loss[passed - 1]), theme.classes[1]);
  if (valLoss && passed > 0) dot(context, x(passed), y(valLoss[passed - 1]), theme.classes[0]);
}

/** The largest loss that is to be seen: of a run that explodes not all of it. */
function highestOf({ history: { loss, valLoss = [] }, references }: LabRun): number {
  const constant = Math.max(...references.map(({ high }) => high));
  const all = [...loss, ...valLoss].filter(Number.isFinite);
  return Math.max(constant, Math.min(Math.max(...all), 2.5 * constant)) || 1;
}

function drawAxes(
  { theme, run }: Frame,
  { context, width, height }: Sheet,
  x: (epoch: number) => number,
  y: (loss: number) => number,
  most: number,
): void {
  const foot = y(0);
  context.fillStyle = theme.line;
  context.fillRect(EDGE.left, foot, width - EDGE.left - EDGE.right, 1);
  for (const tick of roundTicks(0, most))
    write(context, significant(tick), [EDGE.left - 7, y(tick)], { theme, align: "right", size: 11 });
  for (const tick of roundTicks(0, run.setting.epochs).filter(Number.isInteger))
    write(context, significant(tick), [x(tick), foot + 11], { theme, align: "center", size: 11 });
  write(context, "epoch", [(EDGE.left + width) / 2, height - 8], { theme, align: "center" });
  for (const { low, high, name } of run.references) {
    context.globalAlpha = 0.5;
    context.fillRect(EDGE.left, y(high), width - EDGE.left - EDGE.right, Math.max(1, y(low) - y(high)));
    context.globalAlpha = 1;
    const text = `${name}: ${low === high ? lossText(low) : `${lossText(low)} to ${lossText(high)}`}`;
    context.fillStyle = theme.line;
    write(context, text, [width - EDGE.right - 4, y(high) - 8], { theme, align: "right", size: 11 });
    context.fillStyle = theme.line;
  }
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}
