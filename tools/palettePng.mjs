// Small PNGs: a figure needs few colours, and a byte a pixel then packs to about a third of three.
import { deflateSync } from "node:zlib";
import { PNG } from "pngjs";

const MOST_COLOURS = 128; // of a figure's picture; the eye sees no difference from all of them
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** @typedef {{ colour: number, count: number }} Counted  a colour as 0xRRGGBB, and its pixels */

/** @type {(colour: number, channel: number) => number} */
const part = (colour, channel) => (colour >> (16 - 8 * channel)) & 0xff;

/**
 * How far a group's colours lie apart, in the channel where they do most, and weighed by its pixels.
 *
 * @param {Counted[]} group
 */
function spread(group) {
  const widths = [0, 1, 2].map((channel) => {
    const values = group.map(({ colour }) => part(colour, channel));
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  });
  const widest = Math.max(...widths);
  const pixels = group.reduce((sum, { count }) => sum + count, 0);
  return { channel: widths.indexOf(widest), weight: widest * Math.sqrt(pixels) };
}

/**
 * Groups of like colours: the most spread group is cut at the middle of its widest channel until there are enough.
 *
 * @param {Counted[]} colours
 */
function groupsOf(colours) {
  let groups = [{ members: colours, ...spread(colours) }];
  while (groups.length < Math.min(MOST_COLOURS, colours.length)) {
    const { members, channel } = groups.reduce((a, b) => (b.weight > a.weight ? b : a));
    const values = members.map(({ colour }) => part(colour, channel));
    const middle = (Math.max(...values) + Math.min(...values)) / 2;
    const halves = [true, false].map((low) => members.filter((_, i) => values[i] <= middle === low));
    groups = groups.filter((group) => group.members !== members);
    groups.push(...halves.map((half) => ({ members: half, ...spread(half) })));
  }
  return groups.map(({ members }) => members);
}

/**
 * The colour that stands for a group: its most frequent one, so that lines and grounds keep theirs.
 *
 * @param {Counted[]} group
 */
const standIn = (group) => group.reduce((a, b) => (b.count > a.count ? b : a)).colour;

/** @type {(buffer: Buffer) => number} */
function checksum(buffer) {
  let crc = ~0;
  for (const byte of buffer) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** @type {(name: string, content: Buffer) => Buffer} */
function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name), content]);
  const [length, end] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  end.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, end]);
}

/**
 * The same picture with a palette.
 *
 * @param {Buffer} png  without transparency
 * @see PNG Specification, third edition (W3C), 11.2
 */
export function withPalette(png) {
  const { width, height, data } = PNG.sync.read(png);
  /** @type {Map<number, number>} */
  const counts = new Map();
  const pixel = (/** @type {number} */ i) => data.readUInt32BE(4 * i) >>> 8;
  for (let i = 0; i < width * height; i++) counts.set(pixel(i), (counts.get(pixel(i)) ?? 0) + 1);
  const groups = groupsOf([...counts].map(([colour, count]) => ({ colour, count })));
  const places = new Map(groups.flatMap((group, place) => group.map(({ colour }) => [colour, place])));
  const palette = groups.map(standIn).flatMap((colour) => [0, 1, 2].map((channel) => part(colour, channel)));
  const lines = Buffer.alloc((width + 1) * height); // each line begins with 0: no filter
  for (let i = 0; i < width * height; i++)
    lines[i + 1 + Math.floor(i / width)] = /** @type {number} */ (places.get(pixel(i)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // eight bits a pixel, by palette
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette)),
    chunk("IDAT", deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
