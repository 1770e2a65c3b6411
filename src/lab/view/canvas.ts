import { significant } from "../../words/numbers.js";
import { MOST_CLASSES } from "../setting.js";

/** A canvas that fits its place and the screen's pixels, and the colours of the page, light or dark. */

export interface Theme {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly card: string;
  /** Of each class: its points, and the ground behind them, as text and as a pixel. */
  readonly classes: readonly string[];
  readonly grounds: readonly string[];
  readonly groundPixels: Uint32Array;
  /** Weights. */
  readonly positive: string;
  readonly negative: string;
  /** 256 pixels: from the ground of class 0 over neutral to that of class 1, and from negative values to positive ones. */
  readonly answers: Uint32Array;
  readonly values: Uint32Array;
}

/** Reads the colours that the style sheet has at present: "#rrggbb". */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const places = Array.from({ length: MOST_CLASSES }, (_, place) => place);
  const grounds = places.map((place) => colour(`ground-${place}`));
  const [ink, quiet, line, card, positive, negative] = COLOURS.map(colour);
  const [middle, minus, plus] = ["middle", "negative-ground", "positive-ground"].map(colour);
  return {
    ...{ ink, quiet, line, card, positive, negative, grounds },
    classes: places.map((place) => colour(`class-${place}`)),
    groundPixels: Uint32Array.from(grounds, (hex) => pixel(channels(hex))),
    answers: ramp([grounds[0], middle, grounds[1]]),
    values: ramp([minus, middle, plus]),
  };
}

const COLOURS = ["text", "quiet", "line", "card", "positive", "negative"];

/** 256 colours through three. */
function ramp(stops: readonly string[]): Uint32Array {
  const ends = stops.map(channels);
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const place = (i / 255) * 2;
    const from = Math.min(1, Math.floor(place));
    return pixel(ends[from].map((value, c) => value + (ends[from + 1][c] - value) * (place - from)));
  });
}

/** "#rrggbb" as three numbers. */
function channels(hex: string): number[] {
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
}

const pixel = (rgb: readonly number[]): number => new Uint32Array(Uint8Array.from([...rgb, 255]).buffer)[0];

/** The pixel of a value from −1 to 1. */
export function shaded(colours: Uint32Array, value: number): number {
  return colours[Math.max(0, Math.min(255, Math.round(127.5 + 127.5 * value)))];
}

export type Range = readonly [low: number, high: number];

/** A rectangle of a sheet. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly foot: number;
}

/** Makes the function from places of a plane to those of a box that shows it. */
export function placeIn({ x, y }: { readonly x: Range; readonly y: Range }, { left, right, top, foot }: Box) {
  return (across: number, up: number): readonly [number, number] => [
    left + ((across - x[0]) / (x[1] - x[0])) * (right - left),
    foot - ((up - y[0]) / (y[1] - y[0])) * (foot - top),
  ];
}

interface Writing {
  readonly align?: CanvasTextAlign;
  readonly colour?: string;
  readonly size?: number;
  /** How far the ground is cleared around the letters, in pixels. */
  readonly halo?: number;
}

/** Where a panel draws: its context is scaled to CSS pixels and empty. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  /** All of it. */
  readonly whole: Box;
  /** Writes a text with the card's colour around its letters, so that it can be read on anything. */
  write(text: string, at: readonly [x: number, y: number], how?: Writing): void;
  /** A round mark, with a rim if one is given. */
  dot(at: readonly [x: number, y: number], radius: number, fill: string, rim?: string): void;
  /** Draws a path, the present one unless given, as a line. */
  stroke(colour: string, lineWidth: number, path?: Path2D): void;
}

/** Makes the function that gives a canvas, emptied, at its present size. */
export function sheetOf(canvas: HTMLCanvasElement, onResize: () => void): (theme: Theme) => Sheet {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("laboratory: this browser has no canvas");
  let [width, height] = [0, 0];
  new ResizeObserver(() => {
    [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const ratio = window.devicePixelRatio || 1;
    [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    onResize();
  }).observe(canvas);
  return (theme) => {
    const ratio = canvas.width / (width || 1);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.lineJoin = "round";
    const stroke: Sheet["stroke"] = (colour, lineWidth, path) => {
      Object.assign(context, { strokeStyle: colour, lineWidth });
      if (path) context.stroke(path);
      else context.stroke();
    };
    return {
      ...{ context, theme, width, height, stroke },
      whole: { left: 0, right: width, top: 0, foot: height },
      write(text, [x, y], { align = "left", colour = theme.quiet, size = 12, halo = 3 } = {}) {
        Object.assign(context, { font: `${size}px ${FONT}`, textAlign: align, textBaseline: "middle" });
        Object.assign(context, { lineWidth: halo, strokeStyle: theme.card, fillStyle: colour });
        context.strokeText(text, x, y);
        context.fillText(text, x, y);
      },
      dot(at, radius, fill, rim) {
        context.beginPath();
        context.arc(...at, radius, 0, 2 * Math.PI);
        context.fillStyle = fill;
        context.fill();
        if (rim !== undefined) stroke(rim, 1.2);
      },
    };
  };
}

/** Numbers along the lower and the left edge of a box, outside of it. */
export function drawTicks(
  { write }: Sheet,
  { left, foot }: Box,
  place: ReturnType<typeof placeIn>,
  across: readonly number[],
  up: readonly number[],
): void {
  for (const value of across)
    write(significant(value), [place(value, 0)[0], foot + 10], { align: "center", size: 11 });
  for (const value of up)
    write(significant(value), [left - 6, place(0, value)[1]], { align: "right", size: 11 });
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

const pictures = new Map<number, (pixelOf: (at: number) => number) => HTMLCanvasElement>();

/** Paints a small picture on a square grid, to be drawn at once, at any size: the next one takes its place. */
export function heatMap(side: number, pixelOf: (at: number) => number): HTMLCanvasElement {
  const paint = pictures.get(side) ?? pictureOf(side);
  pictures.set(side, paint);
  return paint(pixelOf);
}

function pictureOf(side: number) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [side, side];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const image = new ImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer);
  return (pixelOf: (at: number) => number): HTMLCanvasElement => {
    for (let at = 0; at < pixels.length; at++) pixels[at] = pixelOf(at);
    context?.putImageData(image, 0, 0);
    return canvas;
  };
}
