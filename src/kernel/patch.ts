type Call = (this: unknown, ...given: unknown[]) => unknown;

/** Puts functions in the place of others, with all that these have, such as util.promisify's symbol. */
export function patch(
  owner: object,
  names: readonly string[],
  make: (original: Call, name: string) => Call,
): void {
  const functions = owner as Record<string, Call>;
  for (const name of names) {
    const original = functions[name];
    functions[name] = Object.defineProperties(
      make(original, name),
      Object.getOwnPropertyDescriptors(original),
    );
  }
}
