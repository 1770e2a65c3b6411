import { make } from "../../reader/elements.js";
import { weightText } from "../../words/numbers.js";
import type { LabRun } from "../labRun.js";
import { shaded } from "./canvas.js";
import { arrows, byId, onKeys } from "./elements.js";
import type { Focus, Frame } from "./frame.js";
import { linePoint, type NetworkLayout, networkLayout } from "./networkLayout.js";

/** The network's units and lines can be pointed at, with the mouse or the keyboard, and tell their numbers. */

/** "x₁", "hidden unit 2", "unit 2 of layer 1", "output", "versicolor". */
export function unitName({ network, inputNames, classNames }: LabRun, { layer, unit }: Focus): string {
  const { layers } = network;
  if (layer === 0) return inputNames[unit];
  if (layer === layers.length) return layers[layer - 1].units === 1 ? "output" : classNames[unit];
  return layers.length === 2 ? `hidden unit ${unit + 1}` : `unit ${unit + 1} of layer ${layer}`;
}

const sourceName = (run: LabRun, { layer, from = 0 }: Focus) =>
  unitName(run, { layer: layer - 1, unit: from });

/** "x₁ → hidden unit 1". */
export const lineName = (run: LabRun, line: Focus) => `${sourceName(run, line)} → ${unitName(run, line)}`;

/** A unit's values as pixels: measured by their largest, or by the bound that they have. */
export function valuePixels({ layers, run, theme }: Frame, { layer, unit }: Focus): (at: number) => number {
  const values = layers[layer][unit];
  const activation = layer === 0 ? "" : run.network.layers[layer - 1].activation;
  let largest = activation === "sigmoid" || activation === "tanh" ? 1 : 1e-6;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return (at) => shaded(theme.values, values[at] / largest);
}

/** The weight of a line, or the bias of a unit. */
export function numberOf(frame: Frame, focus: Focus): number {
  return frame.weights[indexOf(frame, focus)];
}

/** Where that stands among all weights. */
export function indexOf({ states }: Pick<Frame, "states">, { layer, unit, from }: Focus): number {
  const { place } = states[layer - 1];
  return from === undefined ? place.bias + unit : place.kernel + from * place.units + unit;
}

/** The lines that lead to a unit. */
export function linesTo({ states }: Pick<Frame, "states">, { layer, unit }: Focus): Focus[] {
  const { place } = states[layer - 1];
  return Array.from({ length: place.inputs }, (_, from) => ({ layer, unit, from }));
}

/** "hidden unit 1: bias −0.31, weights x₁ 1.20, x₂ −0.44"; of a line "x₁ → hidden unit 1: weight 1.20". */
export function focusText(frame: Frame, focus: Focus): string {
  const { run } = frame;
  const name = unitName(run, focus);
  if (focus.layer === 0) return `input ${name}`;
  if (focus.from !== undefined)
    return `${lineName(run, focus)}: weight ${weightText(numberOf(frame, focus))}`;
  const weights = linesTo(frame, focus).map(
    (line) => `${sourceName(run, line)} ${weightText(numberOf(frame, line))}`,
  );
  return `${name}: bias ${weightText(numberOf(frame, focus))}; weights ${weights.join(", ")}`;
}

const NEAR = 7; // pixels from a line within which it is pointed at
const SAMPLES = 24;

/**
 * Lays a button over each unit. The arrow keys go from one to another, so that Tab passes all of them in one step.
 *
 * @param point  receives what is pointed at
 * @param pick   receives what is clicked
 */
export function makeUnits(point: (focus: Focus | undefined) => void, pick: (focus: Focus) => void) {
  const root = byId("units");
  let columns: HTMLButtonElement[][] = [];
  let layout: NetworkLayout | undefined;
  let pointed: string | undefined;
  const aim = (focus: Focus | undefined): void => {
    const key = JSON.stringify(focus);
    if (key === pointed) return;
    pointed = key;
    point(focus);
  };
  const lineAt = ({ offsetX, offsetY }: MouseEvent) => layout && nearestLine(layout, offsetX, offsetY);
  root.addEventListener("pointermove", (event) => {
    if (event.target === root) aim(lineAt(event));
  });
  root.addEventListener("pointerleave", () => aim(undefined));
  root.addEventListener("click", (event) => {
    const line = event.target === root ? lineAt(event) : undefined;
    if (line) pick(line);
  });

  const buttonOf = (layer: number, unit: number): HTMLButtonElement => {
    const button = make("button", { type: "button", tabindex: layer + unit === 0 ? "0" : "-1" });
    const here = (): void => aim({ layer, unit });
    button.addEventListener("pointerenter", here);
    button.addEventListener("focus", here);
    button.addEventListener("click", () => {
      here();
      if (layer > 0) pick({ layer, unit });
    });
    button.addEventListener("blur", () => aim(undefined));
    const go = (across: number, down: number): void => {
      const column = columns[Math.max(0, Math.min(columns.length - 1, layer + across))];
      const next = column[Math.max(0, Math.min(column.length - 1, unit + down))];
      button.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    };
    onKeys(button, arrows(go));
    return button;
  };
  let placed: readonly unknown[] = [];
  /** Lays the buttons where the units of a run are drawn. */
  const place = (run: LabRun, width: number, height: number): void => {
    if (placed[0] === run && placed[1] === width && placed[2] === height) return;
    placed = [run, width, height];
    layout = networkLayout(run, width, height);
    const { size } = layout;
    const counts = layout.columns.map((nodes) => nodes.length);
    if (counts.join() !== columns.map((column) => column.length).join()) {
      columns = counts.map((count, layer) =>
        Array.from({ length: count }, (_, unit) => buttonOf(layer, unit)),
      );
      root.replaceChildren(...columns.flat());
      aim(undefined);
    }
    layout.columns.forEach((nodes, layer) => {
      nodes.forEach(({ x, y }, unit) => {
        const { style } = columns[layer][unit];
        [style.left, style.top] = [`${x - size / 2}px`, `${y - size / 2}px`];
        [style.width, style.height] = [`${size}px`, `${size}px`];
      });
    });
  };
  /** Says each unit's numbers to those who do not see the picture. */
  const label = (frame: Frame): void => {
    columns.forEach((column, layer) => {
      column.forEach((button, unit) => {
        button.setAttribute("aria-label", focusText(frame, { layer, unit }));
      });
    });
  };
  return { place, label };
}

function nearestLine(layout: NetworkLayout, x: number, y: number): Focus | undefined {
  let [nearest, least]: [Focus | undefined, number] = [undefined, NEAR];
  layout.columns.slice(1).forEach((nodes, before) => {
    nodes.forEach((to, unit) => {
      layout.columns[before].forEach((start, from) => {
        for (let i = 0; i <= SAMPLES; i++) {
          const [lineX, lineY] = linePoint(layout, start, to, i / SAMPLES);
          const distance = Math.hypot(lineX - x, lineY - y);
          if (distance < least) [nearest, least] = [{ layer: before + 1, unit, from }, distance];
        }
      });
    });
  });
  return nearest;
}
