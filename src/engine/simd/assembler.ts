/**
 * A small assembler for WebAssembly: expressions are nested arrays of bytes, put together by functions that are
 * named as the specification names the instructions.
 *
 * @see https://webassembly.github.io/spec/core/binary/ (the relaxed instructions are left out: they differ by machine)
 */
export type Code = readonly (number | Code)[];

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const more = rest > 127;
    bytes.push((rest & 127) | (more ? 128 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

/** Signed LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value | 0; ; rest >>= 7) {
    const last = (rest >> 6 === 0 || rest >> 6 === -1) && rest >> 7 === rest >> 6;
    bytes.push((rest & 127) | (last ? 0 : 128));
    if (last) return bytes;
  }
}

const plain =
  (opcode: number) =>
  (...operands: Code[]): Code => [...operands, opcode];
const vector =
  (opcode: number) =>
  (...operands: Code[]): Code => [...operands, 0xfd, unsigned(opcode)];
const access =
  (prefix: Code, align: number) =>
  (address: Code, offset: number, ...values: Code[]): Code => [
    address,
    ...values,
    prefix,
    align,
    unsigned(offset),
  ];
const laneAccess =
  (opcode: number, align: number) =>
  (address: Code, offset: number, into: Code, lane: number): Code => [
    address,
    into,
    0xfd,
    unsigned(opcode),
    align,
    unsigned(offset),
    lane,
  ];

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  add: plain(0x6a),
  sub: plain(0x6b),
  mul: plain(0x6c),
  shl: plain(0x74),
  eqz: plain(0x45),
  lessThan: plain(0x49),
  greaterThan: plain(0x4b),
  load: access([0x28], 2),
  load8: access([0x2d], 0),
  store: access([0x36], 2),
  store8: access([0x3a], 0),
};

export const f64 = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  sub: plain(0xa1),
  mul: plain(0xa2),
  div: plain(0xa3),
  sqrt: plain(0x9f),
  demote: plain(0xb6),
  load: access([0x2b], 3),
  store: access([0x39], 3),
};

export const v128 = {
  /** The same single-precision number in all lanes. */
  float: (value: number): Code => [
    0xfd,
    12,
    ...new Uint8Array(Float32Array.of(value, value, value, value).buffer),
  ],
  /** The same whole number in all lanes. */
  whole: (value: number): Code => [
    0xfd,
    12,
    ...new Uint8Array(Int32Array.of(value, value, value, value).buffer),
  ],
  load: access([0xfd, 0], 4),
  store: access([0xfd, 11], 4),
  load32Lane: laneAccess(0x56, 2),
  load32Zero: access([0xfd, 0x5c], 2),
  not: vector(0x4d),
  and: vector(0x4e),
  /** a and not b. */
  andNot: vector(0x4f),
  or: vector(0x50),
  xor: vector(0x51),
  select: vector(0x52),
  /** Picks 16 of the 32 bytes of two vectors. */
  shuffle: (bytes: readonly number[], a: Code, b: Code): Code => [a, b, 0xfd, 13, ...bytes],
};

export const i32x4 = {
  splat: vector(0x11),
  add: vector(0xae),
  sub: vector(0xb1),
  shl: vector(0xab),
  shrUnsigned: vector(0xad),
  /** 64-bit products of the two lower, or upper, lanes. */
  productsLow: vector(0xde),
  productsHigh: vector(0xdf),
  /** Whole numbers from single precision, saturating. */
  truncate: vector(0xf8),
  /** Four bytes at the start of a vector, each as a whole number. */
  fromBytes: (bytes: Code): Code => vector(0xa9)(vector(0x89)(bytes)),
  lane: (value: Code, lane: number): Code => [value, 0xfd, 0x1b, lane],
};

export const f32x4 = {
  splat: vector(0x13),
  fromWhole: vector(0xfa),
  add: vector(0xe4),
  sub: vector(0xe5),
  mul: vector(0xe6),
  div: vector(0xe7),
  sqrt: vector(0xe3),
  abs: vector(0xe0),
  neg: vector(0xe1),
  nearest: vector(0x6a),
  /** Compare to all ones or all zeros. */
  equal: vector(0x41),
  greater: vector(0x44),
  less: vector(0x43),
  atMost: vector(0x45),
  atLeast: vector(0x46),
  /** a < b ? b : a: keeps a's NaN. */
  larger: vector(0xeb),
  /** b < a ? b : a: keeps a's NaN. */
  smaller: vector(0xea),
};

export const f64x2 = { add: vector(0xf0), promoteLow: vector(0x5f) };

/** Code that runs as long as the condition, checked before each round, is true. */
export function whileLoop(condition: Code, body: Code): Code {
  return [0x02, 0x40, 0x03, 0x40, i32.eqz(condition), 0x0d, 1, body, 0x0c, 0, 0x0b, 0x0b];
}

/** Code that runs once, and again as long as the condition is true afterwards. */
export function doWhile(condition: Code, body: Code): Code {
  return [0x03, 0x40, body, condition, 0x0d, 0, 0x0b];
}

/** Code that runs if the condition is true. */
export function when(condition: Code, body: Code): Code {
  return [condition, 0x04, 0x40, body, 0x0b];
}

export type ValueType = "i32" | "f64" | "v128";
const TYPE_BYTES: Readonly<Record<ValueType, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };

/** A function of whole-number parameters without a result. */
export interface FunctionCode {
  readonly name: string;
  readonly parameters: number;
  /** Types of the locals that follow the parameters. */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** A module that imports one memory ("env" "memory") and exports its functions. */
export function moduleBytes(functions: readonly FunctionCode[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    unsigned(parameters),
    Array<number>(parameters).fill(TYPE_BYTES.i32),
    0,
  ]);
  const exported = functions.map(({ name }, i) => [text(name), 0, unsigned(i)]);
  const bodies = functions.map((one) => sized([runs(one.locals), one.body, 0x0b]));
  const module: Code = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, types),
    section(2, [[text("env"), text("memory"), 2, 0, 1]]),
    section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    section(7, exported),
    section(10, bodies),
  ];
  return Uint8Array.from(flat(module));
}

function section(id: number, items: readonly Code[]): Code {
  return [id, sized([unsigned(items.length), ...items])];
}

function sized(code: Code): Code {
  const bytes = flat(code);
  return [unsigned(bytes.length), bytes];
}

function text(name: string): Code {
  return [unsigned(name.length), ...Array.from(name, (character) => character.charCodeAt(0))];
}

/** Locals are declared in runs of one type. */
function runs(locals: readonly ValueType[]): Code {
  const found: [count: number, type: ValueType][] = [];
  for (const type of locals) {
    const last = found.at(-1);
    if (last?.[1] === type) last[0] += 1;
    else found.push([1, type]);
  }
  return [unsigned(found.length), ...found.map(([count, type]) => [unsigned(count), TYPE_BYTES[type]])];
}

function flat(code: Code): number[] {
  const bytes: number[] = [];
  const visit = (part: number | Code): void => {
    if (typeof part === "number") bytes.push(part);
    else for (const inner of part) visit(inner);
  };
  visit(code);
  return bytes;
}
