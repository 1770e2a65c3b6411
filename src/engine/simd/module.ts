import { type Code, unsigned } from "./assembler.js";

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
export function moduleBytes(functions: readonly FunctionCode[]): Uint8Array {
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
