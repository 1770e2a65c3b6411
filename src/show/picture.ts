import { ticks } from "../numbers/vectors.js";
import type { Progress } from "../platform.js";
import { htmlText } from "../words/html.js";

/**
 * Progress as a light SVG picture: title and facts, a bar, and a growing curve or the rates so far.
 *
 * It carries its own background, so that it is readable in JupyterLab's light and dark themes. Texts are escaped.
 */
export function progressPicture(progress: Progress): string {
  const bars = progress.bars ?? [];
  const shown = bars.slice(0, MAX_BARS);
  const height = 58 + (shown.length > 0 ? shown.length * BAR_ROW + 8 : 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(progress.title)}" font-family="system-ui, sans-serif">`,
    `<rect width="${WIDTH}" height="${height}" rx="6" fill="#fbfaf7" stroke="#d5d2c9"/>`,
    text(14, 21, progress.title, 'font-size="13" font-weight="600" fill="#222"'),
    text(14, 51, progress.facts.join("  ·  "), 'font-size="12" fill="#444"'),
    `<rect x="14" y="29" width="${BAR_WIDTH}" height="6" rx="3" fill="#e4e1d8"/>`,
    `<rect x="14" y="29" width="${tenths(BAR_WIDTH * share(progress.fraction))}" height="6" rx="3" fill="#0072b2"/>`,
    curvePath(progress.curve ?? []),
    ...shown.map((bar, i) => rateBar(bar, 64 + i * BAR_ROW)),
    "</svg>",
  ].join("");
}

const WIDTH = 560;
const BAR_WIDTH = 400;
const BAR_ROW = 18;
const MAX_BARS = 24;
const MOST_POINTS = 100; // of the curve

function rateBar(bar: { label: string; value: number; done: number }, y: number): string {
  const colour = bar.done >= 1 ? "#009e73" : "#56b4e9";
  const rate = bar.done > 0 ? `${Math.round(100 * share(bar.value))} %` : "";
  return [
    text(14, y + 10, bar.label, 'font-size="11" fill="#444"'),
    `<rect x="130" y="${y + 2}" width="340" height="9" rx="2" fill="#efece4"/>`,
    `<rect x="130" y="${y + 2}" width="${tenths(340 * share(bar.value))}" height="9" rx="2" fill="${colour}"/>`,
    text(480, y + 10, rate, 'font-size="11" fill="#444"'),
  ].join("");
}

/** The curve so far, in the picture's right corner. */
function curvePath(curve: readonly number[]): string {
  const finite = curve.filter(Number.isFinite);
  if (finite.length < 2) return "";
  const [left, top, width, height] = [430, 10, 116, 38];
  const count = Math.min(finite.length, MOST_POINTS);
  const thinned = ticks(0, finite.length - 1, count).map((at) => finite[Math.round(at)]);
  const high = Math.max(...thinned);
  const points = thinned.map((value, i) => {
    const x = left + (width * i) / (thinned.length - 1);
    const y = top + height * (1 - share(value / high));
    return `${tenths(x)},${tenths(y)}`;
  });
  return `<polyline points="${points.join(" ")}" fill="none" stroke="#d55e00" stroke-width="1.5"/>`;
}

function share(value: number): number {
  return value > 0 ? Math.min(1, value) : 0; // 0 for NaN too
}

function text(x: number, y: number, content: string, style: string): string {
  return `<text x="${x}" y="${y}" ${style}>${escaped(content)}</text>`;
}

/** Text as XML text: nothing in it is markup; what XML does not allow is left out. */
function escaped(content: string): string {
  return htmlText(content.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ""));
}

/** A coordinate to a tenth of a pixel. */
function tenths(pixels: number): number {
  return Math.round(10 * pixels) / 10;
}
