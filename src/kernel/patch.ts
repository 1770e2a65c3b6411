type Call<This> = (this: This, ...given: unknown[]) => unknown;

/**
 * Puts functions in the place of others, with all that these have, such as util.promisify's symbol.
 *
 * @param instead  does what a call is to do; it is given the original, which has the same `this`
 */
export function patch<This = unknown>(
  owner: object,
  names: readonly string[],
  instead: (original: (...given: unknown[]) => unknown, given: unknown[], self: This) => unknown,
): void {
  const functions = owner as Record<string, Call<This>>;
  for (const name of names) {
    const original = functions[name];
    const own: Call<This> = function (...given) {
      return instead((...changed) => Reflect.apply(original, this, changed), given, this);
    };
    functions[name] = Object.defineProperties(own, Object.getOwnPropertyDescriptors(original));
  }
}
