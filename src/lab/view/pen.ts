import { roundStep } from "../../numbers/vectors.js";
import { rounded, significant } from "../../words/numbers.js";
import { MOST_POINTS, type OwnPoint, type Setting } from "../setting.js";
import { placeIn, type Range } from "./canvas.js";
import { arrows, byId, onKeys } from "./elements.js";
import { between, type Plane } from "./frame.js";

/** Points of one's own are set and removed in the map of the answers, with the mouse or the keyboard. */

/** A click adds a point, or removes the one that is there; the keyboard says which of both. */
export type Stroke = "toggle" | "set" | "remove";

/** What becomes of a stroke. `near`: how near a point must be to be meant, in the plane's units. */
export interface Pen {
  stroke(x: number, y: number, near: number, stroke: Stroke): void;
  /** What is there, in words. */
  told(x: number, y: number, near: number): string;
}

const NEAR = 12; // pixels
const STEPS = 40; // of the cursor, about, from one side to the other

/**
 * @param planeNow  the part of the plane that the map shows
 * @returns lays the keyboard's cursor where it is in that
 */
export function makePen(map: HTMLElement, planeNow: () => Plane | undefined, pen: Pen) {
  const cursor = byId("cursor");
  let at: readonly [x: number, y: number] | undefined;
  const nearIn = ({ x }: Plane): number => (NEAR / map.clientWidth) * (x[1] - x[0]);
  const place = (): void => {
    const plane = planeNow();
    if (!plane) return;
    at = [plane.x, plane.y].map((range, axis) => within(range, at?.[axis])) as [number, number];
    const box = { left: 0, right: map.clientWidth, top: 0, foot: map.clientHeight };
    const [left, top] = placeIn(plane, box)(...at);
    [cursor.style.left, cursor.style.top] = [`${left}px`, `${top}px`];
    const where = at.map((value) => significant(value)).join(", ");
    cursor.ariaLabel = `Cursor at (${where}): ${pen.told(...at, nearIn(plane))}`;
  };
  const tell = (): void => {
    place();
    byId("at-cursor").textContent = cursor.ariaLabel;
  };
  map.addEventListener("click", ({ offsetX, offsetY }) => {
    const plane = planeNow();
    if (!plane) return;
    const across = between(plane.x, offsetX / map.clientWidth);
    const up = between(plane.y, 1 - offsetY / map.clientHeight);
    pen.stroke(across, up, nearIn(plane), "toggle");
  });
  cursor.addEventListener("focus", tell);
  const go = (across: number, down: number): void => {
    const plane = planeNow();
    if (!plane || !at) return;
    const moved = ([low, high]: Range, value: number, steps: number) => {
      const step = roundStep((high - low) / STEPS);
      return rounded((Math.round(value / step) + steps) * step);
    };
    at = [moved(plane.x, at[0], across), moved(plane.y, at[1], -down)];
    tell();
  };
  const draw = (stroke: Stroke) => () => {
    const plane = planeNow();
    if (plane && at) pen.stroke(...at, nearIn(plane), stroke);
    tell();
  };
  onKeys(cursor, {
    ...arrows(go),
    ...{ Enter: draw("set"), " ": draw("set"), Delete: draw("remove"), Backspace: draw("remove") },
  });
  return { place };
}

/** A number as it is if it lies within a range, else the nearest that does; the middle if there is none. */
function within([low, high]: Range, value: number | undefined): number {
  const middle = between([low, high], 0.5);
  return value === undefined ? rounded(middle) : Math.max(low, Math.min(high, value));
}

/** The points after a stroke at a place; the same list if nothing changes. A point that is there keeps its place, and takes the new class. */
export function withStroke(
  { points }: Setting,
  [x, y, group]: OwnPoint,
  near: number,
  stroke: Stroke,
): readonly OwnPoint[] {
  const hit = pointAt(points, x, y, near);
  if (stroke === "set" ? hit?.[2] === group : stroke === "remove" && !hit) return points;
  const others = points.filter((point) => point !== hit);
  if (stroke === "remove" || (stroke === "toggle" && hit)) return others;
  const [across, up] = hit ?? [x, y];
  return others.length < MOST_POINTS ? [...others, [across, up, group]] : points;
}

/** The point that is meant by a place. */
export function pointAt(
  points: readonly OwnPoint[],
  x: number,
  y: number,
  near: number,
): OwnPoint | undefined {
  return points.find(([px, py]) => Math.hypot(px - x, py - y) < near);
}
