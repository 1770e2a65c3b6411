/** How much a box in a drawing would hide, in pixels from the drawing's lower left corner. */

/** A drawing's coordinates: what lies at its edges, and its height in pixels. Its width is that of the cell. */
export interface Drawing {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

/** What is drawn, in the drawing's coordinates. */
export interface Content {
  readonly lines: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[];
  readonly marks: readonly { readonly x: number; readonly y: number }[];
  /** Heights of horizontal lines across the drawing. */
  readonly rules: readonly number[];
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
}

/** From the drawing's coordinates to pixels. */
export interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly width: number;
  readonly height: number;
}

/** The scale of a drawing that is shown so many pixels wide. */
export function scaleOf({ left, right, top, height }: Drawing, width: number): Scale {
  const perPixel = width / (right - left);
  return { x: (value) => (value - left) * perPixel, y: (value) => (value / top) * height, width, height };
}

const MARK = 6; // half the size of a mark
const ABOVE = 8; // what may stand out at the top

/** Pixels of lines that a box hides; far worse are marks, rules, other boxes, and what lies beyond the edge. */
export function hiddenBy(box: Box, content: Content, others: readonly Box[], scale: Scale): number {
  const outside = box.low < 0 || box.high > scale.height + ABOVE || box.left < 0 || box.right > scale.width;
  const overlapped = others.filter((other) => overlap(box, other));
  const rules = content.rules.filter((rule) => scale.y(rule) > box.low + 2 && scale.y(rule) < box.high - 2);
  const marks = content.marks.filter((mark) => {
    const [x, y] = [scale.x(mark.x), scale.y(mark.y)];
    return overlap(box, { left: x - MARK, right: x + MARK, low: y - MARK, high: y + MARK });
  });
  const touched = content.lines.reduce((sum, line) => sum + columnsInside(line, box, scale), 0);
  return (outside ? 1e6 : 0) + 1e4 * overlapped.length + 100 * rules.length + 60 * marks.length + touched;
}

/** Whether two boxes share a pixel. */
export function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && one.right > other.left && one.low < other.high && one.high > other.low;
}

/** How many columns of pixels of a box a line passes through. */
function columnsInside({ x, y }: Content["lines"][number], box: Box, scale: Scale): number {
  let columns = 0;
  for (let i = 1; i < x.length; i++) {
    const shared = Math.min(scale.x(x[i]), box.right) - Math.max(scale.x(x[i - 1]), box.left);
    if (shared <= 0) continue;
    const ends = [scale.y(y[i - 1]), scale.y(y[i])];
    if (Math.max(...ends) > box.low - 2 && Math.min(...ends) < box.high + 2) columns += Math.max(1, shared);
  }
  return columns;
}
