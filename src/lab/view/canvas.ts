import { roundStep } from "../../numbers/vectors.js";

/** A canvas that fits its place and the screen's pixels, and the colours of the page, light or dark. */

export interface Theme {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly card: string;
  /** Points and lines of class 0 (orange) and 1 (blue); the same for negative and positive weights. */
  readonly classes: readonly [zero: string, one: string];
  /** 256 colours from the ground of class 0 over neutral to that of class 1: red, green, blue, opaque, one after the other. */
  readonly scale: Uint8ClampedArray;
}

/** Reads the colours that the style sheet has at present. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const stops = ["zero-ground", "middle", "one-ground"].map((name) => channels(colour(name)));
  const scale = new Uint8ClampedArray(256 * 4).fill(255);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * 2;
    const from = Math.min(1, Math.floor(place));
    for (let c = 0; c < 3; c++)
      scale[4 * i + c] = stops[from][c] + (stops[from + 1][c] - stops[from][c]) * (place - from);
  }
  const [ink, quiet, line, card] = ["ink", "quiet", "line", "card"].map(colour);
  return { ink, quiet, line, card, classes: [colour("zero"), colour("one")], scale };
}

/** "#rrggbb" as three numbers. */
function channels(hex: string): number[] {
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
}

/** Where a panel draws: its context is scaled to CSS pixels and empty. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** Makes the function that gives a canvas, emptied, at its present size. */
export function sheetOf(canvas: HTMLCanvasElement, onResize: () => void): () => Sheet {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("laboratory: this browser has no canvas");
  let [width, height] = [0, 0];
  new ResizeObserver(() => {
    [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const ratio = window.devicePixelRatio || 1;
    [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    onResize();
  }).observe(canvas);
  return () => {
    const ratio = canvas.width / (width || 1);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.lineJoin = "round";
    return { context, width, height };
  };
}

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

/** Writes a text with the card's colour around its letters, so that it can be read on anything. */
export function write(
  context: CanvasRenderingContext2D,
  text: string,
  [x, y]: readonly [number, number],
  {
    theme,
    align = "left",
    colour = theme.quiet,
    size = 12,
  }: { theme: Theme; align?: CanvasTextAlign; colour?: string; size?: number },
): void {
  context.font = `${size}px ${FONT}`;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.lineWidth = 3;
  context.strokeStyle = theme.card;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** A small picture of values on a square grid, to be drawn at any size. */
export function heatMap(side: number) {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const image = new ImageData(side, side);
  /** @param shade  from −1, the ground of class 0, to 1 */
  return (
    values: Float32Array,
    scale: Uint8ClampedArray,
    shade: (value: number) => number,
  ): HTMLCanvasElement => {
    const pixels = new Uint32Array(image.data.buffer);
    const colours = new Uint32Array(scale.buffer);
    for (let i = 0; i < values.length; i++)
      pixels[i] = colours[Math.max(0, Math.min(255, Math.round(127.5 + 127.5 * shade(values[i]))))];
    context?.putImageData(image, 0, 0);
    return canvas;
  };
}

/** Round numbers within a range, three to six of them. */
export function roundTicks(low: number, high: number): number[] {
  const step = roundStep((high - low) / 5);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}
