/**
 * The colours of all figures: what each means, and how it looks on a light and on a dark page. Figures are made with the light
 * ones; inDark() puts the dark ones in their place.
 */

/** A colour on a light page, and on a dark one. */
type Pair = readonly [light: string, dark: string];

const BASE = {
  card: ["#ffffff", "#171d24"],
  ink: ["#1f2429", "#e4e8ec"],
  /** Lines that divide, and rims of what must stand out. */
  edge: ["#000000", "#f4f6f8"],
  quiet: ["#5b6570", "#9aa6b2"],
  line: ["#b8c0c8", "#4a5560"],
  grid: ["#eceff2", "#2a323b"],
  /** Solved trials, right answers. */
  solved: ["#003d49", "#acdac0"],
} as const satisfies Record<string, Pair>;

/** The signs of weights; negative ones are broken lines too. */
const WEIGHTS = {
  positive: ["#46525e", "#aab8c5"],
  negative: ["#8a3fa6", "#d291ec"],
} as const satisfies Record<string, Pair>;

/**
 * An activation has one colour in all figures. They differ from each other, and from the colours of classes, signs and solved
 * trials, for colour-blind readers too; what has no activation of its own is ink.
 */
const ACTIVATIONS = {
  sigmoid: ["#7250e2", "#6887ff"],
  relu: ["#cd3e62", "#f84c41"],
  tanh: ["#297d0f", "#95c78a"],
  elu: ["#780374", "#ba64b4"],
  leakyRelu: ["#5e4f11", "#e6e38c"],
  softplus: ["#207e95", "#7fdce8"],
  linear: ["#4e2e26", "#a79793"],
} as const satisfies Record<string, Pair>;

/** Classes: the colour of their points, and one of the same hue for the ground behind them. */
const CLASSES: readonly { readonly point: Pair; readonly ground: Pair }[] = [
  { point: ["#c24d00", "#ff9a58"], ground: ["#f3b07c", "#8a4a1c"] },
  { point: ["#005f99", "#66b5ee"], ground: ["#8cc3e6", "#1c5a88"] },
  { point: ["#00684c", "#4fcf9f"], ground: ["#86cdb5", "#17604a"] },
  { point: ["#9b3f7c", "#ee9bd0"], ground: ["#e3b4d1", "#6f3359"] },
  { point: ["#7d6300", "#e0c050"], ground: ["#eed789", "#63521a"] },
  { point: ["#444444", "#c4c9ce"], ground: ["#c8c8c8", "#505862"] },
];
const CLASS_SYMBOLS = "square circle diamond triangle-up triangle-down star cross".split(" ");

/** The light colours, by what they mean. */
export const COLOURS = lightOf(BASE);
export const WEIGHT_COLOURS = lightOf(WEIGHTS);

export const CLASS_COLOURS = CLASSES.map(({ point, ground }) => ({ point: point[0], ground: ground[0] }));

/** How a class looks, counted from 0: of two the lower target is orange and square. Colours and symbols tell 42 apart. */
export function classLook(place: number) {
  const symbol = CLASS_SYMBOLS[place % CLASS_SYMBOLS.length];
  return { ...CLASS_COLOURS[place % CLASSES.length], symbol };
}

/**
 * Losses as grounds, from low to high: steps of lightness that every eye, and a grey print, shows. They, and what is drawn on
 * them, look the same on dark pages.
 */
export const LOSS_SCALE = ["#faf8f3", "#dcd5c4", "#b0a68d", "#7a7059", "#3c3526"] as const;
export const ON_SCALE = { ink: "#0b0b0b", rim: "#fefefe", end: "#ffd54a" } as const;

/** Colours as Plotly's scale from the lowest number to the highest. */
export function colourScale(colours: readonly string[]): readonly (readonly [number, string])[] {
  return colours.map((colour, i) => [i / (colours.length - 1), colour]);
}

/** Their ink is dark on dark pages too: where the pointer is Plotly lights them up, by a light colour of its own. */
const BUTTONS = { ground: ["#e9edf1", "#8d98a3"], edge: ["#9aa3ac", "#5d6873"] } as const;
export const BUTTON = { ...lightOf(BUTTONS), ink: "#20262c" };

const DASHES = ["solid", "7px,3px", "2px,2px", "9px,3px,2px,3px"];
const SYMBOLS = ["circle", "square", "diamond", "triangle-up", "triangle-down", "pentagon", "hexagram"].map(
  (shape) => `${shape}-open`, // filled ones are classes
);

/** A line for each network, in the colour of its activation; of several with the same one in other shades, then dashes. */
export function lineLooks(activations: readonly unknown[]) {
  const before = new Map<string, number>();
  return activations.map((activation) => {
    const name = typeof activation === "string" && activation in ACTIVATIONS ? activation : "";
    const at = before.get(name) ?? 0;
    before.set(name, at + 1);
    const shades = shadesOf(name === "" ? BASE.ink : ACTIVATIONS[name as keyof typeof ACTIVATIONS]);
    return {
      colour: shades[at % shades.length][0],
      dash: DASHES[Math.floor(at / shades.length) % DASHES.length],
      symbol: SYMBOLS[(Math.max(0, Object.keys(ACTIVATIONS).indexOf(name)) + at) % SYMBOLS.length],
    };
  });
}

/** A colour, and two shades of it: nearer to the ink, which two lines are told apart by, and nearer to the card. */
function shadesOf(pair: Pair): readonly Pair[] {
  const shade = (towards: Pair, share: number): Pair => [
    mixed(pair[0], towards[0], share),
    mixed(pair[1], towards[1], share),
  ];
  return [pair, ...(pair === BASE.ink ? [] : [shade(BASE.ink, 0.55)]), shade(BASE.card, 0.22)];
}

function mixed(one: string, other: string, share: number): string {
  const parts = [one, other].map((hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)));
  const mean = parts[0].map((part, i) => Math.round(part + share * (parts[1][i] - part)));
  return `#${mean.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function lightOf<Pairs extends Readonly<Record<string, Pair>>>(pairs: Pairs) {
  return Object.fromEntries(Object.entries(pairs).map(([name, [light]]) => [name, light])) as {
    readonly [Name in keyof Pairs]: string;
  };
}

/** Every colour that is another one on a dark page. */
export const PAIRS: ReadonlyMap<string, string> = new Map([
  ...Object.values(BASE),
  ...Object.values(WEIGHTS),
  ...Object.values(BUTTONS),
  ...Object.values(ACTIVATIONS).flatMap(shadesOf),
  ...shadesOf(BASE.ink),
  ...CLASSES.flatMap(({ point, ground }) => [point, ground]),
]);

/** A part of a figure with the colours of dark pages. Texts from outside have no "#": asText() writes it as a number. */
export function inDark<Part>(part: Part): Part {
  if (typeof part === "string")
    return part.replace(/(?<!&)#[0-9a-f]{6}/g, (colour) => PAIRS.get(colour) ?? colour) as Part;
  if (Array.isArray(part)) return part.map(inDark) as Part;
  if (typeof part !== "object" || part === null || ArrayBuffer.isView(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inDark(value)])) as Part;
}
