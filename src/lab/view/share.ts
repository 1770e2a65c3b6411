import { type Outcomes, outcomeOf, summarize } from "../../study/outcomes.js";
import { counted } from "../../words/english.js";
import { accuracyText, intervalText, lossText, paceText, percentText } from "../../words/numbers.js";
import { type Sheet, sheetOf, type Theme } from "./canvas.js";
import { arrows, byId, onKeys } from "./elements.js";

/** How often: the share of solved trials with its interval, each trial as a square, and where the others end. */

const REDRAW = 250; // milliseconds between two looks
const SQUARE = 9; // pixels, the gap included
const MOST_FLOORS = 3;

export function makeShare(themeNow: () => Theme, choose: (trial: number) => void) {
  const [rate, interval, bar, ends] = ["rate", "interval", "bar", "ends"].map((id) => byId(id));
  const canvas = byId<HTMLCanvasElement>("squares");
  let [outcomes, trials]: [Outcomes | undefined, number] = [undefined, 0];
  let [began, drawn, pointed] = [0, 0, 0];
  const draw = (): void => {
    drawn = performance.now();
    const shown = document.activeElement === canvas ? pointed : undefined;
    drawSquares(sheet(themeNow()), outcomes, trials, shown);
  };
  const sheet = sheetOf(canvas, draw);
  canvas.addEventListener("click", ({ offsetX, offsetY }) => {
    const trial = Math.floor(offsetY / SQUARE) * columnsOf(canvas.clientWidth) + Math.floor(offsetX / SQUARE);
    if (trial < trials) choose(trial);
  });
  /** The keyboard goes from square to square, and Enter is a click. */
  const point = (trial: number): void => {
    pointed = Math.max(0, Math.min(drawnOf(canvas, trials) - 1, trial));
    const status = outcomes && outcomeOf(outcomes, pointed)?.status;
    canvas.ariaValueMax = String(trials);
    canvas.ariaValueNow = String(pointed + 1);
    canvas.ariaValueText = trials > 0 ? `run ${pointed + 1}: ${status}` : "no run yet";
    draw();
  };
  const watch = (): void => {
    if (pointed < trials) choose(pointed);
  };
  onKeys(canvas, {
    ...arrows((across, down) => point(pointed + across + down * columnsOf(canvas.clientWidth))),
    ...{ Home: () => point(0), End: () => point(trials), Enter: watch, " ": watch },
  });
  canvas.addEventListener("focus", () => point(pointed));
  canvas.addEventListener("blur", draw);
  const clear = (): void => {
    [outcomes, trials, began, pointed] = [undefined, 0, performance.now(), 0];
    rate.textContent = "…";
    for (const element of [interval, ends]) element.textContent = "";
    bar.style.cssText = "--low: 0%; --high: 100%; --rate: -10%";
    draw();
  };
  const take = (all: Outcomes, count: number, isLast: boolean): void => {
    [outcomes, trials] = [all, count];
    if (count === 0 || (!isLast && performance.now() - drawn < REDRAW)) return;
    const sum = summarize(firstOf(all, count));
    rate.textContent = percentText(sum.rate);
    const bounds = intervalText(sum.interval, 1).replace(" ", "\u00a0").replace("–", "\u2060–\u2060");
    const pace = (1000 * count) / (performance.now() - began);
    interval.textContent = `${sum.solved} of ${counted(count, "run")} solved (95\u00a0%: ${bounds})${isLast ? "" : `; ${paceText(pace)} a second`}`;
    const [low, high, at] = [...sum.interval, sum.rate].map((share) => `${100 * share}%`);
    bar.style.cssText = `--low: ${low}; --high: ${high}; --rate: ${at}`;
    ends.textContent = `${heldText(sum)} ${endsText(sum)}`;
    draw();
  };
  return { clear, take, draw };
}

/** The first outcomes of all. */
function firstOf(all: Outcomes, count: number): Outcomes {
  const columns = Object.entries(all).map(([name, column]) => [name, column.subarray(0, count)]);
  return Object.fromEntries(columns);
}

/** How well the networks do on rows that they were not trained on. */
function heldText({ valAccuracy, valLoss }: ReturnType<typeof summarize>): string {
  if (valAccuracy === undefined || valLoss === undefined) return "";
  return `Held out, median of all runs: accuracy ${accuracyText(valAccuracy)}, loss ${lossText(valLoss)}.`;
}

function endsText({ floors, diverged }: ReturnType<typeof summarize>): string {
  const parts = floors
    .slice(0, MOST_FLOORS)
    .map(({ floor, trials }) => `${trials} ${floor === undefined ? "elsewhere" : `at ${lossText(floor)}`}`);
  if (diverged > 0) parts.push(`${diverged} diverged`);
  return parts.length > 0 ? `Unsolved, by their loss: ${parts.join(", ")}.` : "";
}

const columnsOf = (width: number): number => Math.max(1, Math.floor(width / SQUARE));

/** How many of the trials there is room for. */
function drawnOf({ clientWidth, clientHeight }: HTMLCanvasElement, trials: number): number {
  return Math.min(trials, columnsOf(clientWidth) * Math.floor(clientHeight / SQUARE));
}

function drawSquares(
  { context, theme, width, stroke }: Sheet,
  outcomes: Outcomes | undefined,
  trials: number,
  pointed: number | undefined,
): void {
  const columns = columnsOf(width);
  const count = drawnOf(context.canvas, trials);
  for (let trial = 0; trial < count; trial++) {
    const status = outcomes && outcomeOf(outcomes, trial)?.status;
    context.fillStyle =
      status === "solved" ? theme.classes[1] : status === "diverged" ? theme.ink : theme.classes[0];
    context.globalAlpha = status === "solved" ? 1 : 0.75;
    const [column, row] = [trial % columns, Math.floor(trial / columns)];
    const square = new Path2D();
    square.rect(column * SQUARE, row * SQUARE, SQUARE - 2, SQUARE - 2);
    context.fill(square);
    if (trial !== pointed) continue;
    context.globalAlpha = 1;
    stroke(theme.ink, 2, square);
  }
  context.globalAlpha = 1;
}
