import assert from "node:assert/strict";
import fc from "fast-check";

/** Whatever comes in, what comes out is a result, or a TypeError or RangeError in the function's own name. */
export async function assertNamedError(name: string, call: () => unknown): Promise<void> {
  try {
    await call();
  } catch (error) {
    const known = error instanceof TypeError || error instanceof RangeError;
    const text = error instanceof Error ? error.message : String(error);
    assert.ok(known && text.startsWith(`${name}: `) && !text.includes("\n"), `${name} threw ${error}`);
  }
}

export const RUNS = { seed: 1, numRuns: 300 };
/** Any value at all. */
export const hostile = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
  fc.constantFrom<unknown>(
    Number.NaN,
    Infinity,
    -0,
    "",
    "__proto__",
    Symbol("s"),
    () => 5,
    new Proxy({}, {}),
    [undefined],
    { name: null },
  ),
  fc.integer(),
  fc.double(),
);

/** Options with known names: any value for one of them, or for several. */
export const options = (...names: string[]) =>
  fc.oneof(
    hostile,
    fc.tuple(fc.constantFrom(...names), hostile).map(([name, value]) => ({ [name]: value })),
    fc.record(Object.fromEntries(names.map((name) => [name, hostile])), { requiredKeys: [] }),
  );
