import { type Code, type FunctionCode, get, i32, i32x4, set, v128, whileLoop } from "./assembler.js";
import { Body } from "./body.js";
import { GENERATOR, LANES } from "./layout.js";

const [ROWS, START] = [0, 1]; // the function's parameters

/**
 * `shuffle(rows, start)`: the shuffle of src/numbers/random.ts in every lane, each with its own generator. Rows that are bits are
 * moved themselves, a byte a lane; of others the order is, a word a lane.
 */
export function shuffleFunction(bits: boolean, rowsAt: number): FunctionCode {
  const body = new Body(2);
  const state = [0, 1, 2, 3].map((i) => {
    const local = body.local();
    body.add(set(local, v128.load(get(START), GENERATOR + 16 * i)));
    return local;
  });
  const last = body.local("i32");
  body.add(set(last, i32.sub(get(ROWS), i32.const(1))));
  const round = body.inner(() => {
    const random = writeGenerator(body, state);
    const others = body.keep(upperHalves(random, i32x4.splat(i32.add(get(last), i32.const(1)))));
    for (let lane = 0; lane < LANES; lane++)
      writeSwap(body, bits, rowsAt, lane, get(last), i32x4.lane(others, lane));
    body.add(set(last, i32.sub(get(last), i32.const(1))));
  });
  body.add(whileLoop(i32.greaterThan(get(last), i32.const(0)), round));
  state.forEach((local, i) => {
    body.add(v128.store(get(START), GENERATOR + 16 * i, get(local)));
  });
  return { name: "shuffle", parameters: 2, locals: body.locals, body: body.statements };
}

/** One round of sfc32: 32 random bits a lane. */
function writeGenerator(body: Body, [a, b, c, counter]: readonly number[]): Code {
  const { add, shl, shrUnsigned } = i32x4;
  const sum = body.keep(add(add(get(a), get(b)), get(counter)));
  body.add(set(counter, add(get(counter), v128.whole(1))));
  body.add(set(a, v128.xor(get(b), shrUnsigned(get(b), i32.const(9)))));
  body.add(set(b, add(get(c), shl(get(c), i32.const(3)))));
  const turned = v128.or(shl(get(c), i32.const(21)), shrUnsigned(get(c), i32.const(11)));
  body.add(set(c, add(turned, sum)));
  return sum;
}

/** The upper 32 bits of the products of unsigned numbers: for random bits, a number below `count`. */
function upperHalves(bits: Code, count: Code): Code {
  const highWords = [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31];
  return v128.shuffle(highWords, i32x4.productsLow(bits, count), i32x4.productsHigh(bits, count));
}

function writeSwap(body: Body, bits: boolean, rowsAt: number, lane: number, one: Code, other: Code): void {
  const size = bits ? 1 : 4; // bytes a lane
  const [load, store] = bits ? [i32.load8, i32.store8] : [i32.load, i32.store];
  const offset = rowsAt + size * lane;
  const shift = i32.const(bits ? 2 : 4);
  const first = body.local("i32");
  const second = body.local("i32");
  const kept = body.local("i32");
  body.add(
    set(first, i32.add(get(START), i32.shl(one, shift))),
    set(second, i32.add(get(START), i32.shl(other, shift))),
  );
  body.add(set(kept, load(get(first), offset)));
  body.add(store(get(first), offset, load(get(second), offset)), store(get(second), offset, get(kept)));
}
