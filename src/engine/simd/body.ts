import { type Code, doWhile, get, i32, set, type ValueType, v128 } from "./assembler.js";

/** A function body in the making: statements and locals. */
export class Body {
  readonly locals: ValueType[] = [];
  readonly statements: Code[] = [];

  constructor(readonly parameters: number) {}

  /** A new local; its number. */
  local(type: ValueType = "v128"): number {
    this.locals.push(type);
    return this.parameters + this.locals.length - 1;
  }

  /** Computes a vector once; the result can then be used any number of times. */
  keep(value: Code): Code {
    const local = this.local();
    this.statements.push(set(local, value));
    return get(local);
  }

  add(...statements: Code[]): void {
    this.statements.push(...statements);
  }

  /** The statements that `write` adds, taken out, to become the body of a loop or a condition. */
  inner(write: () => void): Code {
    const start = this.statements.length;
    write();
    return this.statements.splice(start);
  }
}

/** The place of a vector among others: a constant, plus locals times constants where loops are not unrolled. */
export interface Place {
  readonly constant: number;
  readonly terms: readonly { readonly local: number; readonly factor: number }[];
}

export const at = (constant: number): Place => ({ constant, terms: [] });

/** base + index · factor. */
export function shifted(
  base: number,
  ...indices: readonly (readonly [index: Place, factor: number])[]
): Place {
  let constant = base;
  const terms = [];
  for (const [index, factor] of indices) {
    constant += index.constant * factor;
    for (const term of index.terms) terms.push({ local: term.local, factor: term.factor * factor });
  }
  return { constant, terms };
}

/** A row of vectors, in locals (fast, for small networks) or in memory. */
export interface Cells {
  load(place: Place): Code;
  store(place: Place, value: Code): Code;
}

/** Vectors in memory, from a byte address within a region on. */
export function memoryCells(address: number, region: Code): Cells {
  const base = (place: Place): Code =>
    place.terms.reduce<Code>(
      (sum, { local, factor }) => i32.add(sum, i32.mul(get(local), i32.const(16 * factor))),
      region,
    );
  return {
    load: (place) => v128.load(base(place), address + 16 * place.constant),
    store: (place, value) => v128.store(base(place), address + 16 * place.constant, value),
  };
}

/** Vectors in locals; their places are constants. */
export function localCells(body: Body, count: number): Cells {
  const locals = Array.from({ length: count }, () => body.local());
  return {
    load: (place) => get(locals[place.constant]),
    store: (place, value) => set(locals[place.constant], value),
  };
}

/** The cells of a row from index `start` on. */
export function cellsFrom(cells: Cells, start: number): Cells {
  const moved = (place: Place): Place => shifted(start, [place, 1]);
  return {
    load: (place) => cells.load(moved(place)),
    store: (place, value) => cells.store(moved(place), value),
  };
}

/** Does something for every index below count: written out one after the other, or as a loop. */
export function forEach(body: Body, count: number, unrolled: boolean, action: (index: Place) => void): void {
  if (unrolled || count === 1) {
    for (let index = 0; index < count; index++) action(at(index));
    return;
  }
  const counter = body.local("i32");
  body.add(set(counter, i32.const(0)));
  const round = body.inner(() => {
    action({ constant: 0, terms: [{ local: counter, factor: 1 }] });
    body.add(set(counter, i32.add(get(counter), i32.const(1))));
  });
  body.add(doWhile(i32.lessThan(get(counter), i32.const(count)), round));
}
